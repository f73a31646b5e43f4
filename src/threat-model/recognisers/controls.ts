import { pathsIn, phrasesOf } from '../code-references.ts'
import { contextOf, isThreatClass } from '../draft/context.ts'
import type { Document, Found, Mention, MitigationDraft, Recogniser } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { bodyOfEntry, cellTitle, nameOf } from '../draft/names.ts'
import { idOf, idsIn, keyOf, titled } from '../identity.ts'
import type { Mitigation } from '../model.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Row, Section, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { statusInWords } from '../status/status.ts'
import { type Columns, columnOf, columnsOf } from '../tables/columns.ts'
import { threatIdColumn } from '../tables/threat-ids.ts'
import { classAnswered, sortsControls } from '../units/classes.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { headsThreatIds } from '../vocabulary/headers.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, type Field, fieldOf, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Mitigations that have a part of the document of their own, with the threats they say they answer:
 *
 *   ## Controls                         | ID  | Mitigation | Threats    | Status      |
 *   - Links are used once               | M-1 | Nonces     | T-1, T-4   | Implemented |
 *   - Network attacks                   (a group of threats: the controls below it answer it)
 *     - Connections are encrypted
 *   ### C01: Network policy           (a heading over bullets alone only sorts them)
 *   ### Mitigation ID 2 — Fails closed
 *   **Mitigated threats**
 *   - [Threat ID 1 — Flooding](#…)      answers, by id
 *
 * What such a list does not tie to a threat stays untied: nothing is guessed from equal words.
 */

const groupNoun = /\b(?:attacks?|threats?|risks?|adversar(?:y|ies)|attackers?)\b/i
const groupNameMax = 80

export const controls: Recogniser = { name: 'controls', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  const groups = groupsOfThreats(document, units)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    for (const block of section.blocks) {
      if (block.type === 'table') found.drafts.push(...readTable(document, section, block))
    }
    if (section.kind === 'root') continue
    const own = roleOf(section.title)
    const isPart = units.unitOf(section) === 'none'
    const around = section.parent === null ? null : units.roleOf(section.parent)
    const answered = [own, around].includes('mitigations') ? classAnswered(section.title) : null
    if (answered !== null && units.unitOf(section) !== 'label') {
      found.drafts.push(...ofClass(section, answered))
      continue
    }
    if (own !== 'mitigations') found.drafts.push(...introduced(section, isPart))
    if (own === 'mitigations' && units.unitOf(section) !== 'label') {
      found.drafts.push(...readList(section))
    }
    if (sortsControls(section))
      found.drafts.push(...ofClass(section, classOf(section.heading.text)))
    if (around !== 'mitigations' || isThreatClass(section.title)) continue
    if (groups.has(keyOf(section.title)) || !isControl(section)) continue
    found.drafts.push(...(listsControls(section) ? readList(section) : [ofSection(section)]))
  }
  return found
}

/** Bullets below a class of threats answer that class. */
function ofClass(section: Section, category: string | null): MitigationDraft[] {
  return readList(section).map((draft) => ({ ...draft, category }))
}

/** Headings over threats: the same words below "Controls" head what answers them. */
function groupsOfThreats({ outline }: Document, units: Units): ReadonlySet<string> {
  const groups = outline.sections.filter((section) => units.unitOf(section) === 'entries')
  return new Set(groups.map((section) => keyOf(section.title)))
}

/**
 * "Mitigations:" above bullets that have an id each, under any heading; or above what a part of the
 * system leaves open.
 */
function introduced(section: Section, isPart: boolean): MitigationDraft[] {
  const leavesOpen = isPart && section.blocks.some((block) => isIntroduced(block, 'residual'))
  return section.blocks.flatMap((block) => {
    if (!isIntroduced(block, 'mitigations')) return []
    const numbered = block.entries.filter(({ head }) => titled(head.text).writtenId !== null)
    if (numbered.length < block.entries.length && !leavesOpen) return []
    return block.entries.map((entry) => ({
      ...ofEntry(section, entry),
      answers: idsIn(entry.head.text)
        .slice(1)
        .map((id) => ({ title: id, writtenId: id, span: entry.span })),
    }))
  })
}

function isIntroduced(block: Block, role: Role): block is List {
  if (block.type !== 'list' || !endsInColon(block.intro?.text ?? '')) return false
  return roleOfIntro(block.intro?.text ?? '') === role
}

function readTable(document: Document, section: Section, table: Table): MitigationDraft[] {
  const columns = withAnswered(columnsOf(table, document.hints))
  const title = titleColumn(columns, section)
  // What answers a threat by its id is told of that threat (traceability.ts).
  if (
    title < 0 ||
    threatIdColumn(table, columns) >= 0 ||
    tellsOfHarm(table, title) ||
    namesPlace(table, title)
  )
    return []
  return table.rows.flatMap((row) => ofRow(section, row, columns, title) ?? [])
}

/** "| Control | Threat |" over one id a row: the id is of what the control answers. */
function withAnswered({ fields, header }: Columns): Columns {
  const control = fields.indexOf('mitigation')
  if (control < 0) return { fields, header }
  const isAnswered = (field: Field | null, at: number) =>
    at > control && field === 'id' && headsThreatIds(header[at] ?? '')
  return { header, fields: fields.map((field, at) => (isAnswered(field, at) ? 'answers' : field)) }
}

/** "Guards" over cells of what may happen to the guards is a part of the system. */
function tellsOfHarm({ rows }: Table, column: number): boolean {
  const told = rows.map(({ cells }) => cells[column]?.phrase.text ?? '')
  return told.filter(soundsLikeAttack).length * 2 > told.length
}

/** "Input source" beside "Threats" says where they come from; the row is no control. */
function namesPlace({ header }: Table, column: number): boolean {
  return place.test(header[column]?.phrase.text ?? '')
}

const place = pattern(
  'i',
  String.raw`^\W*(?:\w[\w-]* ){0,2}(?:sources?|inputs?|entry[- ]?points?|surfaces?|components?`,
  String.raw`|flows?|boundar(?:y|ies)|assets?|interfaces?|endpoints?)\W*$`,
)

/** A table of controls has a control column and no threat column, or stands under "Controls". */
function titleColumn(columns: Columns, section: Section): number {
  if (columnOf(columns, 'threat') >= 0) return -1
  const control = columns.fields.indexOf('mitigation')
  const answers = columnOf(columns, 'answers')
  const role = section.kind === 'root' ? null : contextOf(section).role
  const under = role === 'mitigations'
  // What is promised against whom is a threat that is met (register-table.ts).
  if (role === 'protected' && control < 0) return -1
  if (control >= 0 && (answers >= 0 || under || columnOf(columns, 'description') < 0))
    return control
  if (answers < 0 && !under) return -1
  return columns.fields.findIndex((field) => field !== 'id' && field !== 'answers')
}

function ofRow(
  section: Section,
  row: Row,
  columns: Columns,
  title: number,
): MitigationDraft | null {
  const cell = row.cells[title]
  if (cell === undefined || saysNothing(cell.phrase.text)) return null
  const name = titled(cellTitle(cell.phrase))
  const id = idOf(row.cells[columnOf(columns, 'id')]?.phrase.text ?? '')
  const others = row.cells.filter((_, at) => at !== title && !apart.has(columns.fields[at] ?? ''))
  const answers = row.cells[columnOf(columns, 'answers')]?.phrase
  return draft({
    section,
    writtenId: id ?? name.writtenId,
    title: name.title,
    span: row.span,
    body: fold(others.map((other) => other.phrase.text).join(' — ')),
    status: statusOf(row.cells[columnOf(columns, 'status')]?.phrase.text ?? ''),
    answers: answers === undefined ? [] : answersIn([answers]),
    phrases: row.cells.map((other) => other.phrase),
  })
}

/** Columns with a field of their own: no part of what the control is. */
const apart: ReadonlySet<string> = new Set(['id', 'status', 'answers'])

function readList(section: Section): MitigationDraft[] {
  return section.blocks.flatMap((block) => {
    if (block.type !== 'list') return []
    return block.entries.flatMap((entry) => {
      // "**Threat**: …" says what a control is for, "**Residual risk:** …" is none.
      const field = fieldOf(entry.head.lead)
      if (field === 'threat' || field === 'residual' || saysNothing(entry.head.text)) return []
      const nested = entry.blocks.flatMap((inner) => (inner.type === 'list' ? inner.entries : []))
      if (nested.length === 0 || !namesGroup(section, entry)) return [ofEntry(section, entry)]
      const category = entry.head.text
      return nested.map((control) => ({ ...ofEntry(section, control), category }))
    })
  })
}

/** An entry that names threats, not a control: what stands below it answers that group. */
function namesGroup(section: Section, entry: Entry): boolean {
  const name = entry.head.text
  if (name.length > groupNameMax) return false
  return /\bcategor(?:y|ies)\b/i.test(section.heading.text) || groupNoun.test(name)
}

function ofEntry(section: Section, entry: Entry): MitigationDraft {
  const name = titled(nameOf(entry.head))
  const planned = /\b(?:todo|planned|not yet)\b/i.test(entry.head.text)
  return draft({
    section,
    ...name,
    span: entry.span,
    body: bodyOfEntry(entry),
    status: entry.ticked === true ? 'implemented' : planned ? 'planned' : 'unstated',
    answers: [],
    phrases: [entry.head, ...phrasesOf(entry.blocks)],
  })
}

function isControl(section: Section): boolean {
  return roleOf(section.title) === null || titled(section.title).writtenId !== null
    ? fieldOf(section.title) === null
    : false
}

/** "### While unpacking" over bullets: the controls are the bullets, and the heading sorts them. */
function listsControls({ title, blocks, children }: Section): boolean {
  if (titled(title).writtenId !== null || children.length > 0) return false
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  if (entries.length < 2 || blocks.some(({ type }) => type !== 'list')) return false
  return entries.every(
    ({ head }) => fieldOf(head.lead) === null && !/^[^.]{3,30}:\s/.test(head.text),
  )
}

function ofSection(section: Section): MitigationDraft {
  const name = titled(section.title)
  const answering = section.children.filter((child) => fieldOf(child.title) === 'answers')
  const phrases = phrasesOf(section.blocks)
  return draft({
    section: section.parent ?? section,
    ...name,
    span: section.span,
    body: fold(phrases.map((phrase) => phrase.text).join(' ')),
    status: 'unstated',
    answers: answersIn(answering.flatMap((child) => phrasesOf(child.blocks))),
    phrases,
  })
}

/** Ids that a text cites, else the words of its links and bullets as names. */
function answersIn(phrases: readonly Phrase[]): Mention[] {
  return phrases.flatMap((phrase): Mention[] => {
    const ids = idsIn(phrase.text)
    if (ids.length > 0) return ids.map((id) => ({ title: id, writtenId: id, span: phrase.span }))
    return phrase.text.length > 120
      ? []
      : [{ title: phrase.text, writtenId: null, span: phrase.span }]
  })
}

function statusOf(text: string): Mitigation['status'] {
  const status = statusInWords(text)?.status
  if (status === 'mitigated' || status === 'partial') return 'implemented'
  return status === 'planned' ? 'planned' : 'unstated'
}

interface Parts {
  section: Section
  writtenId: string | null
  title: string
  span: MitigationDraft['span']
  body: string
  status: Mitigation['status']
  answers: Mention[]
  phrases: Phrase[]
}

function draft({ section, phrases, ...parts }: Parts): MitigationDraft {
  return {
    kind: 'mitigation',
    ...parts,
    places: [parts.span],
    section: sectionTrail(section),
    certainty: 'stated',
    recogniser: controls.name,
    reason: `stands under "${section.heading.text}"`,
    rank: 2,
    category: null,
    code: pathsIn(phrases),
  }
}
