import { pattern } from '../vocabulary/pattern.ts'
import type { Fields, FieldValue } from './fields.ts'

/*
 * Labels of controls over bullets that tell what there is not:
 *
 *   **Missing mitigations:**                **Current mitigations:** ❌ None
 *   - No seal on the jar                    - Jars stand open
 *   - Jars are not counted                  - No list of jars
 *   what is left of the threat              nothing is done, and why: no controls
 */

/** The fields without controls that are none. */
export function withoutLacking(fields: Fields): Fields {
  const values = fields.values.flatMap(told)
  return values.every((value, at) => value === fields.values[at]) ? fields : { ...fields, values }
}

function told(value: FieldValue): FieldValue[] {
  const { field, label, lines, entries } = value
  if (entries.length === 0) return [value]
  if (field === 'recommended' && /\bmissing\b/i.test(label)) {
    const denied = entries.filter(({ head }) => denies.test(head.text))
    return denied.length * 2 >= entries.length ? [{ ...value, field: 'residual' }] : [value]
  }
  const [only, second] = lines
  if (field !== 'mitigation' || only === undefined || second !== undefined) return [value]
  if (!none.test(only.text)) return [value]
  return [
    { ...value, entries: [] },
    { ...value, field: 'note', lines: [] },
  ]
}

const denies = pattern(
  'i',
  String.raw`^\W*(?:no|not|none|nothing|nobody|never|without|lacks?|missing)\b`,
  String.raw`|^[^.;:]{0,80}?\b(?:(?:is|are|was|were|do|does|has|have) not|cannot|lacks?|(?:is|are) no)\b`,
)

const none = pattern(
  'i',
  String.raw`^\W*(?:none|nothing|n\/a|unknown|unclear)(?: (?:yet|today|currently|at present))?\W*$`,
)
