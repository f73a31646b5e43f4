import type { FileChange } from '../comparison.ts'
import { isoTime, nodeId } from '../ids.ts'
import type { Commit } from '../objects.ts'
import type { Repository, State } from '../state.ts'
import { type Shown, showAccount } from './account.ts'
import { repositoryHtmlUrl, repositoryUrl } from './repository.ts'

/* Commits and changed files as GitHub's API shows them. */

export function showCommit(state: State, repository: Repository, commit: Commit): Shown {
  const url = repositoryUrl(state, repository)
  const html = repositoryHtmlUrl(state, repository)
  const person = {
    name: commit.author.name,
    email: commit.author.email,
    date: isoTime(commit.author.at),
  }
  const account = state.accounts.find((known) => known.login === commit.author.name)
  const shown = account ? showAccount(state, account) : null
  return {
    sha: commit.sha,
    node_id: `C_${Buffer.from(`${repository.id}:${commit.sha}`).toString('base64url')}`,
    commit: {
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: shown,
    committer: shown,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  }
}

/** The short form inside check suites and pushes. */
export function showSimpleCommit(commit: Commit): Shown {
  const person = { name: commit.author.name, email: commit.author.email }
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: isoTime(commit.author.at),
    author: person,
    committer: person,
  }
}

/** `sha` is the commit on whose side the file is read. */
export function showFile(
  state: State,
  repository: Repository,
  sha: string,
  change: FileChange,
): Shown {
  const path = change.path.split('/').map(encodeURIComponent).join('/')
  const html = repositoryHtmlUrl(state, repository)
  return {
    sha: (change.after ?? change.before)?.sha ?? null,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(state, repository)}/contents/${path}?ref=${sha}`,
    ...(change.patch === null ? {} : { patch: change.patch }),
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  }
}

export function showRef(state: State, repository: Repository, branch: string, sha: string): Shown {
  const url = repositoryUrl(state, repository)
  return {
    ref: `refs/heads/${branch}`,
    node_id: nodeId('REF', repository.id),
    url: `${url}/git/refs/heads/${branch}`,
    object: { sha, type: 'commit', url: `${url}/git/commits/${sha}` },
  }
}
