import type { ModelAge } from '../pull-request/facts.ts'
import type { AffectedAsset } from './link.ts'
import type { Claim } from './links.ts'

/*
 * Drift: how much of an element's code changed since its threat model last did. A model that stood
 * still while its code moved on may no longer be true. Only elements that the pull request touches
 * anyway are looked at; the others would be told to people who have nothing to do with them.
 */

export interface Drift {
  asset: AffectedAsset
  /** Lines added and removed. */
  lines: number
  files: number
  /** ISO date. */
  since: string
}

export function driftOf(
  affected: readonly AffectedAsset[],
  claims: readonly Claim[],
  ages: readonly ModelAge[],
): Drift[] {
  return affected.flatMap((asset) => {
    const age = ages.find(({ path }) => path === asset.modelPath)
    if (age === undefined) return []
    const own = claims.filter((claim) => isFor(claim, asset))
    const files = age.changed.filter(({ path }) => own.some((claim) => claim.claims(path, null)))
    if (files.length === 0) return []
    const lines = files.reduce((sum, file) => sum + file.lines, 0)
    return [{ asset, lines, files: files.length, since: age.since }]
  })
}

function isFor({ model, element }: Claim, asset: AffectedAsset): boolean {
  return (
    model.path === asset.modelPath && element.kind === asset.kind && element.id === asset.assetId
  )
}
