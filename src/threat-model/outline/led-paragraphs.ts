import { rememberingOf } from '../remember.ts'
import { isFieldLabel } from '../vocabulary/vocabulary.ts'
import { sameAsBefore } from './keep.ts'
import { listOf, plainEntry } from './lists.ts'
import type { Block, Entry, List, Paragraph } from './types.ts'

/*
 * Paragraphs below a colon that each begin with a bold name are a list without its bullets:
 *
 *   We do not cover:
 *
 *   **The landlord:** he has a key.
 *
 *   **The weather:** nobody can stop it.
 *
 * Labels of a threat ("**Impact:**") are no names, and one such paragraph alone is no list.
 */

export function withLedLists(blocks: Block[]): Block[] {
  const listed: Block[] = []
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]
    if (block === undefined) break
    const led = introduces(listed.at(-1)) ? ledFrom(blocks, at) : []
    const isList = led.length >= fewestLed && blocks[at + led.length]?.type !== 'list'
    listed.push(isList ? listOfLed(led) : block)
    if (isList) at += led.length - 1
  }
  return listed.length === blocks.length ? blocks : listed
}

const fewestLed = 2

function introduces(block: Block | undefined): boolean {
  return block?.type === 'paragraph' && /[::]$/.test(block.phrase.text)
}

function ledFrom(blocks: readonly Block[], start: number): Paragraph[] {
  const led: Paragraph[] = []
  for (let at = start; at < blocks.length; at++) {
    const block = blocks[at]
    if (block?.type !== 'paragraph' || !isLed(block)) break
    led.push(block)
  }
  return led
}

/** "**The landlord:** he has a key.": a name, a colon, and what is said of it. */
const isLed = rememberingOf(({ phrase, lines }: Paragraph): boolean => {
  const { lead, afterLead, text } = phrase
  if (lead === '' || lead.length > longestName || isFieldLabel(lead)) return false
  if (lines.slice(1).some((line) => line.lead !== '')) return false
  const colon = /[::]$/.test(lead) ? /^\s*\S/ : /^\s?[::]\s+\S/
  return colon.test(afterLead) && !/[::]$/.test(text)
})

const longestName = 60

const entryOf = rememberingOf(
  ({ phrase, span }: Paragraph): Entry => ({ ...plainEntry(phrase, span), gap: true }),
)

const sameList = sameAsBefore(({ entries }: List) => entries)

function listOfLed(led: readonly Paragraph[]): List {
  const start = led[0]?.span.start ?? { line: 1, column: 1, offset: 0 }
  const end = led.at(-1)?.span.end ?? start
  return sameList(listOf(led.map(entryOf), { start, end }))
}
