import type { Permission } from '../pull-request/facts.ts'
import type { ReadingHints } from '../threat-model/read-options.ts'
import type { Mode, RuleLevel } from './verdict.ts'

/** `.github/threat-model.yml` after reading: complete, every default filled in. */
export interface Policy {
  version: 1
  mode: Mode
  /** Empty: models are found by name and speak for the whole repository. */
  models: ModelScope[]
  code: CodeMapping[]
  ignore: string[]
  /** Levels that differ from the catalogue's defaults, by rule id. */
  rules: Record<string, RuleLevel>
  accept: AcceptRule
  comments: { max: number }
  /** Whether what people order in commands is committed to the pull request's branch. */
  commit: boolean
  reading: ReadingHints
}

export interface ModelScope {
  path: string
  /** Patterns of the code the model speaks for. */
  scope: string[]
}

export interface CodeMapping {
  /** Title or id of an asset or mitigation, as written. */
  element: string
  patterns: string[]
  /** 1-based line in the policy file. */
  line: number
}

export interface AcceptRule {
  /** Everyone with this permission or more; null when only those named may. */
  permission: Permission | null
  users: string[]
  teams: string[]
  /** Whether the pull request's author may accept. */
  author: boolean
}

/** A mistake in the policy file. */
export interface PolicyProblem {
  line: number
  column: number
  message: string
  /** What was expected, and the nearest valid key or value. */
  hint: string
}

export interface PolicyReading {
  policy: Policy
  problems: PolicyProblem[]
}
