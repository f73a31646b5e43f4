import { saysNothing } from '../status/prose.ts'
import { explicit, type StatusReading } from '../status/status.ts'
import { verdictOfLead } from '../status/verdict-leads.ts'
import { type Fields, type FieldValue, textOfValue } from './fields.ts'

/*
 * Labels that are verdicts themselves, over what is stopped and what is not:
 *
 *   **Blocked by:** the seal on each bag       **Partially stopped by:** a second reader
 *   **Not blocked:** bags that arrive open     half of an answer
 *   both are half of one; alone, each is whole
 */

export function ofVerdictLabels({ values }: Fields): StatusReading | null {
  const half = values.find((value) => verdictOf(value) === 'partial')
  if (half !== undefined) return explicit('partial', textOfValue(half))
  const denied = values.find((value) => verdictOf(value) === 'unmitigated')
  if (denied === undefined) return null
  const text = textOfValue(denied)
  const isMet = values.some((value) => value !== denied && answers(value))
  return explicit(isMet || metInPart.test(text) ? 'partial' : 'unmitigated', text)
}

function verdictOf(value: FieldValue) {
  const { field, label } = value
  if (field !== null && field !== 'mitigation' && field !== 'residual') return null
  return says(value) ? verdictOfLead(label) : null
}

function answers(value: FieldValue): boolean {
  if (!says(value)) return false
  return value.field === 'mitigation' || verdictOfLead(value.label) === 'mitigated'
}

function says(value: FieldValue): boolean {
  return !saysNothing(textOfValue(value))
}

/** "**Not blocked:** … Mitigated by: a second lock": something is done all the same. */
const metInPart = /\b(?:mitigated|reduced|limited|lessened) by\b/i
