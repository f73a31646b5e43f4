import type { Draft } from '../draft/draft.ts'
import { keyOf } from '../identity.ts'

interface Stated {
  draft: Draft
}

/**
 * A matrix with a sentence for each class, and a part that tells of each class once: what both say
 * of a class is one threat.
 */
export function pairsByClass<M extends Stated>(rows: M[], told: M[]): Map<M, M> | null {
  const byClass = new Map(told.map((entry) => [classOfOne(entry), entry]))
  if (rows.length < fewestClasses || byClass.size !== rows.length) return null
  if (told.length !== rows.length) return null
  const pairs = new Map<M, M>()
  for (const row of rows) {
    const name = classOfOne(row)
    const detail = name === null ? undefined : byClass.get(name)
    if (detail === undefined || keyOf(row.draft.title).split(' ').length < sentenceWords)
      return null
    pairs.set(row, detail)
  }
  return new Set(pairs.values()).size === rows.length ? pairs : null
}

const fewestClasses = 3
const sentenceWords = 5

/** The one class of a threat, or null. */
function classOfOne({ draft }: Stated): string | null {
  if (draft.kind !== 'threat') return null
  const [only, second] = draft.categories
  return only === undefined || second !== undefined ? null : only
}
