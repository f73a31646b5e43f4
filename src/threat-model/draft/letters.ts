import { idsIn } from '../identity.ts'
import type { Status } from '../model.ts'
import { explicit, type Legend, type StatusReading, statusInWords } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Fields, textOfValue, valuesOf } from './fields.ts'

/*
 * Letters that the document explains once and uses in every row:
 *
 *   A threat is unmitigated (U), mitigated by the gate (M) or by the carrier (C).
 *   Status: M = mitigated, P = partially mitigated
 *
 *   | A letter is copied | M-3, M-4 |      mitigated
 *   | A letter is lost   | M-1, U-2 |      partial
 */

/** The letters that a sentence explains as statuses; at least two, or it explains none. */
export function lettersIn(text: string): [string, Status][] {
  const found = [...text.matchAll(behind), ...text.matchAll(before)].flatMap(
    ({ groups = {} }): [string, Status][] => {
      const status = statusInWords(groups.words ?? '')?.status
      return status === undefined ? [] : [[(groups.letter ?? '').toLowerCase(), status]]
    },
  )
  return found.length < 2 ? [] : found
}

const verdict =
  '(?:(?:partially|partly|not|fully) )?(?:un)?(?:mitigated|accepted|addressed|planned|transferred' +
  '|implemented|out of scope|partial|open)'

/** "unmitigated (U)" */
const behind = pattern(
  'gi',
  String.raw`(?<words>\b${verdict}\b[^(),.;]{0,50}?) \((?<letter>[A-Z]{1,2})\)`,
)

/** "M = mitigated", and nothing behind it. */
const before = pattern(
  'gi',
  String.raw`(?<![\w-])(?<letter>[A-Z]{1,2})(?: = |=|: | [—–-] )(?<words>${verdict})`,
  String.raw`(?=\s*(?:[,;.|)·]|$))`,
)

/** True for texts that may explain letters, told at a glance. */
export function mayExplainLetters(text: string): boolean {
  return (
    /mitigated|accepted/i.test(text) && /(?:^|[^\w-])\(?[A-Z]{1,2}(?:\)| [=—–-] |: )/.test(text)
  )
}

function letterOf(id: string): string {
  return /^([A-Z]{1,2})[-_.]?\d/.exec(id)?.[1]?.toLowerCase() ?? ''
}

/** What the ids that an answer cites say by their letters. */
export function ofLetters(fields: Fields, legend: Legend): StatusReading | null {
  if (legend.size === 0) return null
  const text = valuesOf(fields, 'mitigation').map(textOfValue).join(' ')
  const said = new Set(idsIn(text).map((id) => legend.get(letterOf(id))))
  said.delete(undefined)
  const [only] = said
  if (only === undefined) return null
  if (said.size === 1) return explicit(only, text)
  if (said.has('unmitigated') || said.has('partial') || said.has('planned'))
    return explicit('partial', text)
  return explicit(said.has('mitigated') ? 'mitigated' : only, text)
}

/** "U-3" where U says that nothing answers: no control. */
export function isOpenLetter(id: string | null, legend: Legend): boolean {
  return id !== null && legend.size > 0 && legend.get(letterOf(id)) === 'unmitigated'
}
