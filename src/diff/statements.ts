import { titled } from '../threat-model/identity.ts'
import { parseMarkdown } from '../threat-model/markdown/markdown.ts'
import { outlineOf } from '../threat-model/outline/outline.ts'
import type { Phrase } from '../threat-model/outline/phrase.ts'
import type { Block, Section } from '../threat-model/outline/types.ts'
import { bagOfWords, sizeOf, without } from './bag.ts'
import { bodyBag, type Card, type Deck, type Statements } from './deck.ts'
import { normal, normalName, sentences, withoutMarks } from './normal.ts'
import { mayHave } from './plain-text.ts'
import { indexText, timesIn } from './text-index.ts'

/*
 * What a document says, whoever says it: every heading, list entry, cell and sentence that a
 * reader of the rendered page sees, in normal form. Asked only about elements that are missing
 * on one side:
 *
 *   the reader found "No keychain" as a threat before and does not now, yet the very heading and
 *   its text stand there untouched: nothing was removed.
 *
 * Hidden text (comments, code, definitions of links) and struck text are no statements, so
 * nobody can take an element out of sight and leave its words behind. A name that stood twice
 * and stands once now does count as removed: a table of contents is not the threat.
 */

/** From this many words on a name is also found inside a statement. */
const wordsInside = 5
/** A name that stands more often inside statements is not counted to its end. */
const timesMax = 20
/** Of the sentences below a name, how many must still be there. */
const bodyShare = 0.6
/** Below a heading so many lines more than the element has sentences are looked at. */
const linesMore = 3
/** Headings and entries nested deeper are not looked at. */
const depthMax = 40

export function statementsOf(text: string): Statements {
  const found: Statements = {
    units: new Map(),
    sections: new Map(),
    lines: [],
    headings: new Map(),
    all: '',
    index: null,
  }
  const { root } = outlineOf(parseMarkdown(text), text)
  walk(root, [], {
    heading(phrase, trail) {
      noteHeading(phrase, found)
      note([phrase], trail, found)
    },
    text: (phrases, trail) => note(phrases, trail, found),
  })
  found.all = ` ${found.lines.join(' \n ')} `
  return found
}

/** The phrases of one statement: several when it is broken into lines. */
type Visit = (phrases: readonly Phrase[], trail: readonly string[]) => void

interface Visits {
  heading: (phrase: Phrase, trail: readonly string[]) => void
  text: Visit
}

function walk(section: Section, trail: readonly string[], visits: Visits): void {
  if (trail.length > depthMax) return
  if (section.kind !== 'root') visits.heading(section.heading, trail)
  const below = section.kind === 'root' ? trail : [...trail, normalName(section.heading.text)]
  for (const block of section.blocks) visitBlock(block, below, visits.text, 0)
  for (const child of section.children) walk(child, below, visits)
}

function visitBlock(block: Block, trail: readonly string[], visit: Visit, depth: number): void {
  if (depth > depthMax) return
  switch (block.type) {
    case 'paragraph':
      visit([block.phrase, ...block.lines], trail)
      return
    case 'list':
      for (const entry of block.entries) {
        visit([entry.head], trail)
        visit(entry.restLines, trail)
        for (const inner of entry.blocks) visitBlock(inner, trail, visit, depth + 1)
      }
      return
    case 'table':
      for (const { cells } of block.rows) {
        for (const cell of cells) visit([cell.phrase, ...cell.lines], trail)
      }
      return
    case 'quote':
      for (const inner of block.blocks) visitBlock(inner, trail, visit, depth + 1)
      return
    case 'code':
  }
}

function noteHeading(phrase: Phrase, found: Statements): void {
  if (phrase.struck) return
  for (const name of namesIn(phrase)) {
    if (!found.headings.has(name)) found.headings.set(name, found.lines.length)
  }
}

function note(phrases: readonly Phrase[], trail: readonly string[], found: Statements): void {
  const said = phrases.filter((phrase) => !phrase.struck && phrase.text !== '')
  found.lines.push(...said.map((phrase) => normal(phrase.text)))
  for (const key of new Set(said.flatMap(namesIn))) {
    found.units.set(key, (found.units.get(key) ?? 0) + 1)
    if (!found.sections.has(key)) found.sections.set(key, trail.at(-1) ?? '')
  }
}

/** The statement as a whole, without id and ordinal, its bold lead, and its first clause. */
function namesIn(phrase: Phrase): string[] {
  const { title } = titled(phrase.text)
  const clause = title.split(/[:;.(]\s|\s[–—-]\s/, 1)[0] ?? ''
  const names = [phrase.text, title, phrase.lead, titled(phrase.lead).title, clause]
  return [...names.map(normal), normalName(title)].filter((name) => name !== '')
}

/** Null without the document. */
export function statementsIn(deck: Deck): Statements | null {
  if (deck.text !== null) deck.statements ??= statementsOf(deck.text)
  return deck.statements
}

/** True when the other document names the element as often as its own does. */
export function isNamedIn(card: Card, own: Deck, other: Deck): boolean {
  if (!mayHave(other, withoutMarks(card.element.title))) return false
  const [here, there] = [statementsIn(own), statementsIn(other)]
  if (here === null || there === null || card.title === '') return false
  const units = here.units.get(card.title) ?? 0
  if (units > 0) return (there.units.get(card.title) ?? 0) >= units
  if (card.title.split(' ').length < wordsInside) return false
  const times = timesInside(card.title, here, timesMax)
  return times > 0 && timesInside(card.title, there, times) >= times
}

/** True when the other document has the name and the text of the element. */
export function isStatedIn(card: Card, own: Deck, other: Deck): boolean {
  if (!isNamedIn(card, own, other)) return false
  const there = statementsIn(other)
  if (there === null) return false
  return bodyStands(card.element.body, there) || isLikeBelow(card, there)
}

function timesInside(name: string, statements: Statements, most: number): number {
  statements.index ??= indexText(statements.all)
  return timesIn(statements.index, ` ${name} `, most)
}

function bodyStands(body: string, other: Statements): boolean {
  const keys = sentences(body).map(normal)
  if (keys.length === 0) return true
  const standing = keys.filter((key) => timesInside(key, other, 1) > 0)
  return standing.length >= keys.length * bodyShare
}

/**
 * True when the name is a heading there and the text below it has most of the words: it was
 * polished, and only read another way.
 */
function isLikeBelow(card: Card, there: Statements): boolean {
  const at = there.headings.get(card.title)
  if (at === undefined) return false
  const most = sentences(card.element.body).length + linesMore
  const below = bagOfWords(there.lines.slice(at + 1, at + 1 + most).join(' '))
  const body = bodyBag(card)
  return sizeOf(without(body, below)) <= sizeOf(body) * (1 - bodyShare)
}

/** The heading above the place where a document states the element, in normal form. */
export function sectionIn(card: Card, deck: Deck): string | null {
  return statementsIn(deck)?.sections.get(card.title) ?? null
}
