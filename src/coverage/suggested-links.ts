import type { PullRequestFacts } from '../pull-request/facts.ts'
import type { CodeLink } from './link.ts'
import type { Claim } from './links.ts'
import { emptyModel, type ReviewedModel } from './reviewed-model.ts'
import type { Speakers } from './speakers.ts'
import {
  type CodeFile,
  type CodeIndex,
  confidentShare,
  indexCode,
  isConfident,
  queryFor,
} from './suggest.ts'

/*
 * Suggestions on a pull request: a changed file that by its names probably belongs to an asset
 * that has no code yet. At most one for each asset and few in all, only when confident, and never
 * part of a verdict. Larger repositories get theirs from the command line, where time does not
 * matter.
 */

/** Paths whose names can be weighed within a fraction of a second. */
const pathsMax = 6_000
const assetsMax = 50
const suggestionsMax = 3
export interface SuggestionInput {
  facts: PullRequestFacts
  models: readonly ReviewedModel[]
  speakers: Speakers
  claims: readonly Claim[]
  isGenerated(path: string): boolean
}

export function suggestedLinks(input: SuggestionInput): CodeLink[] {
  const { facts, claims } = input
  if (facts.tree === null || facts.tree.length > pathsMax) return []
  const changed = changedCode(input)
  const linked = new Set(claims.map(({ element }) => element))
  const assets = input.models
    .flatMap((model) => (model.after?.assets ?? []).map((asset) => ({ asset, model })))
    .filter(({ asset }) => !linked.has(asset))
    .slice(0, assetsMax)
  if (changed.size === 0 || assets.length === 0) return []
  const index = indexCode(filesOf(facts), input.isGenerated)
  const found = assets.flatMap(({ asset, model }) => {
    const query = queryFor(asset, model.after ?? emptyModel)
    const isMeant = (path: string) => changed.has(path) && input.speakers.isAbout(model, path)
    return suggestionFor({ kind: asset.kind, id: asset.id, title: asset.title }, query, {
      index,
      isMeant,
    })
  })
  return found.slice(0, suggestionsMax)
}

function changedCode({ facts, claims, isGenerated }: SuggestionInput): Set<string> {
  const paths = facts.files
    .filter((file) => file.status !== 'removed' && !isGenerated(file.path))
    .map((file) => file.path)
    .filter((path) => !claims.some((claim) => claim.claims(path, null)))
  return new Set(paths)
}

function filesOf(facts: PullRequestFacts): CodeFile[] {
  const texts = new Map(facts.sources.map(({ path, text }) => [path, text]))
  return (facts.tree ?? []).map((path) => ({ path, text: texts.get(path) ?? null }))
}

function suggestionFor(
  element: CodeLink['element'],
  query: { title: string; body: string },
  where: { index: CodeIndex; isMeant(path: string): boolean },
): CodeLink[] {
  const [best] = where.index.suggest(query, 1)
  if (best === undefined || !isConfident(best) || !where.isMeant(best.path)) return []
  const because = `its names have the words of “${element.title}”`
  const link = { element, source: 'suggestion' as const, pattern: best.path, because }
  return [{ ...link, confidence: confidentShare }]
}
