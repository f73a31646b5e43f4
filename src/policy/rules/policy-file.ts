import type { Draft, Evidence, Rule } from '../rule.ts'
import { weakenings } from '../weakening.ts'

/** The policy file of the pull request itself: validated and shown, never obeyed. */

export const policyInvalid: Rule = {
  id: 'policy-invalid',
  reason: 'A policy with mistakes would judge wrongly, or stop every pull request after it.',
  noun: ['mistake in the policy file', 'mistakes in the policy file'],
  advice:
    'Correct the line. `threat-model check --policy FILE` tries a policy before it is pushed.',
  mirror: { none: 'A policy that reads well needs nothing.' },
  acceptable: false,
  find(evidence) {
    const { proposed } = evidence.inForce
    const { path } = evidence.facts.policy
    if (proposed.state === 'unreadable') {
      return [{ ...aboutFile(evidence, 'unreadable', 1), ...unreadableText(path) }]
    }
    if (proposed.state !== 'changed') return []
    return proposed.reading.problems.map((problem) => ({
      ...aboutFile(evidence, problem.message, problem.line),
      message: `${path} line ${problem.line}: ${problem.message}.`,
      why: 'After the merge this file judges every pull request.',
      next: problem.hint,
    }))
  },
}

function unreadableText(path: string): Pick<Draft, 'message' | 'why' | 'next'> {
  return {
    message: `${path} cannot be read.`,
    why: 'After the merge this file judges every pull request.',
    next: 'Save it as a small plain text file.',
  }
}

export const policyWeakened: Rule = {
  id: 'policy-weakened',
  reason: 'A pull request that loosens the rules should not pass unnoticed.',
  noun: ['rule loosened by the policy file', 'rules loosened by the policy file'],
  advice:
    'The rules of the base branch judge this pull request in any case. If the change is wanted, ' +
    'a permitted person accepts it.',
  mirror: { none: 'A stricter policy can be tried by anybody.' },
  acceptable: true,
  find(evidence) {
    return weakenings(evidence.inForce).map((weakening) => ({
      ...aboutFile(evidence, weakening.key, weakening.line),
      content: [weakening.key, weakening.message],
      message: weakening.message,
      why:
        'It would hold for every pull request after this one. This one is judged by the old ' +
        'policy.',
      next: 'If it is wanted, ask a maintainer to accept it.',
    }))
  },
}

function aboutFile(
  evidence: Evidence,
  key: string,
  line: number,
): Pick<Draft, 'element' | 'identity' | 'content' | 'place'> {
  const { path } = evidence.facts.policy
  const gone = evidence.inForce.proposed.state === 'removed'
  const side = gone ? ('LEFT' as const) : ('RIGHT' as const)
  return {
    element: null,
    identity: [path, key],
    content: [key],
    place: { path, side, line, endLine: line },
  }
}
