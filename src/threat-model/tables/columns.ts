import type { Fields, FieldValue } from '../draft/fields.ts'
import { mayBeStatus, saysStatus } from '../draft/labels.ts'
import { asksIfDefended } from '../draft/numbered.ts'
import { idOf } from '../identity.ts'
import type { Row, Table } from '../outline/types.ts'
import type { ReadingHints } from '../read-options.ts'
import { rememberingOf } from '../remember.ts'
import { saysWhen } from '../status/words.ts'
import { fieldOfHeader } from '../vocabulary/headers.ts'
import { isLevel } from '../vocabulary/levels.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, fieldOf, isAnswer, plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import {
  citesIds,
  isClasses,
  isClassLetter,
  isId,
  isMark,
  isPublished,
  isSentence,
  listsIds,
  mostly,
} from './cells.ts'
import { meantBeside, servedBy } from './columns-beside.ts'
import { asksYesOrNo, statedByCells } from './columns-verdicts.ts'
import { answersAndStands, firstOfTwo, verdictApart } from './two-in-one.ts'

/*
 * What the columns of a table mean: by their header's words, by the policy file's words, and where
 * the words say too little by what stands in the cells ("Risk" is a level or a threat).
 */

export interface Columns {
  /** Field by column; null for a header of unknown words. */
  fields: readonly (Field | null)[]
  header: readonly string[]
}

export function columnsOf(table: Table, hints: ReadingHints): Readonly<Columns> {
  return hints.columns === undefined ? plainColumns(table) : readColumns(table, hints)
}

const plainColumns = rememberingOf((table: Table) => readColumns(table, {}))

function readColumns(table: Table, hints: ReadingHints): Columns {
  const header = table.header.map((cell) => cell.phrase.text)
  const fields = header.map(
    (text, column) => hinted(text, hints) ?? fieldOfColumn(table, text, column),
  )
  const worded = statedByCells(byWords(fields, table), table)
  const apart = classesApart(meantBeside(worded, table), table)
  const named = attacksByClass(techniques(namedBeside(apart, table), table), table)
  return { fields: servedBy(named, header), header }
}

/**
 * Headers that no list has, by one word of them. A column of threats is only found so where the
 * table has none by a list, begins with it or with a class a row, or rates each row, and does not
 * begin with controls.
 */
function byWords(fields: (Field | null)[], table: Table): (Field | null)[] {
  const found = fields.map((field, column) => field ?? guessed(table, column))
  const isRated = found.some((field) => field !== null && rates.has(field))
  const first = found.find((field) => field !== 'id')
  const sortsFirst = fields[0] === 'category' && mostly(table, 0, isClasses)
  const isNear = isRated || first === 'threat' || sortsFirst
  let isNamed = fields.includes('threat')
  return found.map((field, column) => {
    if (field !== 'threat' || fields[column] === 'threat') return field
    const isFree = isNear && !isNamed && first !== 'mitigation'
    if (isFree) isNamed = true
    return isFree ? 'threat' : null
  })
}

function guessed(table: Table, column: number): Field | null {
  const field = fieldOfHeader(table.header[column]?.phrase.text ?? '')
  if (field !== 'threat') return field
  if (mostly(table, column, isLevel)) return 'severity'
  if (mostly(table, column, isClasses)) return 'category'
  return mostly(table, column, (text) => isId(text) || listsIds(text) || isMark(text))
    ? null
    : field
}

/** What is said of a threat beside its name. */
export const rates: ReadonlySet<Field> = new Set<Field>([
  'mitigation',
  'recommended',
  'planned',
  'status',
  'severity',
  'likelihood',
  'impact',
  'residual',
])

/**
 * "| Threat | Attack |" over classes alone: the attack (or its description) is the threat, where
 * "| Threat | Example |" names its threats by the class, if each class stands once.
 * "| STRIDE | How | Mitigation |" has the threat in what is told, where something answers it.
 */
function classesApart(fields: (Field | null)[], table: Table): (Field | null)[] {
  const threat = fields.indexOf('threat')
  const classes = threat >= 0 ? threat : fields.indexOf('category')
  if (classes < 0 || !mostly(table, classes, isClasses)) return fields
  if (threat < 0 && (classes > 0 || titleIn(table) >= 0)) return fields
  if (threat < 0 && !isAnswered(fields) && !namesAgain(table, classes)) return fields
  const other = fields.indexOf('threat', classes + 1)
  const told = fields.indexOf('description')
  const path = table.header.findIndex(({ phrase }, at) => at > classes && shows.test(phrase.text))
  const unknown = sentencesIn(fields, table)
  const isName = threat >= 0 && !namesAgain(table, classes)
  const isExample = /\bexamples?\b/i.test(table.header[told]?.phrase.text ?? '')
  const found = isName ? [other, isExample ? -1 : told, path] : [other, told, path, unknown]
  const named = found.find((column) => column >= 0)
  if (named === undefined) return fields
  return fields.map((field, column) => {
    if (column === classes) return 'category'
    return column === named ? 'threat' : field
  })
}

/** "| ID | Category | Description |" over one attack a row: the categories are the threats. */
function attacksByClass(fields: (Field | null)[], table: Table): (Field | null)[] {
  const at = fields.indexOf('category')
  const isTold = fields.includes('id') && fields.includes('description')
  if (at < 0 || fields.includes('threat') || !isTold || isAnswered(fields)) return fields
  if (mostly(table, at, isClasses) || !mostly(table, at, soundsLikeAttack)) return fields
  return fields.with(at, 'threat')
}

/** "| ATT&CK technique | Mitigation |": a catalogue's attacks, by name, with what meets each. */
function techniques(fields: (Field | null)[], table: Table): (Field | null)[] {
  const at = fields.findIndex((field) => field !== 'id')
  if (fields[at] !== 'category' || fields.includes('threat') || !isAnswered(fields)) return fields
  const header = table.header[at]?.phrase.text ?? ''
  const isNamed = catalogue.test(header) && mostly(table, at, isNamedAttack)
  // "| Threat category | Impact | Mitigation |" over one name a row: no other column has them.
  const isListed = sorts.test(header) && !fields.includes('description') && !namesAgain(table, at)
  return isNamed || isListed ? fields.with(at, 'threat') : fields
}

const sorts = /^\W*(?:threat|attack|risk)s? (?:categor(?:y|ies)|types?|class(?:es)?)\W*$/i

const catalogue = /\b(?:owasp|cwe|capec|mitre|att&ck|atlas)\b/i

/** "T1610 - Deploy container", and not "T1610", "A01". */
function isNamedAttack(text: string): boolean {
  return /\p{L}{3}\W+\p{L}{3}/u.test(text)
}

/** Headers of what is done, beside those of what is done about it. */
const shows = pattern(
  'i',
  String.raw`\b(?:attack|threat|abuse|exploit) (?:path|scenario|vector|example|case`,
  String.raw`|stor(?:y|ies))s?\b|^\W*scenarios?\W*$`,
)

/** A class in several rows: the rows are no list of the classes. */
function namesAgain({ rows }: Table, column: number): boolean {
  const names = rows.map(({ cells }) => cells[column]?.phrase.text.toLowerCase() ?? '')
  return new Set(names).size < names.length
}

/** The first column of unknown words whose cells are texts, unless it tells what is done. */
function sentencesIn(fields: readonly (Field | null)[], table: Table): number {
  const at = fields.findIndex(
    (field, column) => field === null && mostly(table, column, isSentence),
  )
  return answering.test(table.header[at]?.phrase.text ?? '') ? -1 : at
}

/** Headers of what is done about a class, which names no threat. */
const answering =
  /\b(?:responses?|controls?|mitigations?|defen[cs]es?|protections?|safeguards?|checks?|how we)\b/i

export function isAnswered(fields: readonly (Field | null)[]): boolean {
  return fields.some(isAnswer)
}

/** The column that is called nothing but a title, or -1. */
export function titleIn({ header }: Table): number {
  return header.findIndex(({ phrase }) => /^\W*(?:short )?(?:title|name)\W*$/i.test(phrase.text))
}

/** "| Threat | Description |" over ids: the column beside the ids names the threats. */
function namedBeside(fields: (Field | null)[], table: Table): (Field | null)[] {
  const first = table.header[0]?.phrase.text ?? ''
  const isNumbered = fields[0] === 'id' && (fieldOf(first) === 'threat' || isFinding(first))
  if (!isNumbered || fields.includes('threat')) return fields
  const titles = titleIn(table)
  const named = titles >= 0 ? titles : fields.indexOf('description')
  return fields.map((field, column) => (column === named ? 'threat' : field))
}

function hinted(header: string, hints: ReadingHints): Field | null {
  const plain = plainLabel(header)
  for (const [meaning, words] of Object.entries(hints.columns ?? {})) {
    if (words.some((word) => plainLabel(word) === plain)) return meaning as Field
  }
  return null
}

function fieldOfColumn(table: Table, header: string, column: number): Field | null {
  const plain = plainLabel(header)
  if (mostly(table, column, isClassLetter)) return 'category'
  if (plain === 'risk' || plain === 'risks' || plain === 'threat level') {
    if (mostly(table, column, isLevel)) return 'severity'
    return plain !== 'threat level' && mostly(table, column, isId) ? 'id' : 'threat'
  }
  if (mayBeStatus(header) && mostly(table, column, saysVerdict)) return 'status'
  if (plain === '' && column === 0)
    return mostly(table, column, (text) => idOf(text) !== null) ? 'id' : null
  // "Exposure" is a level, or tells how something can be reached.
  if (/^(?:exposures?|abuse)$/.test(plain) && mostly(table, column, isSentence))
    return 'description'
  if (asksIfDefended(header) || asksYesOrNo(table, header, column)) return 'status'
  if (answersAndStands(header)) return 'mitigation'
  if (asksWhen.test(plain) && mostly(table, column, saysWhen)) return 'status'
  if (plain === 'source' && mostly(table, column, isPublished)) return 'note'
  const field = isFinding(header) ? 'threat' : (fieldOf(header) ?? firstOfTwo(header))
  // "Resolution" over texts tells what was done rather than how it stands.
  if (tellsWhatIsDone.test(plain) && mostly(table, column, isSentence)) return 'mitigation'
  // "Path" over sentences is what an attacker goes, not where a file lies.
  if (field === 'code' && plain === 'path' && mostly(table, column, isSentence)) return 'threat'
  const names = field === 'threat' || (field === 'category' && column === 0)
  if (names && mostly(table, column, isId)) return 'id'
  // "Risco", "Riziko" rate where "Risk" would.
  if (field === 'threat' && mostly(table, column, isLevel)) return 'severity'
  const isCited = mostly(table, column, listsIds) || citesIds(table, column)
  if (field === 'threat' && isCited) return 'answers'
  return field
}

/** "Mitigation target", "Planned for" over phases and versions. */
const asksWhen = /\b(?:target|planned|scheduled|fix(?:ed)?|due|eta|milestone)\b/

const tellsWhatIsDone = /^(?:resolution|(?:(?:current|our|security) )?posture)$/

/** Of the four ways to treat a risk, one is an acceptance and one is still to be done. */
function saysVerdict(text: string): boolean {
  return saysStatus(text) || /^(?:mitigate|reduce|treat|avoid|terminate)\W*$/i.test(text)
}

function isFinding(header: string): boolean {
  return /^findings?$/.test(plainLabel(header))
}

/** Index of the first column with one of the fields, or -1. */
export function columnOf(columns: Columns, ...wanted: Field[]): number {
  return columns.fields.findIndex((field) => field !== null && wanted.includes(field))
}

/** A row's cells as labelled fields; the title's own column is left out. */
export function fieldsOfRow(row: Row, columns: Columns, title: number): Fields {
  const values = row.cells.slice(0, columns.fields.length).flatMap((cell, column): FieldValue[] => {
    const field = columns.fields[column] ?? null
    if (column === title || field === 'id') return []
    const lines = cell.phrase.text === '' ? [] : cell.lines
    const label = columns.header[column] ?? ''
    const value = { field, label, lines, entries: [], span: row.span }
    return field === 'mitigation' && answersAndStands(label) ? verdictApart(value) : [value]
  })
  return { values, loose: [] }
}
