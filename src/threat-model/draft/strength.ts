import { explicit, type StatusReading } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Fields, textOfValue } from './fields.ts'

/*
 * How much of a threat its answer meets, where that is said of the answer and not of the threat:
 * a level under a label of its own, or words that take back a part.
 */

/** "Protection level: High" says how well it is met. */
export function ofStrength({ values }: Fields): StatusReading | null {
  const value = values.find(({ field, label }) => field === null && strength.test(label))
  const text = value === undefined ? '' : textOfValue(value)
  const word = level.exec(text)?.[1]?.toLowerCase() ?? ''
  if (word === '') return null
  if (word === 'none') return explicit('unmitigated', text)
  if (word === 'planned' || word === 'future') return explicit('planned', text)
  return explicit(/^(?:high|strong|full|complete)$/.test(word) ? 'mitigated' : 'partial', text)
}

const strength = pattern(
  'i',
  String.raw`^\W*(?:(?:protection|defen[cs]e|mitigation|security) (?:level|strength)`,
  String.raw`|level of (?:protection|defen[cs]e)|(?:mitigation )?effectiveness)\W*$`,
)

const level = pattern(
  'i',
  String.raw`^\W*(?:very )?(high|strong|full|complete|medium|moderate|low|weak|none|planned`,
  String.raw`|future)\b`,
)

/** "Nonces; best effort", "… Pending: the second door" say that an answer is not a whole one. */
export function ofHalfAnswer(text: string): StatusReading | null {
  return half.test(text) ? explicit('partial', text) : null
}

const half = pattern(
  'i',
  String.raw`(?<!\b(?:not|no longer|than) )\bbest[- ]effort\b`,
  String.raw`|\S.{8}[;.—–] ?[^;.]{3,80}\b(?:is|are|remains?) (?:an? |the )?(?:\w+ )?residual`,
  String.raw` risks?\b`,
  String.raw`|\bbut not (?:fully |entirely )?(?:eliminated|prevented|removed|solved|closed)\b`,
  String.raw`|\S.{16}[.;—*_\s]\s*(?:still )?(?:pending|missing|open|not yet done|pendiente|offen)`,
  String.raw`\b\s*(?:\([^()]{1,40}\))?\s*[::]\s+\S`,
  String.raw`|\b(?:reduces?|limits?|narrows?|raises? the (?:cost|bar))\b[^.;]{0,40}\b(?:but|not`,
  String.raw`|rather than)\b[^.;]{0,30}\b(?:eliminat|prevent|remov|guarante)\w*`,
)
