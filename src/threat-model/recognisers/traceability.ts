import { citation, mentionsOf, titleOf } from '../draft/controls.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type FieldValue, textOfValue } from '../draft/fields.ts'
import { type ThreatParts, threatDraft } from '../draft/threat.ts'
import { idOf, idsIn } from '../identity.ts'
import type { Row, Section, Table } from '../outline/types.ts'
import { implied, type StatusReading, unstated } from '../status/status.ts'
import {
  columnOf,
  columnsOf as columnsOfTable,
  fieldsOfRow,
  rates,
  type Columns as TableColumns,
} from '../tables/columns.ts'
import { type Answered, numberedAnswers } from '../tables/numbered-answers.ts'
import { threatIdColumn } from '../tables/threat-ids.ts'
import { verdictApart } from '../tables/two-in-one.ts'
import { type Field, fieldOf, plainLabel } from '../vocabulary/vocabulary.ts'

/*
 * A table that ties threats, controls and statuses told elsewhere by their ids alone:
 *
 *   | Class    | Threat ID | Mitigation ID | Status |
 *   |----------|-----------|---------------|--------|
 *   | Spoofing | S-1       | M-S-1         | ✅     |     → the status and the control of S-1
 *
 *   | Threat | Mitigation                    | Status      |
 *   |--------|-------------------------------|-------------|
 *   | S-1    | Nonces; a nonce is used once  | Implemented |     → what a register names as S-1
 *
 *   | Part | Threats                      | Status      |
 *   |------|------------------------------|-------------|
 *   | Door | S-1 (a false guest), T-2     | Implemented |     → the status of S-1 and of T-2
 *
 *   | Class    | Remediation                               |
 *   |----------|-------------------------------------------|
 *   | Spoofing | S-1.R.1 - Nonces<br>S-1.R.2 - Short life  |     → the controls of S-1
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

/** "| Part | Threats | Status |": how the threats of a part stand, which its row cites by id. */
function citedOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  const columns = columnsOfTable(table, document.hints)
  const [answers, status] = [columnOf(columns, 'answers'), columnOf(columns, 'status')]
  const control = columnOf(columns, 'mitigation', 'recommended', 'planned')
  // Behind the name of a control stands how the control is.
  const isOfControl = control >= 0 && control < answers
  if (answers < 0 || status < 0 || isOfControl || columnOf(columns, 'threat') >= 0) return []
  const drafts = table.rows.flatMap((row) => {
    const values = valuesOfRow(row, columns, answers).filter(({ field }) => field === 'status')
    return idsIn(row.cells[answers]?.phrase.text ?? '').map((id) =>
      threatDraft({ ...partsOfRow(document, section, row, id), fields: { values, loose: [] } }),
    )
  })
  return [...Map.groupBy(drafts, ({ writtenId }) => writtenId).values()].flatMap(together)
}

/** A threat's rows in a table of answers are one: each tells of a control. */
function answersOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  const columns = columnsOfTable(table, document.hints)
  const at = threatIdColumn(table, columns)
  if (at < 0) return []
  const byId = Map.groupBy(table.rows, ({ cells }) => idOf(cells[at]?.phrase.text ?? ''))
  return [...byId].flatMap(([id, rows]) => {
    if (id === null) return []
    const drafts = rows.map((row) => ({
      ...partsOfRow(document, section, row, id),
      fields: { values: valuesOfRow(row, columns, at), loose: [] },
      phrases: row.cells.map(({ phrase }) => phrase),
    }))
    return together(drafts.map(threatDraft))
  })
}

/** Answers to several threats in a cell, each with the number of its threat. */
function numberedOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  const answered = numberedAnswers(table, columnsOfTable(table, document.hints))
  const byId = Map.groupBy(answered, ({ id }) => id)
  return [...byId].flatMap(([id, answers]) => {
    const drafts = answers.map((answer) => answerOf(document, section, id, answer))
    const judged = drafts.filter(({ status }) => status.status !== 'unstated')
    // An answer without a verdict takes none away from the threat.
    return together(drafts).map((draft) => ({ ...draft, status: statusOfAll(judged) }))
  })
}

/** "S1R1 — Accepted. Nobody else has a key": the verdict is of the threat, and the rest answers. */
function answerOf(document: Document, section: Section, id: string, answer: Answered): ThreatDraft {
  const { line, writtenId } = answer
  const { span } = line
  const value: FieldValue = { field: 'mitigation', label: '', lines: [line], entries: [], span }
  const values = verdictApart(value)
  const told = values.filter(({ field }) => field !== 'status')
  const text = titleOf(told.map(textOfValue).join(' '))
  return threatDraft({
    ...partsOfRow(document, section, { span }, id),
    fields: { values: values.filter(({ field }) => field === 'status'), loose: [] },
    group: text === '' ? [] : mentionsOf([citation(writtenId, text, span)], 'id'),
  })
}

function together(drafts: readonly ThreatDraft[]): ThreatDraft[] {
  const [first] = drafts
  if (first === undefined) return []
  const mitigations = drafts.flatMap((draft) => draft.mitigations).slice(0, mostControls)
  const code = drafts.flatMap((draft) => draft.code)
  return [{ ...first, status: statusOfAll(drafts), mitigations, code }]
}

/** "N/A" among test names, standards or places says nothing of the threat. */
function valuesOfRow(row: Row, columns: TableColumns, at: number): FieldValue[] {
  const { values } = fieldsOfRow(row, columns, at)
  return values.filter(({ field }) => field !== null && told.has(field))
}

const told: ReadonlySet<Field> = new Set<Field>([...rates, 'acceptance', 'code'])

/** Some controls done and others not are an answer in part. */
function statusOfAll(drafts: readonly ThreatDraft[]): StatusReading {
  const [first = unstated, ...others] = drafts.map(({ status }) => status)
  const other = others.find(({ status }) => status !== first.status)
  if (other === undefined) return first
  const isDone = [first, ...others].some(({ status }) => status === 'mitigated')
  return isDone ? implied('partial', other.evidence || first.evidence) : unstated
}

const mostControls = 60

interface Columns {
  threat: number
  control: number
  status: number
}

function tiesOf(document: Document, section: Section, table: Table): ThreatDraft[] {
  const columns = columnsOf(table)
  if (columns === null) {
    for (const form of [citedOf, answersOf, numberedOf]) {
      const drafts = form(document, section, table)
      if (drafts.length > 0) return drafts
    }
    return []
  }
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
    ...partsOfRow(document, section, row, id),
    fields: { values, loose: [] },
    group: controlsOf(row, columns),
  })
}

function partsOfRow(
  { legend }: Document,
  section: Section,
  row: Pick<Row, 'span'>,
  id: string,
): ThreatParts {
  return {
    recogniser: traceability.name,
    reason: 'a row of a table of ids',
    rank: 3,
    title: id,
    writtenId: id,
    span: row.span,
    section: sectionTrail(section),
    fields: { values: [], loose: [] },
    tie: 'row',
    legend,
    body: '',
  }
}

function controlsOf(row: Row, columns: Columns): MitigationMention[] {
  const ids = idsIn(row.cells[columns.control]?.phrase.text ?? '')
  return mentionsOf(
    ids.map((id) => citation(id, id, row.span)),
    'id',
  )
}
