import type { Root, RootContent } from 'mdast'
import { type Branch, branchOf, joinPiece, probeFor } from './markdown-cuts.ts'
import { type Mentions, mentionsOf } from './markdown-definitions.ts'
import { isOverLimit, type OverLimit } from './markdown-limits.ts'
import { forgetPieces, pieceAt } from './markdown-pieces.ts'
import { cutSections, lineStarts, type Section } from './sections.ts'

/*
 * Text to Markdown tree, in time proportional to the text. The parser (micromark) is much slower on a
 * long document than on its parts, so the text is cut (sections.ts), the pieces are parsed alone and
 * joined again. The tree is the one the parser builds from the whole text, positions included; the
 * tests compare the two on every example of the CommonMark specification, alone and in mixtures.
 *
 * Three things reach from one piece into another:
 * - Block structure. A cut is a guess; it is kept if a line like the one behind it, parsed together
 *   with the piece before it, turns out to be what it looks like (a heading, an entry, a row).
 * - Link definitions. `[name]` is a link if any piece defines the name. Pieces that may define one
 *   are parsed first; a piece that mentions a name defined elsewhere is parsed knowing it.
 * - Positions, which are those in the piece plus where the piece stands.
 *
 * Pieces are kept for the next call (markdown-pieces.ts): the base and the head of a pull request
 * share most of theirs. While it works the parser counts what makes it slow (markdown-limits.ts).
 */

/** How often sections may turn out to reach into the next before the rest is parsed in one go. */
const extensionsMax = 4

const byteOrderMark = 0xfeff

const start = { line: 1, column: 1, offset: 0 }
const emptySection: Section = { start: 0, end: 0, line: 0, cuts: [] }

interface Work {
  text: string
  mentions: Mentions
  extensionsLeft: number
}

/** A part of the tree, and the first section that is not in it. */
interface Parsed {
  branch: Branch
  behind: number
}

/** The last text parsed: a reader asks for its limits first and for its tree then. */
let last: { text: string; outcome: Outcome } | null = null

type Outcome = { root: Root } | OverLimit

/**
 * The Markdown tree of a document: CommonMark with tables and front matter. Every node has a
 * position (line and column 1-based, offset 0-based in UTF-16 units of `text`). Nodes are shared
 * with later calls: do not change them. Never throws: a text that `checkBounds` (bounds.ts) refuses
 * because of the parser's limits becomes one paragraph.
 */
export function parseMarkdown(text: string): Root {
  const outcome = parseWithinLimits(text)
  return 'root' in outcome ? outcome.root : oneParagraph(text)
}

/** Which of the parser's limits the text goes over, and on which line (1-based), or null. */
export function overLimitOf(text: string): OverLimit | null {
  const outcome = parseWithinLimits(text)
  return 'root' in outcome ? null : outcome
}

/** Forgets all texts. For measuring: a reading after this is a first reading. */
export function forgetTexts(): void {
  last = null
  forgetPieces()
}

function parseWithinLimits(text: string): Outcome {
  if (last?.text !== text) last = { text, outcome: parsedOrOver(text) }
  return last.outcome
}

function parsedOrOver(text: string): Outcome {
  try {
    return { root: parseText(text) }
  } catch (error) {
    // Anything else is a defect of the parser; the document is not read, and that is said.
    return isOverLimit(error) ? error : { overLimit: 'the Markdown parser failed', line: 1 }
  }
}

function parseText(text: string): Root {
  const from = text.charCodeAt(0) === byteOrderMark ? 1 : 0
  const sections = cutSections(text, from)
  const likely = likelyDefinitions(text, sections)
  let branch = joinSections(text, sections, likely)
  if (!sameNames(branch.definitions, likely)) {
    branch = joinSections(text, sections, branch.definitions)
  }
  const position = { start: { ...start, offset: from }, end: branch.end }
  return { type: 'root', children: branch.children, position }
}

function oneParagraph(text: string): Root {
  const starts = lineStarts(text, 0)
  const column = text.length - (starts.at(-1) ?? 0) + 1
  const position = { start, end: { line: starts.length, column, offset: text.length } }
  const content: RootContent = {
    type: 'paragraph',
    children: [{ type: 'text', value: text, position }],
    position,
  }
  return { type: 'root', children: [content], position }
}

/** The names that sections which look like it define, were all cuts between sections right. */
function likelyDefinitions(text: string, sections: Section[]): string[] {
  const work = { text, mentions: mentionsOf([]), extensionsLeft: 0 }
  return sections
    .filter((section) => text.slice(section.start, section.end).includes(']:'))
    .flatMap((section) => parseSection(work, section).definitions)
}

function sameNames(one: string[], other: string[]): boolean {
  const names = new Set(one)
  return names.size === new Set(other).size && other.every((name) => names.has(name))
}

function joinSections(text: string, sections: Section[], known: string[]): Branch {
  const work = { text, mentions: mentionsOf(known), extensionsLeft: extensionsMax }
  const all: Branch = { children: [], definitions: [], end: start, isComplete: true, growing: null }
  let next = 0
  while (next < sections.length) {
    const { branch, behind } = parseComplete(work, sections, next)
    for (const child of branch.children) all.children.push(child)
    for (const name of branch.definitions) all.definitions.push(name)
    all.end = branch.end
    next = behind
  }
  return all
}

/** Parses a section, with those behind it for as long as a block is open where it should end. */
function parseComplete(work: Work, sections: Section[], first: number): Parsed {
  let section = sections[first] ?? emptySection
  let behind = first + 1
  let branch = parseSection(work, section)
  while (behind < sections.length && !branch.isComplete) {
    behind = work.extensionsLeft-- > 0 ? behind + 1 : sections.length
    section = { ...section, end: sections[behind - 1]?.end ?? section.end, cuts: [] }
    branch = parseSection(work, section)
  }
  return { branch, behind }
}

function parseSection(work: Work, section: Section): Branch {
  return parseInPieces(work, section) ?? parseUncut(work, section, section.end)
}

/** Parses the pieces of a section one by one, or gives null if a cut was wrong. */
function parseInPieces(work: Work, section: Section): Branch | null {
  const { text, mentions } = work
  const first = section.cuts[0]
  if (first === undefined) return null
  const branch = parseUncut(work, section, first.at)
  for (const [i, cut] of section.cuts.entries()) {
    const end = section.cuts[i + 1]?.at ?? section.end
    if (!joinPiece(branch, { text, cut, end, mentions })) return null
  }
  return branch
}

function parseUncut({ text, mentions }: Work, section: Section, end: number): Branch {
  const source = text.slice(section.start, end)
  const place = { offset: section.start, line: section.line }
  return branchOf(pieceAt({ source, probe: probeFor(text, end), place, mentions }))
}
