import { compareTrees } from './comparison.ts'
import { commitOf, mergeBase } from './history.ts'
import { diffLines } from './line-diff.ts'
import { isBinary, type ObjectStore, type TreeEntry, textOf, writeBlob } from './objects.ts'
import { type Edit, editTree, lookUp } from './tree.ts'

/*
 * Merges one branch into another: the tree a merge queue or the merge button makes. Files changed
 * on both sides are merged line by line; where both changed the same lines there is a conflict.
 */

/** The merged tree, or the paths in conflict. */
export type Merged = { tree: string } | { conflicts: string[] }

export function mergeTrees(store: ObjectStore, into: string, from: string): Merged {
  const base = mergeBase(store, into, from)
  const baseTree = base === null ? null : commitOf(store, base).tree
  const ours = commitOf(store, into).tree
  const edit: Edit = {}
  const conflicts: string[] = []
  for (const change of compareTrees(store, baseTree, commitOf(store, from).tree)) {
    const present = lookUp(store, ours, change.previousPath ?? change.path)
    const entry = mergeEntry(store, change, present)
    if (entry === 'conflict') conflicts.push(change.path)
    else {
      if (change.previousPath !== null) edit[change.previousPath] = null
      edit[change.path] = entry === null ? null : { entry }
    }
  }
  return conflicts.length > 0 ? { conflicts } : { tree: editTree(store, ours, edit) }
}

type Entry = Pick<TreeEntry, 'mode' | 'sha'>

function mergeEntry(
  store: ObjectStore,
  change: { before: TreeEntry | null; after: TreeEntry | null },
  present: TreeEntry | null,
): Entry | null | 'conflict' {
  const { before, after } = change
  if (same(present, before)) return after
  if (same(present, after)) return present
  if (!before || !after || !present) return 'conflict'
  const texts = [before, present, after].map((entry) => textAt(store, entry))
  const [base, ours, theirs] = texts
  if (base === undefined || ours === undefined || theirs === undefined) return 'conflict'
  const merged = mergeTexts(base, ours, theirs)
  return merged === null ? 'conflict' : { mode: after.mode, sha: writeBlob(store, merged) }
}

/** Null on conflict. */
export function mergeTexts(base: string, ours: string, theirs: string): string | null {
  const lines = base.split('\n')
  const [left, right] = [ours.split('\n'), theirs.split('\n')]
  const edits = [
    ...diffLines(lines, left).map((region) => ({ ...region, source: left })),
    ...diffLines(lines, right).map((region) => ({ ...region, source: right })),
  ].sort((a, b) => a.aStart - b.aStart || a.aEnd - b.aEnd)
  const result: string[] = []
  let at = 0
  let last: (typeof edits)[number] | null = null
  for (const edit of edits) {
    if (last && last.source !== edit.source && edit.aStart <= last.aEnd) return null
    result.push(...lines.slice(at, edit.aStart), ...edit.source.slice(edit.bStart, edit.bEnd))
    at = edit.aEnd
    last = edit
  }
  return [...result, ...lines.slice(at)].join('\n')
}

function same(a: TreeEntry | null, b: TreeEntry | null): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode
}

function textAt(store: ObjectStore, entry: TreeEntry): string | undefined {
  const bytes = store.blobs.get(entry.sha)
  return bytes && !isBinary(bytes) ? textOf(bytes) : undefined
}
