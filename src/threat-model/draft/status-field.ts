import { fold } from '../outline/phrase.ts'
import { remembering } from '../remember.ts'
import { asksIfOpen, statusOfOpen } from '../status/asked.ts'
import { saysNothing, statusInBody } from '../status/prose.ts'
import { asksForScope, statusOfScope } from '../status/scope.ts'
import {
  explicit,
  implied,
  type Legend,
  type StatusReading,
  statusInWords,
} from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { asksIfFlaw } from '../vocabulary/policies.ts'
import { ofMitigationText } from './answers.ts'
import { type Fields, textOf, textOfValue, valuesOf } from './fields.ts'
import { ofStrength } from './strength.ts'

/*
 * What labels and columns say that are there to tell the status, and what is planned where nothing
 * is done.
 */

export function ofStatusField(fields: Fields, legend: Legend): StatusReading | null {
  const values = valuesOf(fields, 'status')
  const asked = values.find(({ label }) => asksForScope(label))
  const scope = asked === undefined ? null : statusOfScope(textOfValue(asked))
  const open = values.find(({ label }) => asksIfOpen(label))
  const stands = open === undefined ? null : statusOfOpen(textOfValue(open))
  if (scope?.status === 'out-of-scope') return scope
  if (stands !== null) return stands
  const told = values.filter(({ label }) => !asksForScope(label))
  if (told.length === 0) return scope ?? ofStrength(fields)
  const text = fold(told.map(textOfValue).join(' '))
  // "Open" beside a plan says that something is to come.
  const plan = /^\W*open\W*$/i.test(text) ? ofPlan(fields) : null
  return plan ?? statusInWords(text, legend) ?? statusInBody(text)
}

/** "⚠️" beside "Not mitigated" warns of an open threat, and is no half of a control. */
export function ofWarningSign(fields: Fields, legend: Legend): StatusReading | null {
  const text = textOf(fields, 'status') ?? ''
  if (/\p{L}{3}/u.test(text) || statusInWords(text, legend)?.status !== 'partial') return null
  const answer = ofMitigationText(fields)
  return answer?.status === 'unmitigated' ? answer : null
}

export function ofPlan(fields: Fields): StatusReading | null {
  const plan = textOf(fields, 'planned')
  const done = textOf(fields, 'mitigation')
  if (plan === null || saysNothing(plan) || (done !== null && !saysNothing(done))) return null
  return explicit('planned', plan)
}

/** "CVE: no" says that it is not taken for a vulnerability; what stands beside it says why. */
export function saysIfFlaw({ values }: Fields): boolean {
  return values.some(({ label }) => labelsFlaw(label))
}

const labelsFlaw = remembering((label) => asksIfFlaw(`${label}?`))

/** "Required mitigation" below "Residual risks": what remains, and what is not there to meet it. */
export function ofRequired(fields: Fields, heading: StatusReading | null): StatusReading | null {
  if (heading?.status !== 'accepted' || heading.basis === 'explicit') return null
  const value = valuesOf(fields, 'recommended').find(({ label }) => required.test(label))
  const text = value === undefined ? '' : textOfValue(value)
  const done = textOf(fields, 'mitigation')
  if (saysNothing(text) || (done !== null && !saysNothing(done))) return null
  return explicit('unmitigated', text)
}

const required = /^\W*(?:required|necessary|needed|missing|outstanding)\s/i

/** "Missing mitigations" beside those there are: a part of the answer is still to come. */
export function ofMissing(fields: Fields, answered: boolean): StatusReading | null {
  const open = [...valuesOf(fields, 'recommended'), ...valuesOf(fields, 'planned')]
  const value = open.find(({ label }) => labelsMissing(label))
  const text = value === undefined ? '' : textOfValue(value)
  return answered && !saysNothing(text) ? implied('partial', text) : null
}

export function labelsMissing(label: string): boolean {
  return missing.test(label)
}

const missing = pattern(
  'i',
  String.raw`^\W*(?:missing|pending|outstanding) (?:mitigations?|controls?)\b`,
  String.raw`|^\W*(?:mitiga\S+|control\S*|contr[oô]les?|medidas?|mesures?) (?:faltantes?`,
  String.raw`|pendientes?|pendentes?|em falta|manquante?s?)\W*$`,
)
