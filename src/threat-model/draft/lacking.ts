import { pattern } from '../vocabulary/pattern.ts'
import type { Fields, FieldValue } from './fields.ts'

/*
 * A label of controls whose value is "none", over bullets that tell what there is not:
 *
 *   **Current mitigations:** ❌ None
 *   - Jars stand open
 *   - No list of jars
 */

/** The fields with such bullets as notes: they are no controls. */
export function withoutLacking(fields: Fields): Fields {
  const values = fields.values.flatMap(told)
  return values.length === fields.values.length ? fields : { ...fields, values }
}

function told(value: FieldValue): FieldValue[] {
  const { field, lines, entries } = value
  const [only, second] = lines
  if (field !== 'mitigation' || only === undefined || second !== undefined) return [value]
  if (entries.length === 0 || !none.test(only.text)) return [value]
  return [
    { ...value, entries: [] },
    { ...value, field: 'note', lines: [] },
  ]
}

const none = pattern(
  'i',
  String.raw`^\W*(?:none|nothing|n\/a|unknown|unclear)(?: (?:yet|today|currently|at present))?\W*$`,
)
