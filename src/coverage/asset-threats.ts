import { stems } from '../diff/normal.ts'
import type { Threat, ThreatModel } from '../threat-model/model.ts'
import { tellingStems } from './category.ts'

/*
 * Which threats are about an asset. A threat that names assets is about those. Four of five
 * documents name none: then it is about the assets whose telling words its own title or its attacks
 * have ("Stealing the contact list of a user" is about "The contact list"). Threats that hold for
 * every attack are about no asset in particular.
 */

/** Asset id → its threats, in document order. */
export function threatsByAsset(model: ThreatModel): Map<string, Threat[]> {
  const found = new Map<string, Threat[]>(model.assets.map((asset) => [asset.id, []]))
  const wanted = model.assets.map((asset) => ({ id: asset.id, words: tellingStems(asset.title) }))
  const attacks = new Map(model.attacks.map((attack) => [attack.id, attack.title]))
  for (const threat of model.threats) {
    for (const id of threat.assets) found.get(id)?.push(threat)
    if (threat.assets.length > 0 || threat.scope === 'universal') continue
    const names = [threat.title, ...threat.attacks.map((id) => attacks.get(id) ?? '')]
    const alternatives = names.map((name) => new Set(stems(name)))
    for (const { id, words } of wanted) {
      const named = alternatives.some((has) => words.every((word) => has.has(word)))
      if (words.length > 0 && named) found.get(id)?.push(threat)
    }
  }
  return found
}
