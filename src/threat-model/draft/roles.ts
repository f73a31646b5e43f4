import type { Section } from '../outline/types.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/** "Internal threats" beside "External attackers" below "Threat actors" are actors, too. */
export function roleAmongActors(section: Section): Role | null {
  const { heading, title, parent } = section
  const role = roleOf(title)
  if (role === 'assets' && promisesMuch(section)) return 'protected'
  if (role !== 'threats' || parent === null || !sides.test(heading.text)) return role
  return roleOf(parent.title) === 'adversaries' ? 'adversaries' : role
}

/** "What the vault protects" over headings that name what cannot happen, and no things. */
function promisesMuch({ heading, children }: Section): boolean {
  if (!/\bprotects?\W*$/i.test(heading.text)) return false
  const titles = children.flatMap((child) => (child.kind === 'heading' ? child.heading.text : []))
  return titles.length >= 2 && titles.some((title) => soundsLikeAttack(title) || kept.test(title))
}

const kept = /\b(?:prevention|protection|resistance|integrity|privacy|secrecy|isolation)\W*$/i

const sides = /^\W*(?:internal|external|insider|outsider|remote|local|physical) threats\W*$/i
