import { keyOf, titled } from '../identity.ts'
import type { Block, Section } from '../outline/types.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * "Residual risks" may label a field of the threat above it, or be a part of its own below a
 * chapter that is no threat:
 *
 *   ### Replay of links               ## Specification
 *   #### Residual risk                ### Residual risks
 *   Links live for an hour.           - **Replay.** A link works for an hour.
 *                                     - **Theft.** The store is not watched.
 */

/** True for a heading over a list of names or a table, which stands once and below no threat. */
export function isOwnPart(section: Section, recurring: ReadonlySet<string>): boolean {
  const { kind, title, parent, blocks } = section
  if (kind !== 'heading' || parent === null || recurring.has(keyOf(title))) return false
  const field = fieldOf(title)
  if (field !== 'threat' && field !== 'residual') return false
  if (titled(parent.title).writtenId !== null || soundsLikeAttack(parent.title)) return false
  return !isOfForm(section, parent) && blocks.some(listsNames)
}

/** "Attack vectors" below this part as below another one beside it labels both. */
function isOfForm({ title }: Section, parent: Section): boolean {
  const beside = (parent.parent?.children ?? []).slice(0, mostBeside)
  return beside.some(
    (other) =>
      other !== parent &&
      other.children.slice(0, mostBeside).some((child) => keyOf(child.title) === keyOf(title)),
  )
}

const mostBeside = 12

function listsNames(block: Block): boolean {
  if (block.type === 'table') return block.rows.length >= 2 && block.header.length >= 3
  if (block.type !== 'list' || block.entries.length < 2) return false
  return block.entries.every(({ head }) => head.lead !== '' && head.afterLead !== '')
}
