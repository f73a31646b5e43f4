import { isBinary, type ObjectStore, type TreeEntry, textOf } from './objects.ts'

/*
 * Finds, as git does, which removed file an added one was: first by equal content, then by likeness
 * of at least one half. Above `pairsMax` pairs only equal content counts.
 */

/** A path that is not the same on both sides, before line counts and patches. */
export interface PathChange {
  path: string
  previousPath: string | null
  before: TreeEntry | null
  after: TreeEntry | null
}

const likenessMin = 0.5
const pairsMax = 160_000

export function detectRenames(store: ObjectStore, changes: readonly PathChange[]): PathChange[] {
  const gone = changes.filter((change) => isFile(change.before) && change.after === null)
  const fresh = changes.filter((change) => change.before === null && isFile(change.after))
  const pairs = new Map<PathChange, PathChange>()
  const taken = new Set<PathChange>()
  pairEqual(store, gone, fresh, (from, to) => take(from, to))
  if (gone.length * fresh.length <= pairsMax) {
    for (const { from, to } of likePairs(store, rest(gone, taken), rest(fresh, pairs))) {
      if (!taken.has(from) && !pairs.has(to)) take(from, to)
    }
  }
  return changes
    .filter((change) => !taken.has(change))
    .map((change) => renamed(change, pairs.get(change)))

  function take(from: PathChange, to: PathChange): void {
    taken.add(from)
    pairs.set(to, from)
  }
}

function renamed(change: PathChange, from: PathChange | undefined): PathChange {
  return from ? { ...change, previousPath: from.path, before: from.before } : change
}

function isFile(entry: TreeEntry | null): boolean {
  return entry?.mode.startsWith('100') === true
}

function rest(
  changes: readonly PathChange[],
  used: { has(change: PathChange): boolean },
): PathChange[] {
  return changes.filter((change) => !used.has(change))
}

/** Equal content; among several the file of the same name is preferred. Empty files never pair. */
function pairEqual(
  store: ObjectStore,
  gone: readonly PathChange[],
  fresh: readonly PathChange[],
  take: (from: PathChange, to: PathChange) => void,
): void {
  const bySha = Map.groupBy(gone, (change) => change.before?.sha ?? '')
  for (const to of fresh) {
    const sha = to.after?.sha ?? ''
    if (store.blobs.get(sha)?.length === 0) continue
    const left = bySha.get(sha) ?? []
    const sameName = left.findIndex((from) => baseName(from.path) === baseName(to.path))
    const [from] = left.splice(Math.max(sameName, 0), 1)
    if (from) take(from, to)
  }
}

interface LikePair {
  from: PathChange
  to: PathChange
  likeness: number
}

function likePairs(
  store: ObjectStore,
  gone: readonly PathChange[],
  fresh: readonly PathChange[],
): LikePair[] {
  if (gone.length === 0 || fresh.length === 0) return []
  const before = gone.map((change) => lineBag(store, change.before))
  const after = fresh.map((change) => lineBag(store, change.after))
  const pairs: LikePair[] = []
  gone.forEach((from, i) => {
    fresh.forEach((to, j) => {
      const likeness = likenessOf(before[i] ?? null, after[j] ?? null)
      if (likeness >= likenessMin) pairs.push({ from, to, likeness })
    })
  })
  return pairs.sort((a, b) => b.likeness - a.likeness)
}

interface LineBag {
  size: number
  counts: Map<string, number>
}

function lineBag(store: ObjectStore, entry: TreeEntry | null): LineBag | null {
  const bytes = store.blobs.get(entry?.sha ?? '')
  if (!bytes || isBinary(bytes)) return null
  const counts = new Map<string, number>()
  const text = textOf(bytes)
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1)
  return { size: text.length, counts }
}

/** The share of the larger file that stands, line by line, in the other one too. */
function likenessOf(a: LineBag | null, b: LineBag | null): number {
  const size = Math.max(a?.size ?? 0, b?.size ?? 0)
  if (!a || !b || size === 0 || Math.min(a.size, b.size) < size * likenessMin) return 0
  let common = 0
  for (const [line, count] of a.counts) {
    common += (line.length + 1) * Math.min(count, b.counts.get(line) ?? 0)
  }
  return common / size
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
