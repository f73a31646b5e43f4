import { findRepository } from '../access.ts'
import { commit, push } from '../actions/pulls.ts'
import { commitOf } from '../history.ts'
import { type Edit, lookUp } from '../tree.ts'
import type { Shown } from './accounts.ts'
import { showCommit } from './git.ts'
import type { Input } from './mutations.ts'
import { noRepository, refuse, requireNeed, type Viewer, viewerActor } from './viewer.ts'

/*
 * createCommitOnBranch: a commit by the caller on top of the branch, if the branch is still where
 * the caller takes it to be. It never moves a branch backwards. Naming the branch by its node id is
 * left out: a pull request's branch is known by name.
 */
export function createCommitOnBranch(viewer: Viewer, input: Input): Shown {
  const { repositoryNameWithOwner, branchName } = input.branch as Record<string, unknown>
  const fullName = String(repositoryNameWithOwner)
  const branch = String(branchName)
  const repository = findRepository(viewer.state, fullName)
  if (!repository) throw noRepository(fullName)
  requireNeed(viewer, repository, { permission: 'contents', level: 'write' })
  const parent = repository.branches.get(branch)
  if (parent === undefined) throw refuse('NOT_FOUND', `No branch named "${branch}" was found.`)
  if (parent !== input.expectedHeadOid) {
    const expected = String(input.expectedHeadOid)
    throw refuse('STALE_DATA', `Expected branch to point to "${expected}" but it did not.`)
  }
  if (repository.protectedBranches.has(branch)) {
    const why = 'Changes must be made through a pull request.'
    throw refuse('BRANCH_PROTECTION_RULE_VIOLATION', why)
  }
  const { account } = viewerActor(viewer)
  const edit = editOf(
    (input.fileChanges ?? {}) as Changes,
    (path) => lookUp(repository.store, commitOf(repository.store, parent).tree, path) !== null,
  )
  const { headline, body } = input.message as { headline: string; body?: string | null }
  const message = body ? `${headline}\n\n${body}` : headline
  const sha = commit(viewer.state, repository, { edit, author: account, message, parent })
  push(viewer.state, repository, { branch, sha, sender: account })
  return { commit: showCommit(viewer, repository, sha) }
}

interface Changes {
  additions?: { path: string; contents: string }[] | null
  deletions?: { path: string }[] | null
}

function editOf({ additions, deletions }: Changes, isThere: (path: string) => boolean): Edit {
  const edit: Edit = {}
  for (const { path } of deletions ?? []) {
    if (!isThere(path)) throw refuse('UNPROCESSABLE', `A path was requested for deletion: ${path}`)
    edit[path] = null
  }
  for (const { path, contents } of additions ?? []) edit[path] = Buffer.from(contents, 'base64')
  if (Object.keys(edit).length === 0) throw refuse('UNPROCESSABLE', 'There is nothing to commit.')
  return edit
}
