import type { AffectedAsset, CodeLink, DeadLink, Ratio } from '../coverage/link.ts'
import type { Change } from '../diff/change.ts'
import type { Decisions } from '../policy/decisions-types.ts'
import type { PolicyProblem } from '../policy/policy.ts'
import type { Conclusion, Finding, Mode, Verdict } from '../policy/verdict.ts'
import type { Problem } from '../shared/problem.ts'
import type { Reply } from './reply.ts'

/** What the review found, ready to be shown in any form. A pure function of the facts. */
export interface Report {
  schema: 'threat-model-report/1'
  verdict: Verdict
  mode: Mode
  conclusion: Conclusion
  /** The verdict in one line, at most 255 characters: the check run's title. */
  title: string
  head: string
  models: ModelReport[]
  findings: Finding[]
  /** What people decided in comments, and what became of it. */
  decisions: Decisions
  affected: AffectedAsset[]
  deadLinks: DeadLink[]
  suggestions: CodeLink[]
  /** Threats this pull request adds or whose code it touches. */
  patchCoverage: Ratio
  policyProblems: PolicyProblem[]
  /** What was not looked at and why, in plain sentences. */
  limits: string[]
  /** `comments.max` of the policy in force. */
  commentsMax: number
  /** An answer to every comment that spoke to us, those that were given before too. */
  replies: Reply[]
}

export interface ModelReport {
  path: string
  previousPath: string | null
  state: 'unchanged' | 'changed' | 'form-only' | 'added' | 'deleted' | 'unreadable'
  changes: Change[]
  coverageBefore: Ratio
  coverageAfter: Ratio
  threats: number
  problems: Problem[]
}
