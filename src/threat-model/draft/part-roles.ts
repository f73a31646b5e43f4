import type { Outline, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * The roles of all headings in a row, found once for a document: every recogniser passes over all
 * sections, and most of them have no role.
 *
 *   # Post office          null   ─ nearest null
 *   ## Threats             threats          threats
 *   ### Opened letters     null             threats
 */

/** By the index of the section. */
export interface PartRoles {
  own: readonly (Role | null)[]
  /** Its own, or the nearest above it. */
  nearest: readonly (Role | null)[]
}

export const partRoles = rememberingOf(({ sections }: Outline): PartRoles => {
  const own: (Role | null)[] = [null]
  const nearest: (Role | null)[] = [null]
  for (const { index, title, parent } of sections) {
    const role = roleOf(title)
    own[index] = role
    nearest[index] = role ?? nearest[parent?.index ?? 0] ?? null
  }
  return { own, nearest }
})

/** The sections whose own heading has the role. */
export function sectionsOf(outline: Outline, role: Role): Section[] {
  const { own } = partRoles(outline)
  return outline.sections.filter(({ index }) => own[index] === role)
}

/** The role of its own heading, or of the nearest above it that has one. */
export function nearestRole(outline: Outline, { index }: Section): Role | null {
  return partRoles(outline).nearest[index] ?? null
}
