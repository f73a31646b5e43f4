import { assert } from '../shared/assert.ts'
import type { Commit, ObjectStore } from './objects.ts'

/*
 * Questions about the graph of commits. Histories in here are short; sets of ancestors are simply
 * collected.
 */

export function commitOf(store: ObjectStore, sha: string): Commit {
  const commit = store.commits.get(sha)
  assert(commit !== undefined, `no commit ${sha}`)
  return commit
}

/** Every commit that `tip` builds on, itself included, in the order they are met. */
export function ancestors(store: ObjectStore, tip: string): Set<string> {
  const met = new Set<string>()
  const open = [tip]
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (met.has(sha)) continue
    met.add(sha)
    open.push(...commitOf(store, sha).parents)
  }
  return met
}

/** The best common ancestor; null when the histories have nothing in common. */
export function mergeBase(store: ObjectStore, one: string, other: string): string | null {
  const ofOne = ancestors(store, one)
  const common = [...ancestors(store, other)].filter((sha) => ofOne.has(sha))
  const surpassed = new Set<string>()
  for (const sha of common) {
    if (surpassed.has(sha)) continue
    for (const older of ancestors(store, sha)) if (older !== sha) surpassed.add(older)
  }
  const best = common.filter((sha) => !surpassed.has(sha))
  return best.sort((a, b) => commitOf(store, b).author.at - commitOf(store, a).author.at)[0] ?? null
}

/** Commits of `tip` that `without` does not have, oldest first. */
export function commitsSince(store: ObjectStore, without: string, tip: string): Commit[] {
  const known = ancestors(store, without)
  const fresh = new Set([...ancestors(store, tip)].filter((sha) => !known.has(sha)))
  const order: Commit[] = []
  const visit = (sha: string): void => {
    if (!fresh.delete(sha)) return
    const commit = commitOf(store, sha)
    for (const parent of commit.parents) visit(parent)
    order.push(commit)
  }
  visit(tip)
  return order
}
