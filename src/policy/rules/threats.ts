import { answersOf } from '../../coverage/answer.ts'
import { labelOf } from '../../coverage/label.ts'
import type { Change } from '../../diff/change.ts'
import type { Evidence, Rule } from '../rule.ts'
import { aboutSubject, isReplaced, type Subject, subjects, withCap } from '../subjects.ts'
import { sureness } from './custom.ts'
import { isLimitation } from './removed.ts'

/** Threats that come without an answer, and threats that go. */

export const threatAddedUnanswered: Rule = {
  id: 'threat-added-unanswered',
  reason: 'A new threat should come with an answer: a mitigation, or a decision to live with it.',
  noun: ['new threat without an answer', 'new threats without an answer'],
  advice:
    'Write under the threat what is done against it, or that it is accepted, by whom, until when ' +
    'and why. If nothing can be done in this pull request, a permitted person can accept it ' +
    'here. It is an error where the document calls the threat open or shows the answers of its ' +
    'other threats; a warning where it does not, or says it in prose; a notice in a list of ' +
    'known limits.',
  mirror: { rule: 'threat-removed' },
  acceptable: true,
  find(evidence) {
    const added = subjects(evidence, (c) => c.kind === 'added' && c.element === 'threat')
    return added.flatMap((subject) => {
      const { element, model } = subject
      if (element.kind !== 'threat' || model.after === null) return []
      if (answersOf(model.after, evidence.facts.today)(element) !== 'unanswered') return []
      const only = element.status === 'planned' ? ' yet; one is only planned' : ''
      return [
        {
          ...withCap(aboutSubject(subject, evidence), sureness(element, model)),
          message: `“${labelOf(element, model)}” is a new threat and has no answer${only}.`,
          why:
            'From here on it is written down as possible, and nobody has said what is done about ' +
            'it.',
          next:
            'Add what prevents or limits it below the threat, or say who accepts it, until when ' +
            'and why.',
        },
      ]
    })
  },
}

export const threatRemoved: Rule = {
  id: 'threat-removed',
  reason: 'A threat that is no longer written down is no longer watched; someone should agree.',
  noun: ['threat removed', 'threats removed'],
  advice:
    'Put the threat back, or, if it can no longer happen, let a permitted person accept the ' +
    'removal. A threat that was only reworded, renamed, moved, split or merged is not removed.',
  mirror: { rule: 'threat-added-unanswered' },
  acceptable: true,
  find(evidence) {
    const removed = subjects(evidence, (c) => c.kind === 'removed' && c.element === 'threat')
    return [...removed.filter(wasInScope), ...replaced(evidence)].map((subject) => ({
      ...aboutSubject(subject, evidence),
      message: goneMessage(subject),
      why:
        'What is not written down is not checked any more; it should go only when it cannot ' +
        'happen any more.',
      next:
        'If it cannot happen any more, ask a maintainer to accept the removal; otherwise put the ' +
        'entry back.',
    }))
  },
}

/** The id stays and everything else is new: that is no renaming. */
function replaced(evidence: Evidence): Subject[] {
  const named = (c: Change) => c.kind === 'renamed' && c.element === 'threat'
  return subjects(evidence, named).filter(isReplaced)
}

function goneMessage({ change, element, model, before }: Subject): string {
  const label = labelOf(element, model)
  if (change.kind === 'removed') return `“${label}” is no longer in the threat model.`
  return `“${before ? labelOf(before, model) : ''}” is no longer there; “${label}” took its place.`
}

/** What was never promised may go; a known limitation has a rule of its own. */
function wasInScope(subject: Subject): boolean {
  const { element } = subject
  return element.kind === 'threat' && element.status !== 'out-of-scope' && !isLimitation(subject)
}
