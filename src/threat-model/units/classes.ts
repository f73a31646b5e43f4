import { isThreatClass } from '../draft/context.ts'
import { labelOf } from '../draft/labels.ts'
import { keyOf } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { classOf, roleOf } from '../vocabulary/vocabulary.ts'

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

/** "Tampering (the bell)" beside "Tampering (the gate)": each heading is a threat, and no class. */
export function isBesideItsClass({ title, parent }: Section): boolean {
  return parent !== null && isThreatClass(title) && repeatsClass(parent)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const repeatsClass = rememberingOf(({ children }: Section): boolean => {
  const keys = new Map<string, string>()
  return children.some(({ kind, title }) => {
    const name = kind === 'heading' && isThreatClass(title) ? classOf(title) : null
    if (name === null) return false
    const before = keys.get(name)
    keys.set(name, keyOf(title))
    return before !== undefined && before !== keyOf(title)
  })
})
