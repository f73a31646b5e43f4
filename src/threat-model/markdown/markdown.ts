import type { Root, RootContent } from 'mdast'
import { forgetAnswers } from '../remember.ts'
import { guessCuts } from './cuts.ts'
import { joinPieces, likelyDefinitions } from './join.ts'
import { isOverLimit, type OverLimit } from './limits.ts'
import { forgetLines, lineStarts } from './lines.ts'
import { copied, forgetPieces, makeRoom, type Take, takeCopy, takingShared } from './pieces.ts'
import { plainPoint } from './place.ts'

/*
 * Text to Markdown tree, in time proportional to the text. The parser (micromark) is much slower on
 * a long document than on its parts, so the text is cut (markdown/cuts.ts), the pieces are parsed
 * alone and joined again (markdown/join.ts). The tree is the one the parser builds from the whole
 * text, positions included; the tests compare the two on every example of the CommonMark
 * specification, alone and in mixtures.
 *
 * Three things reach from one piece into another:
 * - Block structure. A cut is a guess; it is kept if a line like the one behind it, parsed together
 *   with the piece before it, turns out to be what it looks like (a heading, an entry, a row).
 * - Link definitions. `[name]` is a link if any piece defines the name. Pieces that may define one
 *   are parsed first; a piece that mentions a name defined elsewhere is parsed knowing it.
 * - Positions, which are those in the piece plus where the piece stands.
 *
 * Pieces are kept for the next call (markdown/pieces.ts): the base and the head of a pull request
 * share most of theirs. While it works the parser counts what makes it slow (markdown/limits.ts).
 *
 * There is one tree for reading (`sharedTree`), whose nodes are those of the text before where that
 * was the same, and copies for everybody else (`parseMarkdown`).
 */

const byteOrderMark = 0xfeff
const start = { line: 1, column: 1, offset: 0 }

/** The last text trees were moved for: a reader asks for its limits first, then for its tree. */
let last: { text: string; outcome: Outcome } | null = null

type Outcome = { root: Root } | OverLimit

/**
 * The Markdown tree of a document: CommonMark with tables and front matter. Every node has a
 * position (line and column 1-based, offset 0-based in UTF-16 units of `text`). Never throws: a
 * text that `checkBounds` (bounds.ts) refuses because of the parser's limits becomes one paragraph.
 */
export function parseMarkdown(text: string): Root {
  const outcome = last?.text === text ? last.outcome : parsedOrOver(text, () => takeCopy)
  if (!('root' in outcome)) return oneParagraph(text)
  return last?.text === text ? copied(outcome.root, plainPoint) : outcome.root
}

/**
 * The same tree for whoever reads one document after the other: its nodes are those of the document
 * before, wherever the text is. So it may be used only until this or `overLimitOf` is asked for
 * another text, and must not be changed.
 */
export function sharedTree(text: string): Root {
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
  forgetLines()
  forgetPieces()
  forgetAnswers()
}

function parseWithinLimits(text: string): Outcome {
  if (last?.text === text) return last.outcome
  makeRoom(text.length)
  last = { text, outcome: parsedOrOver(text, takingShared) }
  return last.outcome
}

/** `taking` is called for each attempt. */
function parsedOrOver(text: string, taking: () => Take): Outcome {
  try {
    return { root: parseText(text, taking) }
  } catch (error) {
    // Anything else is a defect of the parser; the document is not read, and that is said.
    return isOverLimit(error) ? error : { overLimit: 'the Markdown parser failed', line: 1 }
  }
}

function parseText(text: string, taking: () => Take): Root {
  const from = text.charCodeAt(0) === byteOrderMark ? 1 : 0
  const cuts = guessCuts(text, from)
  const likely = likelyDefinitions(text, cuts)
  let branch = joinPieces(text, cuts, { known: likely, take: taking() })
  if (!sameNames(branch.definitions, likely)) {
    branch = joinPieces(text, cuts, { known: branch.definitions, take: taking() })
  }
  const position = { start: { ...start, offset: from }, end: branch.end }
  return { type: 'root', children: branch.children, position }
}

function sameNames(one: string[], other: string[]): boolean {
  const names = new Set(one)
  return names.size === new Set(other).size && other.every((name) => names.has(name))
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
