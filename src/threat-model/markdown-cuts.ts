import type { List, RootContent, Table } from 'mdast'
import type { Mentions } from './markdown-definitions.ts'
import { type Piece, type Point, pieceAt } from './markdown-pieces.ts'
import type { Cut } from './sections.ts'

/*
 * The pieces of one section as one branch of the tree. A cut inside a section parts a list or a table:
 *
 * - `- entry` in column 1 goes on with a list of the same marker, whatever is open inside the list;
 * - `| row |` in column 1 goes on with a table. Rows alone are no table, so its first two lines are
 *   parsed before them, and the header row is dropped again.
 *
 * Whether it does is told by the probe with which the piece before was parsed (markdown-pieces.ts).
 */

/** Part of the tree of a document. */
export interface Branch {
  children: RootContent[]
  /** Whether the cut behind it was right. */
  isComplete: boolean
  /** Names of the links it defines. */
  definitions: string[]
  end: Point
  /** The list or table joined here from several pieces; all other nodes are shared. */
  growing: List | Table | null
}

/** The text of a document from a cut to the next. */
export interface Cutting {
  text: string
  mentions: Mentions
  cut: Cut
  end: number
}

/** The line that stands for the one at `at`, which starts a heading, an entry or a row. */
export function probeFor(text: string, at: number): string {
  const marker = /#|\||[-+*]|\d{1,9}[.)]/y
  marker.lastIndex = at
  const start = marker.exec(text)?.[0]
  return start === undefined ? '' : `${start} x\n`
}

export function branchOf(piece: Piece): Branch {
  const children = [...piece.children]
  const definitions = [...piece.definitions]
  return { ...piece, children, definitions, growing: null }
}

/** Adds what stands behind a cut to a branch; does nothing and gives false if the cut was wrong. */
export function joinPiece(branch: Branch, cutting: Cutting): boolean {
  const last = branch.children.at(-1)
  if (!branch.isComplete || (last?.type !== 'list' && last?.type !== 'table')) return false
  const head = last.type === 'table' ? headOf(last, cutting.text) : ''
  const piece = pieceBehind(cutting, head)
  const more = piece.children[0]
  if (last.type === 'list' && more?.type === 'list') {
    const list = growing(branch, last)
    list.spread = list.spread || more.spread
    for (const entry of more.children) list.children.push(entry)
  } else if (last.type === 'table' && more?.type === 'table' && head !== '') {
    const table = growing(branch, last)
    for (const row of more.children.slice(1)) table.children.push(row)
  } else return false
  append(branch, piece)
  return true
}

/** The header row and the line below it, or '' if they do not start in column 1. */
function headOf(table: Table, text: string): string {
  const start = table.position?.start
  if (start?.offset === undefined || start.column !== 1) return ''
  const lines = /(?:[^\r\n]*(?:\r\n?|\n)){2}/y
  lines.lastIndex = start.offset
  return lines.exec(text)?.[0] ?? ''
}

function pieceBehind({ text, mentions, cut, end }: Cutting, head: string): Piece {
  const headLines = head === '' ? 0 : 2
  const place = { offset: cut.at - head.length, line: cut.line - headLines }
  const source = head + text.slice(cut.at, end)
  return pieceAt({ source, probe: probeFor(text, end), place, mentions })
}

/** The last block of the branch as a node that may be changed. */
function growing<T extends List | Table>(branch: Branch, last: T): T {
  if (branch.growing === last) return last
  const own = { ...last, children: [...last.children] }
  branch.children[branch.children.length - 1] = own
  branch.growing = own
  return own
}

/** Ends the growing block, which has taken in the piece's first, and adds the piece's others. */
function append(branch: Branch, piece: Piece): void {
  const [first, ...others] = piece.children
  const block = branch.growing
  if (block?.position && first?.position) {
    block.position = { start: block.position.start, end: first.position.end }
  }
  for (const child of others) branch.children.push(child)
  for (const name of piece.definitions) branch.definitions.push(name)
  branch.end = piece.end
  branch.isComplete = piece.isComplete
}
