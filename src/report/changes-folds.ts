import type { Change } from '../diff/change.ts'
import type { ChangeEntry } from './changes-fields.ts'
import { fieldNames } from './changes-fields.ts'

/*
 * The same small change of many elements, told once:
 *
 *     · “cell” → “sandbox”  22 elements: Forging a visit of the cell · A cell that stays open · …
 *     ↓ likelihood no longer given  19 elements: …
 *
 * Only what is equal to the word is folded, and nothing that came or went, changed its status or
 * weakened by its words: that is read one by one.
 */

export interface ChangeFold {
  /** What happened to each of them, in words of ours and of the document. */
  told: FoldedChange[]
  entries: ChangeEntry[]
  direction: Change['direction']
}

/** Words that were exchanged, or a value that came or went. */
export type FoldedChange =
  | { kind: 'words'; before: string; after: string }
  | { kind: 'value'; field: string; verb: string }

const foldedMin = 3
/** More words than this are no exchange of a name. */
const wordsMax = 3

/** The entries that are told one by one, and those told together. */
export function foldEntries(entries: readonly ChangeEntry[]): {
  entries: ChangeEntry[]
  folds: ChangeFold[]
} {
  const alike = new Map<string, { told: FoldedChange[]; entries: ChangeEntry[] }>()
  for (const entry of entries) {
    const told = toldOf(entry)
    if (told === null) continue
    const key = JSON.stringify([entry.direction, told])
    const fold = alike.get(key)
    if (fold === undefined) alike.set(key, { told, entries: [entry] })
    else fold.entries.push(entry)
  }
  const many = [...alike.values()].filter((fold) => fold.entries.length >= foldedMin)
  const folded = new Set(many.flatMap((fold) => fold.entries))
  return {
    entries: entries.filter((entry) => !folded.has(entry)),
    folds: many.map((fold) => ({ ...fold, direction: fold.entries[0]?.direction ?? 'neutral' })),
  }
}

/** Null for an entry that has to be read by itself. */
function toldOf(entry: ChangeEntry): FoldedChange[] | null {
  if (entry.doubt !== null) return null
  const all = entry.changes.map(foldable)
  const told = all.filter((change) => change !== null)
  if (told.length < all.length) return null
  const byKey = new Map(told.map((change) => [JSON.stringify(change), change]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change)
}

function foldable(change: Change): FoldedChange | null {
  const { kind, field, before, after, direction, phrases } = change
  if (kind === 'severity-changed' && field !== null) {
    if (before !== null && after !== null) return null
    const verb = after === null ? 'no longer given' : 'given now'
    return { kind: 'value', field: fieldNames[field], verb }
  }
  const reworded = kind === 'reworded' || kind === 'renamed'
  if (!reworded || direction !== 'neutral' || phrases !== null) return null
  if (before === null || after === null) return null
  const [gone, come] = [without(before, after), without(after, before)]
  if (gone.length === 0 || come.length === 0) return null
  if (gone.length > wordsMax || come.length > wordsMax) return null
  return { kind: 'words', before: gone.join(' '), after: come.join(' ') }
}

/** Words that stand more often in one text than in the other, each once, singular. */
function without(text: string, other: string): string[] {
  const counts = new Map<string, number>()
  for (const word of wordsOf(other)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const more = wordsOf(text).filter((word) => {
    const left = counts.get(word) ?? 0
    counts.set(word, left - 1)
    return left <= 0
  })
  return [...new Set(more)]
}

function wordsOf(text: string): string[] {
  const runs = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return runs.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}
