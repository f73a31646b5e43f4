import type { Threat, ThreatModel } from '../threat-model/model.ts'
import { answersOf, ratioOf } from './answer.ts'
import { threatsByAsset } from './asset-threats.ts'
import type { Ratio } from './link.ts'

/*
 * Answered ÷ in scope for a whole model and for its parts. A threat that belongs to several parts
 * counts in each, so the parts need not add up to the whole.
 */

export interface Breakdown {
  all: Ratio
  byAsset: Part[]
  byAdversary: Part[]
  byCategory: Part[]
}

export interface Part {
  title: string
  ratio: Ratio
}

/** Parts without a threat are left out; the others stand in the order of the document. */
export function breakdownOf(model: ThreatModel, today: string): Breakdown {
  const answers = answersOf(model, today)
  const part = (title: string, threats: readonly Threat[]): Part[] =>
    threats.length === 0 ? [] : [{ title, ratio: ratioOf(threats, answers) }]
  const byAsset = threatsByAsset(model)
  const byAdversary = groupBy(model.threats, (threat) => threat.adversaries)
  const byCategory = groupBy(model.threats, (threat) => threat.categories)
  return {
    all: ratioOf(model.threats, answers),
    byAsset: model.assets.flatMap(({ id, title }) => part(title, byAsset.get(id) ?? [])),
    byAdversary: model.adversaries.flatMap(({ id, title }) =>
      part(title, byAdversary.get(id) ?? []),
    ),
    byCategory: [...byCategory].flatMap(([category, threats]) => part(category, threats)),
  }
}

function groupBy(
  threats: readonly Threat[],
  keysOf: (threat: Threat) => readonly string[],
): Map<string, Threat[]> {
  const groups = new Map<string, Threat[]>()
  for (const threat of threats) {
    for (const key of new Set(keysOf(threat))) {
      const group = groups.get(key)
      if (group) group.push(threat)
      else groups.set(key, [threat])
    }
  }
  return groups
}
