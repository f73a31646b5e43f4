import type { Span } from '../../shared/span.ts'
import { fold, type Phrase, plainPhrase } from './phrase.ts'
import type { Source } from './source.ts'
import type { Cell, Row, Table } from './types.ts'

/*
 * Tables and definition lists written as raw HTML, read as the tables they are. A small scanner for
 * tags, not an HTML parser: it knows rows, cells, list entries and line breaks, takes missing end
 * tags (`<tr><td>a<td>b<tr>…`) as HTML does, and drops every other tag. One pass over the text.
 *
 *   <table><tr><th>Threat<th>Mitigation
 *          <tr><td>Reading the list<td><ul><li>TLS<li>Locks</ul></table>
 *   →  | Threat | Mitigation |
 *      | Reading the list | TLS · Locks |          (the bullets stay separate lines of the cell)
 */

/** The end of an element from its opening tag on; the text's end when it is never closed. */
export function endOfElement(text: string, name: 'table' | 'dl', from: number): number {
  const close = text.toLowerCase().indexOf(`</${name}`, from)
  if (close < 0) return text.length
  const end = text.indexOf('>', close)
  return end < 0 ? text.length : end + 1
}

interface Tag {
  name: string
  closes: boolean
  at: number
  end: number
}

/** Cells beyond this many in one element are not read. */
const maxCells = 20_000

export function htmlTable(source: Source, from: number, to: number): Table | null {
  const reader = tableReader(source)
  let at = from
  for (const tag of tagsOf(source.text, from, to)) {
    reader.text(at, tag.at)
    reader.tag(tag)
    at = tag.end
    if (reader.full()) break
  }
  return reader.finish(to, spanOf(source, from, to))
}

interface TableReader {
  text(from: number, to: number): void
  tag(tag: Tag): void
  full(): boolean
  finish(end: number, span: Span): Table | null
}

interface OpenCell {
  start: number
  lines: string[]
}

function tableReader(source: Source): TableReader {
  const rows: { cells: Cell[]; start: number; end: number }[] = []
  let cell: OpenCell | null = null
  let cells = 0

  const closeCell = (at: number): void => {
    const row = rows.at(-1)
    if (cell === null || row === undefined) return
    row.cells.push(cellOf(cell.lines, spanOf(source, cell.start, at)))
    row.end = at
    cells++
    cell = null
  }
  const openRow = (at: number): void => {
    closeCell(at)
    rows.push({ cells: [], start: at, end: at })
  }
  const openCell = (tag: Tag): void => {
    closeCell(tag.at)
    if (rows.length === 0 || tag.name === 'dt') openRow(tag.at)
    cell = { start: tag.at, lines: [''] }
  }
  return {
    text: (from, to) => {
      if (cell === null || from >= to) return
      cell.lines.push(`${cell.lines.pop() ?? ''}${source.text.slice(from, to)}`)
    },
    tag: (tag) => {
      if (tag.name === 'tr') tag.closes ? closeCell(tag.at) : openRow(tag.at)
      else if (cellTags.has(tag.name)) tag.closes ? closeCell(tag.at) : openCell(tag)
      else if (cell !== null && lineTags.has(tag.name)) cell.lines.push('')
    },
    full: () => cells >= maxCells,
    finish: (end, span) => {
      closeCell(end)
      const read = rows
        .filter((row) => row.cells.length > 0)
        .map((row): Row => ({ cells: row.cells, span: spanOf(source, row.start, row.end) }))
      const [header, ...body] = read
      if (header === undefined) return null
      return { type: 'table', header: header.cells, rows: body, intro: null, span }
    },
  }
}

const cellTags = new Set(['td', 'th', 'dt', 'dd'])
const lineTags = new Set(['li', 'br', 'p', 'ul', 'ol'])

function cellOf(lines: string[], span: Span): Cell {
  const phrases = lines
    .map((line) => phraseOfHtml(line, span))
    .filter((phrase) => phrase.text !== '')
  const whole = phraseOfHtml(lines.join(' '), span)
  return { phrase: whole, lines: phrases.length > 1 ? phrases : [whole] }
}

function phraseOfHtml(text: string, span: Span): Phrase {
  return plainPhrase(fold(decoded(text).replace(/[*`]/g, '')), span)
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

function decoded(text: string): string {
  return text.replace(/&([a-z]{2,6});/g, (whole, name: string) => entities[name] ?? whole)
}

function* tagsOf(text: string, from: number, to: number): Generator<Tag> {
  for (let at = text.indexOf('<', from); at >= 0 && at < to; at = text.indexOf('<', at + 1)) {
    const comment = text.startsWith('<!--', at)
    const end = comment ? text.indexOf('-->', at) + 2 : text.indexOf('>', at)
    if (end < at || end >= to) return
    const name = /^<(\/?)([a-z][a-z0-9]*)/i.exec(text.slice(at, at + 12))
    const closes = name?.[1] === '/'
    yield { name: name?.[2]?.toLowerCase() ?? '', closes, at, end: end + 1 }
    at = end
  }
}

function spanOf(source: Source, from: number, to: number): Span {
  return { start: source.pointAt(from), end: source.pointAt(to) }
}

/** The words of a piece of HTML, tags dropped. */
export function wordsOfHtml(text: string): string {
  return fold(decoded(text.replace(/<[^<>]*>/g, ' ')))
}
