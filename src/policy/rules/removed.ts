import type { Change } from '../../diff/change.ts'
import type { Rule } from '../rule.ts'
import { aboutSubject, type Subject, subjects } from '../subjects.ts'

/** Parts of the model, other than threats and mitigations, that disappear. */

type Fixed = Pick<Rule, 'id' | 'reason' | 'noun' | 'advice'> & {
  wanted(subject: Subject): boolean
  what: string
  why: string
  next: string
}

function removalRule(fixed: Fixed): Rule {
  const { wanted, what, why, next, ...rest } = fixed
  return {
    ...rest,
    mirror: { none: 'Adding one only widens what is looked at.' },
    acceptable: true,
    find(evidence) {
      const removed = subjects(evidence, (change: Change) => change.kind === 'removed')
      return removed.filter(wanted).map((subject) => ({
        ...aboutSubject(subject, evidence),
        message: `The ${what} “${subject.element.title}” is no longer in the threat model.`,
        why,
        next,
      }))
    },
  }
}

const limitationHeading = /\b(?:limit(?:ation)?s?|weakness(?:es)?|gaps?|shortcomings?|residual)\b/i

/** A limitation as such, or a threat that stands under such a heading without an answer. */
export function isLimitation({ element }: Pick<Subject, 'element'>): boolean {
  if (element.kind === 'scope-note') return element.scope === 'limitation'
  const heading = element.section.at(-1) ?? ''
  const isKnown = element.kind === 'threat' && limitationHeading.test(heading)
  return isKnown && element.status !== 'out-of-scope' && element.mitigations.length === 0
}

export const limitationRemoved = removalRule({
  id: 'limitation-removed',
  reason: 'A known limitation that is deleted without a fix misleads everyone who relies on it.',
  noun: ['known limitation removed', 'known limitations removed'],
  advice: 'Say what fixed it, or put it back.',
  wanted: isLimitation,
  what: 'known limitation',
  why: 'Readers will think that it is fixed.',
  next: 'If it is fixed, add the mitigation that did it; otherwise put the limitation back.',
})

export const assetRemoved = removalRule({
  id: 'asset-removed',
  reason: 'What is no longer named as worth protecting is protected by nobody.',
  noun: ['asset removed', 'assets removed'],
  advice: 'Put the asset back, or make sure that it no longer exists.',
  wanted: ({ element }) => element.kind === 'asset',
  what: 'asset',
  why: 'Changes to its code will not be looked at with its threats in mind any more.',
  next: 'If the product no longer has it, all is well; otherwise put it back.',
})

export const adversaryRemoved = removalRule({
  id: 'adversary-removed',
  reason: 'An attacker who is no longer named is still there.',
  noun: ['adversary removed', 'adversaries removed'],
  advice: 'Put the adversary back, or say why they can do nothing any more.',
  wanted: ({ element }) => element.kind === 'adversary',
  what: 'adversary',
  why: 'Nobody will ask any more what this attacker can do.',
  next:
    'If this attacker really has no way in any more, say why in the text; otherwise put the ' +
    'entry back.',
})

export const attackRemoved = removalRule({
  id: 'attack-removed',
  reason: 'Threats that hold for every attack no longer hold for one that is deleted.',
  noun: ['attack removed', 'attacks removed'],
  advice: 'Put the attack back, or say why it is impossible.',
  wanted: ({ element }) => element.kind === 'attack',
  what: 'attack',
  why: 'Every threat that holds for all attacks lost this one.',
  next: 'If it is impossible now, say why in the text; otherwise put the entry back.',
})

export const boundaryRemoved = removalRule({
  id: 'boundary-removed',
  reason: 'A trust boundary that is no longer drawn is no longer checked.',
  noun: ['trust boundary removed', 'trust boundaries removed'],
  advice: 'Put the boundary back, or say what made both sides equally trusted.',
  wanted: ({ element }) => element.kind === 'boundary',
  what: 'trust boundary',
  why: 'What crosses it will be taken for trusted.',
  next: 'If both sides are equally trusted now, say why in the text; otherwise put the entry back.',
})
