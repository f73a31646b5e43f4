import { labelOf } from '../../coverage/label.ts'
import type { Change } from '../../diff/change.ts'
import type { Evidence, Rule } from '../rule.ts'
import { aboutSubject, isReplaced, type Subject, subjects, withCap } from '../subjects.ts'
import { lossOf } from './loss.ts'

/** What the model promised before and promises less of now. */

export const mitigationRemoved: Rule = {
  id: 'mitigation-removed',
  reason: 'A mitigation that is taken out of the model leaves its threats open.',
  noun: ['mitigation removed', 'mitigations removed'],
  advice:
    'Put the mitigation back, name what replaces it, or let a permitted person accept that its ' +
    'threats are open from now on. It is an error when a threat is left with no answer or with ' +
    'fewer entries; a warning when another entry stands in its place or a sentence was written ' +
    'anew, because only a person can say whether the new words do what the old ones did.',
  mirror: { none: 'A mitigation that is added can only help.' },
  acceptable: true,
  find(evidence) {
    const lost = subjects(evidence, (change) => isRemovedMitigation(change) || isCut(change))
    return [...lost, ...replaced(evidence)].map((subject) => ({
      ...withCap(aboutSubject(subject, evidence), lossOf(subject)),
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
    'worse, say what will be done and when. A status that is only implied by the wording is ' +
    'never more than a warning.',
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
      ...withCap(aboutSubject(subject, evidence), isPhrase(subject.change) ? 'error' : 'notice'),
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

/** Words that are gone without others in their place are told where the entry is looked at. */
function isPhrase(change: Change): boolean {
  return change.phrases === null || change.phrases.after !== ''
}

function phrases(change: Change): string {
  if (change.phrases === null) return ''
  const { before, after } = change.phrases
  return after === '' ? `: “${before}” is gone` : `: “${before}” became “${after}”`
}
