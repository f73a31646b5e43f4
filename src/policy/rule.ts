import type { PullCoverage } from '../coverage/cover.ts'
import type { ReviewedModel } from '../coverage/reviewed-model.ts'
import type { PullRequestFacts } from '../pull-request/facts.ts'
import type { PolicyInForce } from './in-force.ts'
import type { RuleId } from './rule-ids.ts'
import type { Finding, Place, RuleLevel, Suggestion } from './verdict.ts'

/** Everything a rule may look at. */
export interface Evidence {
  facts: PullRequestFacts
  inForce: PolicyInForce
  models: ReviewedModel[]
  coverage: PullCoverage
}

/** One rule of the catalogue: a pure function from evidence to what it found. */
export interface Rule {
  id: RuleId
  /** One line: why the rule exists. */
  reason: string
  /** How its findings are counted: ["threat removed", "threats removed"]. */
  noun: [one: string, many: string]
  /** What a person can do about a finding, for `explain` and docs/RULES.md. */
  advice: string
  /** The rule for the opposite, or why there is none. */
  mirror: { rule: RuleId } | { none: string }
  /** Whether a permitted person may accept a finding. */
  acceptable: boolean
  find(evidence: Evidence): Draft[]
}

/** A finding before it is judged. */
export interface Draft {
  element: Finding['element']
  /** Names the flaw for ever: with the rule it makes the fingerprint. */
  identity: string[]
  /** What a decision about it is bound to. */
  content: string[]
  message: string
  why: string
  next: string
  place: Place | null
  suggestion?: Suggestion | null | undefined
  /** Never louder than this, whatever the policy says. */
  levelMax?: RuleLevel
}
