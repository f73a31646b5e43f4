import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { cellTitle } from '../draft/names.ts'
import { nearestRole } from '../draft/part-roles.ts'
import { threatDraft } from '../draft/threat.ts'
import { idOf, titled } from '../identity.ts'
import type { Paragraph, Section, Table } from '../outline/types.ts'
import { explicit, type StatusReading, unstated } from '../status/status.ts'
import { columnOf, columnsOf, fieldsOfRow } from '../tables/columns.ts'
import { plainHeading, type Role } from '../vocabulary/vocabulary.ts'

/*
 * Security-model documents that follow a rubric of numbered sections:
 *
 *   §3   Out of scope                         (attacks among them: read by scope-lists)
 *   §8   Security properties provided         a property is a threat that is met        mitigated
 *        **P1. Bounded memory.** text         … "unspecified", "open"                   unstated
 *   §9   Properties not provided              disclaimed                               out of scope
 *   §11  Known misuse patterns                the caller's duty                         transferred
 *   §11a Known non-findings                   reported again and again, by design       accepted
 *
 * Entries are bullets, rows, or lines that begin with a bold id or name. Responsibilities, triage
 * rules and open questions of such documents are no threats.
 */

export const rubric: Recogniser = { name: 'rubric', read }

const statuses: Partial<Record<Role, StatusReading['status']>> = {
  protected: 'mitigated',
  unprotected: 'out-of-scope',
  misuse: 'transferred',
  'non-findings': 'accepted',
}

function read(document: Document): Found {
  const found = nothing()
  const parts = document.outline.sections.filter((section) => partOf(section, document) !== null)
  if (!isRubric(document, parts)) return found
  for (const section of parts) {
    const role = partOf(section, document)
    if (role !== null) found.drafts.push(...readPart(document, section, role))
  }
  return found
}

/** The part a section stands in, by its own heading or the nearest above it that is one. */
function partOf(section: Section, { outline }: Document): Role | null {
  const role = nearestRole(outline, section)
  return role === null || statuses[role] === undefined ? null : role
}

/** Three of the rubric's own headings, of which one is about properties. */
function isRubric(document: Document, parts: readonly Section[]): boolean {
  if (parts.length < 2) return false
  const titles = document.outline.sections.map((section) => plainHeading(section.title))
  const marks = rubricTitles.filter((pattern) => titles.some((title) => pattern.test(title)))
  return marks.length >= 3
}

const rubricTitles: readonly RegExp[] = [
  /^security properties .{0,40}provide/,
  /^known misuse patterns/,
  /^(?:known )?non[- ]findings|^known non[- ]findings/,
  /^downstream responsibilities/,
  /^triage dispositions/,
  /^conditions that would change/,
  /^assumptions about (?:the )?(?:environment|inputs)/,
]

function readPart(document: Document, section: Section, role: Role): ThreatDraft[] {
  const drafts: ThreatDraft[] = []
  const parts = partsFor(document, section, role)
  for (const block of section.blocks) {
    if (block.type === 'list') {
      for (const entry of block.entries) push(drafts, threatOfEntry(entry, parts))
    } else if (block.type === 'table') drafts.push(...rowsOf(document, block, parts))
    else if (block.type === 'paragraph') drafts.push(...linesOf(block, parts))
  }
  return drafts
}

function partsFor(document: Document, section: Section, role: Role): EntryParts {
  const status = statuses[role]
  return {
    recogniser: rubric.name,
    reason: `an entry of the rubric's part "${section.heading.text}"`,
    rank: 3,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: status === undefined ? null : explicit(status, section.heading.text),
  }
}

function push(drafts: ThreatDraft[], draft: ThreatDraft | null): void {
  if (draft !== null && !draft.title.startsWith('~~')) drafts.push(settled(draft))
}

/** A property that its own text calls open or partial is not provided. */
function settled(draft: ThreatDraft): ThreatDraft {
  const text = `${draft.title} ${draft.body}`.slice(0, 300)
  if (
    /\bunspecified\b|\bopen question\b|\btbd\b|\b(?:triage|is) pending\b|case by case/i.test(text)
  )
    return { ...draft, status: unstated }
  if (/\((?:partial|partly)[^()]{0,40}\)/i.test(draft.title)) {
    return { ...draft, status: explicit('partial', draft.title) }
  }
  return draft
}

/** Lines that begin with a bold id or name are entries, however many a paragraph has. */
function linesOf(paragraph: Paragraph, parts: EntryParts): ThreatDraft[] {
  const drafts: ThreatDraft[] = []
  for (const [at, line] of paragraph.lines.entries()) {
    if (line.lead === '' || !/[.:]$|^[A-Z]{1,3}-?\d/.test(line.lead)) continue
    if (line.struck || line.text.includes('~~')) continue
    const below = paragraph.lines.slice(at + 1)
    const next = below.findIndex((other) => other.lead !== '')
    const body = below.slice(0, next < 0 ? below.length : next).map((other) => other.text)
    const bare = idOf(line.lead.replace(/[.:]$/, ''))
    const words = bare === null ? line : { ...line, text: line.afterLead, lead: '' }
    const draft = threatOfPhrase(
      words,
      line.span,
      { values: [], loose: [] },
      { ...parts, body: body.join(' ') },
    )
    push(drafts, draft === null ? null : { ...draft, writtenId: bare ?? draft.writtenId })
  }
  return drafts
}

function rowsOf(document: Document, table: Table, parts: EntryParts): ThreatDraft[] {
  const columns = columnsOf(table, document.hints)
  const id = columnOf(columns, 'id')
  const title = columns.fields.findIndex((field, at) => at !== id && field !== 'status')
  return table.rows.flatMap((row) => {
    const cell = row.cells[title]
    if (cell === undefined || cell.phrase.text === '') return []
    const fields = fieldsOfRow(row, { ...columns, fields: columns.fields.map(() => null) }, title)
    const name = titled(cellTitle(cell.phrase))
    const written = row.cells[id]?.phrase.text ?? ''
    const writtenId = /^[\w#.-]{1,60}$/.test(written) ? written : name.writtenId
    return [
      settled(
        threatDraft({
          ...parts,
          title: name.title,
          writtenId,
          span: row.span,
          fields,
          tie: 'row',
          body: '',
        }),
      ),
    ]
  })
}
