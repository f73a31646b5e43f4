/*
 * A small seeded generator of random numbers (mulberry32), so that every run of a test makes the
 * same models and the same edits.
 */
export interface Random {
  /** 0 up to, not including, 1. */
  next(): number
  /** 0 up to, not including, `limit`. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  /** True in `share` of the cases. */
  chance(share: number): boolean
  shuffled<T>(list: readonly T[]): T[]
  /** Some entries, each once, in their order. */
  some<T>(list: readonly T[], count: number): T[]
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  function shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = below(i + 1)
      const [a, b] = [copy[i], copy[j]]
      if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a]
    }
    return copy
  }
  function pick<T>(list: readonly T[]): T {
    const value = list[below(list.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  function some<T>(list: readonly T[], count: number): T[] {
    const chosen = new Set(shuffled(list).slice(0, count))
    return list.filter((entry) => chosen.has(entry))
  }
  return { next, below, pick, chance: (share) => next() < share, shuffled, some }
}
