import type { Fields, FieldValue } from './draft-fields.ts'
import { idOf } from './identity.ts'
import type { Row, Table } from './outline-types.ts'
import type { ReadingHints } from './read-options.ts'
import { statusInWords } from './status.ts'
import { classesOnly, type Field, fieldOf, isLevel, plainLabel } from './vocabulary.ts'

/*
 * What the columns of a table mean: by their header's words, by the policy file's words, and where
 * the words say too little by what stands in the cells ("Risk" is a level or a threat).
 */

export interface Columns {
  /** Field by column; null for a header of unknown words. */
  fields: (Field | null)[]
  header: string[]
}

export function columnsOf(table: Table, hints: ReadingHints): Columns {
  const header = table.header.map((cell) => cell.phrase.text)
  const fields = header.map(
    (text, column) => hinted(text, hints) ?? fieldOfColumn(table, text, column),
  )
  return { fields: namedBeside(classesApart(fields, table), header), header }
}

/** "| Threat | Example |" over classes alone: the example is the threat, of the row's class. */
function classesApart(fields: (Field | null)[], table: Table): (Field | null)[] {
  const classes = fields.indexOf('threat')
  if (classes < 0 || !mostly(table, classes, (text) => classesOnly(text).length > 0)) return fields
  const other = fields.indexOf('threat', classes + 1)
  const named = other >= 0 ? other : fields.indexOf('description')
  if (named < 0) return fields
  return fields.map((field, column) => {
    if (column === classes) return 'category'
    return column === named ? 'threat' : field
  })
}

/** "| Threat | Description |" over ids: the column beside the ids names the threats. */
function namedBeside(fields: (Field | null)[], header: readonly string[]): (Field | null)[] {
  const first = header[0] ?? ''
  const isNumbered = fields[0] === 'id' && (fieldOf(first) === 'threat' || isFinding(first))
  if (!isNumbered || fields.includes('threat')) return fields
  const titles = header.findIndex((text) => /^\W*(?:short )?(?:title|name)\W*$/i.test(text))
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
  if (plain === 'risk' || plain === 'risks' || plain === 'threat level') {
    return mostly(table, column, isLevel) ? 'severity' : 'threat'
  }
  if (/^(?:results?|outcome|today)$/.test(plain)) {
    return mostly(table, column, (text) => statusInWords(text) !== null) ? 'status' : null
  }
  if (plain === '' && column === 0)
    return mostly(table, column, (text) => idOf(text) !== null) ? 'id' : null
  const field = isFinding(header) ? 'threat' : (fieldOf(header) ?? firstOfTwo(header))
  // "Path" over sentences is what an attacker goes, not where a file lies.
  if (field === 'code' && plain === 'path' && mostly(table, column, isSentence)) return 'threat'
  if (field === 'threat' && mostly(table, column, isId)) return 'id'
  if (field === 'threat' && mostly(table, column, listsIds)) return 'answers'
  return field
}

function isFinding(header: string): boolean {
  return /^findings?$/.test(plainLabel(header))
}

/** "Threat description & impact": a column for two things is that of the first. */
function firstOfTwo(header: string): Field | null {
  const first = /^(\S.{1,40}?)(?: (?:&|and) | ?\/ ?)\S/i.exec(header)?.[1]
  return first === undefined ? null : fieldOf(first)
}

/** A column "Threats" of nothing but ids says which threats the row's control answers. */
function listsIds(text: string): boolean {
  return text.split(/\s*[,;/&+]\s*/).every(isId)
}

function isSentence(text: string): boolean {
  return text.split(' ').length >= 4
}

/** `#slug` is a name that looks like an id. */
function isId(text: string): boolean {
  return idOf(text) !== null && !text.startsWith('#')
}

/** True when most cells of a column that say anything pass. */
export function mostly(table: Table, column: number, test: (text: string) => boolean): boolean {
  const texts = table.rows
    .map((row) => row.cells[column]?.phrase.text ?? '')
    .filter((text) => !/^[—–-]*$/.test(text))
  return texts.length > 0 && texts.filter(test).length * 2 > texts.length
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
    return [{ field, label: columns.header[column] ?? '', lines, entries: [], span: row.span }]
  })
  return { values, loose: [] }
}
