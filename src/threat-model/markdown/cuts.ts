import { closingFence, frontmatterLines, lineStarts, linesOf } from './lines.ts'

/*
 * Where a document may be cut into pieces that are parsed alone. Only line starts are looked at;
 * nothing here knows Markdown well enough to be right, so every cut is a guess, which the parser
 * confirms (markdown/pieces.ts).
 *
 *     prose                 ┐ piece
 *                           │          Column 1 closes every list and quote, for a heading always,
 *     ## Threats            ┘┐         for other words after a blank line. So what stands before
 *     - one                  │ piece   cannot reach behind, unless a fence or raw HTML is still
 *     - two                  │         open. Entries and rows in column 1 go on with the list or
 *     - three               ┘┐         table before them, or start a new one.
 *     - four                ┘  piece
 *
 * Which of the possible cuts are used depends only on the lines near them (a hash of the line
 * decides), so that after an edit the cuts soon fall on the same lines again and the pieces are
 * found in the store.
 */

export interface Cut {
  at: number
  /** 0-based number of the line at `at`. */
  line: number
  kind: 'start' | keyof typeof lengths
}

type LineKind = keyof typeof lengths | 'fence' | 'comment' | 'blank' | 'other'

/**
 * A piece that ends before a heading is at least `min` long, for parsing has a cost per piece; from
 * `full` on every heading ends it, before only about every second one. Elsewhere pieces are longer.
 */
const lengths = {
  heading: { min: 512, full: 2048 },
  words: { min: 2048, full: 8192 },
  entry: { min: 2048, full: 8192 },
  row: { min: 2048, full: 8192 },
}
/** How much of a line decides whether it cuts. */
const hashedChars = 80

const blankLine = /[ \t]*(?=[\r\n]|$)/y

interface LinePattern {
  kind: LineKind
  /** With what lines of the kind start; '' for any sign. */
  signs: string
  start: RegExp
}

const patterns: LinePattern[] = [
  { kind: 'blank', signs: ' \t\r\n', start: blankLine },
  { kind: 'heading', signs: '#', start: /#{1,6}(?=[ \t\r\n]|$)/y },
  {
    kind: 'fence',
    signs: ' `~',
    start: / {0,3}(?:`{3,}[^`\r\n]*|~{3,}[^\r\n]*)(?=[\r\n]|$)/y,
  },
  { kind: 'comment', signs: ' <', start: / {0,3}<!--/y },
  { kind: 'entry', signs: '-+*0123456789', start: /(?:([-+*]) {1,4}(?!\1)|\d{1,9}[.)] {1,4})\S/y },
  { kind: 'row', signs: '|', start: /\|(?![ \t|:-]*(?:[\r\n]|$))/y },
  // No marks, which may go on with a list.
  { kind: 'words', signs: '', start: /[^\s+*\d-]/y },
]

/** The patterns that may match a line by the sign it starts with, for the signs of ASCII. */
const bySign = Array.from({ length: 128 }, (_, code) =>
  patterns.filter(({ signs }) => signs === '' || signs.includes(String.fromCharCode(code))),
)

/** Guesses for `text` from `from` (a line start) on. The first cut is `from` itself. */
export function guessCuts(text: string, from: number): Cut[] {
  const starts = from === 0 ? linesOf(text) : lineStarts(text, from)
  const cuts: Cut[] = [{ at: from, line: 0, kind: 'start' }]
  let last = from
  let before: LineKind = 'other'
  for (let line = frontmatterLines(text, starts); line < starts.length; line++) {
    const at = starts[line] ?? text.length
    const kind = kindOf(text, at)
    if (kind === 'fence') line = closingFence(text, starts, line)
    else if (kind === 'comment') line = lineOf(starts, endOfComment(text, at), line)
    else if (mayCut(kind, before) && isChosen(text, at, at - last, lengths[kind])) {
      cuts.push({ at, line, kind })
      last = at
    }
    before = kind
  }
  return cuts
}

function kindOf(text: string, at: number): LineKind {
  // Most lines start with a letter, or so deep that they are blank or go on; no pattern does.
  const code = text.charCodeAt(at) | 0x20
  if (code >= 97 && code <= 122) return 'words'
  if (text.startsWith('    ', at)) return startsAt(blankLine, text, at) ? 'blank' : 'other'
  const possible = bySign[text.charCodeAt(at)] ?? patterns
  for (const { kind, start } of possible) if (startsAt(start, text, at)) return kind
  return 'other'
}

function startsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

function mayCut(kind: LineKind, before: LineKind): kind is keyof typeof lengths {
  if (kind === 'heading' || kind === 'entry') return true
  // The first row of a table is its head, which is text until the next line.
  if (kind === 'row' && before === 'row') return true
  return (kind === 'words' || kind === 'row') && before === 'blank'
}

function isChosen(
  text: string,
  at: number,
  length: number,
  { min, full }: { min: number; full: number },
): boolean {
  return length >= min && (length >= full || isEven(hashOfLine(text, at)))
}

function isEven(n: number): boolean {
  return (n & 1) === 0
}

function hashOfLine(text: string, at: number): number {
  let hash = 7
  const end = Math.min(at + hashedChars, text.length)
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || code === 13) break
    hash = (Math.imul(hash, 31) + code) | 0
  }
  return hash ^ (hash >>> 9)
}

function endOfComment(text: string, at: number): number {
  const end = text.indexOf('-->', at)
  return end === -1 ? text.length : end
}

/** The line, from `line` on, that holds `offset`. */
function lineOf(starts: readonly number[], offset: number, line: number): number {
  let found = line
  while ((starts[found + 1] ?? Number.POSITIVE_INFINITY) <= offset) found++
  return found
}
