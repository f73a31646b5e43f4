import { listOf, plainEntry } from '../outline/lists.ts'
import type { Block, List, Paragraph } from '../outline/types.ts'
import { answeredSentence } from './answered-sentences.ts'
import { isBoldStart } from './entries.ts'
import { labelOf } from './labels.ts'

/*
 * A threat a paragraph, named before a colon, quoted with a bold name, or with what answers it:
 *
 *   ## Threats
 *   Worn ropes: nobody looks at them …       > **Worn ropes** — nobody looks at them …
 *   Lost tickets: whoever finds one …        > **Lost tickets** — whoever finds one …
 */

const fewestNamed = 2

/** The paragraphs that begin with a name, where most of a section's do; none otherwise. */
export function namedParagraphs(blocks: readonly Block[]): Paragraph[] {
  const told = blocks.flatMap((block) => (block.type === 'quote' ? quoted(block.blocks) : [block]))
  const paragraphs = told.filter((block) => block.type === 'paragraph')
  const named = paragraphs.filter((block) => isNamed(block) || isQuoted(block, blocks))
  return named.length >= fewestNamed && named.length * 3 >= paragraphs.length * 2 ? named : []
}

function quoted(blocks: readonly Block[]): Block[] {
  const [only, more] = blocks
  return only !== undefined && more === undefined ? [only] : []
}

/** Bold names in quotes; outside of them they are read as bold starts. */
function isQuoted(paragraph: Paragraph, blocks: readonly Block[]): boolean {
  return !blocks.includes(paragraph) && isBoldStart(paragraph)
}

function isNamed({ phrase, lines }: Paragraph): boolean {
  if (answeredSentence(phrase) !== null) return true
  if (phrase.lead !== '' || !plainName.test(phrase.text)) return false
  return labelOf(lines[0] ?? phrase) === null
}

const plainName = /^\p{Lu}[^::.]{5,60}:\s+(?:\S+\s+){3}/u

/** Paragraphs with bold starts as the bullets they stand for; null where few have one. */
export function boldStartsAsList(blocks: readonly Block[]): List | null {
  const paragraphs = blocks.filter((block) => block.type === 'paragraph')
  const started = paragraphs.filter(isBoldStart)
  const [first] = started
  if (first === undefined || started.length < fewestNamed) return null
  if (started.length * 3 < paragraphs.length * 2) return null
  const entries = started.map(({ phrase, span }) => ({ ...plainEntry(phrase, span), gap: true }))
  return listOf(entries, first.span)
}
