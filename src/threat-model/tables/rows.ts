import { isThreatClass } from '../draft/context.ts'
import { isWhollyBold } from '../outline/phrase.ts'
import type { Cell, Row, Table } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isMark, mostly } from './cells.ts'
import { type Columns, columnOf } from './columns.ts'

/*
 * Rows and columns of a register that name no threat: running numbers, counts, the names of groups,
 * and cells that say why nothing threatens.
 */

/** "| # | ID | Threat |": a running number is the id only where no other column has one. */
export function idColumn(table: Table, columns: Columns): number {
  if (countsOthers(table, columns)) return -1
  // "| Threat | Mitigation ID | Mitigation |": the number of the answer.
  const answer = columns.header.findIndex((text) => ofAnswer.test(text))
  if (answer > columns.fields.indexOf('threat') && columns.fields.includes('threat')) {
    const others = columns.fields.map((field, at) => (at === answer ? null : field))
    return others.indexOf('id')
  }
  const named = columns.fields.findIndex(
    (field, column) => field === 'id' && !mostly(table, column, isMark),
  )
  return named >= 0 ? named : columnOf(columns, 'id')
}

const ofAnswer = /^\W*(?:mitigation|control|countermeasure) (?:id|no\.?|number|#)\W*$/i

/** A "#" of "1", "1", "2", "all" says where a row belongs: it numbers something else. */
function countsOthers({ rows }: Table, { fields, header }: Columns): boolean {
  const column = fields.indexOf('id')
  if (!/^(?:#|nr\.?|no\.?)$/i.test((header[column] ?? '').trim())) return false
  const numbers = rows.map(({ cells }) => cells[column]?.phrase.text ?? '').filter(Boolean)
  return (
    numbers.some((text) => /^(?:all|any|both|\*)$/i.test(text)) ||
    new Set(numbers).size * 3 <= numbers.length * 2
  )
}

/** "| Area | Count |": how many threats are told elsewhere. */
export function countsRows(table: Table): boolean {
  return table.header.some(
    ({ phrase }, column) => counts.test(phrase.text) && mostly(table, column, isCount),
  )
}

const counts = /^\W*(?:count|total|quantity|number(?: of .{1,30})?|(?:# |no\. )of .{1,30})\W*$/i

function isCount(text: string): boolean {
  return /^\W*\d{1,4}\W*$/.test(text)
}

export function isClassColumn(header: string): boolean {
  return isThreatClass(header) || /^[STRIDE]$/.test(header.trim())
}

/** "| Gap | Owner | Phase |" lists what is to be built, unless rows are rated or name harm. */
export function isWork(table: Table, { header, fields }: Columns, at: number): boolean {
  if (fields.includes('severity')) return false
  return header.some((text) => work.test(text)) && !mostly(table, at, soundsLikeAttack)
}

const work =
  /\b(?:owner|phase|timeline|tracked|target|eta|ticket|issue|blocks?|effort|milestone|due)\b/i

/** A row with nothing but a name in it heads the rows below. */
export function groupRow(row: Row, columns: Columns, title: number): string | null {
  const filled = row.cells.filter((cell) => cell.phrase.text !== '')
  const only = filled[0]
  if (columns.fields.length < 3 || filled.length !== 1 || only !== row.cells[0]) return null
  if (only === undefined) return null
  const { text } = only.phrase
  // A plain name of an attack among the names is a row of which nothing is known yet.
  const isName = title === 0 && !isWhollyBold(only.phrase) && soundsLikeAttack(text)
  return isName && !isThreatClass(text) ? null : text
}

/** "N/A — no input from outside": why there is no threat of the row's class. */
export function leavesEmpty(cell: Cell | undefined): boolean {
  return nothingHere.test(cell?.phrase.text ?? '')
}

const nothingHere = pattern(
  'i',
  String.raw`^\W*n\/a\b|^\W*(?:na|not applicable|no (?:known |relevant |specific )?threats?)`,
  String.raw`\s*(?:[—–:;,.(-]|because\b|since\b|as\b|here\b|identified\b)`,
  String.raw`|^\W*same as\s`,
  // "Repudiation: N/A": nothing of this class.
  String.raw`|^[^::]{3,40}[::]\s*(?:n\/?a|none|not applicable)\W*$`,
)

/** "| STRIDE | Mitigation |" with a class a row, below the name of a part. */
export function hasClassRows(table: Table, { fields }: Columns): boolean {
  return fields.length === 2 && fields[0] === 'category' && mostly(table, 0, isThreatClass)
}
