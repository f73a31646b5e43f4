import type { Rule } from './rule.ts'
import { type RuleId, ruleIds } from './rule-ids.ts'
import { acceptanceExpired, acceptanceIncomplete } from './rules/acceptances.ts'
import { codeLinkDead, codeTouchesAsset, markRemoved } from './rules/code.ts'
import { modelDeleted, modelUnreadable } from './rules/document.ts'
import { codeDrifted } from './rules/drift.ts'
import {
  duplicateThreat,
  hiddenCharacters,
  idDuplicate,
  referenceUndefined,
  sectionEmpty,
} from './rules/form.ts'
import { policyInvalid, policyWeakened } from './rules/policy-file.ts'
import {
  adversaryRemoved,
  assetRemoved,
  attackRemoved,
  boundaryRemoved,
  limitationRemoved,
} from './rules/removed.ts'
import { threatAddedUnanswered, threatRemoved } from './rules/threats.ts'
import {
  mitigationRemoved,
  severityLowered,
  statusWeakened,
  wordingWeakened,
} from './rules/weakened.ts'

/*
 * The catalogue: every rule by its name. A rule is a pure function from evidence to findings, in a
 * file of src/policy/rules/; the names and levels stand in rule-ids.ts. The type of this list makes
 * the compiler say when one is missing.
 */

const byId: Record<RuleId, Rule> = {
  'threat-added-unanswered': threatAddedUnanswered,
  'threat-removed': threatRemoved,
  'mitigation-removed': mitigationRemoved,
  'status-weakened': statusWeakened,
  'severity-lowered': severityLowered,
  'wording-weakened': wordingWeakened,
  'limitation-removed': limitationRemoved,
  'asset-removed': assetRemoved,
  'adversary-removed': adversaryRemoved,
  'attack-removed': attackRemoved,
  'boundary-removed': boundaryRemoved,
  'code-touches-asset': codeTouchesAsset,
  'code-link-dead': codeLinkDead,
  'mark-removed': markRemoved,
  'code-drifted': codeDrifted,
  'acceptance-expired': acceptanceExpired,
  'acceptance-incomplete': acceptanceIncomplete,
  'reference-undefined': referenceUndefined,
  'id-duplicate': idDuplicate,
  'duplicate-threat': duplicateThreat,
  'section-empty': sectionEmpty,
  'hidden-characters': hiddenCharacters,
  'model-deleted': modelDeleted,
  'model-unreadable': modelUnreadable,
  'policy-invalid': policyInvalid,
  'policy-weakened': policyWeakened,
}

/** The catalogue, in the order of docs/RULES.md. */
export const rules: readonly Rule[] = ruleIds.map((id) => byId[id])

export function findRule(id: string): Rule | null {
  return rules.find((rule) => rule.id === id) ?? null
}
