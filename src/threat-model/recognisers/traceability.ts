import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatDraft } from '../draft/threat.ts'
import { idOf, idsIn } from '../identity.ts'
import type { Row, Section, Table } from '../outline/types.ts'
import { fieldOf, plainLabel } from '../vocabulary/vocabulary.ts'

/*
 * A table that ties threats, controls and statuses told elsewhere by their ids alone:
 *
 *   | Class    | Threat ID | Mitigation ID | Status |
 *   |----------|-----------|---------------|--------|
 *   | Spoofing | S-1       | M-S-1         | ✅     |     → the status and the control of S-1
 *
 * It names nothing: `merge/merge.ts` joins its rows to the threats of these ids, and drops those
 * whose id no other place has.
 */

export const traceability: Recogniser = { name: 'traceability', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of [document.outline.root, ...document.outline.sections]) {
    for (const block of section.blocks) {
      if (block.type === 'table') found.drafts.push(...tiesOf(document, section, block))
    }
  }
  return found
}

interface Columns {
  threat: number
  control: number
  status: number
}

function tiesOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  const columns = columnsOf(table)
  if (columns === null) return []
  return table.rows.flatMap((row) => tieOf(document, section, row, columns) ?? [])
}

function columnsOf(table: Table): Columns | null {
  const labels = table.header.map((cell) => plainLabel(cell.phrase.text))
  const threat = labels.findIndex((label) =>
    /^(?:threat|risk|attack) (?:id|no|number)$/.test(label),
  )
  const control = labels.findIndex((label) =>
    /^(?:mitigation|control) (?:id|no|number)$/.test(label),
  )
  const status = labels.findIndex((label) => fieldOf(label) === 'status')
  const isNamed = labels.some((label) => /^(?:threat|description|mitigation|title)$/.test(label))
  return threat < 0 || control < 0 || isNamed ? null : { threat, control, status }
}

function tieOf(
  document: Document,
  section: Section,
  row: Row,
  columns: Columns,
): ThreatDraft | null {
  const id = idOf(row.cells[columns.threat]?.phrase.text ?? '')
  if (id === null) return null
  const status = row.cells[columns.status]
  const label = 'Status'
  const stated =
    status === undefined ? [] : [{ field: 'status' as const, label, lines: status.lines }]
  const values = stated.map((value) => ({ ...value, entries: [], span: row.span }))
  return threatDraft({
    recogniser: traceability.name,
    reason: 'a row of a table of ids',
    rank: 3,
    title: id,
    writtenId: id,
    span: row.span,
    section: sectionTrail(section),
    fields: { values, loose: [] },
    tie: 'row',
    legend: document.legend,
    body: '',
    group: controlsOf(row, columns),
  })
}

function controlsOf(row: Row, columns: Columns): MitigationMention[] {
  const ids = idsIn(row.cells[columns.control]?.phrase.text ?? '')
  return ids.map((id) => ({
    title: id,
    writtenId: id,
    span: row.span,
    tie: 'id',
    status: 'unstated',
    category: null,
    code: [],
  }))
}
