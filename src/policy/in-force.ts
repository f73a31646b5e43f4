import type { DocumentVersion, PolicyFacts } from '../pull-request/facts.ts'
import { defaultPolicy } from './defaults.ts'
import type { Policy, PolicyReading } from './policy.ts'
import { readPolicy } from './read.ts'
import { unreadableWords } from './unreadable.ts'

/*
 * The policy that judges: the base branch's, else the organisation's, else the defaults. What the
 * pull request proposes is read too, to be validated and shown, and never obeyed. A policy that is
 * there and cannot be read may have said "enforce", so it is taken to have.
 */

export interface PolicyInForce {
  policy: Policy
  source: 'base' | 'organisation' | 'default'
  /** Mistakes of the policy in force; empty for the defaults. */
  problems: PolicyReading['problems']
  /** Why the policy in force cannot be relied on, or null. */
  doubt: string | null
  /** The doubt that the pull request ends by mending the policy, or null. */
  mends: string | null
  proposed: ProposedPolicy
}

export type ProposedPolicy =
  | { state: 'same' }
  /** The pull request removes the file. */
  | { state: 'removed' }
  | { state: 'unreadable'; reason: string }
  | { state: 'changed'; text: string; reading: PolicyReading }

export function policyInForce(facts: PolicyFacts): PolicyInForce {
  const proposed = proposedPolicy(facts)
  for (const source of ['base', 'organisation'] as const) {
    const version = facts[source]
    if (version.state === 'present') {
      const { policy, problems } = readPolicy(version.text)
      if (problems.length > 0 && meansToEnforce(version.text)) policy.mode = 'enforce'
      const doubt = doubtOf(facts, problems)
      return { policy, source, problems, ...settled(doubt, proposed), proposed }
    }
    if (version.state === 'unreadable') {
      const doubt = `${facts.path} could not be read: ${unreadableWords(version, null)}.`
      const policy: Policy = { ...defaultPolicy(), mode: 'enforce' }
      return { policy, source, problems: [], ...settled(doubt, proposed), proposed }
    }
  }
  const policy = defaultPolicy()
  return { policy, source: 'default', problems: [], doubt: null, mends: null, proposed }
}

/**
 * A pull request that mends the policy must not be stopped by what it mends: the doubt becomes a
 * finding that a person settles.
 */
function settled(
  doubt: string | null,
  proposed: ProposedPolicy,
): Pick<PolicyInForce, 'doubt' | 'mends'> {
  const mended = proposed.state === 'changed' && proposed.reading.problems.length === 0
  return mended ? { doubt: null, mends: doubt } : { doubt, mends: null }
}

/**
 * A policy with a slip (`mdoe: enforce`) must not switch itself off: where the word stands outside
 * of comments, it is taken for meant.
 */
function meansToEnforce(text: string): boolean {
  return text.split('\n').some((line) => /\benforce\b/.test(line.replace(/(?:^|\s)#.*$/, '')))
}

function doubtOf(facts: PolicyFacts, problems: PolicyReading['problems']): string | null {
  const [first] = problems
  if (first === undefined) return null
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : ''
  const at = `${facts.path} has a mistake in line ${first.line}`
  return `${at}: ${first.message}${more}. ${first.hint}`
}

function proposedPolicy(facts: PolicyFacts): ProposedPolicy {
  const { base, head } = facts
  if (sameVersion(base, head)) return { state: 'same' }
  if (head.state === 'absent') return { state: 'removed' }
  if (head.state === 'unreadable') return { state: 'unreadable', reason: head.reason }
  return { state: 'changed', text: head.text, reading: readPolicy(head.text) }
}

function sameVersion(a: DocumentVersion, b: DocumentVersion): boolean {
  if (a.state === 'present' && b.state === 'present') return a.text === b.text
  if (a.state === 'unreadable' && b.state === 'unreadable') return a.reason === b.reason
  return a.state === b.state
}
