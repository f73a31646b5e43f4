import type { Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { namesAdversary, soundsLikeAttack } from '../vocabulary/words.ts'
import { isAnswered } from './lists.ts'
import { nameOf } from './names.ts'

/** "Internal threats" beside "External attackers" below "Threat actors" are actors, too. */
export function roleAmongActors(section: Section): Role | null {
  const { heading, title, parent } = section
  const role = roleOf(title)
  if (role === 'assets' && promisesMuch(section)) return 'protected'
  if (role === 'adversaries' && listsAnswered(section)) return 'threats'
  if (role === null && isOtherPart(section)) return 'other'
  if (role === null && isSamePart(section)) return roleNamed(title)
  if (role !== 'threats' || parent === null || !sides.test(heading.text)) return role
  return roleOf(parent.title) === 'adversaries' ? 'adversaries' : role
}

/** "Advice" beside "What remains" below "Residual risk and advice": each is a half of its own. */
export function isOtherPart({ kind, title, parent }: Section): boolean {
  if (kind !== 'heading' || parent === null || !namesTwo(parent.title)) return false
  const around = roleOf(parent.title)
  if (around !== 'residual' && around !== 'limitations') return false
  // The title of the document names no half of it.
  if (parent.parent?.kind === 'root' && parent.parent.children.length === 1) return false
  const named = parent.children.slice(0, mostBeside).map((other) => roleNamed(other.title))
  return roleOf(title) === null && roleNamed(title) !== around && named.includes(around)
}

/** "Around the wheel (residual risks)" below "Residual risks and outlook" is that half. */
function isSamePart({ kind, title, parent }: Section): boolean {
  const named = kind === 'heading' ? roleNamed(title) : null
  if (named === null || parent === null) return false
  return namesTwo(parent.title) && roleOf(parent.title) === named
}

/** "Around the wheel (residual risks)" says it in brackets. */
const roleNamed = remembering(
  (title): Role | null => roleOf(title) ?? roleOf(bracketed.exec(title)?.[1] ?? ''),
)

const bracketed = /\(([^()]{4,40})\)\s*$/

const mostBeside = 20
const namesTwo = remembering((title) => ofTwo.test(title))
const ofTwo = /\S\s(?:&|and|und|et|y|e|dan|и)\s\S/iu

/** "Adversaries on the host" over "- A copied key. Mitigation: …" lists what they do. */
export function listsAnswered(section: Section): boolean {
  const [list, other] = section.blocks.filter((block) => block.type === 'list')
  if (list === undefined || other !== undefined || list.entries.length < fewestAnswered)
    return false
  const named = list.entries.filter(({ head }) => !namesAdversary(nameOf(head)))
  const answered = named.filter(isAnswered)
  return answered.length * 3 >= list.entries.length * 2
}

const fewestAnswered = 2

/** "What the vault protects" over headings that name what cannot happen, and no things. */
function promisesMuch({ heading, children }: Section): boolean {
  if (!/\bprotects?\W*$/i.test(heading.text)) return false
  const titles = children.flatMap((child) => (child.kind === 'heading' ? child.heading.text : []))
  return titles.length >= 2 && titles.some((title) => soundsLikeAttack(title) || kept.test(title))
}

const kept = /\b(?:prevention|protection|resistance|integrity|privacy|secrecy|isolation)\W*$/i

const sides = /^\W*(?:internal|external|insider|outsider|remote|local|physical) threats\W*$/i
