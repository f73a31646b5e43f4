import type { AffectedAsset } from '../../coverage/link.ts'
import type { ReviewedModel } from '../../coverage/reviewed-model.ts'

/**
 * Whether the pull request itself says something about an asset whose code it changes: a change of
 * meaning in the asset, one of its threats, or what answers or makes up such a threat. Form does
 * not count, for then a blank would silence the question.
 */
export function answeredInModel(asset: AffectedAsset, model: ReviewedModel): boolean {
  const changes = model.comparison?.changes ?? []
  if (changes.length === 0 || model.after === null) return false
  const about = new Set([`${asset.kind} ${asset.assetId}`])
  for (const threat of model.after.threats) {
    if (!asset.threats.includes(threat.id)) continue
    about.add(`threat ${threat.id}`)
    for (const tie of threat.mitigations) about.add(`mitigation ${tie.id}`)
    for (const id of threat.attacks) about.add(`attack ${id}`)
  }
  return changes.some((change) => about.has(`${change.element} ${change.id}`))
}
