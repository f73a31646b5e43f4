import { type Fields, textOf } from './draft-fields.ts'
import { decide, explicit, type Legend, type StatusReading, statusInWords } from './status.ts'
import {
  saysNothing,
  sentencesOf,
  statusInBody,
  statusOfAcceptance,
  statusOfAnswers,
  statusOfResidual,
} from './status-prose.ts'

/*
 * The status of one threat from its fields, its text and its surroundings, strongest evidence first.
 * What each piece of evidence says is read in status.ts and status-prose.ts; this file only orders.
 */

export interface Evidence {
  fields: Fields
  body: string
  /** True when at least one control is tied to it. */
  answered: boolean
  legend: Legend
  heading: StatusReading | null
  verdict: StatusReading | null
}

export function statusOfFields(evidence: Evidence): StatusReading {
  const { fields, body, answered, heading, verdict } = evidence
  const residual = textOf(fields, 'residual')
  const left = residual === null ? null : statusOfResidual(residual, answered)
  const stated = statusInBody(body)
  return decide([
    ofStatusField(evidence),
    verdict,
    ofAcceptance(fields),
    left?.basis === 'explicit' ? left : null,
    ofMitigationText(fields),
    heading?.basis !== 'explicit' || outranks(stated, heading) ? stated : null,
    heading?.basis === 'explicit' ? heading : null,
    ofPlan(fields),
    left,
    ofFacts(fields, residual),
    heading,
  ])
}

function ofStatusField({ fields, legend }: Evidence): StatusReading | null {
  const text = textOf(fields, 'status')
  if (text === null) return null
  return statusInWords(text, legend) ?? statusInBody(text)
}

function ofAcceptance(fields: Fields): StatusReading | null {
  const text = textOf(fields, 'acceptance')
  return text === null || saysNothing(text) ? null : statusOfAcceptance(text)
}

const verdictWords =
  /^(?:out of scope|accepted|not (?:yet )?(?:mitigated|implemented|addressed)|unmitigated|todo|planned|partially mitigated|fully mitigated|mitigated\b|won'?t fix)/i

/** "Mitigation: none", "Mitigation: accepted, because …" are verdicts in the place of a control. */
function ofMitigationText(fields: Fields): StatusReading | null {
  const text = textOf(fields, 'mitigation')
  if (text === null || text === '') return null
  if (saysNothing(text)) return explicit('unmitigated', text)
  return verdictWords.test(text) ? statusInWords(text) : null
}

/** Under "what it does not protect against", a body may still say "accepted" or "out of scope". */
function outranks(stated: StatusReading | null, heading: StatusReading): boolean {
  if (stated === null) return false
  if (heading.status !== 'unmitigated') return false
  return stated.status === 'accepted' || stated.status === 'out-of-scope'
}

function ofPlan(fields: Fields): StatusReading | null {
  const plan = textOf(fields, 'planned')
  const done = textOf(fields, 'mitigation')
  if (plan === null || saysNothing(plan) || (done !== null && !saysNothing(done))) return null
  return explicit('planned', plan)
}

function ofFacts(fields: Fields, residual: string | null): StatusReading | null {
  const text = textOf(fields, 'mitigation')
  if (text === null) return null
  return statusOfAnswers(sentencesOf(text), residual !== null && !saysNothing(residual))
}
