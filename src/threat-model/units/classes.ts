import { isThreatClass } from '../draft/context.ts'
import { labelOf } from '../draft/labels.ts'
import type { Section } from '../outline/types.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Names of classes that sort something else than threats:
 *
 *   ## Controls                    ## Test cases
 *   ### Tampering                  **Tampering:**
 *   - The safe is locked           - The safe is shaken
 */

export function sortsElse(section: Section): boolean {
  return sortsControls(section) || sortsOther(section)
}

/** "Tampering" below "Controls" sorts what answers such threats, where no label says "Threat". */
export function sortsControls({ title, parent, blocks }: Section): boolean {
  if (parent === null || parent.kind === 'root' || !isThreatClass(title)) return false
  if (roleOf(parent.title) !== 'mitigations') return false
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  return entries.length > 0 && entries.every(({ head }) => labelOf(head)?.field == null)
}

function sortsOther({ parent }: Section): boolean {
  return parent !== null && parent.kind !== 'root' && roleOf(parent.title) === 'other'
}
