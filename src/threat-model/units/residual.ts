import { titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { type Field, fieldOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { gather, type State } from './form.ts'

/*
 * Parts of a system with their controls and what these leave open:
 *
 *   ### The cold store                 a part, and no threat
 *   Controls:
 *   - The door is locked at night
 *   Residual risks:
 *   - The baker has a key              the threats
 *   - The lock is old
 *
 * Below the name of a threat the same labels tell of that threat, so most names beside each other
 * must be names of parts, and half of the lists must be lists.
 */

export function leavesRisks(section: Section, state: State): boolean {
  const siblings = (section.parent?.children ?? []).slice(0, maxSiblings)
  if (!hasForm(section, state) || namesThreat(section)) return false
  const alike = siblings.filter((other) => hasForm(other, state))
  const parts = alike.filter((other) => !namesThreat(other))
  const listing = alike.filter((other) => risksOf(other, state) >= 2)
  return parts.length >= 2 && parts.length * 2 > alike.length && listing.length * 2 >= alike.length
}

/** "Residual risks:" as a bold line below such a part. */
export function labelsRisks({ title, parent }: Section, state: State): boolean {
  if (parent === null || parent.kind === 'root' || fieldOf(title) !== 'residual') return false
  return leavesRisks(parent, state)
}

const maxSiblings = 40

function namesThreat({ title }: Section): boolean {
  const name = titled(title)
  return name.writtenId !== null || soundsLikeAttack(name.title)
}

function hasForm(section: Section, state: State): boolean {
  if (section.kind !== 'heading' || risksOf(section, state) === 0) return false
  const known = gather(section, state).values.map(({ field }) => field)
  return known.includes('mitigation') && !known.some((field) => field !== null && own.has(field))
}

function risksOf(section: Section, state: State): number {
  const { values } = gather(section, state)
  return values
    .filter(({ field }) => field === 'residual')
    .reduce((sum, { entries }) => sum + entries.length, 0)
}

/** What only a threat has: the labels tell of the heading. */
const own: ReadonlySet<Field> = new Set([
  'threat',
  'impact',
  'likelihood',
  'severity',
  'status',
  'acceptance',
])
