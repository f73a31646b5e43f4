import { idOf, titled } from '../identity.ts'
import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Cell, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { classOf } from '../vocabulary/vocabulary.ts'
import { mostly } from './cells.ts'
import { type Columns, columnOf } from './columns.ts'

/*
 * Cells whose lines have the number of the threat they answer, beside a class of threats:
 *
 *   | Threat   | Remediation                                   |
 *   |----------|-----------------------------------------------|
 *   | Spoofing | Spoof.1.R.1 - The card carries a photograph   |      answers Spoof.1
 *
 *   | Spoofing | Spoof.1<br>S1R1 - The card carries …          |      so does what stands below it,
 *   | Spoofing | Spoof.1 - A false card<br>S1R1 - The card …   |      named again or not
 */

export interface Answered {
  /** The ids of the threat and of the answer. */
  id: string
  writtenId: string
  /** The answer, without its id. */
  line: Phrase
}

/** What a column answers by number, none where a cell begins with something else. */
export function numberedAnswers(table: Table, columns: Columns): Answered[] {
  const named = columnOf(columns, 'mitigation', 'recommended', 'planned')
  // The headings of the table above may stand here again.
  const column = named >= 0 ? named : columns.fields.length - 1
  const cells = table.rows.flatMap((row) => row.cells[column] ?? [])
  if (!cells.slice(0, firstOnes).some(isNumbered) || namesThreats(table, columns, column)) return []
  const all = cells.map(ofCell)
  return all.some((answered) => answered === null) ? [] : all.flatMap((answered) => answered ?? [])
}

/** Asked of every table: few cells tell that it is none of these. */
const firstOnes = 6

function isNumbered(cell: Cell): boolean {
  return (ofCell(cell) ?? []).length > 0
}

/** A register has the names of its threats beside the numbers; here stand their classes alone. */
function namesThreats(table: Table, { fields }: Columns, column: number): boolean {
  return fields.some((field, at) => {
    const names = at !== column && (field === 'threat' || field === 'description')
    return names && !mostly(table, at, (text) => classOf(text) !== null)
  })
}

/** Null where the cell begins with something else than a number of a threat or of its answer. */
function ofCell({ lines }: Cell): Answered[] | null {
  const answered: Answered[] = []
  let above: string | null = null
  for (const { text, span } of lines) {
    const [, writtenId = '', answers = '', words = ''] = numbered.exec(text) ?? []
    if (writtenId !== '') {
      answered.push({ id: above ?? answers, writtenId, line: plainPhrase(words, span) })
      continue
    }
    above = idOf(text) ?? titled(text).writtenId ?? above
    if (above === null && answered.length === 0 && !saysNothing(text)) return null
  }
  return answered
}

/** "Spoof.1.R.2 - …" and "S1R2 - …" are the second answers to Spoof.1 and S1. */
const numbered =
  /^(([A-Z][A-Za-z]{0,11}[._-]?\d{1,3})[._-]?[RMC][._-]?\d{1,3})\s*(?:[–—:.)-]\s*)?(?=\S)(.+)$/
