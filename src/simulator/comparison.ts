import { isBinary, type ObjectStore, type TreeEntry, textOf } from './objects.ts'
import { diffTexts, type TextChange } from './patch.ts'
import { detectRenames, type PathChange } from './renames.ts'
import { entriesOf } from './tree.ts'

/*
 * What changed between two trees, as GitHub's API tells it: a status word, line counts, and a patch
 * where there is one. Folders that are the same tree are never opened, and each pair of trees is
 * compared once.
 *
 * GitHub's limits on diffs are kept: a patch is absent, not cut, when a file or the whole is too
 * large, and for binary files (docs.github.com, "Limits for viewing content and diffs").
 */
export interface FileChange {
  path: string
  previousPath: string | null
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed'
  before: TreeEntry | null
  after: TreeEntry | null
  additions: number
  deletions: number
  /** Null when the file is binary or the patch too large. */
  patch: string | null
}

const patchLinesMax = 20_000
const patchBytesMax = 500_000
const diffLinesMax = 20_000
const diffBytesMax = 1_000_000

interface Known {
  trees: Map<string, FileChange[]>
  texts: Map<string, TextChange>
}

const known = new WeakMap<ObjectStore, Known>()

/** Sorted by path. `before` and `after` are names of trees; null is the empty tree. */
export function compareTrees(
  store: ObjectStore,
  before: string | null,
  after: string | null,
): FileChange[] {
  const { trees } = knownOf(store)
  const key = `${before}...${after}`
  const earlier = trees.get(key)
  if (earlier) return earlier
  const changes = detectRenames(store, pathChanges(store, before, after))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((change) => fileChange(store, change))
  withinLimits(changes)
  trees.set(key, changes)
  return changes
}

function knownOf(store: ObjectStore): Known {
  const found = known.get(store) ?? { trees: new Map(), texts: new Map() }
  known.set(store, found)
  return found
}

function pathChanges(
  store: ObjectStore,
  before: string | null,
  after: string | null,
  prefix = '',
): PathChange[] {
  if (before === after) return []
  const old = new Map(entriesOf(store, before).map((entry) => [entry.name, entry]))
  const fresh = new Map(entriesOf(store, after).map((entry) => [entry.name, entry]))
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) => {
    const a = old.get(name) ?? null
    const b = fresh.get(name) ?? null
    if (a?.sha === b?.sha && a?.mode === b?.mode) return []
    const path = `${prefix}${name}`
    const below = pathChanges(store, folder(a), folder(b), `${path}/`)
    const [before, after] = [leaf(a), leaf(b)]
    return before || after ? [{ path, previousPath: null, before, after }, ...below] : below
  })
}

function folder(entry: TreeEntry | null): string | null {
  return entry?.mode === '040000' ? entry.sha : null
}

function leaf(entry: TreeEntry | null): TreeEntry | null {
  return entry?.mode === '040000' ? null : entry
}

function fileChange(store: ObjectStore, change: PathChange): FileChange {
  const status = statusOf(change)
  const diff = textChange(store, change)
  if (diff === null) return { ...change, status, additions: 0, deletions: 0, patch: null }
  const { patch, additions, deletions } = diff
  const large = patch.length > patchBytesMax || additions + deletions > patchLinesMax
  // GitHub leaves the field out when there is nothing to show, as for a pure rename.
  const shown = large || patch === '' ? null : patch
  return { ...change, status, additions, deletions, patch: shown }
}

/** Null for binary files. Each pair of contents is compared once: later pushes change few files. */
function textChange(store: ObjectStore, { before, after }: PathChange): TextChange | null {
  const { texts } = knownOf(store)
  const key = `${before?.sha} ${after?.sha}`
  const earlier = texts.get(key)
  if (earlier) return earlier
  const [old, fresh] = [contentOf(store, before), contentOf(store, after)]
  if (old === null || fresh === null) return null
  const diff = diffTexts(old, fresh)
  texts.set(key, diff)
  return diff
}

function statusOf({ before, after, previousPath }: PathChange): FileChange['status'] {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  if (previousPath !== null) return 'renamed'
  return kindOf(before) === kindOf(after) ? 'modified' : 'changed'
}

function kindOf(entry: TreeEntry): string {
  return entry.mode.slice(0, 3)
}

/** The text of a side; '' when it does not exist, null when it is binary. */
function contentOf(store: ObjectStore, entry: TreeEntry | null): string | null {
  if (entry === null) return ''
  if (entry.mode === '160000') return `Subproject commit ${entry.sha}\n`
  const bytes = store.blobs.get(entry.sha) ?? new Uint8Array()
  return isBinary(bytes) ? null : textOf(bytes)
}

/** Once the whole diff is too large, later files lose their patches. */
function withinLimits(changes: FileChange[]): void {
  let lines = 0
  let bytes = 0
  for (const change of changes) {
    lines += change.additions + change.deletions
    bytes += change.patch?.length ?? 0
    if (lines > diffLinesMax || bytes > diffBytesMax) change.patch = null
  }
}
