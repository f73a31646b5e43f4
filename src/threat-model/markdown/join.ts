import type { List, RootContent, Table } from 'mdast'
import type { Cut } from './cuts.ts'
import { type Mentions, mentionsOf } from './definitions.ts'
import { isOverLimit, type OverLimit } from './limits.ts'
import { type Piece, type Point, pieceOf, type Take, type Tree } from './pieces.ts'
import type { Place } from './place.ts'

/*
 * The pieces of a document as one tree. A piece is parsed once the one before it is known to be
 * right; if the cut at its end turns out to be wrong, it is parsed again up to a later cut:
 *
 *     cuts      0       1       2       3       4       5
 *               ├───────┼───────┼───────┼───────┼───────┤
 *     pieces    └ right ┘
 *                       └ wrong ┘
 *                       └ wrong ────────┘                   each attempt reaches twice as far, so
 *                       └ right ────────────────────────┘   that all of them cost what three would
 *
 * A cut between blocks parts nothing. A cut inside a list or table parts it, and the first block of
 * the next piece goes into the last block of the tree. Rows alone are no table: the head of the
 * table is parsed before them, and dropped.
 */

/**
 * Parsing one piece takes up to 600 times its length in memory. No document that people write is
 * without a heading, entry, row or paragraph in column 1 for so long.
 */
const pieceCharsMax = 320 * 1024
const uncut = `nothing starts in column 1 for more than ${pieceCharsMax} characters`

/** The tree of a document, as far as it is joined. */
export interface Branch {
  children: RootContent[]
  /** Names of the links it defines. */
  definitions: string[]
  end: Point
  ending: Piece['ending']
  /** The list or table joined here from several pieces; all other nodes are shared. */
  growing: List | Table | null
}

interface Work {
  text: string
  cuts: Cut[]
  mentions: Mentions
  branch: Branch
}

/** What the pieces are joined with. */
export interface Joining {
  /** Names of the links that the document defines. */
  known: string[]
  take: Take
}

/** Parses and joins the pieces between the cuts. */
export function joinPieces(text: string, cuts: Cut[], { known, take }: Joining): Branch {
  const branch = emptyBranch()
  const work = { text, cuts, mentions: mentionsOf(known), branch }
  for (let first = 0; first < cuts.length; ) {
    const { piece, behind, place } = rightPiece(work, first)
    append(branch, piece, take(piece, place))
    first = behind
  }
  return branch
}

/** The names that pieces which look like it define, if all cuts between them are right. */
export function likelyDefinitions(text: string, cuts: Cut[]): string[] {
  if (!text.includes(']:')) return []
  const work = { text, cuts, mentions: mentionsOf([]), branch: emptyBranch() }
  return cuts
    .map((_, i) => i)
    .filter((i) => text.slice(cuts[i]?.at, cuts[i + 1]?.at).includes(']:'))
    .flatMap((i) => definitionsBetween(work, i, i + 1))
}

function definitionsBetween(work: Work, from: number, to: number): string[] {
  try {
    return pieceBetween(work, from, to).piece.definitions
  } catch (error) {
    // Where the cuts are wrong, code may have been taken for text.
    if (isOverLimit(error)) return []
    throw error
  }
}

function emptyBranch(): Branch {
  const end = { line: 1, column: 1, offset: 0 }
  return { children: [], definitions: [], end, ending: 'between', growing: null }
}

interface Found {
  piece: Piece
  place: Place
}

function rightPiece(work: Work, first: number): Found & { behind: number } {
  let behind = first + 1
  let found = pieceBetween(work, first, behind)
  for (let step = 1; found.piece.ending === 'wrong' && behind < work.cuts.length; step *= 2) {
    behind = Math.min(behind + step, work.cuts.length)
    found = pieceBetween(work, first, behind)
  }
  return { ...found, behind }
}

function pieceBetween({ text, cuts, mentions, branch }: Work, from: number, to: number): Found {
  const cut = cuts[from]
  const at = cut?.at ?? text.length
  const end = cuts[to]?.at ?? text.length
  const head = headOf(branch, text)
  const headLines = head === '' ? 0 : 2
  const place = { offset: at - head.length, line: (cut?.line ?? 0) - headLines }
  const source = head + text.slice(at, end)
  if (source.length > pieceCharsMax) {
    throw { overLimit: uncut, line: (cut?.line ?? 0) + 1 } satisfies OverLimit
  }
  return { piece: pieceOf({ source, probe: probeFor(text, end), place, mentions }), place }
}

/** A line that starts like the one at `at`, where there is a cut, or '' at the end of the text. */
function probeFor(text: string, at: number): string {
  const marker = /#|>|\||(?:[-+*]|\d{1,9}[.)]) {1,4}/y
  marker.lastIndex = at
  if (at === text.length) return ''
  const start = marker.exec(text)?.[0] ?? ''
  return `${start === '' ? '' : start.padEnd(2)}x\n`
}

/** The head row and the line below it, if the branch ends inside a table, else ''. */
function headOf(branch: Branch, text: string): string {
  const last = branch.children.at(-1)
  if (branch.ending !== 'inside' || last?.type !== 'table') return ''
  const lines = /(?:[^\r\n]*(?:\r\n?|\n)){2}/y
  lines.lastIndex = last.position?.start.offset ?? text.length
  return lines.exec(text)?.[0] ?? ''
}

function append(branch: Branch, piece: Piece, tree: Tree): void {
  const [first, ...others] = tree.children
  const isTaken = branch.ending === 'inside' && first !== undefined && takeInto(branch, first)
  for (const block of isTaken ? others : tree.children) branch.children.push(block)
  for (const name of piece.definitions) branch.definitions.push(name)
  branch.end = tree.end
  branch.ending = piece.ending
}

/**
 * Takes the content of a block into the last one of the branch, of which it is the continuation.
 */
function takeInto(branch: Branch, more: RootContent): boolean {
  const last = branch.children.at(-1)
  if (last?.type === 'list' && more.type === 'list') {
    const list = growing(branch, last)
    list.spread = list.spread || more.spread
    for (const entry of more.children) list.children.push(entry)
  } else if (last?.type === 'table' && more.type === 'table') {
    const table = growing(branch, last)
    for (const row of more.children.slice(1)) table.children.push(row)
  } else return false
  const block = branch.growing
  if (block?.position && more.position) {
    block.position = { start: block.position.start, end: more.position.end }
  }
  return true
}

/** The last block of the branch as a node that may be changed. */
function growing<T extends List | Table>(branch: Branch, last: T): T {
  if (branch.growing === last) return last
  const own = { ...last, children: [...last.children] }
  branch.children[branch.children.length - 1] = own
  branch.growing = own
  return own
}
