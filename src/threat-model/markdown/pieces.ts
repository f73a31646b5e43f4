import type { Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import { definedIn, knowing, type Mentions, type SyntaxExtension } from './definitions.ts'
import { isOverLimit, limits, mayGoOver, type OverLimit } from './limits.ts'
import { frontmatterLines, lineStarts } from './lines.ts'
import { isPlaced, type Place, placed, plainPoint } from './place.ts'

/*
 * Parsing one piece of a document, or finding it parsed.
 *
 * A piece is parsed with a probe behind it: a short line of the kind that follows in the document.
 *
 *     - one        ┐ piece           The probe makes the last blocks of the piece end as they do in
 *     - two        ┘                 the document, and where it turns up in the tree tells whether
 *     - probe        probe           the cut was right. Then it is taken out of the tree.
 *
 * Trees are kept by the text of their piece and the names of links defined elsewhere that it uses:
 * all they depend on, but for their place, which their points look up (markdown/place.ts). So the
 * nodes of an unchanged piece are the same objects in base and head, and what was made of a node
 * can be found by it. A text that stands in one document several times has a tree for each time.
 * The store holds a bounded number of characters and drops the piece that was not wanted for
 * longest.
 */

/** A point of a tree; the parser always gives its offset. */
export type Point = NonNullable<Root['position']>['start']

/** What parsing a piece has shown, and its trees. */
export interface Piece {
  /** Where the cut behind it is: between blocks, inside the last list or table, or wrong. */
  ending: 'between' | 'inside' | 'wrong'
  /** Names of the links it defines. */
  definitions: string[]
  /** At least one. */
  trees: Tree[]
  text: string
}

export interface Tree {
  children: RootContent[]
  end: Point
  /** Where it stands: its points look here. */
  place: Place
}

const table = gfmTable()
const matter = frontmatter()
const mdastExtensions = [frontmatterFromMarkdown(), gfmTableFromMarkdown()]

/**
 * Sum of the lengths of the texts kept. Their trees and what is made of them take up to a hundred
 * times that in memory. A longer document is kept for its next version all the same, until a
 * shorter one is parsed.
 */
const keptCharsMax = 1024 * 1024 * 1.5
/** Of a document's length: heads of tables are kept with each piece, and versions differ. */
const roomShare = 1.5

/**
 * Levels of the tree. A list in a list is four levels below the list around it; real ones have 20.
 */
const depthMax = 64

/** By the text of the piece with its probe, then by variant. Last wanted, last. */
const kept = new Map<string, Map<string, Piece>>()
let keptChars = 0
let room = keptCharsMax

/** What is to be parsed, and what is known about its surroundings. */
export interface Wanted {
  source: string
  /** A line of the kind that follows, or '' at the end of the document. */
  probe: string
  place: Place
  /** Tells which names defined elsewhere the text uses. */
  mentions: Mentions
}

/** The piece of a text, parsed or found. */
export function pieceOf(wanted: Wanted): Piece {
  const text = wanted.source + wanted.probe
  const variants = kept.get(text)
  const alone = variants?.get(variantOf(wanted, []))
  const mentioned = wanted.mentions(wanted.source)
  const foreign = mentioned.filter((name) => alone?.definitions.includes(name) !== true)
  const known = foreign.length === 0 ? alone : variants?.get(variantOf(wanted, foreign))
  if (variants === undefined || known === undefined) return keep(wanted, foreign)
  kept.delete(text)
  kept.set(text, variants)
  return known
}

/** Gives the tree of a piece at a place. */
export type Take = (piece: Piece, place: Place) => Tree

/**
 * Takes the kept trees for one document, each once: they are moved to where they stand in it. They
 * are shared: do not change them, and do not use them beyond the next document.
 */
export function takingShared(): Take {
  const taken = new Map<Piece, number>()
  return (piece, place) => {
    const times = taken.get(piece) ?? 0
    const tree = piece.trees[times] ?? anotherTree(piece)
    taken.set(piece, times + 1)
    tree.place.line = place.line
    tree.place.offset = place.offset
    return tree
  }
}

/** Takes copies, whose positions stay right. */
export function takeCopy({ trees: [tree] }: Piece, place: Place): Tree {
  if (tree === undefined) return { children: [], end: { line: 1, column: 1, offset: 0 }, place }
  const at = { line: place.line - tree.place.line, offset: place.offset - tree.place.offset }
  const shift = (point: Point) => {
    const { line, column, offset } = plainPoint(point)
    return { line: line + at.line, column, offset: offset + at.offset }
  }
  const children = tree.children.map((child) => copied(child, shift))
  return { children, end: shift(tree.end), place }
}

/** The same text once more in one document. */
function anotherTree(piece: Piece): Tree {
  const place = { line: 0, offset: 0 }
  const [first] = piece.trees
  const shift = (point: Point) => placed(point, place)
  const children = first?.children.map((child) => copied(child, shift)) ?? []
  const tree = { children, end: shift(first?.end ?? start), place }
  piece.trees.push(tree)
  keptChars += piece.text.length
  dropOldest()
  return tree
}

const start: Point = { line: 1, column: 1, offset: 0 }

/** Tells trees of equal text apart: by where the probe starts and the names defined elsewhere. */
function variantOf({ source }: Wanted, foreign: string[]): string {
  return [source.length, ...foreign].join('\0')
}

/** Tells how long the document is whose pieces will be wanted. */
export function makeRoom(chars: number): void {
  room = Math.max(keptCharsMax, chars * roomShare)
  dropOldest()
}

/** Forgets every piece. */
export function forgetPieces(): void {
  kept.clear()
  keptChars = 0
}

/** A table has a row of dashes with bars between or colons beside them. */
const delimiterRow = /\||:-|-:/

/** The tree of a text as the parser builds it; `foreign` are names of links defined elsewhere. */
export function parseAlone(text: string, foreign: string[] = []): Root {
  // What cannot match would only be tried at every line.
  const extensions: SyntaxExtension[] = []
  if (delimiterRow.test(text)) extensions.push(table)
  if (mayGoOver(text)) extensions.push(limits)
  // A first line `---` that nothing closes would make it take lists and block quotes for text.
  if (startsWithFrontmatter(text)) extensions.push(matter)
  if (foreign.length > 0) extensions.push(knowing(foreign))
  return fromMarkdown(text, { extensions, mdastExtensions })
}

function keep(wanted: Wanted, foreign: string[]): Piece {
  const { source, probe, place } = wanted
  const text = ownText(source, probe)
  const root = parseBounded(text, foreign, place)
  const ending = probe === '' ? 'between' : takeProbe(root, text, source.length)
  const ownPlace = { ...place }
  settle(root, ownPlace)
  const definitions = text.includes(']:') ? definedIn(root) : []
  const tree = { children: root.children, end: root.position?.end ?? start, place: ownPlace }
  const piece: Piece = { definitions, ending, trees: [tree], text }
  const variants = kept.get(text) ?? new Map<string, Piece>()
  kept.set(text, variants.set(variantOf(wanted, foreign), piece))
  keptChars += text.length
  dropOldest()
  return piece
}

function parseBounded(text: string, foreign: string[], place: Place): Root {
  try {
    const root = parseAlone(text, foreign)
    checkDepth(root)
    return root
  } catch (error) {
    if (isOverLimit(error)) throw { ...error, line: error.line + place.line }
    throw error
  }
}

/** Whoever walks the tree may do so by recursion: it is at most so deep. */
function checkDepth(node: Nodes, depth = 0): void {
  const line = node.position?.start.line ?? 1
  if (depth > depthMax) throw { overLimit: 'nested too deeply', line } satisfies OverLimit
  if ('children' in node) for (const child of node.children) checkDepth(child, depth + 1)
}

/** Takes the probe, which starts at offset `at`, out of the tree and says what it has shown. */
function takeProbe(root: Root, text: string, at: number): Piece['ending'] {
  const last = root.children.at(-1)
  if (startsAt(last, at)) {
    if (!mayStart(root, text, at)) return 'wrong'
    root.children.pop()
    return 'between'
  }
  if (last?.type !== 'list' && last?.type !== 'table') return 'wrong'
  // The head of an indented table could not be parsed again in column 1.
  if (last.type === 'table' && last.position?.start.column !== 1) return 'wrong'
  if (!startsAt(last.children.at(-1), at)) return 'wrong'
  last.children.pop()
  return 'inside'
}

/**
 * Whether what the last block stands for means the same at the start of a text. Words do not if
 * they may go on with a paragraph. In a line that ends a paragraph or indented code, the parser
 * takes fewer things for marks of a list, at its start and behind it.
 */
function mayStart(root: Root, text: string, at: number): boolean {
  const [before, last] = [root.children.at(-2)?.type, root.children.at(-1)?.type]
  if (last === 'heading') return true
  if (last === 'list' && (before === 'list' || before === 'blockquote')) return true
  if (last === 'list' && before === 'code') return false
  if (last === 'paragraph' && /[-+*\d]/.test(text.charAt(at))) return false
  const lineBefore = text.slice(lineStarts(text.slice(0, at)).at(-2), at)
  return last !== 'table' && lineBefore.trim() === ''
}

function startsAt(node: Nodes | undefined, at: number): boolean {
  return node?.position?.start.offset === at
}

function startsWithFrontmatter(text: string): boolean {
  return text.startsWith('---') && frontmatterLines(text, lineStarts(text)) > 0
}

function dropOldest(): void {
  for (const [source, variants] of kept) {
    if (keptChars <= room) return
    kept.delete(source)
    for (const { trees } of variants.values()) keptChars -= source.length * trees.length
  }
}

/**
 * A string that does not hold the document it was cut from in memory. A part of a long string
 * shares the memory of the whole, and so would every text in the tree. Two strings put together are
 * copied when they are first searched.
 */
function ownText(source: string, probe: string): string {
  return probe === '' ? JSON.parse(JSON.stringify(source)) : source + probe
}

/**
 * Puts a tree that nobody else has yet at a place: the parser makes a position for each node. Trees
 * are most of what is kept, so they are made small: a node shares the point where it ends with its
 * last child, and its children, which the parser pushed, leave no room for further ones.
 */
function settle(node: Nodes, place: Place): void {
  const parent: { children: Nodes[] } | null = 'children' in node ? node : null
  if (parent !== null) {
    for (const child of parent.children) settle(child, place)
    parent.children = parent.children.slice()
  }
  if (!node.position) return
  const { start, end } = node.position
  const below = parent?.children.at(-1)?.position?.end
  node.position.start = placed(start, place)
  node.position.end = below && isPlaced(below, end) ? below : placed(end, place)
}

/** A copy of a node and all below it, with other points. */
export function copied<T extends Nodes>(node: T, pointOf: (point: Point) => Point): T {
  const copy = { ...node }
  if (node.position) {
    const { start, end } = node.position
    copy.position = { start: pointOf(start), end: pointOf(end) }
  }
  if ('children' in node) {
    Object.assign(copy, { children: node.children.map((child) => copied(child, pointOf)) })
  }
  return copy
}
