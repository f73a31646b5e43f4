import type { ChangeField } from '../diff/change.ts'

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
