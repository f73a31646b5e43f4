import type { PullRequestFacts } from '../pull-request/facts.ts'
import type { Threat } from '../threat-model/model.ts'
import { affectedAssets } from './affected.ts'
import { answersOf, ratioOf, sumOf } from './answer.ts'
import { deadLinks } from './dead-links.ts'
import { type Drift, driftOf } from './drift.ts'
import { generatedFiles } from './generated.ts'
import type { AffectedAsset, CodeLink, DeadLink, Ratio } from './link.ts'
import { type Claim, type CodeMap, collectClaims } from './links.ts'
import type { ReviewedModel } from './reviewed-model.ts'
import { speakersOf } from './speakers.ts'
import { suggestedLinks } from './suggested-links.ts'

/*
 * The coverage of a pull request: which elements its code belongs to, which links it broke, and how
 * many of the threats it adds or touches have an answer.
 */

export interface PullCoverage {
  claims: Claim[]
  affected: AffectedAsset[]
  deadLinks: DeadLink[]
  suggestions: CodeLink[]
  /** Code that moved on while its model stood still. */
  drift: Drift[]
  /** Threats this pull request adds or whose code it touches. */
  patch: Ratio
}

export interface CoverInput {
  facts: PullRequestFacts
  models: readonly ReviewedModel[]
  /** `code:` of the policy in force. */
  map: readonly CodeMap[]
  ignore: readonly string[]
  scopes: ReadonlyMap<string, string[]>
}

export function cover(input: CoverInput): PullCoverage {
  const { facts, models, map } = input
  const speakers = speakersOf(models, input.scopes)
  const claims = collectClaims({
    models,
    speakers,
    map,
    policyPath: facts.policy.path,
    sources: facts.sources,
  })
  const isGenerated = generatedFiles(facts, input.ignore)
  const affected = affectedAssets({
    files: facts.files,
    claims,
    isGenerated,
    scopes: input.scopes,
    today: facts.today,
  })
  return {
    claims,
    affected,
    deadLinks: deadLinks({ facts, models, map }),
    suggestions: suggestedLinks({ facts, models, speakers, claims, isGenerated }),
    drift: driftOf(affected, claims, facts.ages ?? []),
    patch: patchRatio(models, affected, facts.today),
  }
}

/** A threat that is both new and touched counts once. */
function patchRatio(
  models: readonly ReviewedModel[],
  affected: readonly AffectedAsset[],
  today: string,
): Ratio {
  const ratios = models.map((model) => {
    if (model.after === null) return { answered: 0, inScope: 0 }
    const ids = new Set(addedThreats(model))
    for (const asset of affected) {
      if (asset.modelPath === model.path) for (const id of asset.threats) ids.add(id)
    }
    const threats = model.after.threats.filter((threat: Threat) => ids.has(threat.id))
    return ratioOf(threats, answersOf(model.after, today))
  })
  return sumOf(ratios)
}

function addedThreats(model: ReviewedModel): string[] {
  const changes = model.comparison?.changes ?? []
  return changes
    .filter((change) => change.kind === 'added' && change.element === 'threat')
    .map((change) => change.id)
}
