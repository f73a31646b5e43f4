import type { FieldValue } from '../draft/fields.ts'
import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block, Table } from '../outline/types.ts'
import { classOf, fieldOf } from '../vocabulary/vocabulary.ts'

/*
 * A table of what answers the threat that its heading names:
 *
 *   ### T5 — Loss of the boats
 *   | Property | Mitigation      | Evidence   |
 *   | Chains   | A chain a boat  | chains.md  |      one control a row, not one for the table
 */

/** The tables of answers as values of a label, and what is left. */
export function answersInTables(blocks: readonly Block[]): { values: FieldValue[]; rest: Block[] } {
  const values = blocks.flatMap((block) => (block.type === 'table' ? (answersOf(block) ?? []) : []))
  const rest = blocks.filter((block) => block.type !== 'table' || answerColumn(block) < 0)
  return { values, rest: [...rest] }
}

function answersOf(table: Table): FieldValue | null {
  const column = answerColumn(table)
  if (column < 0) return null
  const lines = table.rows.flatMap(({ cells }): Phrase[] => {
    const text = cells[column]?.phrase.text ?? ''
    return text === '' ? [] : [plainPhrase(`• ${text}`, cells[column]?.phrase.span ?? table.span)]
  })
  const label = table.header[column]?.phrase.text ?? ''
  return { field: 'mitigation', label, lines, entries: [], span: table.span }
}

/** -1 where rows could be threats of their own. */
function answerColumn({ header, rows }: Table): number {
  if (rows.filter(({ cells }) => classOf(cells[0]?.phrase.text ?? '') !== null).length >= 2)
    return -1
  const fields = header.map((cell) => fieldOf(cell.phrase.text))
  if (fields.some((field) => field === 'threat' || field === 'answers' || field === 'id')) return -1
  return fields.indexOf('mitigation')
}
