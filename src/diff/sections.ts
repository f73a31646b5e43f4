import { push } from './deck.ts'
import type { Pair, Pairing } from './pairing.ts'

/*
 * Which section of one version is which of the other. A heading that was reworded, or put one level
 * deeper, has moved nothing: sections are the same when most of what stands in one stands in the
 * other, seen from both sides. Only then can it be said that an element moved.
 */

export interface SectionMap {
  /** Best partner by number of shared elements, both ways. */
  forward: Map<string, string>
  backward: Map<string, string>
  /** Sections whose whole content went to one place. */
  emptied: Set<string>
  /** The same seen from `after`: sections whose whole content came from one place. */
  filled: Set<string>
}

/** A whole section of this many that goes elsewhere together is a change of the outline. */
const wholeSectionMin = 3

export function mapSections(pairing: Pairing): SectionMap {
  const pairs = [...pairing.ofBefore.values()]
  const forward = byMajority(pairs, (pair) => [pair.before.section, pair.after.section])
  const backward = byMajority(pairs, (pair) => [pair.after.section, pair.before.section])
  return {
    forward: forward.best,
    backward: backward.best,
    emptied: forward.whole,
    filled: backward.whole,
  }
}

function byMajority(pairs: readonly Pair[], ends: (pair: Pair) => [string, string]) {
  const targets = new Map<string, string[]>()
  for (const pair of pairs) {
    const [from, to] = ends(pair)
    push(targets, from, to)
  }
  const best = new Map<string, string>()
  const whole = new Set<string>()
  for (const [from, list] of targets) {
    const counts = new Map<string, number>()
    for (const to of list) counts.set(to, (counts.get(to) ?? 0) + 1)
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    const first = ranked[0]
    if (first === undefined) continue
    best.set(from, counts.get(from) === first[1] ? from : first[0])
    if (ranked.length === 1 && list.length >= wholeSectionMin) whole.add(from)
  }
  return { best, whole }
}

/** True when the pair stands in another section now, by the map of sections. */
export function moved(pair: Pair, map: SectionMap): boolean {
  const [from, to] = [pair.before.section, pair.after.section]
  if (from === to || deeper(from, to) || deeper(to, from)) return false
  if (map.emptied.has(from) || map.filled.has(to)) return false
  return !(map.forward.get(from) === to && map.backward.get(to) === from)
}

/** True when `trail` is `outer` or lies below it. */
function deeper(outer: string, trail: string): boolean {
  return outer === '' || trail === outer || trail.startsWith(`${outer}\n`)
}
