import { compareTrees } from '../comparison.ts'
import { commitOf } from '../history.ts'
import type { Repository, State } from '../state.ts'
import type { Shown } from './account.ts'
import { showSimpleCommit } from './git.ts'
import { repositoryHtmlUrl } from './repository.ts'

/** GitHub lists at most this many paths of a pushed commit. */
const pathsMax = 3000

/** A commit inside a push: with the paths it touches. */
export function showPushedCommit(state: State, repository: Repository, sha: string): Shown {
  const { store } = repository
  const commit = commitOf(store, sha)
  const parent = commit.parents[0]
  const before = parent === undefined ? null : commitOf(store, parent).tree
  const files = compareTrees(store, before, commit.tree).slice(0, pathsMax)
  const paths = (status: string): string[] =>
    files.filter((file) => file.status === status).map((file) => file.path)
  const renamed = files.filter((file) => file.previousPath !== null)
  return {
    ...showSimpleCommit(commit),
    distinct: true,
    url: `${repositoryHtmlUrl(state, repository)}/commit/${sha}`,
    added: [...paths('added'), ...renamed.map((file) => file.path)],
    removed: [...paths('removed'), ...renamed.map((file) => file.previousPath ?? '')],
    modified: [...paths('modified'), ...paths('changed')],
  }
}
