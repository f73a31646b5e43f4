import type { Paragraph, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Paragraphs with bold starts in a part that says how all in it stand:
 *
 *   **Denial of service.** Not in this version.        an entry without a bullet
 *   **Level of care:** that of a shed                  a remark on the bullets above it
 */

/** Bold words beyond this many are a sentence. */
const longestName = 10

/** "**Denial of service.** Not in this version." */
export function isNamed({ phrase: { lead, afterLead } }: Paragraph): boolean {
  if (lead.split(' ').length > longestName) return false
  return /[.:.:。]$/.test(lead) || /^[:.:—–(（-]/.test(afterLead)
}

/** "**Level of care:** that of a shed" below the bullets of a part. */
export function isRemark({ phrase }: Paragraph, section: Section): boolean {
  if (!/[::]$/.test(phrase.lead) && !/^\s?[::]/.test(phrase.afterLead)) return false
  return holdsList(section) && !soundsLikeAttack(phrase.text)
}

const holdsList = rememberingOf(({ blocks }: Section) => blocks.some(({ type }) => type === 'list'))
