import { idOf } from '../identity.ts'
import type { Outline, Table } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf, plainLabel } from '../vocabulary/vocabulary.ts'

/*
 * A table that asks of each row whether it is defended, and headings that count as it does:
 *
 *   | # | Capability       | Defended? |        ## Capability 2 — full read of the bucket
 *   | 2 | Storage is read  | Yes       |                   2    the number of the row
 *
 * The word before the number is that of the column, so that "Chapter 2" is no number of a row.
 */

/** The column that names what is defended against, or -1 where the table asks no such thing. */
export function defendedColumn(table: Table): number {
  const header = table.header.map((cell) => cell.phrase.text)
  if (!header.some(asksIfDefended)) return -1
  if (header.some((text) => fieldOf(text) === 'threat' || fieldOf(text) === 'adversary')) return -1
  return header.findIndex(
    (text, column) =>
      fieldOf(text) !== 'id' && fieldOf(text) !== 'status' && !isNumbered(table, column),
  )
}

/** "Defended?", "Stopped by the wall?" */
export function asksIfDefended(header: string): boolean {
  return asks.test(header)
}

/** "T1", "T2" below "Class". */
function isNumbered({ rows }: Table, column: number): boolean {
  return rows.every(({ cells }) => idOf(cells[column]?.phrase.text ?? '') !== null)
}

const asks = pattern(
  'i',
  String.raw`^\W*(?:is it )?(?:defended|protected|mitigated|covered|handled|addressed|stopped)`,
  String.raw`(?: (?:by|in|today|against|with|here|now)\b[^?]{0,30})?\s*\?\W*$`,
)

/** The number of the row that a heading tells of, or null. */
export function numberOf(outline: Outline, heading: string): string | null {
  const words = wordsOf(outline)
  const match = words.size === 0 ? null : counted.exec(heading)
  return match !== null && words.has(plainLabel(match[1] ?? '')) ? (match[2] ?? null) : null
}

const counted = /^(\p{L}{3,20})\s+(\d{1,3})\s*[:.)–—-]\s+\S/u

const known = new WeakMap<Outline, ReadonlySet<string>>()

function wordsOf(outline: Outline): ReadonlySet<string> {
  const words = known.get(outline) ?? collected(outline)
  known.set(outline, words)
  return words
}

function collected(outline: Outline): Set<string> {
  const words = new Set<string>()
  for (const section of [outline.root, ...outline.sections]) {
    for (const block of section.blocks) {
      const column = block.type === 'table' ? defendedColumn(block) : -1
      if (block.type !== 'table' || column < 1) continue
      const isCounted = block.rows.every((row) => idOf(row.cells[0]?.phrase.text ?? '') !== null)
      if (isCounted) words.add(plainLabel(block.header[column]?.phrase.text ?? ''))
    }
  }
  return words
}
