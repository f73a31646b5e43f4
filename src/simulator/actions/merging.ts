import { assert } from '../../shared/assert.ts'
import { tell } from '../events.ts'
import { commitOf } from '../history.ts'
import { mergeTrees } from '../merge.ts'
import { writeCommit } from '../objects.ts'
import type { Account, Pull, State } from '../state.ts'
import { showSimpleCommit } from '../views/git.ts'
import { closePull, push, requestChecks } from './pulls.ts'

/* Merging, at once or through the merge queue. */

export function mergePull(state: State, pull: Pull, sender: Account): void {
  const { repository } = pull
  const sha = mergeInto(state, pull, sender)
  dequeuePull(state, pull, sender, 'merged')
  pull.mergedAt = state.now()
  pull.mergedBy = sender
  pull.mergeCommit = sha
  closePull(state, pull, sender)
  push(state, repository, { branch: pull.base.ref, sha, sender })
}

/** Puts the pull request into the merge queue; returns the group's head, which wants checks. */
export function queuePull(state: State, pull: Pull, sender: Account): string {
  const { repository, base } = pull
  const baseSha = repository.branches.get(base.ref) ?? base.sha
  const sha = mergeInto(state, pull, sender)
  const branch = `gh-readonly-queue/${base.ref}/pr-${pull.number}-${baseSha}`
  repository.branches.set(branch, sha)
  pull.queued = { branch, baseSha, headSha: sha }
  requestChecks(state, repository, sha, sender)
  tellMergeGroup(state, pull, { action: 'checks_requested', sender })
  return sha
}

/** Takes the pull request out of the queue; the group's branch goes. */
export function dequeuePull(state: State, pull: Pull, sender: Account, reason: string): void {
  if (pull.queued === null) return
  tellMergeGroup(state, pull, { action: 'destroyed', sender, more: { reason } })
  pull.repository.branches.delete(pull.queued.branch)
  pull.queued = null
}

function tellMergeGroup(
  state: State,
  pull: Pull,
  happened: { action: string; sender: Account; more?: Record<string, unknown> },
): void {
  const { repository, base, queued } = pull
  if (queued === null) return
  const { action, sender, more } = happened
  const merge_group = {
    head_sha: queued.headSha,
    head_ref: `refs/heads/${queued.branch}`,
    base_ref: `refs/heads/${base.ref}`,
    base_sha: queued.baseSha,
    head_commit: showSimpleCommit(commitOf(repository.store, queued.headSha)),
  }
  const fields = { merge_group, ...more }
  tell(state, { event: 'merge_group', action, repository, sender, fields })
}

function mergeInto(state: State, pull: Pull, sender: Account): string {
  const { store, branches } = pull.repository
  const tip = branches.get(pull.base.ref) ?? pull.base.sha
  const merged = mergeTrees(store, tip, pull.head.sha)
  assert('tree' in merged, `pull request ${pull.number} merges without conflicts`)
  const { login } = sender
  return writeCommit(store, {
    tree: merged.tree,
    parents: [tip, pull.head.sha],
    message: `Merge pull request #${pull.number}\n\n${pull.title}`,
    author: { name: login, email: `${login}@users.noreply.github.com`, at: state.now() },
  })
}
