import { compareTrees, type FileChange } from './comparison.ts'
import { commitOf, commitsSince, mergeBase } from './history.ts'
import type { Commit } from './objects.ts'
import type { Pull } from './state.ts'

/* What a pull request changes: from where it parted from its base, to its head. */

/** Null when the two branches share no history. */
export function pullMergeBase(pull: Pull): string | null {
  return mergeBase(pull.repository.store, baseTip(pull), pull.head.sha)
}

export function pullFiles(pull: Pull): FileChange[] {
  const { store } = pull.repository
  const from = pullMergeBase(pull)
  const before = from === null ? null : commitOf(store, from).tree
  return compareTrees(store, before, commitOf(store, pull.head.sha).tree)
}

export function pullCommits(pull: Pull): Commit[] {
  return commitsSince(pull.repository.store, baseTip(pull), pull.head.sha)
}

/** A merged pull request keeps the base it was merged into. */
function baseTip(pull: Pull): string {
  if (pull.mergedAt !== null) return pull.base.sha
  return pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
}
