import type { Nodes } from 'mdast'
import type { Point, Span } from '../../shared/span.ts'
import { rememberingIn } from '../remember.ts'
import type { Source } from './source.ts'
import type { Block, Entry, List, Section } from './types.ts'

/*
 * What is kept of the outline. The nodes of a text that did not change are the same objects in base
 * and head (markdown/pieces.ts), and so shall be the blocks made of them, for what was found out
 * about a block to be found again by it (`rememberingOf`, remember.ts):
 *
 *     list of the base   entry A ─ entry B ─ entry C        entries by their node
 *     list of the head   entry A ─ entry b ─ entry C        a new list, as one entry is
 *     list below it      the same list, because all of its entries are
 *
 * So a block, once it is handed on, is never changed. All is kept by weak references, and goes when
 * the piece goes that it was made of.
 */

/**
 * Keeps what is made of a node that stands in no other. It may depend on the node, and in a list on
 * whether the line above is blank, which can belong to another piece of the text: on nothing else.
 */
export function keeping<N extends Nodes, T>(make: (node: N, source: Source) => T) {
  const known = new WeakMap<N, { below: boolean; made: T }>()
  return (node: N, source: Source): T => {
    const below = hasEntries(node) && isBelowBlank(node.position?.start.line ?? 1, source)
    const before = known.get(node)
    if (before?.below === below) return before.made
    const made = make(node, source)
    known.set(node, { below, made })
    return made
  }
}

function hasEntries({ type }: Nodes): boolean {
  return type === 'list' || type === 'listItem' || type === 'blockquote'
}

/** True when a blank line stands above. */
export function isBelowBlank(line: number, source: Source): boolean {
  return line > 1 && source.isBlank(line - 1)
}

/** What was made before of the same parts, if that is what is given. */
export function sameAsBefore<P extends object, W>(partsOf: (whole: W) => readonly P[]) {
  const known = new WeakMap<P, W>()
  return (whole: W): W => {
    const parts = partsOf(whole)
    const first = parts[0]
    if (first === undefined) return whole
    const before = known.get(first)
    if (before !== undefined && areSame(partsOf(before), parts)) return before
    known.set(first, whole)
    return whole
  }
}

/**
 * What is found out about each entry of a list: remembered for a short list with the list. A long
 * one has most entries of the list before it that began or ended with the same, and asks about
 * the others:
 *
 *     list of the base   A B C D E F       answers   a b c d e f
 *     list of the head   A B x D E F       answers   a b ? d e f
 */
export function rememberingEntries<T>(answer: (entry: Entry) => T): (list: List) => readonly T[] {
  const ofList = rememberingIn(({ entries }: List): readonly T[] => entries.map(answer))
  const lists = new WeakMap<Entry, { entries: readonly Entry[]; found: readonly T[] }>()
  return (list) => {
    const { entries } = list
    const [first] = entries
    if (first === undefined || entries.length <= fewestKept) return ofList(list)
    const last = entries.at(-1) ?? first
    const before = lists.get(first) ?? lists.get(last)
    if (before?.entries === entries) return before.found
    const found = answersOf(entries, before ?? { entries: [], found: [] }, answer)
    for (const entry of [first, last]) lists.set(entry, { entries, found })
    return found
  }
}

/** What is known from before about the entries that both begin and end with, and the rest. */
function answersOf<T>(
  entries: readonly Entry[],
  before: { entries: readonly Entry[]; found: readonly T[] },
  answer: (entry: Entry) => T,
): readonly T[] {
  const shorter = Math.min(entries.length, before.entries.length)
  let start = 0
  while (start < shorter && entries[start] === before.entries[start]) start++
  let end = 0
  while (end < shorter - start && entries.at(-1 - end) === before.entries.at(-1 - end)) end++
  const between = entries.slice(start, entries.length - end).map(answer)
  return [
    ...before.found.slice(0, start),
    ...between,
    ...before.found.slice(before.found.length - end),
  ]
}

/** What stands in a section, with all that is known of it by the number of the question. */
export interface Content {
  blocks: Block[]
  answers: unknown[]
}

/** The content of a section, which is complete: the same as before of the same blocks. */
export function contentOf(blocks: readonly Block[]): Content {
  const first = blocks[0]
  const before = first === undefined ? undefined : contents.get(first)
  if (before !== undefined && areSame(before.blocks, blocks)) return before
  const content = { blocks: blocks.slice(), answers: new Array(questions) }
  if (first !== undefined) contents.set(first, content)
  return content
}

const contents = new WeakMap<Block, Content>()

/**
 * What is found out about the blocks of a section: remembered as by `rememberingOf`, with the
 * section at hand, as every recogniser asks about every section.
 */
export function rememberingBlocks<T>(
  answer: (blocks: readonly Block[]) => T,
): (section: Section) => T {
  const number = questions++
  return ({ blocks, answers }) => {
    const before = answers[number]
    // Under the number of a question stands what its own function answered.
    if (before !== undefined) return before as T
    const found = answer(blocks)
    answers[number] = found
    return found
  }
}

let questions = 0

/** Entries and rows of shorter lists and tables are kept with them, not one by one. */
export const fewestKept = 8

/** The span between two points: the same object for the same points. */
export function spanBetween(start: Point, end: Point): Span {
  const before = spans.get(start)
  if (before?.end === end) return before
  const span = { start, end }
  spans.set(start, span)
  return span
}

const spans = new WeakMap<Point, Span>()

function areSame(one: readonly object[], other: readonly object[]): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at])
}
