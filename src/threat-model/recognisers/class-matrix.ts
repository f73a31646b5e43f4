import type { Document, Found, Recogniser, ThreatDraft } from '../draft.ts'
import { nothing, sectionTrail } from '../draft.ts'
import { columnsOf } from '../draft-columns.ts'
import { firstSentence } from '../draft-names.ts'
import { threatDraft } from '../draft-threat.ts'
import type { Cell, Row, Section, Table } from '../outline-types.ts'
import { saysNothing } from '../status-prose.ts'
import { classesIn, classOf } from '../vocabulary.ts'

/*
 * A table of components against classes of threats, with a sentence in each cell:
 *
 *   |         | Spoofing                  | Tampering               |
 *   |---------|---------------------------|-------------------------|
 *   | Gateway | A false card opens it     | Somebody bends the arm  |    → two threats
 *
 * A cell is a threat to the component of its row, of the class of its column. Tables of marks or of
 * names of controls say which classes apply, and state no threat.
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
      const classes = classColumns(block)
      if (classes.size < fewestClasses || !holdsSentences(block, classes)) continue
      for (const row of block.rows) found.drafts.push(...threatsOf(document, section, row, classes))
    }
  }
  return found
}

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
  return cells.filter(isSentence).length * 2 > cells.length
}

function isFilled(cell: Cell): boolean {
  return cell.phrase.text !== '' && !saysNothing(cell.phrase.text)
}

function isSentence(cell: Cell): boolean {
  return cell.phrase.text.split(' ').length >= fewestWords
}

function threatsOf(
  document: Document,
  section: Section,
  row: Row,
  classes: ReadonlyMap<number, string>,
): ThreatDraft[] {
  const component = row.cells[0]?.phrase.text ?? ''
  return row.cells.flatMap((cell, at) => {
    const name = classes.get(at)
    if (name === undefined || !isFilled(cell) || !isSentence(cell)) return []
    const draft = threatDraft({
      recogniser: classMatrix.name,
      reason: `the cell of "${component}" and ${name}`,
      rank: 3,
      title: `${component}: ${firstSentence(cell.phrase.text)}`,
      writtenId: null,
      span: cell.phrase.span,
      section: sectionTrail(section),
      fields: { values: [], loose: [] },
      tie: 'row',
      legend: document.legend,
      body: cell.phrase.text,
      categories: [name],
      phrases: [cell.phrase],
    })
    const asset = { title: component, writtenId: null, span: row.span }
    return [{ ...draft, assets: component === '' ? [] : [asset] }]
  })
}
