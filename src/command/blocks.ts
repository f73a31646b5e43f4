import {
  afterQuoteSign,
  closesFence,
  entrySign,
  fenceSign,
  indentOf,
  isHeading,
  isRule,
  isTableUnderline,
  isUnderline,
  withoutTabs,
} from './block-signs.ts'
import { endsHtml, type HtmlEnd, htmlStart } from './html.ts'

/*
 * Which lines of a comment are visible text, and which stand in code, quotes, HTML or tables.
 *
 * This follows CommonMark's block rules, because they are what GitHub shows: a line is text for us
 * exactly when a reader sees it as text. It is a scanner over lines and not the Markdown parser of
 * threat-model/, because that one takes seconds on a few kilobytes of hostile markers and a comment
 * is written by anybody; here every line is looked at once, at a depth of at most `depthMax`.
 * test/command/regions.test.ts compares it with the parser on generated comments.
 *
 *     > a quote            ┐ quote: never a command
 *     going on lazily      ┘ still the quote, though no sign stands before it (`lazy`)
 *
 *     - an entry           list entries are text; the first line of one (`bullet`) is not read as a
 *       /threat-model …    command, a line of its own in it is
 */

export interface TextLine {
  /** 0-based number of the line in the comment. */
  index: number
  /** The line without indentation and container signs; tabs are spaces. */
  text: string
  /** It belongs to a quote above it without having a quote sign of its own. */
  lazy: boolean
  /** A list sign stands before it on the same line. */
  bullet: boolean
}

/** Lines that GitHub shows as one piece of running text. */
export interface Paragraph {
  lines: TextLine[]
  quoted: boolean
}

/** A block of raw HTML, in which elements may open or close. */
export interface RawHtml {
  index: number
  text: string
}

/** In the order of the comment. Code, headings, tables and rules are left out. */
export type Block = { kind: 'text'; paragraph: Paragraph } | { kind: 'html'; html: RawHtml }

interface Container {
  kind: 'quote' | 'entry'
  /** Columns of indentation by which a line belongs to the entry. */
  indent: number
  /** The entry began with nothing on its line and has had nothing since. */
  bare: boolean
}

type Leaf =
  | { kind: 'none' }
  | { kind: 'table' }
  | { kind: 'text'; paragraph: Paragraph }
  | { kind: 'fence'; sign: string; length: number }
  | { kind: 'html'; end: HtmlEnd; html: RawHtml }

interface Scan {
  containers: Container[]
  leaf: Leaf
  blocks: Block[]
}

/** The rest of one line while its containers are taken off. */
interface Cursor {
  index: number
  rest: string
  /** How many of the open containers this line continues. */
  matched: number
  bullet: boolean
}

/** Deeper nesting than this is not followed: such a line counts as no text. */
const depthMax = 24

export function scanBlocks(lines: readonly string[]): Block[] {
  const scan: Scan = { containers: [], leaf: { kind: 'none' }, blocks: [] }
  lines.forEach((line, index) => {
    scanLine(scan, index, withoutTabs(line))
  })
  return scan.blocks
}

function scanLine(scan: Scan, index: number, line: string): void {
  const cursor: Cursor = { index, rest: line, matched: 0, bullet: false }
  matchContainers(scan, cursor)
  if (cursor.matched === scan.containers.length && continueRaw(scan, cursor)) return
  if (scan.leaf.kind === 'fence' || scan.leaf.kind === 'html') scan.leaf = { kind: 'none' }
  let opened = true
  while (opened) opened = openContainer(scan, cursor)
  if (cursor.rest.trim() === '') blankLine(scan, cursor)
  else if (!openLeaf(scan, cursor)) addText(scan, cursor)
}

function matchContainers(scan: Scan, cursor: Cursor): void {
  for (const container of scan.containers) {
    if (container.kind === 'quote') {
      const rest = afterQuoteSign(cursor.rest)
      if (rest === null) return
      cursor.rest = rest
    } else if (cursor.rest.trim() === '') {
      if (container.bare) return
    } else if (indentOf(cursor.rest) >= container.indent) {
      cursor.rest = cursor.rest.slice(container.indent)
      container.bare = false
    } else {
      return
    }
    cursor.matched += 1
  }
}

/** Inside fenced code or an HTML block a line is looked at only for the end of it. */
function continueRaw(scan: Scan, cursor: Cursor): boolean {
  const leaf = scan.leaf
  if (leaf.kind === 'fence') {
    if (closesFence(cursor.rest, leaf.sign, leaf.length)) scan.leaf = { kind: 'none' }
    return true
  }
  if (leaf.kind !== 'html') return false
  if (leaf.end === 'blank line' && cursor.rest.trim() === '') return false
  leaf.html.text += `\n${cursor.rest}`
  if (endsHtml(leaf.end, cursor.rest)) scan.leaf = { kind: 'none' }
  return true
}

function openContainer(scan: Scan, cursor: Cursor): boolean {
  const running = scan.leaf.kind === 'text' && cursor.matched === scan.containers.length
  if (indentOf(cursor.rest) >= 4) return false
  const quoted = afterQuoteSign(cursor.rest)
  const entry = quoted === null ? entrySign(cursor.rest, running) : null
  if (quoted === null && entry === null) return false
  closeUnmatched(scan, cursor)
  if (scan.containers.length >= depthMax) {
    cursor.rest = ''
    return false
  }
  scan.leaf = { kind: 'none' }
  if (entry) {
    scan.containers.push({ kind: 'entry', indent: entry.indent, bare: entry.rest.trim() === '' })
    cursor.rest = entry.rest
    cursor.bullet = true
  } else {
    scan.containers.push({ kind: 'quote', indent: 0, bare: false })
    cursor.rest = quoted ?? ''
  }
  cursor.matched = scan.containers.length
  return true
}

function blankLine(scan: Scan, cursor: Cursor): void {
  closeUnmatched(scan, cursor)
  scan.leaf = { kind: 'none' }
}

/** Opens anything but text. A line that neither does that nor is blank is text. */
function openLeaf(scan: Scan, cursor: Cursor): boolean {
  const rest = cursor.rest
  const running = scan.leaf.kind === 'text'
  const current = cursor.matched === scan.containers.length
  if (indentOf(rest) >= 4) {
    // Under running text this is more of it; anywhere else it is indented code.
    if (running) return false
    closeUnmatched(scan, cursor)
    scan.leaf = { kind: 'none' }
    return true
  }
  if (running && current && underlinesText(scan, rest)) return true
  const fence = fenceSign(rest)
  const htmlEnd = fence ? null : htmlStart(rest, running && current)
  if (!fence && !htmlEnd && !isHeading(rest) && !isRule(rest)) return false
  closeUnmatched(scan, cursor)
  scan.leaf = fence ? { kind: 'fence', ...fence } : { kind: 'none' }
  if (htmlEnd) openHtml(scan, cursor, htmlEnd)
  return true
}

/** Tags in a quote stay in the quote, so only HTML outside quotes is kept. */
function openHtml(scan: Scan, cursor: Cursor, end: HtmlEnd): void {
  const html = { index: cursor.index, text: cursor.rest }
  if (!inQuote(scan)) scan.blocks.push({ kind: 'html', html })
  if (!endsHtml(end, cursor.rest)) scan.leaf = { kind: 'html', end, html }
}

function inQuote(scan: Scan): boolean {
  return scan.containers.some(isQuote)
}

function isQuote(container: Container): boolean {
  return container.kind === 'quote'
}

/** A heading's underline ends the text above it; a table's makes its last line a header row. */
function underlinesText(scan: Scan, rest: string): boolean {
  if (scan.leaf.kind !== 'text') return false
  if (isUnderline(rest)) {
    scan.leaf = { kind: 'none' }
    return true
  }
  const header = scan.leaf.paragraph.lines.at(-1)
  if (!header || !isTableUnderline(rest, header.text)) return false
  scan.leaf.paragraph.lines.pop()
  scan.leaf = { kind: 'table' }
  return true
}

function addText(scan: Scan, cursor: Cursor): void {
  const current = cursor.matched === scan.containers.length
  if (current && scan.leaf.kind === 'table') return
  const lazy = !current && scan.leaf.kind === 'text'
  if (!lazy) closeUnmatched(scan, cursor)
  if (scan.leaf.kind !== 'text') {
    const paragraph = { lines: [], quoted: inQuote(scan) }
    scan.leaf = { kind: 'text', paragraph }
    scan.blocks.push({ kind: 'text', paragraph })
  }
  const { index, bullet } = cursor
  const signed = scan.containers.slice(0, cursor.matched).some(isQuote)
  scan.leaf.paragraph.lines.push({ index, text: cursor.rest.trim(), lazy: lazy && !signed, bullet })
}

function closeUnmatched(scan: Scan, cursor: Cursor): void {
  if (cursor.matched === scan.containers.length) return
  scan.containers.length = cursor.matched
  scan.leaf = { kind: 'none' }
}
