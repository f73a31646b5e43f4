import type { Pairing } from './pairing.ts'

/*
 * Written ids that changed although the elements stayed. A text that cites `T-004` says the same
 * when it cites `T-003` after the numbers moved up. Each version is translated to the other's
 * ids only for comparing; what is shown is what was written.
 */

/** The text of `before` with the ids of `after`. */
export type Renumber = (text: string) => string

const idLike = /(?<![\w-])[A-Za-z]{1,12}[-_. ]?\d{1,5}(?![\w-])/g

export function renumbering(pairing: Pairing): Renumber {
  const ids = new Map<string, string>()
  for (const { before, after } of pairing.ofBefore.values()) {
    const [left, right] = [before.element.writtenId, after.element.writtenId]
    if (left !== null && right !== null && left !== right) ids.set(left, right)
  }
  if (ids.size === 0) return (text) => text
  return (text) => text.replace(idLike, (id) => ids.get(id) ?? id)
}
