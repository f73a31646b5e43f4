import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { cellTitle } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Outline, Row, Section, Table } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { asksForScope, statusOfScope } from '../status/scope.ts'
import type { StatusReading } from '../status/status.ts'
import { type Columns, columnsOf, fieldsOfRow } from '../tables/columns.ts'
import { asksOfPowers } from '../tables/columns-forms.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * A table that asks of each power or each adversary whether it is looked at:
 *
 *   | Capability            | In scope |       | Actor            | In scope | Answer   |
 *   |-----------------------|----------|       |------------------|----------|----------|
 *   | Reading the letters   | ✅       |       | A passer-by      | Yes      | Curtains |
 *   | Breaking the wall     | ❌       |       | An army          | No       |          |
 *
 * Each power is a threat. An adversary is none, unless it is ruled out. Tables with a column of
 * threats are registers.
 */

export const scopeTables: Recogniser = { name: 'scope-tables', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    for (const block of section.blocks)
      if (block.type === 'table') found.drafts.push(...ofTable(document, section, block))
  }
  return found
}

function ofTable(document: Document, section: Section, table: Table): ThreatDraft[] {
  const columns = columnsOf(table, document.hints)
  const scope = columns.header.findIndex(asksForScope)
  const name = columns.fields.findIndex((field) => field !== 'id')
  if (scope <= name || columns.fields.includes('threat')) return []
  const isOfActors = columns.fields[name] === 'adversary' && !rulesOut(document.outline)
  const isOfPowers =
    columns.fields[name] !== 'adversary' && asksOfPowers(columns.header) && hasAttackers(section)
  if (!isOfActors && !isOfPowers) return []
  return table.rows.flatMap((row) => {
    const verdict = statusOfScope(row.cells[scope]?.phrase.text ?? '')
    if (!isOfPowers && verdict?.status !== 'out-of-scope') return []
    return threatOf(document, section, { row, columns, name, verdict })
  })
}

/** What somebody hostile can do, and no feature of the product. */
function hasAttackers({ trail, heading }: Section): boolean {
  const roles = [...trail, heading.text].map((title) => roleOf(title))
  return roles.some((role) => role === 'adversaries' || role === 'threats' || role === 'attacks')
}

/** A part "Out of scope" has all that is ruled out. */
const rulesOut = rememberingOf(({ sections }: Outline) =>
  sections.some((section) => roleOf(section.title) === 'out-of-scope'),
)

interface Named {
  row: Row
  columns: Columns
  name: number
  verdict: StatusReading | null
}

function threatOf(document: Document, section: Section, at: Named): ThreatDraft[] {
  const { row, columns, name, verdict } = at
  const cell = row.cells[name]
  if (cell === undefined || !/\p{L}{2}/u.test(cell.phrase.text)) return []
  return [
    threatDraft({
      recogniser: scopeTables.name,
      reason: `a row of a table with the column "${columns.header[name] ?? ''}"`,
      rank: 2,
      ...titled(cellTitle(cell.phrase)),
      span: row.span,
      section: sectionTrail(section),
      fields: fieldsOfRow(row, columns, name),
      tie: 'row',
      legend: document.legend,
      body: '',
      verdict,
      phrases: row.cells.map(({ phrase }) => phrase),
    }),
  ]
}
