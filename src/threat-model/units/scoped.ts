import { titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { deniesFlaw } from '../vocabulary/policies.ts'
import type { Role } from '../vocabulary/vocabulary.ts'
import { namesAdversary, soundsLikeAttack } from '../vocabulary/words.ts'
import { gather, roleWithin, type State } from './form.ts'
import { hasAnswer } from './pairs.ts'

/*
 * Headings with a text each below "In scope" are threats where most of them name harm or have an
 * answer, or where such headings stand below "Out of scope":
 *
 *   ## In scope
 *   ### A guest who reads along          a threat
 *   Mitigation: the till is turned
 *   ### A lost key                       a threat
 */

export function isOfScopedHeadings(section: Section, around: Role | null, state: State): boolean {
  const { parent, blocks } = section
  if (around !== 'in-scope' || parent === null || parent.parent === null) return false
  if (parent.children.length < 2 || blocks[0]?.type !== 'paragraph') return false
  const near = parent.children.slice(0, mostSiblings)
  const harms = near.filter((other) => isHarm(other, state))
  if (harms.length >= 2 && harms.length * 2 > near.length) return true
  return parent.parent.children.some(
    (other) =>
      roleWithin(other, state) === 'out-of-scope' &&
      other.children.filter((child) => state.units[child.index] === 'threat').length >= 2,
  )
}

const mostSiblings = 40

/**
 * "These powers are features, no vulnerabilities:" right below a heading, over bold words: they
 * tell what the heading covers, and it is ruled out as a whole.
 */
export function isRuledOutAsWhole({ kind, blocks, children }: Section): boolean {
  const [first] = blocks
  if (kind !== 'heading' || children.length > 0 || first?.type !== 'paragraph') return false
  return first.phrase.lead === '' && deniesFlaw.test(first.phrase.text.slice(0, longestStart))
}

/** What stands behind this many characters introduces nothing. */
const longestStart = 400

function isHarm(section: Section, state: State): boolean {
  const name = titled(section.title).title
  return soundsLikeAttack(name) || namesAdversary(name) || hasAnswer(gather(section, state))
}
