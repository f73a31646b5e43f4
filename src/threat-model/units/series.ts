import { titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { speaksForItself } from './evidence.ts'
import { gather, isCandidate, type State } from './form.ts'
import { hasAnswer } from './pairs.ts'

/*
 * Ids that go on where other headings began:
 *
 *   ## Shop                              ## Guests and this year's limits
 *   ### T1. A guest takes two loaves     ### T4. Mice in the cellar
 *   Mitigation: …                        Limitation: out of scope          T1 to T3 speak for T4
 *
 * Three headings of one series that answer threats vouch for the rest of it.
 */

/** Headings looked at for one series. */
const mostLooked = 20
const fewestVouching = 3

const known = new WeakMap<State, Map<string, boolean>>()

/** True where headings with ids of the same letters, at the same level, are threats. */
export function continuesSeries(section: Section, state: State): boolean {
  const series = seriesOf(section)
  if (series === null) return false
  const answers = known.get(state) ?? new Map<string, boolean>()
  known.set(state, answers)
  const answer = answers.get(series) ?? isVouchedFor(series, state)
  answers.set(series, answer)
  return answer
}

function seriesOf({ kind, depth, title }: Section): string | null {
  const id = kind === 'heading' ? titled(title).writtenId : null
  const letters = /^(T|TM|TH|THREAT|Threat)[-_. ]?\d{1,3}$/.exec(id ?? '')?.[1]
  return letters === undefined ? null : `${letters} ${depth}`
}

function isVouchedFor(series: string, state: State): boolean {
  const members = state.outline.sections
    .filter((other) => seriesOf(other) === series)
    .slice(0, mostLooked)
  const vouching = members.filter((other) => {
    const fields = gather(other, state)
    return isCandidate(other, state) && hasAnswer(fields) && speaksForItself(other, fields, state)
  })
  return vouching.length >= fewestVouching && vouching.length * 2 > members.length
}
