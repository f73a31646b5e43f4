import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { isKeyValue } from '../draft/fields.ts'
import { cellTitle } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { idOf, titled } from '../identity.ts'
import type { Row, Section, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { statusInTitle } from '../status/titles.ts'
import { mostly } from '../tables/cells.ts'
import { type Columns, columnOf, columnsOf, fieldsOfRow } from '../tables/columns.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * A table that no word calls a list of threats, whose rows name harm and what is done about it:
 *
 *   ## How we keep the price list honest
 *   | Way                        | Effect            | Primary controls |
 *   | Forged supplier letter     | Wrong prices      | Call back        |
 *   | Stolen password of a clerk | Prices are leaked | Second factor    |
 *
 * An id like T-1 or R-1 for each row says the same. Of low rank: it stands only where no heading,
 * column or label says more (register-table.ts). Not read: tables in a part that holds something
 * else, and those in which few names speak of harm.
 */

export const harmTables: Recogniser = { name: 'harm-tables', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of [document.outline.root, ...document.outline.sections]) {
    for (const block of section.blocks) {
      if (block.type === 'table') found.drafts.push(...threatsOf(document, section, block))
    }
  }
  return found
}

function threatsOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  if (table.header.length < 2 || table.rows.length < 2 || isKeyValue(table)) return []
  const columns = columnsOf(table, document.hints)
  if (columnOf(columns, 'threat', 'answers') >= 0 || contextOf(section).role !== null) return []
  if (columnOf(columns, 'mitigation', 'recommended', 'planned', 'residual') < 0) return []
  const title = columns.fields.findIndex((field) => field !== 'id')
  const field = columns.fields[title] ?? null
  if (title < 0 || (field !== null && field !== 'description' && field !== 'category')) return []
  const ids = columnOf(columns, 'id')
  const numbered = ids >= 0 && mostly(table, ids, (text) => idOfThreat.test(text))
  if (!numbered && !mostly(table, title, soundsLikeAttack)) return []
  return table.rows.flatMap((row) => threatOf({ document, section, columns, title }, row) ?? [])
}

/** The letters that people number threats and risks with, whatever their columns are called. */
const idOfThreat = /^(?:t|tm|th|thr|threat|r|risk|rsk|atk|attack|av|vuln|amz)[-_ .]?\d{1,4}$/i

interface Place {
  document: Document
  section: Section
  columns: Columns
  title: number
}

function threatOf({ document, section, columns, title }: Place, row: Row): ThreatDraft | null {
  const cell = row.cells[title]
  if (cell === undefined || saysNothing(cell.phrase.text)) return null
  const name = titled(cellTitle(cell.phrase))
  const written = idOf(row.cells[columnOf(columns, 'id')]?.phrase.text ?? '')
  const verdict = statusInTitle(name.title)
  return threatDraft({
    recogniser: harmTables.name,
    reason: `a row that names harm beside an answer, under "${section.heading.text}"`,
    rank: 1,
    title: verdict?.title ?? name.title,
    writtenId: written ?? name.writtenId,
    span: row.span,
    section: sectionTrail(section),
    fields: fieldsOfRow(row, columns, title),
    tie: 'row',
    legend: document.legend,
    body: row.cells.map((other) => other.phrase.text).join(' '),
    heading: null,
    verdict: verdict?.reading ?? null,
    phrases: row.cells.map((other) => other.phrase),
  })
}
