import type { Span } from '../../shared/span.ts'
import { isThreatClass } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { firstSentence } from '../draft/names.ts'
import { readingWithin, type Surroundings, surroundingsOf } from '../draft/surroundings.ts'
import { threatDraft } from '../draft/threat.ts'
import type { Cell, Row, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { columnsOf } from '../tables/columns.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classesIn, classOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * A table of components against classes of threats, with a sentence in each cell:
 *
 *   |         | Spoofing                  | Tampering               |
 *   |---------|---------------------------|-------------------------|
 *   | Gateway | A false card opens it     | Somebody bends the arm  |    → two threats
 *
 * A cell is a threat to the component of its row, of the class of its column; or the other way
 * round, with a class a row. Tables of marks or of names of controls say which classes apply, and
 * state no threat.
 */

export const classMatrix: Recogniser = { name: 'class-matrix', read }

/** Fewer columns with classes may be a table about something else. */
const fewestClasses = 3

/** Cells shorter than this are marks or names. */
const fewestWords = 4

function read(document: Document): Found {
  const found = nothing()
  for (const section of [document.outline.root, ...document.outline.sections]) {
    for (const block of section.blocks) {
      if (block.type !== 'table') continue
      found.drafts.push(...readTable(block, surroundingsOf(section, document)))
    }
  }
  return found
}

const readTable = readingWithin((table: Table, around): ThreatDraft[] => {
  const classes = classColumns(table)
  const isMatrix = classes.size >= fewestClasses && holdsSentences(table, classes)
  return isMatrix
    ? table.rows.flatMap((row) => threatsOf(around, row, classes))
    : threatsOfRows(around, table)
})

/** Class by column. */
function classColumns(table: Table): Map<number, string> {
  const header = columnsOf(table, {}).header
  const classes = new Map<number, string>()
  header.forEach((text, column) => {
    const letter = /^[STRIDE]$/.test(text.trim()) ? classesIn(text)[0] : undefined
    const name = classOf(text) ?? letter
    if (column > 0 && name !== undefined) classes.set(column, name)
  })
  return classes
}

function holdsSentences(table: Table, classes: ReadonlyMap<number, string>): boolean {
  const cells = table.rows.flatMap((row) =>
    row.cells.filter((cell, at) => classes.has(at) && isFilled(cell)),
  )
  const told = cells.filter((cell) => isSentence(cell) && !isRating(cell))
  return told.length * 2 > cells.length
}

/** "High — the seal holds" rates what the row names. */
function isRating({ phrase }: Cell): boolean {
  return /^\W*(?:critical|high|medium|moderate|low|none)\s*(?:[—–:-]|$)/i.test(phrase.text)
}

/** Headers of a table that tells what the classes are. */
const explains = pattern(
  'i',
  String.raw`^\W*(?:definitions?|meaning|questions?|explanation|what it (?:is|means)|guide ?words?`,
  String.raw`|desired property|example questions?|how|why|when)\b`,
)

/** A class a row, a component a column: few headers are fields, and the cells tell of attacks. */
function threatsOfRows(around: Surroundings, table: Table): ThreatDraft[] {
  const columns = columnsOf(table, {})
  const rows = table.rows.filter(({ cells }) => isThreatClass(cells[0]?.phrase.text ?? ''))
  const others = columns.fields.slice(1)
  if (rows.length < fewestClasses || rows.length < table.rows.length) return []
  const known = others.filter((field) => field !== null)
  if (others.length < 2 || known.length * 3 > others.length) return []
  if (columns.header.some((text) => explains.test(text))) return []
  const cells = rows.flatMap((row) => row.cells.slice(1).filter(isFilled))
  const attacks = cells.filter((cell) => isSentence(cell) && soundsLikeAttack(cell.phrase.text))
  if (attacks.length * 2 <= cells.length) return []
  return rows.flatMap((row) =>
    row.cells.slice(1, columns.header.length).flatMap((cell, at) => {
      const name = classOf(row.cells[0]?.phrase.text ?? '')
      const component = columns.header[at + 1] ?? ''
      if (name === null || !isFilled(cell) || !isSentence(cell)) return []
      return [threatOf(around, { cell, component, name, place: cell.phrase.span })]
    }),
  )
}

function isFilled(cell: Cell): boolean {
  return cell.phrase.text !== '' && !saysNothing(cell.phrase.text)
}

function isSentence(cell: Cell): boolean {
  return cell.phrase.text.split(' ').length >= fewestWords
}

function threatsOf(
  around: Surroundings,
  row: Row,
  classes: ReadonlyMap<number, string>,
): ThreatDraft[] {
  const component = row.cells[0]?.phrase.text ?? ''
  return row.cells.flatMap((cell, at) => {
    const name = classes.get(at)
    if (name === undefined || !isFilled(cell) || !isSentence(cell)) return []
    return [threatOf(around, { cell, component, name, place: row.span })]
  })
}

interface Crossing {
  cell: Cell
  component: string
  name: string
  /** Where the component is named. */
  place: Span
}

function threatOf(around: Surroundings, crossing: Crossing): ThreatDraft {
  const { cell, component, name, place } = crossing
  const draft = threatDraft({
    recogniser: classMatrix.name,
    reason: `the cell of "${component}" and ${name}`,
    rank: 3,
    title: `${component}: ${firstSentence(cell.phrase.text)}`,
    writtenId: null,
    span: cell.phrase.span,
    section: around.trail,
    fields: { values: [], loose: [] },
    tie: 'row',
    legend: around.legend,
    body: cell.phrase.text,
    categories: [name],
    phrases: [cell.phrase],
  })
  const asset = { title: component, writtenId: null, span: place }
  return { ...draft, assets: component === '' ? [] : [asset] }
}
