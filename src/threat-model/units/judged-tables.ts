import type { Block, Outline, Table } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { statusInWords } from '../status/status.ts'
import { columnOf, columnsOf } from '../tables/columns.ts'
import { isThreatTable } from './evidence.ts'

/** Some table of the document says of each threat how it stands. */
export const judgesThreats = rememberingOf(({ sections }: Outline): boolean =>
  sections.some(({ blocks }) => blocks.some(judges)),
)

/** Some table of the document lists threats, whether it judges them or not. */
export const tabulatesThreats = rememberingOf(({ sections }: Outline): boolean =>
  sections.some(({ blocks }) => blocks.some(isRegister)),
)

function isRegister(block: Block): block is Table {
  return block.type === 'table' && block.rows.length >= fewestJudged && isThreatTable(block)
}

/** "| Threat | Protected | Method |" with a verdict in each of many rows. */
function judges(block: Block): boolean {
  if (!isRegister(block)) return false
  const column = columnOf(columnsOf(block, {}), 'status')
  if (column < 0) return false
  return block.rows.every(({ cells }) => statusInWords(cells[column]?.phrase.text ?? '') !== null)
}

/** Fewer rows may judge a part of what adversaries can do. */
const fewestJudged = 5
