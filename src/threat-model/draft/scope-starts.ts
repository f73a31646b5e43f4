import type { Paragraph, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Paragraphs with bold starts in a part that says how all in it stand:
 *
 *   **Denial of service.** Not in this version.        an entry without a bullet
 *   **Level of care:** that of a shed                  a remark on the bullets above it
 */

/** Bold words beyond this many are a sentence, and a name only among such names. */
const longestName = 10
const longestAmongNames = 24

/** "**Denial of service.** Not in this version." */
export function isNamed(paragraph: Paragraph, section: Section): boolean {
  if (!startsWithName(paragraph)) return false
  const words = wordsOf(paragraph)
  return words <= longestName || (words <= longestAmongNames && isToldByNames(section))
}

function startsWithName({ phrase: { lead, afterLead } }: Paragraph): boolean {
  return /[.:.:。]$/.test(lead) || /^[:.:—–(（-]/.test(afterLead)
}

function wordsOf({ phrase: { lead } }: Paragraph): number {
  return lead === '' ? 0 : lead.split(' ').length
}

/** Nothing but paragraphs, of which at least half start with a name, and two with a short one. */
const isToldByNames = rememberingOf(({ blocks }: Section): boolean => {
  const paragraphs = blocks.filter((block) => block.type === 'paragraph')
  const named = paragraphs.filter((one) => one.phrase.lead !== '' && startsWithName(one))
  const short = named.filter((one) => wordsOf(one) <= longestName)
  if (paragraphs.length < blocks.length || short.length < 2) return false
  return named.length * 2 >= paragraphs.length
})

/** "**Level of care:** that of a shed" below the bullets of a part. */
export function isRemark({ phrase }: Paragraph, section: Section): boolean {
  if (!/[::]$/.test(phrase.lead) && !/^\s?[::]/.test(phrase.afterLead)) return false
  return holdsList(section) && !soundsLikeAttack(phrase.text)
}

const holdsList = rememberingOf(({ blocks }: Section) => blocks.some(({ type }) => type === 'list'))
