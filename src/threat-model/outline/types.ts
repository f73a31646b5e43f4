import type { Span } from '../../shared/span.ts'
import type { ReadingHints } from '../read-options.ts'
import type { KnownText } from '../remember.ts'
import type { Phrase } from './phrase.ts'

/*
 * The document as recognisers see it: sections that hold blocks and sections. Headings, lines that
 * are wholly bold, `<details>` and admonitions all open sections, because authors use them alike.
 */

export interface Outline {
  /** First heading or the front matter's title; '' when there is neither. */
  title: string
  /** Holds everything; depth 0, no title. */
  root: Section
  /** Every section but the root, in document order. */
  sections: Section[]
  pictures: Picture[]
  /** What the policy file says about reading this document. */
  hints: ReadingHints
}

export interface Section {
  kind: 'root' | 'heading' | 'bold' | 'details' | 'admonition'
  /** Unique number in document order; 0 is the root. */
  index: number
  heading: Phrase
  /** Its words, to be asked about: every recogniser asks of every heading. */
  title: KnownText
  /** The heading's own place. */
  headingSpan: Span
  /** From the heading to the end of the last thing in it. */
  span: Span
  depth: number
  parent: Section | null
  /** Titles of the enclosing sections, outermost first, without its own. */
  trail: string[]
  /** What stands in it before its first sub-section. */
  blocks: Block[]
  /** What is known of these, by the number of the question (outline/keep.ts). */
  answers: unknown[]
  children: Section[]
}

export type Block = Paragraph | List | Table | Quote | Code

export interface Paragraph {
  type: 'paragraph'
  phrase: Phrase
  /** The same, one phrase a source line. */
  lines: Phrase[]
  span: Span
}

export interface List {
  type: 'list'
  ordered: boolean
  entries: Entry[]
  /** The line above that introduces it ("Threats:"), or null. */
  intro: Phrase | null
  /**
   * True when Markdown sees one list with the block before, but the indentation tells them apart.
   */
  continues: boolean
  span: Span
}

export interface Entry {
  /** What stands on the marker's line, and lines that only continue it. */
  head: Phrase
  /** The explanation that starts on a line of its own below the head; '' when there is none. */
  rest: string
  restLines: Phrase[]
  /** For `- [x]` and `- [ ]`; null without a box. */
  ticked: boolean | null
  /** Paragraphs, nested lists and tables below. */
  blocks: Block[]
  /** The marker's column, 1-based. */
  column: number
  /** True when a blank line stands above. */
  gap: boolean
  span: Span
}

export interface Table {
  type: 'table'
  header: Cell[]
  rows: Row[]
  intro: Phrase | null
  span: Span
}

export interface Row {
  cells: Cell[]
  span: Span
}

export interface Cell {
  phrase: Phrase
  /** Its lines or bullets, when it has several; else the phrase alone. */
  lines: Phrase[]
}

export interface Quote {
  type: 'quote'
  blocks: Block[]
  span: Span
}

export interface Code {
  type: 'code'
  language: string
  text: string
  span: Span
}

export interface Picture {
  text: string
  span: Span
}

/** Deeper nesting than this is read as the explanation of what holds it. */
export const maxDepth = 12
