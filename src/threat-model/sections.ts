/*
 * Where a document may be cut so that each piece can be parsed alone. Only line starts are looked at;
 * nothing here knows Markdown well enough to be right, so every cut is a guess that `markdown.ts`
 * proves against the tree of the piece before it:
 *
 *     prose                 ┐ section
 *     ## Threats            ┘┐           an ATX heading in column 1 closes every container, so what
 *     - one                  │ section   stands before it cannot reach behind it, unless a fence or
 *     - two     ← cut        │           raw HTML is still open
 *     ## Mitigations        ┘┐
 *
 * A long section is cut again at list entries and table rows in column 1. Which of the possible cuts
 * are used depends only on the lines near them (a hash of the line decides), so that after an edit
 * the cuts soon fall on the same lines again and the pieces are found in the cache.
 */

export interface Section {
  start: number
  end: number
  /** 0-based number of the line at `start`. */
  line: number
  /** Guesses inside the section, in order. */
  cuts: Cut[]
}

export interface Cut {
  at: number
  /** 0-based number of the line at `at`. */
  line: number
  kind: 'entry' | 'row'
}

type LineKind = Cut['kind'] | 'heading' | 'fence' | 'comment' | 'other'

/** A shorter section is joined with the next one: parsing has a cost per piece. */
const sectionCharsMin = 512
/** From this length on every heading cuts; before, about every second one. */
const sectionCharsFull = 2048
/** The same for the pieces of one section. */
const pieceCharsMin = 2048
const pieceCharsFull = 8192
/** How much of a line decides whether it cuts. */
const hashedChars = 80

const patterns: [LineKind, RegExp][] = [
  ['heading', /#{1,6}(?=[ \t\r\n]|$)/y],
  ['fence', / {0,3}(?:`{3,}[^`\r\n]*|~{3,}[^\r\n]*)(?=[\r\n]|$)/y],
  ['comment', / {0,3}<!--/y],
  ['entry', /(?:([-+*])|\d{1,9}[.)]) {1,4}(?!\1)[^\s]/y],
  ['row', /\|/y],
]

/** Cuts `text` from `from` (a line start) on; the sections lie end to end and cover the rest. */
export function cutSections(text: string, from: number): Section[] {
  const starts = lineStarts(text, from)
  let section: Section = { start: from, end: text.length, line: 0, cuts: [] }
  const sections = [section]
  for (let line = frontmatterLines(text, starts); line < starts.length; line++) {
    const at = starts[line] ?? text.length
    const kind = kindOf(text, at)
    if (kind === 'fence') line = closingFence(text, starts, line)
    else if (kind === 'comment') line = lineOf(starts, endOfComment(text, at), line)
    else if (kind === 'heading' && cutsHere(text, section.start, at, 'section')) {
      section.end = at
      section = { start: at, end: text.length, line, cuts: [] }
      sections.push(section)
    } else if (kind === 'entry' || kind === 'row') addCut(text, section, { at, line, kind })
  }
  return sections
}

/** The offsets at which lines start, `from` first. CR, LF and CRLF end a line. */
export function lineStarts(text: string, from: number): number[] {
  const starts = [from]
  const ends = /\r\n?|\n/g
  ends.lastIndex = from
  while (ends.test(text)) starts.push(ends.lastIndex)
  return starts
}

function addCut(text: string, section: Section, cut: Cut): void {
  const start = section.cuts.at(-1)?.at ?? section.start
  if (cutsHere(text, start, cut.at, 'piece')) section.cuts.push(cut)
}

function cutsHere(text: string, start: number, at: number, what: 'section' | 'piece'): boolean {
  const length = at - start
  if (length < (what === 'section' ? sectionCharsMin : pieceCharsMin)) return false
  return length >= (what === 'section' ? sectionCharsFull : pieceCharsFull) || isChosen(text, at)
}

function isChosen(text: string, at: number): boolean {
  let hash = 7
  const end = Math.min(at + hashedChars, text.length)
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || code === 13) break
    hash = (Math.imul(hash, 31) + code) | 0
  }
  return ((hash ^ (hash >>> 9)) & 1) === 0
}

function kindOf(text: string, at: number): LineKind {
  if (isLetter(text.charCodeAt(at))) return 'other'
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    if (pattern.test(text)) return kind
  }
  return 'other'
}

/** Most lines start with a letter; no pattern does. */
function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** How many lines the front matter takes: from a first line `---` to the next one, or none. */
export function frontmatterLines(text: string, starts: number[]): number {
  if (!isFrontmatterFence(text, starts[0])) return 0
  const closing = starts.findIndex((at, line) => line > 0 && isFrontmatterFence(text, at))
  return closing + 1
}

function isFrontmatterFence(text: string, at: number | undefined): boolean {
  const fence = /---[ \t]*(?=[\r\n]|$)/y
  fence.lastIndex = at ?? text.length
  return fence.test(text)
}

/** The line that closes the fence opened on `line`, or the last line. */
function closingFence(text: string, starts: number[], line: number): number {
  const opening = fenceAt(text, starts[line] ?? 0)
  for (let next = line + 1; next < starts.length; next++) {
    if (closesFence(text, starts[next] ?? 0, opening)) return next
  }
  return starts.length
}

/** The run of backticks or tildes a line starts with, after up to three spaces. */
export function fenceAt(text: string, at: number): string {
  const run = / {0,3}(`{3,}|~{3,})/y
  run.lastIndex = at
  return run.exec(text)?.[1] ?? ''
}

/** Whether the line at `at` closes a code block that `opening` opened. */
export function closesFence(text: string, at: number, opening: string): boolean {
  const run = fenceAt(text, at)
  if (run.length < opening.length || run[0] !== opening[0]) return false
  const rest = /[ \t]*(?=[\r\n]|$)/y
  rest.lastIndex = text.indexOf(run, at) + run.length
  return rest.test(text)
}

function endOfComment(text: string, at: number): number {
  const end = text.indexOf('-->', at)
  return end === -1 ? text.length : end
}

/** The line, from `line` on, that holds `offset`. */
function lineOf(starts: number[], offset: number, line: number): number {
  let found = line
  while ((starts[found + 1] ?? Number.POSITIVE_INFINITY) <= offset) found++
  return found
}
