import { labelOf } from '../../coverage/label.ts'
import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import type { Change } from '../../diff/change.ts'
import type { Mitigation, Threat } from '../../threat-model/model.ts'
import type { Evidence, Rule } from '../rule.ts'
import { aboutSubject, isReplaced, type Subject, subjects, withCap } from '../subjects.ts'
import type { RuleLevel } from '../verdict.ts'

/** What the model promised before and promises less of now. */

export const mitigationRemoved: Rule = {
  id: 'mitigation-removed',
  reason: 'A mitigation that is taken out of the model leaves its threats open.',
  noun: ['mitigation removed', 'mitigations removed'],
  advice:
    'Put the mitigation back, name what replaces it, or let a permitted person accept that its ' +
    'threats are open from now on.',
  mirror: { none: 'A mitigation that is added can only help.' },
  acceptable: true,
  find(evidence) {
    const lost = subjects(evidence, (change) => isRemovedMitigation(change) || isCut(change))
    return [...lost, ...replaced(evidence)].map((subject) => ({
      ...withCap(aboutSubject(subject, evidence), gravity(subject)),
      message: lostMessage(subject),
      why: 'The threats it answered are open again, whether or not the code still does it.',
      next: 'Say what replaces it; if the code still does it, put the entry back.',
    }))
  },
}

function replaced(evidence: Evidence): Subject[] {
  const named = (c: Change) => c.kind === 'renamed' && c.element === 'mitigation'
  return subjects(evidence, named).filter(isReplaced)
}

function isRemovedMitigation(change: Change): boolean {
  return change.kind === 'removed' && change.element === 'mitigation'
}

/** A threat that keeps its place and loses a mitigation that itself stays in the model. */
function isCut(change: Change): boolean {
  const isTie = change.kind === 'link-changed' && change.field === 'mitigations'
  return isTie && change.element === 'threat' && change.direction === 'weaker'
}

/**
 * An error when a threat has fewer answers than before. A sentence of a paragraph that was written
 * anew, and an answer in whose place another one stands, are told as warnings: only a person can say
 * whether the new words do what the old ones did.
 */
function gravity({ change, element, model }: Subject): RuleLevel {
  if (change.kind === 'renamed') return 'warning'
  if (change.kind !== 'removed' || element.kind !== 'mitigation') return 'error'
  const answered = (model.before?.threats ?? []).filter((threat) => isTied(threat, element.id))
  const left = answered.flatMap((threat) => {
    const match = model.comparison?.matches.find(({ before }) => before === threat)
    return match?.after.kind === 'threat' ? [{ before: threat, after: match.after }] : []
  })
  const isWritten = left.every(({ before, after }) => {
    const inPlace = after.mitigations.length >= before.mitigations.length
    const sentence = isSentence(before, element, model) && after.mitigations.length > 0
    return inPlace || sentence
  })
  return left.length > 0 && isWritten ? 'warning' : 'error'
}

function isTied(threat: Threat, id: string): boolean {
  return threat.mitigations.some((tie) => tie.id === id)
}

/** One of several answers that stand in one paragraph below a label. */
function isSentence(threat: Threat, mitigation: Mitigation, model: ReviewedModel): boolean {
  const labels = threat.mitigations.filter(({ tie }) => tie === 'label').map(({ id }) => id)
  const line = mitigation.span.start.line
  const beside = (model.before?.mitigations ?? []).filter(
    (other) => labels.includes(other.id) && other.span.start.line === line,
  )
  return beside.length > 1
}

function lostMessage({ change, element, model }: Subject): string {
  const title = labelOf(element, model)
  if (change.kind === 'removed')
    return `The mitigation “${title}” is no longer in the threat model.`
  if (change.kind === 'renamed')
    return `The mitigation “${change.before}” is replaced by “${title}”.`
  const names = change.before && change.after !== null ? ` (before: ${change.before})` : ''
  return `“${title}” is answered by fewer mitigations than before${names}.`
}

export const statusWeakened: Rule = {
  id: 'status-weakened',
  reason: 'A threat or mitigation that was done and is not done any more is news.',
  noun: ['status weakened', 'statuses weakened'],
  advice:
    'If the status was wrong before, let a permitted person accept the correction. If it became ' +
    'worse, say what will be done and when.',
  mirror: { none: 'A status that gets better needs nobody to agree.' },
  acceptable: true,
  find(evidence) {
    const weaker = (c: Change) => c.kind === 'status-changed' && c.direction === 'weaker'
    return subjects(evidence, weaker).map((subject) => ({
      ...withCap(aboutSubject(subject, evidence), isStated(subject) ? 'error' : 'warning'),
      message: `“${labelOf(subject.element, subject.model)}” was ${told(subject.change)}.`,
      why: 'Something the model called taken care of is not taken care of any more.',
      next:
        'Say what happened and what will be done; a maintainer can accept it if the old status ' +
        'was wrong.',
    }))
  },
}

/** A status that is only implied by the wording, before or after, is too weak to fail anybody. */
function isStated({ element, before }: Subject): boolean {
  const sides = before === null ? [element] : [before, element]
  return sides.every((side) => side.kind !== 'threat' || side.statusBasis === 'explicit')
}

export const severityLowered: Rule = {
  id: 'severity-lowered',
  reason: 'A lower rating moves a threat out of sight; it deserves a second look.',
  noun: ['rating lowered', 'ratings lowered'],
  advice: 'Say in the threat why it is rated lower now, or restore the rating.',
  mirror: { none: 'A higher rating makes nobody less careful.' },
  acceptable: true,
  find(evidence) {
    const lower = (c: Change) => c.kind === 'severity-changed' && c.direction === 'weaker'
    return subjects(evidence, lower).map((subject) => ({
      ...aboutSubject(subject, evidence),
      message:
        `The ${subject.change.field ?? 'severity'} of ` +
        `“${labelOf(subject.element, subject.model)}” was ${told(subject.change)}.`,
      why: 'Ratings decide what people look at first.',
      next: 'If the threat really became smaller, say in its text why.',
    }))
  },
}

export const wordingWeakened: Rule = {
  id: 'wording-weakened',
  reason: 'One word can take back a promise: “must” became “should”.',
  noun: ['promise weakened in wording', 'promises weakened in wording'],
  advice: 'Restore the stronger words, or accept that the promise is smaller now.',
  mirror: { none: 'Stronger words promise more; nothing is lost.' },
  acceptable: true,
  find(evidence) {
    const softer = (c: Change) =>
      (c.kind === 'reworded' || c.kind === 'renamed') && c.direction === 'weaker'
    return subjects(evidence, softer).map((subject) => ({
      ...aboutSubject(subject, evidence),
      message:
        `“${labelOf(subject.element, subject.model)}” promises less than ` +
        `before${phrases(subject.change)}.`,
      why: 'Readers will rely on the new words.',
      next: 'If less is really promised now, say so on purpose; otherwise keep the stronger words.',
    }))
  },
}

function told(change: Change): string {
  return `${change.before ?? 'not stated'} and is now ${change.after ?? 'not stated'}`
}

function phrases(change: Change): string {
  if (change.phrases === null) return ''
  const { before, after } = change.phrases
  return after === '' ? `: “${before}” is gone` : `: “${before}” became “${after}”`
}
