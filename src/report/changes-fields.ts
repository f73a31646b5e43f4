import type { Change, ChangeField } from '../diff/change.ts'

/** All that happened to one element. */
export interface ChangeEntry {
  /** The most telling kind of change comes first in it. */
  changes: Change[]
  title: string
  previousTitle: string | null
  /** 1-based line; in the earlier version when `removed`. */
  line: number
  removed: boolean
  /** The sign of the worst that happened to it. */
  direction: Change['direction']
  /** Titles of the threats that a mitigation answers or answered, when it came or went. */
  answers: string[]
  /** Not null when the element was followed with doubt: percent, and what speaks for it. */
  doubt: { percent: number; reason: string } | null
}

/** How people are told which part of an element changed. */
export const fieldNames: Record<ChangeField, string> = {
  title: 'title',
  body: 'text',
  section: 'section',
  status: 'status',
  severity: 'severity',
  likelihood: 'likelihood',
  impact: 'impact',
  categories: 'categories',
  attacks: 'attacks',
  adversaries: 'adversaries',
  assets: 'assets',
  mitigations: 'mitigations',
  answers: 'threats answered',
  code: 'code',
  acceptance: 'acceptance',
  scope: 'scope',
  id: 'id',
}
