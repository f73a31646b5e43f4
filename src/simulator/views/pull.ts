import { isoTime, nodeId } from '../ids.ts'
import { pullCommits, pullFiles } from '../pull-diff.ts'
import type { Pull, Repository, State } from '../state.ts'
import { type Shown, showAccount } from './account.ts'
import { repositoryHtmlUrl, repositoryUrl, showRepository } from './repository.ts'

/* A pull request as GitHub's API shows it: in lists, alone (with counts), and inside check runs. */

export function pullUrl(state: State, pull: Pull): string {
  return `${repositoryUrl(state, pull.repository)}/pulls/${pull.number}`
}

export function pullHtmlUrl(state: State, pull: Pull): string {
  return `${repositoryHtmlUrl(state, pull.repository)}/pull/${pull.number}`
}

export function showListedPull(state: State, pull: Pull): Shown {
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    ...pullAddresses(state, pull),
    state: pull.state,
    locked: false,
    title: pull.title,
    user: showAccount(state, pull.author),
    body: pull.body,
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : isoTime(pull.closedAt),
    merged_at: pull.mergedAt === null ? null : isoTime(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    head: showEnd(state, pull.head.repository, pull.head.ref, pull.head.sha),
    base: showEnd(state, pull.repository, pull.base.ref, pull.base.sha),
    author_association: 'NONE',
    auto_merge: null,
    active_lock_reason: null,
  }
}

export function showPull(state: State, pull: Pull): Shown {
  const files = pullFiles(pull)
  return {
    ...showListedPull(state, pull),
    merged: pull.mergedAt !== null,
    mergeable: pull.state === 'open' ? true : null,
    rebaseable: pull.state === 'open' ? true : null,
    mergeable_state: pull.draft ? 'draft' : 'clean',
    merged_by: pull.mergedBy ? showAccount(state, pull.mergedBy) : null,
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: false,
    commits: pullCommits(pull).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  }
}

/** Inside check runs and suites. A pull request from a fork is never listed there. */
export function showPullInCheck(state: State, pull: Pull): Shown {
  const end = (repository: Repository): Shown => ({
    id: repository.id,
    url: repositoryUrl(state, repository),
    name: repository.name,
  })
  return {
    id: pull.id,
    number: pull.number,
    url: pullUrl(state, pull),
    head: {
      ref: pull.head.ref,
      sha: pull.head.sha,
      repo: end(pull.head.repository ?? pull.repository),
    },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: end(pull.repository) },
  }
}

function pullAddresses(state: State, pull: Pull): Shown {
  const url = pullUrl(state, pull)
  const html = pullHtmlUrl(state, pull)
  const base = repositoryUrl(state, pull.repository)
  const links = {
    html,
    issue: `${base}/issues/${pull.number}`,
    comments: `${base}/issues/${pull.number}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${base}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${base}/statuses/${pull.head.sha}`,
  }
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(
      Object.entries({ self: url, ...links }).map(([name, href]) => [name, { href }]),
    ),
  }
}

function showEnd(state: State, repository: Repository | null, ref: string, sha: string): Shown {
  return {
    label: `${repository?.owner.login ?? 'unknown'}:${ref}`,
    ref,
    sha,
    user: repository ? showAccount(state, repository.owner) : null,
    repo: repository ? showRepository(state, repository) : null,
  }
}
