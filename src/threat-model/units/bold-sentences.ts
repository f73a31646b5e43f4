import { isBoldStart } from '../draft/entries.ts'
import { fieldsOfSection } from '../draft/fields.ts'
import { keyOf, titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { isAnswer } from '../vocabulary/vocabulary.ts'

/*
 * Headings that sort paragraphs which each begin with a sentence in bold: the sentences are the
 * threats.
 *
 *   ## The till                                        ## The door
 *   **Coins lie in an open drawer.** Whoever …         **The key hangs outside.** It was …
 *   **The drawer is never counted.** A clerk …         **Nobody looks who leaves.** …
 */

/** True for a heading over such a paragraph, among headings of which several have more. */
export function sortsSentences(section: Section): boolean {
  const { kind, title, parent } = section
  if (kind !== 'heading' || parent === null || titled(title).writtenId !== null) return false
  if (sentencesIn(section).length === 0 || isAnswered(section)) return false
  return areSorted(parent)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const areSorted = rememberingOf(({ children }: Section) => {
  const counts = children.map((child) => sentencesIn(child).length)
  const sorting = counts.filter((count) => count > 0).length
  const keys = children.flatMap(sentencesIn)
  const several = counts.filter((count) => count > 1).length
  // "**What follows from it.**" below one heading after the other is a label.
  return several >= 2 && several * 2 >= sorting && new Set(keys).size === keys.length
})

/** The sentences in bold that begin its paragraphs. */
const sentencesIn = rememberingOf(({ kind, blocks }: Section): readonly string[] => {
  if (kind !== 'heading') return []
  return blocks.flatMap((block) => {
    if (block.type !== 'paragraph' || !isBoldStart(block)) return []
    return sentence.test(block.phrase.lead) ? [keyOf(block.phrase.lead)] : []
  })
})

/** Four words and more, with an end. */
const sentence = /^\S+(?: \S+){3,}[.!?]$/

function isAnswered(section: Section): boolean {
  return fieldsOfSection(section).values.some(({ field }) => isAnswer(field))
}
