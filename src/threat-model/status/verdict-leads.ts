import type { Status } from '../model.ts'
import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * Bold words at the start of a paragraph that say how well somebody or something is met:
 * "**Defended:** …", "**Not defended. By nobody.**", "**Teilweise abgewehrt.**"
 */

const done = pattern(
  'iu',
  String.raw`^\W*(?:we |it |this )?(?:(not |never |(?:do|does|can) ?not |nicht |no |non |un)`,
  '|(partially |partly |mostly |teilweise |parcialmente |partiellement )',
  '|fully |explicitly |vollständig )?',
  '(?:(?:defend|protect|mitigate|block|stop)(?:ed)?|mitigated|covered|prevented|addressed|stopped',
  '|countered|resisted|abgewehrt|geschützt|verhindert|mitigad[oa]|protegid[oa]|cubiert[oa]',
  String.raw`|protégée?|couverte?)(?: against)?(?!\p{L})`,
)

const ruledOut = /^\W*(?:out[- ]of[- ]scope|fuera de alcance|hors périmètre|außerhalb)(?!\p{L})/iu
const livedWith = /^\W*(?:risk )?accepted(?: risk)?\b/i

/** The verdict that the first clause of bold words is and nothing else; null for names. */
export function verdictOfLead(lead: string): Status | null {
  return remembered(lead)
}

const remembered = remembering((lead): Status | null => {
  const [clause = ''] = lead.split(/[.:;,。:—–]/)
  if (clause.trim().split(/\s+/).length > mostWords) return null
  if (ruledOut.test(clause)) return 'out-of-scope'
  if (livedWith.test(clause)) return 'accepted'
  const match = done.exec(clause)
  if (match === null) return null
  if (match[1] !== undefined) return 'unmitigated'
  return match[2] === undefined ? 'mitigated' : 'partial'
})

/** "Defended in most houses" still is one; more words name something. */
const mostWords = 5

/** "Defended by: intentionally limited", "Stopped by: nothing" take back what the label says. */
export function takenBack(text: string): Status | null {
  if (nobody.test(text)) return 'unmitigated'
  return limited.test(text) ? 'partial' : null
}

/** "Nothing.", "nobody at night" and not "nothing opens without the key". */
const nobody =
  /^\W*(?:nothing|nobody|none)(?: (?:yet|today|now|else|at \w+|so far))?\W*(?:$|[.;,:(—–])/i

/** "Contained by the wall", "Defended only by the dog", "Not stopped by anything". */
export function verdictBefore(sentence: string): Status | null {
  const match = answeredBy.exec(sentence)
  if (match === null) return null
  const [, denied, half, only] = match
  if (denied !== undefined) return 'unmitigated'
  return half === undefined && only === undefined ? 'mitigated' : 'partial'
}

const answeredBy = pattern(
  'i',
  String.raw`^\W*(?:(not )|(partially |partly |mostly )|\w+ly )?(?:defended|contained|mitigated`,
  '|blocked|stopped|prevented|covered|countered|bounded|limited|caught|resisted)',
  String.raw`( only)? (?:by|through|via|with)\b`,
)

const limited = pattern(
  'i',
  String.raw`^\W*(?:(?:intentionally|deliberately|only|very|rather) )?(?:limited|partial|partly`,
  String.raw`|weak|minimal)\w*\b`,
)
