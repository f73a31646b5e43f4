import type { Threat, ThreatModel, WrittenAcceptance } from '../threat-model/model.ts'
import { threatsOfCategory } from './category.ts'
import type { Ratio } from './link.ts'

/*
 * Whether a threat has an answer. What the document states counts first; where it states nothing, a
 * mitigation that is not merely planned is an answer. An acceptance that has run out is none.
 *
 *   mitigated, partial, transferred              answered
 *   accepted, not past its date                  answered
 *   accepted, past its date                      unanswered
 *   planned, unmitigated                         unanswered
 *   out-of-scope                                 not asked
 *   unstated, with a mitigation in place         answered
 *   unstated, with none or only planned ones     unanswered
 */

export type Answer = 'answered' | 'unanswered' | 'out-of-scope'

export type Answers = (threat: Threat) => Answer

const known = new WeakMap<ThreatModel, Set<string>>()

/** Prepared once per model, so that asking costs nothing. `today` is an ISO date. */
export function answersOf(model: ThreatModel, today: string): Answers {
  const mitigated = known.get(model) ?? mitigatedThreats(model)
  known.set(model, mitigated)
  return (threat) => {
    switch (threat.status) {
      case 'mitigated':
      case 'partial':
      case 'transferred':
        return 'answered'
      case 'accepted':
        return hasExpired(threat.acceptance, today) ? 'unanswered' : 'answered'
      case 'planned':
      case 'unmitigated':
        return 'unanswered'
      case 'out-of-scope':
        return 'out-of-scope'
      case 'unstated':
        return mitigated.has(threat.id) ? 'answered' : 'unanswered'
    }
  }
}

export function hasExpired(acceptance: WrittenAcceptance | null, today: string): boolean {
  return acceptance?.until != null && acceptance.until < today
}

/** Threats tied to a mitigation in place: one to one, as a group, or by category. */
function mitigatedThreats(model: ThreatModel): Set<string> {
  const found = new Set<string>()
  const inPlace = model.mitigations.filter((mitigation) => mitigation.status !== 'planned')
  const ids = new Set(inPlace.map((mitigation) => mitigation.id))
  for (const threat of model.threats) {
    if (threat.mitigations.some((tie) => ids.has(tie.id))) found.add(threat.id)
  }
  for (const mitigation of inPlace) {
    for (const id of mitigation.answers) found.add(id)
    for (const id of threatsOfCategory(mitigation.category, model)) found.add(id)
  }
  return found
}

/** Answered ÷ in scope over some threats. */
export function ratioOf(threats: readonly Threat[], answers: Answers): Ratio {
  const found = threats.map(answers)
  return {
    answered: found.filter((answer) => answer === 'answered').length,
    inScope: found.filter((answer) => answer !== 'out-of-scope').length,
  }
}

export function sumOf(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce(
    (sum, ratio) => ({
      answered: sum.answered + ratio.answered,
      inScope: sum.inScope + ratio.inScope,
    }),
    { answered: 0, inScope: 0 },
  )
}
