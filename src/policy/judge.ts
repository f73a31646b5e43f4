import { hasContent } from '../coverage/reviewed-model.ts'
import { acceptanceBy, decisionsFor } from './decisions-for.ts'
import type { Decisions } from './decisions-types.ts'
import { type Doubt, doubtsOf } from './doubts.ts'
import { contentOf, fingerprintOf } from './fingerprint.ts'
import { loudnessOf, quieter } from './levels.ts'
import type { Draft, Evidence, Rule } from './rule.ts'
import { defaultLevels } from './rule-ids.ts'
import { rules } from './rules.ts'
import type { Conclusion, Finding, Mode, RuleLevel, Verdict } from './verdict.ts'

/*
 * Evidence → findings → verdict → conclusion.
 *
 * Every rule looks at the evidence, the policy sets how loud each is, decisions of people settle
 * what they may, and the loudest of what remains is the verdict. Whatever could not be learnt is a
 * doubt: with a doubt the verdict is never better than "cannot tell".
 *
 *   verdict           enforce            advisory
 *   pass              success            success
 *   not-applicable    success            success
 *   warn              neutral            neutral
 *   needs-acceptance  action_required    neutral
 *   cannot-tell       failure            neutral
 *   fail              failure            neutral
 */

export interface Judgement {
  findings: Finding[]
  verdict: Verdict
  conclusion: Conclusion
  decisions: Decisions
  doubts: Doubt[]
  /** Findings beyond `findingsMax`, by number. */
  left: number
}

/** More findings are not kept: nobody reads them, and everything after costs by them. */
export const findingsMax = 1_000

export function judge(evidence: Evidence): Judgement {
  const { policy } = evidence.inForce
  const found = rules.flatMap((rule) => findingsOf(rule, evidence)).sort(byLoudness)
  const single = withoutDoubles(found)
  const kept = single.slice(0, findingsMax)
  const left = single.length - kept.length
  const { facts } = evidence
  const decisions = decisionsFor({ facts, accept: policy.accept, findings: kept })
  const findings = kept.map((f) => ({ ...f, accepted: acceptanceBy(f, decisions) }))
  const doubts = doubtsOf(evidence)
  const verdict = verdictOf(findings, doubts, isApplicable(evidence))
  return { findings, verdict, conclusion: conclude(verdict, policy.mode), decisions, doubts, left }
}

function findingsOf(rule: Rule, evidence: Evidence): Finding[] {
  const level = evidence.inForce.policy.rules[rule.id] ?? defaultLevels[rule.id]
  if (level === 'off') return []
  return rule.find(evidence).map((draft) => finding(rule, level, draft))
}

function finding(rule: Rule, level: RuleLevel, draft: Draft): Finding {
  const { element, message, why, next, place } = draft
  return {
    rule: rule.id,
    level: draft.levelMax ? quieter(level, draft.levelMax) : level,
    fingerprint: fingerprintOf(rule.id, draft.identity),
    content: contentOf(draft.content),
    element,
    message,
    why,
    next,
    place,
    suggestion: draft.suggestion ?? null,
    accepted: null,
  }
}

/** Loudest first; within a level in the order of the catalogue and then of the document. */
function byLoudness(a: Finding, b: Finding): number {
  return loudnessOf(b.level) - loudnessOf(a.level)
}

/** One flaw, one finding, even where two changes show it. */
function withoutDoubles(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ fingerprint }) => {
    const isNew = !seen.has(fingerprint)
    seen.add(fingerprint)
    return isNew
  })
}

export function verdictOf(
  findings: readonly Finding[],
  doubts: readonly unknown[],
  applicable: boolean,
): Verdict {
  const open = new Set(findings.filter((f) => f.accepted === null).map((f) => f.level))
  if (open.has('error')) return 'fail'
  if (doubts.length > 0) return 'cannot-tell'
  if (open.has('acceptance')) return 'needs-acceptance'
  if (open.has('warning')) return 'warn'
  return applicable ? 'pass' : 'not-applicable'
}

export function conclude(verdict: Verdict, mode: Mode): Conclusion {
  switch (verdict) {
    case 'pass':
    case 'not-applicable':
      return 'success'
    case 'warn':
      return 'neutral'
    case 'needs-acceptance':
      return mode === 'enforce' ? 'action_required' : 'neutral'
    case 'fail':
    case 'cannot-tell':
      return mode === 'enforce' ? 'failure' : 'neutral'
  }
}

/** There is a threat model, before or after, that says something. */
function isApplicable(evidence: Evidence): boolean {
  return evidence.models.some((model) => hasContent(model.before) || hasContent(model.after))
}
