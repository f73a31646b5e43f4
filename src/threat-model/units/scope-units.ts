import type { Section } from '../outline/types.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'
import type { Unit } from './form.ts'
import type { Units } from './units.ts'

/*
 * What a part is to a reader of scope lists, where it differs from what it is to all others: labels
 * that stand for themselves, and parts that tell of no threat in particular.
 */

/** "Residual risks" below each part of a system tells of no threat: its bullets are the threats. */
export function isOfPart({ parent, children }: Section, units: Units): boolean {
  if (parent === null || parent.kind !== 'heading' || children.length > 0) return false
  const above = units.unitOf(parent)
  return above === 'none' || above === 'group'
}

/** "Assumptions" labels a threat; below the model itself it is a part of it. */
export function unitIn(section: Section, units: Units): Unit {
  const unit = units.unitOf(section)
  if (unit !== 'label' || section.parent === null) return unit
  const above = units.unitOf(section.parent)
  const isPart = (above === 'none' || above === 'group') && !isOfAdversary(section.parent, units)
  if (isPart && standsAlone.has(roleOf(section.title))) return 'entries'
  return ownOnly(section) === null || above === 'threat' ? unit : 'none'
}

/** "Limitations" of an adversary are what he cannot do. */
function isOfAdversary(section: Section, units: Units): boolean {
  return units.roleOf(section) === 'adversaries'
}

/** "Defends against:", "Known gaps:" below the name of a part that is no threat list their own. */
const standsAlone: ReadonlySet<Role | null> = new Set([
  'protected',
  'unprotected',
  'limitations',
  'out-of-scope',
  'accepted',
])

export function isThreatHeading(unit: Unit): boolean {
  return unit === 'threat' || unit === 'group' || unit === 'values' || unit === 'entries'
}

/** Outside the parts that hold threats, lists of assumptions and of what is in scope count. */
export function ownOnly(section: Section): Role | null {
  const role = section.kind === 'root' ? null : roleOf(section.title)
  return role === 'assumptions' || role === 'in-scope' ? role : null
}
