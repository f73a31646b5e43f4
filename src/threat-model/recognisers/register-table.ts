import { type Problem, problem } from '../../shared/problem.ts'
import { type Context, categoriesBelow, isScopeRole, isThreatRole } from '../draft/context.ts'
import type { Document, Draft, Found, Rank, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { isKeyValue } from '../draft/fields.ts'
import { cellTitle, firstSentence } from '../draft/names.ts'
import { defendedColumn } from '../draft/numbered.ts'
import { readingWithin, type Surroundings, surroundingsOf } from '../draft/surroundings.ts'
import { threatDraft } from '../draft/threat.ts'
import { idOf, titled } from '../identity.ts'
import { fold } from '../outline/phrase.ts'
import type { Cell, Row, Section, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { statusOfRole } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { speaksAgainst } from '../tables/against.ts'
import { idsAreOfOthers } from '../tables/cells.ts'
import { type Columns, columnOf, columnsOf, fieldsOfRow, rates } from '../tables/columns.ts'
import {
  answersAdversaries,
  isAssessedPlace,
  isDeed,
  isExposed,
  isRatedAsset,
  upright,
  withAnswers,
} from '../tables/columns-forms.ts'
import { behindName, bullet, shortId, withoutBrackets, withoutBullet } from '../tables/row-names.ts'
import {
  countsRows,
  groupRow,
  hasClassRows,
  idColumn,
  isClassColumn,
  leavesEmpty,
} from '../tables/rows.ts'
import { attempt, titleColumn, withNamedIds } from '../tables/title-column.ts'
import { answeredBelow } from '../units/answered-below.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { roleOfIntro, saysAgain } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * A table with a threat a row: one register for all, or one for each class or target.
 *
 *   | ID  | Threat          | Severity | Mitigation         | Status  |
 *   |-----|-----------------|----------|--------------------|---------|
 *   | T-1 | Replay of links | High     | Nonces; short life | Partial |      → one threat
 *   | **Network**                                                    |      → a group of rows
 *
 * Columns are found by their words. The title is the threat column, else the first sentence of the
 * description, else (where the heading says that threats stand here) the first column that is no
 * id. Where no column is a mitigation, columns of unknown words answer the threat ("What we do").
 *
 * Not read: tables of settings, tests, glossaries and components, which have no threat column; rows
 * with too few or too many cells are read as far as they go and reported.
 */

export const registerTable: Recogniser = { name: 'register-table', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    // "Attack vectors:" below a threat tells how.
    if (section.kind === 'bold' && units.unitOf(section) === 'label') continue
    if (tellsOfThreat(section, units)) continue
    const drafts: Draft[] = []
    for (const block of section.blocks) {
      if (block.type !== 'table') continue
      const table = readTable(block, surroundingsOf(section, document))
      drafts.push(...table.drafts)
      found.problems.push(...table.problems)
    }
    found.drafts.push(...answeredBelow(drafts, section, units))
  }
  return found
}

/** "Signs to look for" that recurs below one threat after the other tells of each. */
function tellsOfThreat(section: Section, units: Units): boolean {
  if (section.parent === null || units.unitOf(section) !== 'facet') return false
  return units.unitOf(section.parent) === 'threat' && roleOf(section.title) === null
}

interface Register {
  around: Surroundings
  context: Context
  columns: Columns
  title: number
  id: number
  rank: Rank
  reason: string
  group: string | null
  /** Ids beside the names are of who does it. */
  citesActors: boolean
  /** The last filled cell of the first column. */
  above: Cell | null
}

const readTable = readingWithin((written: Table, around): Found => {
  const found = nothing()
  const table = isThreatRole(around.context.role) ? upright(written) : written
  const register = registerOf(table, around)
  if (register === null) return found
  for (const row of table.rows) {
    const group = groupRow(row, register.columns, register.title)
    if (group !== null) {
      register.group = group
      continue
    }
    const several = threatsOfLines(register, carried(register, row))
    found.drafts.push(...several)
    if (several.length > 0) continue
    const draft = threatOfRow(register, carried(register, row))
    if (draft !== null) found.drafts.push(draft)
    const isAsset = register.columns.fields[register.title] === 'asset'
    if (draft !== null && isAsset && isRatedAsset(register.columns))
      found.drafts.push(assetOf(draft))
    if (draft !== null && answersAdversaries(register.columns))
      found.drafts.push(...adversaryOf(draft))
    const cell = row.cells[register.title]
    const isRead = draft !== null || leavesEmpty(cell) || isFeature(register, cell)
    found.problems.push(...rowProblems(register, row, isRead))
  }
  return found
})

function registerOf(table: Table, around: Surroundings): Register | null {
  if (table.header.length < 2 || table.rows.length === 0 || isKeyValue(table)) return null
  const letters = table.header.map((cell) => cell.phrase.text.trim()).join('')
  const classes = table.header.filter((cell) => isClassColumn(cell.phrase.text)).length
  if (classes >= 3 && !letters.includes('DREAD')) return null
  const written = withNamedIds(table, columnsOf(table, around.hints))
  const read = withAnswers(withDeeds(written, around.heading), table)
  if (!read.fields.includes('threat') && countsRows(table)) return null
  const context = contextOfTable(table, around)
  const isNear = context.isOwn || context.category !== null
  const isMeant = context.named === null || isNear || hasClassRows(table, read)
  const role = isMeant ? context.role : null
  const title = titleColumn(table, read, role)
  if (title < 0) return null
  const asked = defendedColumn(table) === title
  const sure = rankOf({ columns: read, role: context.role, title, asked, heading: around.heading })
  const against = speaksAgainst(table, read, { title, role, isOwn: context.isOwn })
  if (sure === null || against === 'none') return null
  const isAgain = saysAgain(table.intro?.text ?? '') || saysAgain(around.heading)
  const rank = isAgain || against === 'beside' ? 1 : sure
  const isPromise = role === 'protected' && read.fields[title] !== 'threat'
  const columns = isPromise ? enforced(read) : read
  const id = idColumn(table, columns)
  const header = columns.header[title] ?? ''
  const reason = `a row of a table with the column "${header}"`
  const citesActors = idsAreOfOthers(table, title)
  return {
    around,
    context,
    columns,
    title,
    id,
    rank,
    reason,
    group: null,
    citesActors,
    above: null,
  }
}

/** What somebody hostile does is the threat of the row. */
function withDeeds(columns: Columns, heading: string): Columns {
  if (columns.fields.includes('threat') || !isDeed(columns, heading)) return columns
  return { ...columns, fields: columns.fields.with(0, 'threat') }
}

/** Beside a guarantee, the mechanism is what keeps it. */
function enforced({ fields, header }: Columns): Columns {
  const at = header.findIndex((text) => /\b(?:mechanism|enforced|how)\b/i.test(text))
  return { header, fields: at > 0 ? fields.with(at, 'mitigation') : fields }
}

/** What a personal threat model protects is the name of the row's threat, and an asset. */
function assetOf(threat: ThreatDraft): Draft {
  const { title, span, places, section, certainty, recogniser, reason, rank } = threat
  const base = { title, span, places, section, certainty, recogniser, reason, rank }
  return { ...base, kind: 'asset', writtenId: null, body: '', code: [] }
}

/** Who is answered names the row's threat, and is an adversary. */
function adversaryOf(threat: ThreatDraft): Draft[] {
  const { span, places, section, certainty, recogniser, reason, rank } = threat
  const base = { span, places, section, certainty, recogniser, reason, rank }
  return threat.adversaries
    .slice(0, 1)
    .map(({ title }) => ({ ...base, kind: 'adversary', title, writtenId: null, body: '' }))
}

/** The introduction right above a table is nearer than the heading. */
function contextOfTable(table: Table, { context, heading }: Surroundings): Context {
  // "| Scenario | …" right below "Threat model for the tower".
  if (context.role === null && /\bthreat[- ]?model/i.test(heading))
    return scenes.test(table.header[0]?.phrase.text ?? '')
      ? { ...context, role: 'threats' }
      : context
  const intro = table.intro === null ? null : roleOfIntro(table.intro.text)
  // "Risks:" right above, among trust levels.
  if (intro === 'threats' && context.role !== null && listsOthers.has(context.role))
    return { ...context, role: intro }
  if (intro === null || !isScopeRole(intro)) return context
  const near = statusOfRole(intro, table.intro?.text ?? '')
  const status = context.status?.basis === 'explicit' ? context.status : (near ?? context.status)
  return { ...context, role: intro, status }
}

const listsOthers: ReadonlySet<Role> = new Set(['boundaries', 'assets', 'adversaries'])

const scenes = pattern(
  'i',
  String.raw`^\W*(?:(?:attack|threat|abuse|misuse|failure) )?(?:scenarios?|situations?|attempts?`,
  String.raw`|what (?:could|might|can|may) (?:happen|go wrong))\W*$`,
)

interface Asked {
  columns: Columns
  role: Role | null
  title: number
  /** True where a column asks whether each row is defended. */
  asked: boolean
  heading: string
}

/** How sure the form is that rows are threats; null when they are not. */
function rankOf({ columns, role, title, asked, heading }: Asked): Rank | null {
  const named = columns.fields[title] === 'threat' || attempt.test(columns.header[title] ?? '')
  const others = columns.fields.filter(
    (field, column) => column !== title && supports.has(field ?? ''),
  )
  if (asked) return 3
  if (isRatedAsset(columns) || answersAdversaries(columns)) return 2
  if (isExposed(columns) || isAssessedPlace(columns)) return 2
  if (role === 'examples' || role === 'planned') return named && others.length > 0 ? 1 : null
  if (role === 'other' || role === 'assets' || role === 'adversaries') {
    if (!named || (role === 'adversaries' && somebody.test(columns.header[title] ?? '')))
      return null
    return others.length >= 2 || isDeed(columns, heading) ? 2 : 1
  }
  if (named && others.length > 0) return 3
  if (isThreatRole(role) || isScopeRole(role)) return named ? 3 : 2
  // A column of threats alone, anywhere: the list of them where no other list is found.
  return named ? 1 : null
}

/** "| Actor / threat | Motivation |" among actors names who threatens. */
const somebody = pattern(
  'i',
  String.raw`^\W{0,4}(?:threat |attack )?(?:actors?|agents?|attackers?|adversar(?:y|ies))`,
  String.raw` ?(?:\/|&|\band\b|\bor\b) ?\w`,
)

const supports: ReadonlySet<string> = new Set<string>([
  ...rates,
  'category',
  'acceptance',
  'description',
  'adversary',
])

/** An empty class or asset cell repeats the one above, as in a table with joined cells. */
function carried(register: Register, row: Row): Row {
  const first = register.columns.fields[0]
  const cell = row.cells[0]
  if ((first !== 'category' && first !== 'asset') || cell === undefined) return row
  if (cell.phrase.text !== '') register.above = cell
  else if (register.above !== null)
    return { ...row, cells: [register.above, ...row.cells.slice(1)] }
  return row
}

function threatOfRow(register: Register, row: Row): ThreatDraft | null {
  const { columns, context, around } = register
  const cell = row.cells[register.title]
  if (
    cell === undefined ||
    cell.phrase.text === '' ||
    saysNothing(cell.phrase.text) ||
    !/\p{L}/u.test(cell.phrase.text) ||
    leavesEmpty(cell) ||
    isFeature(register, cell)
  )
    return null
  const written = register.id < 0 ? '' : (row.cells[register.id]?.phrase.text ?? '')
  const name = titleOfRow(register, row, cell)
  const verdict = statusInTitle(name.title)
  const draft = threatDraft({
    recogniser: registerTable.name,
    reason: register.reason,
    rank: register.rank,
    title: verdict?.title ?? name.title,
    writtenId: (written === '' ? null : (idOf(written) ?? shortId(written))) ?? name.writtenId,
    span: row.span,
    section: around.trail,
    fields: fieldsOfRow(row, columns, register.title),
    adversary:
      columns.fields[register.title] === 'adversary' ? name.title : actorIn(cell, register),
    tie: 'row',
    legend: around.legend,
    body: behindName(cell.phrase.text, name),
    categories:
      register.group === null
        ? categoriesBelow(around.heading, context)
        : [register.group.toLowerCase()],
    heading: context.status,
    verdict: verdict?.reading ?? null,
    phrases: row.cells.map((other) => other.phrase),
  })
  return { ...draft, body: fold([draft.body, ...toldBy(register, row)].join(' ')) }
}

/** "A1 (forged slips)": the id is of who does it, where it stands in several rows. */
function actorIn({ phrase }: Cell, { citesActors }: Register): string | null {
  return citesActors ? idOf(/^\S+(?= [(/])/.exec(phrase.text)?.[0] ?? '') : null
}

/** What an "Out of scope" table rules out without a word of harm is a feature. */
function isFeature({ columns, context, title }: Register, cell: Cell | undefined): boolean {
  const field = columns.fields[title]
  if (context.role !== 'out-of-scope' || field === 'threat' || field === 'residual') return false
  const heading = context.named ?? ''
  if (cell === undefined || /threat|attack|adversar/i.test(heading)) return false
  return !soundsLikeAttack(cell.phrase.text)
}

/** What the row says beside its name and its rated or tied fields: a changed word there counts. */
function toldBy({ columns, title }: Register, row: Row): string[] {
  return row.cells.flatMap((cell, column) => {
    const field = columns.fields[column] ?? null
    return column !== title && (field === null || told.has(field)) ? [cell.phrase.text] : []
  })
}

const told: ReadonlySet<Field> = new Set(['description', 'residual', 'note', 'acceptance'])

/** A cell whose every line begins with an id or a bullet states a threat a line. */
function threatsOfLines(register: Register, row: Row): ThreatDraft[] {
  const cell = row.cells[register.title]
  const lines = cell?.lines.filter(({ text }) => text !== '') ?? []
  const isListed =
    lines.every(({ text }) => titled(text).writtenId !== null) ||
    lines.every(({ text }) => bullet.test(text))
  if (lines.length < 2 || !isListed) return []
  return lines.map(withoutBullet).flatMap((line) => {
    const cells = row.cells.map((other) =>
      other === cell ? { phrase: line, lines: [line] } : other,
    )
    return threatOfRow(register, { ...row, cells }) ?? []
  })
}

function titleOfRow(register: Register, row: Row, cell: Cell) {
  const words = cell.phrase.text
  const onlyId = idOf(words)
  if (onlyId === null) {
    const named = titled(cellTitle(withoutBullet(cell.phrase)))
    return named.writtenId === null ? named : { ...named, title: withoutBrackets(named.title) }
  }
  if (onlyId.startsWith('#')) return { writtenId: onlyId, title: words }
  const described = columnOf(register.columns, 'description')
  const description = row.cells[described]?.phrase.text ?? ''
  return { writtenId: onlyId, title: description === '' ? words : firstSentence(description) }
}

function rowProblems(register: Register, row: Row, isRead: boolean): Problem[] {
  const wanted = register.columns.fields.length
  const cells = row.cells.length
  if (row.cells.every((cell) => cell.phrase.text === '')) return []
  if (cells === wanted && isRead) return []
  const what = cells === wanted ? 'no title' : `${cells} cells, the table has ${wanted} columns`
  return [problem('row-not-understood', `The row has ${what}`, row.span)]
}
