import type { ListItem, Nodes, Paragraph as ParagraphNode, RootContent, TableRow } from 'mdast'
import type { Span } from '../../shared/span.ts'
import { isFieldLabel } from '../vocabulary/vocabulary.ts'
import { belowBareLabels } from './bare-labels.ts'
import { fewestKept, isBelowBlank, keeping, sameAsBefore } from './keep.ts'
import { isWhollyBold, joined, type Phrase, wordsOf } from './phrase.ts'
import { withSignedLines } from './signed-lines.ts'
import { type Source, spanOf } from './source.ts'
import {
  type Block,
  type Cell,
  type Entry,
  type List,
  maxDepth,
  type Paragraph,
  type Row,
  type Table,
} from './types.ts'

/*
 * Markdown block nodes → blocks. Some things are decided here because only here the source is seen:
 *
 *   - Stealing the list            one bullet's head …
 *      The server stores it.       … and its explanation: deeper than the text above it, or a new
 *                                  sentence after a line that was broken early on purpose
 *
 *     - first          one list to CommonMark, two to the author: the second starts
 *   - second           at another indentation
 *
 *   1. Weighing        two lists to CommonMark, as the bullets stand too far left to belong to
 *     - a false weight the number; one list to the author, whose number holds the bullets
 *
 * Blocks of text that did not change are those of the reading before (outline/keep.ts), so nothing
 * changes a block; one that gets an introduction is another block.
 */

/** Two markers of one list whose columns differ by this much stand in different lists. */
const columnsApart = 2

/** A line this short was not broken because it was full. */
const shortLine = 56

export function blocksOf(nodes: readonly RootContent[], source: Source, depth = 0): Block[] {
  const blocks: Block[] = []
  for (const node of nodes) {
    blocks.push(...(depth === 0 ? keptBlocks(node, source) : blockOf(node, source, depth)))
  }
  return introduced(withBulletsBelow(blocks))
}

/** Puts bullets that are indented below a number, yet not enough for Markdown, below it. */
function withBulletsBelow(blocks: Block[]): Block[] {
  if (!blocks.some((block, at) => isBelowNumber(block, blocks[at - 1]))) return blocks
  const joined: Block[] = []
  let numbers: { list: List; entries: Entry[] } | null = null
  const close = (): void => {
    if (numbers !== null) joined.push(listOf(numbers.list, numbers.entries))
    numbers = null
  }
  blocks.forEach((block, at) => {
    const above = blocks[at - 1]
    const isNext = block.type === 'list' && block.ordered && isBelowNumber(above, blocks[at - 2])
    if (block.type !== 'list' || !(isNext || isBelowNumber(block, above))) {
      close()
      if (block.type === 'list' && isBelowNumber(blocks[at + 1], block))
        numbers = { list: block, entries: [...block.entries] }
      else joined.push(block)
      return
    }
    if (numbers === null) return
    if (isNext) numbers.entries.push(...block.entries)
    else numbers.entries.push(...entryWith(numbers.entries.pop(), block))
  })
  close()
  return joined
}

function listOf(list: List, entries: Entry[]): List {
  const end = entries.at(-1)?.span.end ?? list.span.end
  return sameList({ ...list, entries, span: { start: list.span.start, end } })
}

function isBelowNumber(block: Block | undefined, above: Block | undefined): boolean {
  if (block?.type !== 'list' || above?.type !== 'list' || block.ordered || !above.ordered)
    return false
  const number = above.entries.at(-1)
  const bullet = block.entries[0]
  if (number === undefined || bullet === undefined) return false
  return bullet.column > number.column && !number.blocks.some(({ type }) => type === 'list')
}

/** The same entry for the same bullets, so that what is known of it is found again. */
function entryWith(entry: Entry | undefined, bullets: List): Entry[] {
  if (entry === undefined) return []
  const before = entriesWith.get(bullets)
  if (before?.entry === entry) return [before.whole]
  const span = { start: entry.span.start, end: bullets.span.end }
  const whole = { ...entry, blocks: [...entry.blocks, bullets], span }
  entriesWith.set(bullets, { entry, whole })
  return [whole]
}

const entriesWith = new WeakMap<List, { entry: Entry; whole: Entry }>()

export function nodeSpan(node: Nodes): Span {
  return spanOf(node.position)
}

const keptBlocks = keeping((node: RootContent, source) => blockOf(node, source, 0))

/** Gives each list and table the line above that introduces it. */
export function introduced(blocks: Block[]): Block[] {
  blocks.forEach((block, index) => {
    const above = blocks[index - 1]
    if (block.type !== 'list' && block.type !== 'table') return
    if (above?.type === 'paragraph') blocks[index] = withIntro(block, introOf(above))
  })
  return blocks
}

function withIntro(block: List | Table, intro: Phrase | null): Block {
  if (block.intro === intro) return block
  const before = withIntros.get(block)
  if (before?.intro === intro) return before
  const own = { ...block, intro }
  withIntros.set(block, own)
  return own
}

const withIntros = new WeakMap<Block, List | Table>()

/** The last line when it ends in a colon, or the last sentence of the paragraph when that does. */
function introOf(paragraph: Paragraph): Phrase | null {
  const text = paragraph.phrase.text
  if (!/(?:[::]|\.\.\.|…)\**$/.test(text))
    return paragraph.lines.length === 1 ? paragraph.phrase : null
  const last = paragraph.lines.at(-1)
  if (last !== undefined && last.lead !== '' && paragraph.lines.length > 1) return last
  return paragraph.phrase
}

function blockOf(node: RootContent, source: Source, depth: number): Block[] {
  const span = nodeSpan(node)
  switch (node.type) {
    case 'paragraph':
      return withSignedLines(paragraphOf(node, source))
    case 'list':
      return depth >= maxDepth ? [] : listsOf(node.children, node.ordered === true, source, depth)
    case 'table':
      return [tableOf(node.children, span, source)]
    case 'blockquote':
      if (depth >= maxDepth) return []
      return [{ type: 'quote', blocks: blocksOf(node.children, source, depth + 1), span }]
    case 'code':
      return [{ type: 'code', language: node.lang ?? '', text: node.value, span }]
    default:
      return []
  }
}

function paragraphOf(node: ParagraphNode, source: Source): Paragraph {
  const span = nodeSpan(node)
  const words = wordsOf(node.children, source, span)
  return { type: 'paragraph', phrase: words.whole, lines: words.lines, span }
}

function listsOf(items: ListItem[], ordered: boolean, source: Source, depth: number): Block[] {
  const isLong = depth === 0 && items.length > fewestKept
  const entries = belowBareLabels(
    items.map((item) => (isLong ? keptEntry(item, source) : entryOf(item, source, depth))),
  )
  const blocks: Block[] = []
  let from = 0
  entries.forEach((entry, at) => {
    const below = entries[at + 1]
    const told = lazyBelow.get(entry)
    if (below !== undefined && told === undefined && !areApart(entry, below)) return
    const continues = blocks.at(-1)?.type === 'list'
    const list = newList(entries.slice(from, at + 1), entry, ordered, continues)
    blocks.push(isLong ? sameList(list) : list)
    if (told !== undefined) blocks.push(told)
    from = at + 1
  })
  return blocks
}

const keptEntry = keeping((item: ListItem, source) => entryOf(item, source, 0))

const sameList = sameAsBefore(({ entries }: List) => entries)

function areApart(above: Entry, entry: Entry): boolean {
  return Math.abs(above.column - entry.column) >= columnsApart
}

function newList(entries: Entry[], last: Entry, ordered: boolean, continues: boolean): List {
  const [first = last] = entries
  const span = first === last ? first.span : { start: first.span.start, end: last.span.end }
  return { type: 'list', ordered, entries, intro: null, continues, span }
}

function entryOf(item: ListItem, source: Source, depth: number): Entry {
  const span = nodeSpan(item)
  const first = item.children[0]
  const opening = first?.type === 'paragraph' ? first : null
  const below = opening === null ? item.children : item.children.slice(1)
  const at = opening === null ? span : nodeSpan(opening)
  const words = wordsOf(opening?.children ?? [], source, at)
  const last = words.lines.at(-1)
  const lazy = below.length === 0 && isLazyLabel(last, span.start.column) ? last : null
  const lines = lazy === null ? words.lines : words.lines.slice(0, -1)
  const cut = headLines(lines, at.start.column)
  const head = cut >= words.lines.length ? words.whole : joined(lines.slice(0, cut), at)
  const restLines = lines.slice(cut)
  const box = /^\[([ xX])\]\s/.exec(head.text)
  const entry: Entry = {
    head: box === null ? head : withoutCheckBox(head),
    ticked: box === null ? null : box[1] !== ' ',
    rest: restLines.map((line) => line.text).join(' '),
    restLines,
    blocks: below.length === 0 ? [] : blocksOf(below, source, depth + 1),
    column: span.start.column,
    gap: isBelowBlank(span.start.line, source),
    span,
  }
  if (lazy !== null)
    lazyBelow.set(entry, { type: 'paragraph', phrase: lazy, lines: [lazy], span: lazy.span })
  return entry
}

/**
 * A label alone on the line below a bullet, no deeper than its sign, begins what comes next, though
 * Markdown takes it for the end of the bullet:
 *
 *     - a lock
 *     **Gaps:**
 *     - no second lock
 *
 * One that is not bold is a label by its word.
 */
function isLazyLabel(line: Phrase | undefined, column: number): line is Phrase {
  if (line === undefined || line.span.start.column > column) return false
  const label = line.text.replace(/\s*[::]$/, '')
  if (label === line.text) return false
  return line.lead === '' ? isFieldLabel(label) : label === line.lead.replace(/\s*[::]$/, '')
}

/** The label below an entry that is no part of it. */
const lazyBelow = new WeakMap<Entry, Paragraph>()

function withoutCheckBox(head: Phrase): Phrase {
  return { ...head, text: head.text.slice(4), afterLead: head.afterLead.slice(4) }
}

/** How many lines of a bullet are its head; the others explain it. */
function headLines(lines: readonly Phrase[], column: number): number {
  const [first, second] = lines
  if (first === undefined || second === undefined) return lines.length
  return beginsAnew(first, second, column) ? 1 : lines.length
}

function beginsAnew(first: Phrase, second: Phrase, column: number): boolean {
  if (!/^[\p{Lu}\d("“'`*]/u.test(second.text) || /[,;(&/–—-]$/.test(first.text)) return false
  const deeper = second.span.start.column > column
  const nextWord = second.text.split(' ', 1)[0] ?? ''
  const brokenEarly = first.text.length + nextWord.length < shortLine
  return deeper || brokenEarly || second.lead !== '' || isWhollyBold(first)
}

function tableOf(rows: TableRow[], span: Span, source: Source): Table {
  const isLong = rows.length > fewestKept
  const read = rows.map((row) => (isLong ? keptRow(row, source) : rowOf(row, source)))
  const [header, ...body] = read
  const table: Table = { type: 'table', header: header?.cells ?? [], rows: body, intro: null, span }
  return isLong ? sameTable(table) : table
}

const keptRow = keeping(rowOf)

const sameTable = sameAsBefore(({ header, rows }: Table) => [header, ...rows])

function rowOf(row: TableRow, source: Source): Row {
  const cells = row.children.map((cell): Cell => {
    const words = wordsOf(cell.children, source, nodeSpan(cell))
    return { phrase: words.whole, lines: words.lines }
  })
  return { cells, span: nodeSpan(row) }
}
