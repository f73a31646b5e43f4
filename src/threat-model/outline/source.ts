import type { Nodes } from 'mdast'
import type { Point, Span } from '../../shared/span.ts'
import { linesOf } from '../markdown/lines.ts'

/** The text with a table of its lines, for spans that no Markdown node has. */
export interface Source {
  text: string
  /** Number of lines. */
  lines: number
  /** True for a line of white space, and outside the text. */
  isBlank(number: number): boolean
  /** A line's text without its line break; '' outside the text. Lines count from 1. */
  line(number: number): string
  point(line: number, column: number): Point
  pointAt(offset: number): Point
  /** From the line's first to after its last character that is not white space. */
  lineSpan(number: number): Span
}

export function sourceOf(text: string): Source {
  const starts = text.includes('\r') ? afterLineFeeds(text) : linesOf(text)
  const startOf = (line: number) => starts[line - 1] ?? text.length
  const line = (number: number) =>
    text.slice(startOf(number), startOf(number + 1)).replace(/\r?\n$/, '')
  const isBlank = (number: number) => {
    blank.lastIndex = startOf(number)
    return blank.test(text)
  }
  const point = (number: number, column: number): Point => ({
    line: number,
    column,
    offset: Math.min(startOf(number) + column - 1, text.length),
  })
  const pointAt = (offset: number): Point => {
    const number = lineAt(starts, offset)
    return { line: number, column: offset - startOf(number) + 1, offset }
  }
  const lineSpan = (number: number): Span => {
    const words = line(number)
    const indent = words.length - words.trimStart().length
    const start = words.trim() === '' ? 0 : indent
    return { start: point(number, start + 1), end: point(number, words.trimEnd().length + 1) }
  }
  return { text, lines: starts.length, isBlank, line, point, pointAt, lineSpan }
}

/** A carriage return alone ends no line here. */
function afterLineFeeds(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

const blank = /[^\S\n]*(?:\n|$)/y

/** Binary search for the last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

/** Where a Markdown node stands. The parser's own objects are handed on: they are never changed. */
export function spanOf(position: Nodes['position']): Span {
  return isSpan(position) ? position : nowhere
}

/** The parser gives an offset with every position. */
function isSpan(position: Nodes['position']): position is Span {
  return position?.start.offset !== undefined
}

const origin: Point = { line: 1, column: 1, offset: 0 }
const nowhere: Span = { start: origin, end: origin }
