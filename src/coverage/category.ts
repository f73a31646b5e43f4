import { isCommonWord, stems } from '../diff/normal.ts'
import type { Threat, ThreatModel } from '../threat-model/model.ts'

/*
 * The threats that a group's name speaks of. "Network-based attacks" are the threats of every
 * adversary called a network, "Confidentiality" those of that category. A threat belongs to the
 * group when it, its attacks, adversaries, assets or categories hold every telling word of the
 * name. No one-to-one tie is made of it.
 */

/** Words that a name of a group has because it is one. */
const groupWords = new Set(
  stems(
    'attack attacks threat threats risk risks based related category group type class all other',
  ),
)

/** Ids of the threats; none when the name says nothing in particular. */
export function threatsOfCategory(name: string | null, model: ThreatModel): string[] {
  if (name === null) return []
  const wanted = tellingStems(name)
  if (wanted.length === 0) return []
  const named = namesOf(model)
  return model.threats
    .filter((threat) => {
      const has = named(threat)
      return wanted.every((stem) => has.has(stem))
    })
    .map((threat) => threat.id)
}

export function tellingStems(name: string): string[] {
  const words = name
    .replace(/[([].*$/, '')
    .split(/\s+/)
    .filter((word) => !isCommonWord(word.toLowerCase()))
  return [...new Set(stems(words.join(' ')))].filter((stem) => !groupWords.has(stem))
}

/** The stems of everything a threat is named by. */
function namesOf(model: ThreatModel): (threat: Threat) => Set<string> {
  const lists = [model.attacks, model.adversaries, model.assets]
  const titles = new Map(lists.flat().map((element) => [element.id, element.title]))
  return (threat) => {
    const ids = [...threat.attacks, ...threat.adversaries, ...threat.assets]
    const names = [threat.title, ...threat.categories, ...ids.map((id) => titles.get(id) ?? '')]
    return new Set(names.flatMap(stems))
  }
}
