import type { Target } from '../command/command.ts'
import { normal } from '../diff/normal.ts'
import type { Permission, PermissionFacts, PullRequestFacts } from '../pull-request/facts.ts'
import type { Decision } from './decisions.ts'
import type { AcceptRule } from './policy.ts'
import { findRule } from './rules.ts'
import type { Acceptance, Finding } from './verdict.ts'

/*
 * Whether a decision that somebody wrote in a comment settles a finding.
 *
 * Who: the policy in force says it; never the author of the pull request unless it allows that;
 * never a person whose permission is not known.
 * What: a target that carries the finding's whole content is bound to what was decided on, and ends
 * by itself when that changes. Any shorter way to name it (a number, a title, "all", a short id)
 * means the head that the person saw, so it counts only if that head was known before they wrote.
 * How long: up to its date.
 */

/** Hexadecimal digits of the content from which an id is bound to it for good. */
const boundDigits = 32

export type Refusal =
  | 'not-permitted'
  | 'is-author'
  | 'permission-unknown'
  | 'not-acceptable'
  | 'expired'
  | 'head-moved'

export interface Judges {
  accept: AcceptRule
  facts: Pick<PullRequestFacts, 'permissions' | 'pull' | 'headKnownAt' | 'today'>
}

/** The findings with the acceptances that hold. `findings` are in the order in which they are shown. */
export function accepted(
  findings: readonly Finding[],
  decisions: readonly Decision[],
  judges: Judges,
): Finding[] {
  return findings.map((finding, index) => {
    const acceptance = acceptanceOf(finding, index + 1, { findings, decisions, judges })
    return acceptance ? { ...finding, accepted: acceptance } : finding
  })
}

interface Case {
  findings: readonly Finding[]
  decisions: readonly Decision[]
  judges: Judges
}

/** The last word of those who may decide. */
function acceptanceOf(finding: Finding, number: number, all: Case): Acceptance | null {
  let acceptance: Acceptance | null = null
  for (const decision of all.decisions) {
    if (!decision.targets.some((target) => names(target, finding, { number, decision, all }))) {
      continue
    }
    if (decision.act === 'withdraw') {
      const own = acceptance?.by === decision.by
      if (own || refusalOf(decision.by, all.judges) === null) acceptance = null
    } else if (refusal(decision, finding, all.judges) === null) {
      const { by, at, until, reason, url } = decision
      acceptance = { by, at, until, reason, source: url }
    }
  }
  return acceptance
}

/** Why a decision does not settle a finding that it names, or null when it does. */
export function refusal(decision: Decision, finding: Finding, judges: Judges): Refusal | null {
  if (!isAcceptable(decision, finding)) return 'not-acceptable'
  const person = refusalOf(decision.by, judges)
  if (person !== null) return person
  if (decision.until !== null && decision.until < judges.facts.today) return 'expired'
  const bound = decision.targets.some((target) => isBound(target, finding))
  return bound || isOnThisHead(decision, judges) ? null : 'head-moved'
}

function isAcceptable(decision: Decision, finding: Finding): boolean {
  if (decision.act === 'no-effect') return finding.rule === 'code-touches-asset'
  return findRule(finding.rule)?.acceptable === true
}

/** Why a person may not accept, or null when they may. */
export function refusalOf(login: string, judges: Judges): Refusal | null {
  const { accept, facts } = judges
  if (!accept.author && same(login, facts.pull.author)) return 'is-author'
  if (accept.users.some((user) => same(user, login))) return null
  const known = facts.permissions.find((person) => same(person.login, login))
  if (known === undefined) return 'permission-unknown'
  if (isInTeam(known, accept)) return null
  if (known.permission === 'unknown') return 'permission-unknown'
  return hasPermission(known.permission, accept.permission) ? null : 'not-permitted'
}

function isInTeam(person: PermissionFacts, accept: AcceptRule): boolean {
  return person.teams.some((team) => accept.teams.some((allowed) => same(team, allowed)))
}

const ladder: Permission[] = ['unknown', 'none', 'read', 'triage', 'write', 'maintain', 'admin']

function hasPermission(has: Permission, needs: Permission | null): boolean {
  return needs !== null && ladder.indexOf(has) >= ladder.indexOf(needs)
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** The comment was written when this head was already known to us. */
function isOnThisHead(decision: Decision, judges: Judges): boolean {
  const known = judges.facts.headKnownAt
  return known !== null && Date.parse(decision.at) >= Date.parse(known)
}

function isBound(target: Target, finding: Finding): boolean {
  return target.kind === 'id' && target.content.length >= boundDigits && hasId(target, finding)
}

function hasId(target: Extract<Target, { kind: 'id' }>, finding: Finding): boolean {
  return (
    finding.fingerprint.startsWith(target.fingerprint) && finding.content.startsWith(target.content)
  )
}

interface Naming {
  number: number
  decision: Decision
  all: Case
}

/** Whether a target means this finding. */
function names(target: Target, finding: Finding, naming: Naming): boolean {
  switch (target.kind) {
    case 'all':
      return naming.decision.act !== 'no-effect' || finding.rule === 'code-touches-asset'
    case 'this':
      return naming.decision.replyTo === finding.fingerprint
    case 'id':
      return hasId(target, finding)
    case 'number':
      return target.number === naming.number
    case 'title':
      return isCalled(target.text, finding, naming.all.findings)
  }
}

/** By title or id of its element; part of a title counts when only one finding has it. */
function isCalled(text: string, finding: Finding, findings: readonly Finding[]): boolean {
  const wanted = normal(text)
  if (wanted === '' || finding.element === null) return false
  const exact = (candidate: Finding) =>
    candidate.element?.id === text.toLowerCase() ||
    normal(candidate.element?.title ?? '') === wanted
  if (exact(finding)) return true
  if (findings.some(exact)) return false
  const having = findings.filter((f) => f.element && normal(f.element.title).includes(wanted))
  return having.length === 1 && having[0] === finding
}
