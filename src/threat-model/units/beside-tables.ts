import { type Fields, isKeyValue } from '../draft/fields.ts'
import { titled } from '../identity.ts'
import type { Block, Section, Table } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { statusInTitle } from '../status/titles.ts'
import { plainHeading } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isThreatTable } from './evidence.ts'

/*
 * Headings that only explain, in documents that list their threats in tables:
 *
 *   # Threat catalogue             ## Threat coverage
 *   ## Weighing                    ### The cellar
 *   | Threat | Answer |            | Test | Threats |
 *   ## Opening                     |------|---------|
 *   | Threat | Answer |            | keys | T-1, T-4 |
 *   ## The list is not complete
 *   New frauds come up …           a table of something else, told of no threat
 */

/** No attack by its name and without labels: over a table, or beside several tables of threats. */
export function onlyExplains(section: Section, fields: Fields): boolean {
  const { kind, title, parent } = section
  if (kind !== 'heading' || parent === null || titled(title).writtenId !== null) return false
  if (fields.values.some(({ field }) => field !== null)) return false
  if (soundsLikeAttack(title) || statusInTitle(title) !== null) return false
  return section.blocks.some(isTable) || holdsTables(parent)
}

function isTable(block: Block): block is Table {
  return block.type === 'table' && block.rows.length > 0 && !isKeyValue(block)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const holdsTables = rememberingOf(({ children }: Section) => {
  const headings = children.filter(({ kind }) => kind === 'heading')
  const listing = headings.filter(({ blocks }) => blocks.some(isThreatTable))
  return listing.length >= fewestTables && listing.length * 2 >= headings.length
})

const fewestTables = 2

/**
 * "**Threats:**" right over a table, below the name of a part: its rows are the threats, not what
 * the label says. Below the name of a threat it tells of that.
 */
export const isLabelOverTable = rememberingOf((section: Section): boolean => {
  const { kind, title, blocks, parent } = section
  if (kind !== 'bold' || parent === null || !severalThreats.test(plainHeading(title))) return false
  if (titled(parent.title).writtenId !== null || soundsLikeAttack(parent.title)) return false
  return blocks.some((block) => isTable(block) && block.rows.length > 1)
})

const severalThreats = /^(?:[a-z]+ )?(?:threats|risks|attacks)$/
