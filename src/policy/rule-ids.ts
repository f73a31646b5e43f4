import type { RuleLevel } from './verdict.ts'

/**
 * Every rule of the catalogue with the level it has unless the policy says otherwise, in the order
 * of docs/RULES.md. It stands apart from the rules themselves because reading and comparing
 * policies needs the names and levels and not what the rules do.
 */
export const defaultLevels = {
  'threat-added-unanswered': 'error',
  'threat-removed': 'acceptance',
  'mitigation-removed': 'error',
  'status-weakened': 'error',
  'severity-lowered': 'warning',
  'wording-weakened': 'warning',
  'limitation-removed': 'warning',
  'asset-removed': 'warning',
  'adversary-removed': 'warning',
  'attack-removed': 'warning',
  'boundary-removed': 'warning',
  'code-touches-asset': 'warning',
  'code-link-dead': 'warning',
  'mark-removed': 'warning',
  'code-drifted': 'notice',
  'acceptance-expired': 'warning',
  'acceptance-incomplete': 'warning',
  'reference-undefined': 'notice',
  'id-duplicate': 'notice',
  'duplicate-threat': 'notice',
  'section-empty': 'notice',
  'hidden-characters': 'warning',
  'model-deleted': 'error',
  'model-unreadable': 'error',
  'policy-invalid': 'error',
  'policy-weakened': 'acceptance',
} as const satisfies Record<string, RuleLevel>

export type RuleId = keyof typeof defaultLevels

export const ruleIds = Object.keys(defaultLevels) as RuleId[]
