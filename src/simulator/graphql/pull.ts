import type { FileChange } from '../comparison.ts'
import { isoTime, nodeId } from '../ids.ts'
import { pullCommits, pullFiles } from '../pull-diff.ts'
import type { Pull, Repository, Turn } from '../state.ts'
import { association } from '../views/comment.ts'
import { pullHtmlUrl } from '../views/pull.ts'
import { fullName, repositoryHtmlUrl } from '../views/repository.ts'
import { type Shown, showActor } from './accounts.ts'
import { connection, type PageArguments } from './connection.ts'
import { findObject, showCommit } from './git.ts'
import {
  showIssueComment,
  showReview,
  showThread,
  visibleReviews,
  visibleThreads,
} from './remarks.ts'
import { refuse, requireNeed, type Viewer } from './viewer.ts'

/* Repositories, branches and pull requests. */

export function showRepository(viewer: Viewer, repository: Repository): Shown {
  const contents = { permission: 'contents', level: 'read' } as const
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: showActor(viewer, repository.owner),
    isPrivate: repository.private,
    isFork: repository.parent !== null,
    isArchived: false,
    url: repositoryHtmlUrl(viewer.state, repository),
    defaultBranchRef: () => showRef(viewer, repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      showRef(viewer, repository, qualifiedName.replace(/^refs\/heads\//, '')),
    object: (wanted: { oid?: string; expression?: string }) => {
      requireNeed(viewer, repository, contents)
      return findObject(viewer, repository, wanted)
    },
    ...pullFields(viewer, repository),
  }
}

function pullFields(viewer: Viewer, repository: Repository): Shown {
  const need = { permission: 'pull_requests', level: 'read' } as const
  return {
    pullRequest: ({ number }: { number: number }) => {
      requireNeed(viewer, repository, need)
      const pull = repository.pulls.find((one) => one.number === number)
      if (pull) return showPull(viewer, pull)
      const message = `Could not resolve to a PullRequest with the number of ${number}.`
      throw refuse('NOT_FOUND', message)
    },
    pullRequests: (page: PageArguments & { states?: string[]; baseRefName?: string }) => {
      requireNeed(viewer, repository, need)
      const pulls = repository.pulls
        .filter((pull) => page.states == null || page.states.includes(stateOf(pull)))
        .filter((pull) => (page.baseRefName ?? pull.base.ref) === pull.base.ref)
      return connection('pullRequests', pulls, page, (pull) => showPull(viewer, pull))
    },
  }
}

export function showPull(viewer: Viewer, pull: Pull): Shown {
  const { repository } = pull
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: stateOf(pull),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    closed: pull.state === 'closed',
    url: pullHtmlUrl(viewer.state, pull),
    author: showActor(viewer, pull.author),
    authorAssociation: association(pull, pull.author.login),
    editor: null,
    lastEditedAt: null,
    ...timeFields(viewer, pull),
    ...endFields(viewer, pull),
    ...countFields(pull),
    repository: () => showRepository(viewer, repository),
    ...listFields(viewer, pull),
  }
}

/** `HeadRefForcePushedEvent` is asked for as `HEAD_REF_FORCE_PUSHED_EVENT`. */
function turnsOf(pull: Pull, wanted: readonly string[] | null | undefined): Turn[] {
  const nameOf = ({ kind }: Turn) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  return pull.turns.filter((turn) => wanted == null || wanted.includes(nameOf(turn)))
}

function showTurn(viewer: Viewer, pull: Pull, turn: Turn): Shown {
  const commit = (sha: string) => () => showCommit(viewer, pull.repository, sha)
  const ends =
    turn.kind === 'BaseRefChangedEvent'
      ? { previousRefName: turn.before, currentRefName: turn.after }
      : { beforeCommit: commit(turn.before), afterCommit: commit(turn.after) }
  return {
    __typename: turn.kind,
    id: nodeId(turn.kind === 'BaseRefChangedEvent' ? 'BRCE' : 'HRFPE', turn.id),
    createdAt: isoTime(turn.at),
    actor: showActor(viewer, turn.actor),
    pullRequest: () => showPull(viewer, pull),
    ...ends,
  }
}

function listFields(viewer: Viewer, pull: Pull): Shown {
  return {
    comments: (page: PageArguments) =>
      connection('comments', pull.comments, page, (one) => showIssueComment(viewer, pull, one)),
    reviews: (page: PageArguments) =>
      connection('reviews', visibleReviews(viewer, pull), page, (one) =>
        showReview(viewer, pull, one),
      ),
    reviewThreads: (page: PageArguments) =>
      connection('reviewThreads', visibleThreads(viewer, pull), page, (one) =>
        showThread(viewer, pull, one),
      ),
    timelineItems: (page: PageArguments & { itemTypes?: string[] | null }) =>
      connection('timelineItems', turnsOf(pull, page.itemTypes), page, (turn) =>
        showTurn(viewer, pull, turn),
      ),
    commits: (page: PageArguments) =>
      connection('commits', pullCommits(pull), page, ({ sha }) => ({
        __typename: 'PullRequestCommit',
        id: `PURC_${pull.id}_${sha}`,
        commit: () => showCommit(viewer, pull.repository, sha),
      })),
    files: (page: PageArguments) => connection('files', pullFiles(pull), page, showChangedFile),
  }
}

function timeFields(viewer: Viewer, pull: Pull): Shown {
  const time = (ms: number | null): string | null => (ms === null ? null : isoTime(ms))
  return {
    createdAt: time(pull.createdAt),
    updatedAt: time(pull.updatedAt),
    closedAt: time(pull.closedAt),
    mergedAt: time(pull.mergedAt),
    mergedBy: pull.mergedBy ? showActor(viewer, pull.mergedBy) : null,
  }
}

function endFields(viewer: Viewer, pull: Pull): Shown {
  const { repository, head, base, queued, mergeCommit } = pull
  const commit = (sha: string) => () => showCommit(viewer, repository, sha)
  return {
    baseRefName: base.ref,
    baseRefOid: base.sha,
    baseRef: () => showRef(viewer, repository, base.ref),
    baseRepository: () => showRepository(viewer, repository),
    headRefName: head.ref,
    headRefOid: head.sha,
    headRef: () => (head.repository ? showRef(viewer, head.repository, head.ref) : null),
    headRepository: () => (head.repository ? showRepository(viewer, head.repository) : null),
    headRepositoryOwner: head.repository ? showActor(viewer, head.repository.owner) : null,
    isCrossRepository: head.repository !== repository,
    mergeCommit: mergeCommit === null ? null : commit(mergeCommit),
    isInMergeQueue: queued !== null,
    mergeQueueEntry: queued && {
      __typename: 'MergeQueueEntry',
      id: nodeId('MQE', pull.id),
      baseCommit: commit(queued.baseSha),
      headCommit: commit(queued.headSha),
    },
  }
}

/** Counted only when asked for: it means comparing. */
function countFields(pull: Pull): Shown {
  const sum = (of: (file: FileChange) => number): number =>
    pullFiles(pull).reduce((total, file) => total + of(file), 0)
  return {
    additions: () => sum((file) => file.additions),
    deletions: () => sum((file) => file.deletions),
    changedFiles: () => sum(() => 1),
  }
}

const changeTypes: Record<FileChange['status'], string> = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  changed: 'CHANGED',
}

function showChangedFile(file: FileChange): Shown {
  return {
    __typename: 'PullRequestChangedFile',
    path: file.path,
    additions: file.additions,
    deletions: file.deletions,
    changeType: changeTypes[file.status],
  }
}

function showRef(viewer: Viewer, repository: Repository, branch: string): Shown | null {
  const sha = repository.branches.get(branch)
  if (sha === undefined) return null
  return {
    __typename: 'Ref',
    id: `REF_${Buffer.from(`${repository.id}:refs/heads/${branch}`).toString('base64url')}`,
    name: branch,
    prefix: 'refs/heads/',
    target: () => showCommit(viewer, repository, sha),
  }
}

function stateOf(pull: Pull): string {
  if (pull.mergedAt !== null) return 'MERGED'
  return pull.state === 'open' ? 'OPEN' : 'CLOSED'
}
