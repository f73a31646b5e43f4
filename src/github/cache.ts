/**
 * Remembers what never changes, the most recently used first. Bounded by weight, which the caller
 * states for each value (bytes, entries); a value heavier than the whole cache is not kept.
 */
export interface Cache<T> {
  get(key: string): T | undefined
  set(key: string, value: T, weight: number): void
}

export function createCache<T>(weightMax: number): Cache<T> {
  const kept = new Map<string, { value: T; weight: number }>()
  let weight = 0

  function drop(key: string): void {
    weight -= kept.get(key)?.weight ?? 0
    kept.delete(key)
  }

  return {
    get(key) {
      const found = kept.get(key)
      if (!found) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found.value
    },
    set(key, value, ownWeight) {
      drop(key)
      if (ownWeight > weightMax) return
      kept.set(key, { value, weight: ownWeight })
      weight += ownWeight
      for (const oldest of kept.keys()) {
        if (weight <= weightMax) break
        drop(oldest)
      }
    },
  }
}
