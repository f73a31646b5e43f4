import type { Section } from '../outline/types.ts'
import { plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { gather, type State } from './form.ts'
import { hasAnswer } from './pairs.ts'

/*
 * Headings that promise, with the threat below them:
 *
 *   ## Guarantees
 *   ### The guest cannot open the till
 *   **Threat.** A guest finds the key.       the threat
 *   **Mitigation.** It hangs at the belt.
 *   ### How the till is wound                 no threat, as most beside it state theirs
 *
 * Where most such headings name attacks, each is the name of its threat.
 */

export type Promised = 'states' | 'tells'

/** What a heading below "Guarantees" is among those that state their threats; null elsewhere. */
export function promisedBy(section: Section, state: State): Promised | null {
  const { parent } = section
  if (parent === null) return null
  const beside = parent.children.slice(0, mostSiblings)
  const stating = beside.filter((other) => statesThreat(other, state))
  const promising = stating.filter(({ heading }) => isPromise(heading.text))
  if (stating.length < fewest || promising.length * 2 <= stating.length) return null
  if (!promising.some(({ heading }) => negated.test(heading.text))) return null
  return statesThreat(section, state) ? 'states' : 'tells'
}

const mostSiblings = 40
const fewest = 2

function statesThreat(section: Section, state: State): boolean {
  const fields = gather(section, state)
  const stated = fields.values.filter(({ field }) => field === 'threat')
  const [only] = stated
  return stated.length === 1 && plainLabel(only?.label ?? '') === 'threat' && hasAnswer(fields)
}

function isPromise(title: string): boolean {
  return negated.test(title) || !soundsLikeAttack(title)
}

const negated = /\b(?:cannot|can(?:['’]t| not)|never|no|not|doesn['’]t|every|only|always)\b/i
