import type { Block, Section } from '../outline/types.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { isScopeRole } from './context.ts'
import { isBoldStart } from './entries.ts'

/*
 * Statements in bold under a heading that says how they stand, and lists that explain them:
 *
 *   ## Core limitation
 *   **If the key leaks, everything fails.**       the statement is the threat
 *   Whoever gets the key can:
 *   - forge a baseline                            what follows from it, no threat of its own
 *   Further caveats:
 *   - **The clock** is set by guests              named again: threats
 */

/** True for a list of plain bullets that only goes on from a bold statement above it. */
export function explainsStatement(section: Section, block: Block): boolean {
  if (block.type !== 'list' || block.intro === null) return false
  if (!endsInColon(block.intro.text) || roleOfIntro(block.intro.text) !== null) return false
  if (section.kind !== 'heading' || !isScopeRole(roleOf(section.title))) return false
  if (block.entries.some(({ head }) => head.lead !== '')) return false
  const above = section.blocks.slice(0, section.blocks.indexOf(block))
  return above.some(isBoldStart)
}
