import type { Code, Root, RootContent } from 'mdast'
import { parseMarkdown } from '../markdown/markdown.ts'
import type { Source } from './source.ts'

/*
 * Admonitions of documentation tools. CommonMark sees a paragraph and an indented code block:
 *
 *   !!! danger "NOT defended: a running session"
 *       The key is in memory.              ← code block to CommonMark
 *
 *       - A strict policy                  ← the same
 *
 *   ```admonish warning title="Not defended"      ← a code block, too (mdBook)
 *   - A strict policy
 *   ```
 *
 * The body is read again without its indentation, and its positions are put back. Nothing else in a
 * document is parsed twice, and a body is parsed once whatever its length, so this stays linear.
 */

export interface Admonition {
  title: string
  /** First and last line of the whole, 1-based. */
  first: number
  last: number
  nodes: RootContent[]
}

const opening = /^(?:!!!|\?\?\?\+?|:::)\s*([\w-]+)[^\S\n]*(?:["“]([^"”\n]*)["”]|([^\n"]*))$/

/** How far a body is indented. */
const indented = 4

/** Bodies longer than this are left as the code block they are. */
const maxBodyLines = 400

export function admonitionAt(nodes: readonly RootContent[], at: number, source: Source) {
  const node = nodes[at]
  if (node?.type !== 'paragraph' || node.position === undefined) return null
  const first = node.position.start.line
  const match = opening.exec(source.line(first).trimEnd())
  if (match === null) return null
  const end = lastNode(nodes, at, source)
  const last = Math.min(nodes[end]?.position?.end.line ?? first, first + maxBodyLines)
  const body = bodyOf(first + 1, last, source)
  const admonition: Admonition = {
    title: match[2] ?? match[3]?.trim() ?? match[1] ?? '',
    first,
    last,
    nodes: shifted(parseMarkdown(body.text), body.columns, first, source).children,
  }
  return { admonition, end }
}

/** A fenced block in the words of mdBook's admonitions; null for code. */
export function fencedAdmonition(node: Code, source: Source): Admonition | null {
  const { lang, meta, position } = node
  if (lang !== 'admonish' || position === undefined) return null
  const first = position.start.line
  const last = Math.min(position.end.line, first + maxBodyLines)
  const body = bodyOf(first + 1, last - 1, source, position.start.column - 1)
  const title = /\btitle=["“]([^"”\n]{0,200})["”]/.exec(meta ?? '')?.[1]
  return {
    title: title ?? /^[\w-]{1,40}/.exec(meta ?? '')?.[0] ?? lang,
    first,
    last,
    nodes: shifted(parseMarkdown(body.text), body.columns, first, source).children,
  }
}

/** The index of the last node that belongs to the admonition: indented blocks that follow. */
function lastNode(nodes: readonly RootContent[], at: number, source: Source): number {
  let end = at
  let line = nodes[at]?.position?.end.line ?? 1
  for (let next = at + 1; next < nodes.length; next++) {
    const position = nodes[next]?.position
    if (position === undefined || nodes[next]?.type !== 'code') break
    const isBody = /^(?: {4}|\t)/.test(source.line(position.start.line))
    if (!isBody || position.start.line - line > 2) break
    end = next
    line = position.end.line
  }
  return end
}

function bodyOf(first: number, last: number, source: Source, indent = indented) {
  const lines: string[] = []
  const columns: number[] = []
  for (let line = first; line <= last; line++) {
    const text = source.line(line)
    const margin = Math.min(indent, text.length - text.trimStart().length)
    lines.push(text.slice(margin))
    columns.push(margin)
  }
  return { text: lines.join('\n'), columns }
}

/** Puts the positions of a body back to where its text stands in the document. */
function shifted(root: Root, columns: number[], linesAbove: number, source: Source): Root {
  const move = (point: { line: number; column: number; offset?: number | undefined }): void => {
    const column = point.column + (columns[point.line - 1] ?? 0)
    const moved = source.point(point.line + linesAbove, column)
    point.line = moved.line
    point.column = moved.column
    point.offset = moved.offset
  }
  const queue: (Root | RootContent)[] = [root]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.position !== undefined) {
      move(node.position.start)
      move(node.position.end)
    }
    if ('children' in node) queue.push(...(node.children as RootContent[]))
  }
  return root
}
