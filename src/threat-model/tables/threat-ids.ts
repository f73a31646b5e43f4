import type { Table } from '../outline/types.ts'
import { headsThreatIds } from '../vocabulary/headers.ts'
import { isId as isIdAlone, mostly } from './cells.ts'
import { type Columns, rates, titleIn } from './columns.ts'

/*
 * Tables whose rows are of threats that another table or heading names, by id alone:
 *
 *   | Threat | Mitigation                    | Status      |
 *   |--------|-------------------------------|-------------|
 *   | S-1    | Tickets are signed            | Implemented |
 */

/** The column of the threat that each row tells of, beside what answers or rates it; else -1. */
export function threatIdColumn(table: Table, { fields, header }: Columns): number {
  if (fields.includes('threat') || fields.includes('description') || titleIn(table) >= 0) return -1
  const isTold = fields.some((field) => field !== null && rates.has(field))
  // "| Control | Threat |", "| Input source | Threat |" tell of something else.
  const first = fields.findIndex((field) => field !== 'category')
  const isId = fields[first] === 'id' && mostly(table, first, isIdAlone)
  return isTold && isId && headsThreatIds(header[first] ?? '') ? first : -1
}
