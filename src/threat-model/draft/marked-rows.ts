import { idOf } from '../identity.ts'
import type { Status } from '../model.ts'
import { plainEntry } from '../outline/lists.ts'
import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Entry, Row, Table } from '../outline/types.ts'
import { statusInWords } from '../status/status.ts'
import { headsThreatIds } from '../vocabulary/headers.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'

/*
 * A table of controls below a label that says of each how far it is:
 *
 *   **Mitigations:**
 *   | Control    | Status     |
 *   | Two keys   | ✅ In use   |      as "✅ Two keys"
 *   | A night bell | ⚠️ Manual |      as "⚠️ A night bell"
 */

/** The rows as bullets that begin with a sign; none where no column says how far the rows are. */
export function markedRows({ header, rows }: Table): Entry[] {
  const fields = header.map(({ phrase }) => fieldOf(phrase.text))
  const standing = fields.indexOf('status')
  if (standing <= 0) return []
  const name = Math.max(fields.indexOf('mitigation'), 0)
  const entries = rows.map((row) => entryOf(row, name, standing))
  return entries.every((entry) => entry !== null) ? entries : []
}

function entryOf({ cells, span }: Row, name: number, standing: number): Entry | null {
  const text = cells[name]?.phrase.text ?? ''
  const status = statusInWords(cells[standing]?.phrase.text ?? '')?.status
  const sign = status === undefined ? undefined : signs[status]
  if (text === '' || sign === undefined) return null
  return plainEntry(plainPhrase(`${sign} ${text}`, span), span)
}

const signs: Partial<Record<Status, string>> = {
  mitigated: '✅',
  partial: '⚠️',
  planned: '⏳',
  unmitigated: '❌',
}

/** A row a line; below "Mitigations:" a row is one control, named by its first cell. */
export function linesOfRows({ header, rows }: Table, areAnswers: boolean): Phrase[] {
  if (!areAnswers) {
    return rows.map(({ cells, span }) =>
      plainPhrase(cells.map((cell) => cell.phrase.text).join(' — '), span),
    )
  }
  const column = header.findIndex(({ phrase }) => fieldOf(phrase.text) === 'mitigation')
  return rows.flatMap(({ cells }) => {
    const name = cells[Math.max(column, 0)]?.phrase
    return name === undefined || name.text === '' ? [] : [asBullet(name)]
  })
}

/** "| Threat | Mitigation |" over ids: a row answers the threat it names, not all of a group. */
export function answersById({ header, rows }: Table): boolean {
  const column = header.findIndex(({ phrase }) => headsThreatIds(phrase.text))
  if (column < 0 || rows.length === 0) return false
  return rows.every(({ cells }) => idOf(cells[column]?.phrase.text ?? '') !== null)
}

/** Cells hold no lists; people write the marker all the same, or a row for each. */
export function asBullet(line: Phrase): Phrase {
  return { ...line, text: `• ${line.text.replace(/^[-*•]\s+/, '')}` }
}
