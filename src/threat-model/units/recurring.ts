import { isThreatClass } from '../draft/context.ts'
import { keyOf, titled } from '../identity.ts'
import type { Outline, Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/** Headings that stand under several others: what each of these is told by ("Likelihood"). */
export function recurring(outline: Outline): Set<string> {
  // Nearly every title stands under one section only, and needs no set of them.
  const parents = new Map<string, Section | Set<Section>>()
  const labels = new Set<string>()
  for (const section of outline.sections) {
    const { title } = section
    const key = plainKey(title)
    if (key === '' || section.parent === null) continue
    if (isColonLabel(section) && (!soundsLikeAttack(title) || isOnlyAttack(section)))
      labels.add(key)
    const known = parents.get(key)
    if (known === undefined) parents.set(key, section.parent)
    else if (known instanceof Set) known.add(section.parent)
    else if (known !== section.parent) parents.set(key, new Set([known, section.parent]))
  }
  const found = new Set<string>()
  for (const [key, known] of parents) {
    const fewest = labels.has(key) ? 2 : 3
    if (known instanceof Set && known.size >= fewest) found.add(key)
  }
  return found
}

/** What equal headings have in common; '' where the words tell what the heading is. */
const plainKey = remembering((title) => {
  if (isThreatClass(title) || roleOf(title) !== null) return ''
  return titled(title).writtenId === null ? keyOf(title) : ''
})

function isColonLabel({ kind, heading }: Section): boolean {
  return kind === 'bold' && /[::]$/.test(heading.text)
}

/** "Misconfigurations:" may sound like an attack: one under each heading tells of that heading. */
function isOnlyAttack({ parent }: Section): boolean {
  if (parent?.kind !== 'heading' || parent.blocks.length > 0) return false
  const titles = parent.children.map((child) => child.heading.text)
  return titles.length >= 2 && titles.filter(soundsLikeAttack).length === 1
}
