/*
 * The answers to the queries of look-query.ts, as far as they are used. GitHub leaves fields null
 * where something is gone or not permitted; every such field says so here.
 */

export interface LookAnswer {
  repository: {
    id: string
    databaseId: number | null
    pullRequest: PullAnswer | null
    before: CommitAnswer | null
    head: (CommitAnswer & PolicyAnswer & ChecksAnswer) | null
  } | null
  organisation: { defaultBranchRef: { target: PolicyAnswer | null } | null } | null
}

export interface FilesAnswer {
  repository: { before: CommitAnswer | null; head: CommitAnswer | null } | null
}

export interface EarlierAnswer {
  repository: {
    pullRequest: {
      comments?: CommentsAnswer
      reviews?: CommentsAnswer | null
      reviewThreads?: ThreadsAnswer
    } | null
  } | null
}

export interface PullAnswer {
  id: string
  number: number
  title: string
  state: 'OPEN' | 'CLOSED' | 'MERGED'
  isDraft: boolean
  isCrossRepository: boolean
  changedFiles: number
  baseRefName: string
  baseRefOid: string
  headRefName: string
  headRefOid: string
  author: ActorAnswer | null
  /** Null when the branch is gone. */
  baseRef: { target: ({ oid: string } & PolicyAnswer) | null } | null
  mergeQueueEntry: {
    baseCommit: { oid: string } | null
    headCommit: { oid: string } | null
  } | null
  /** The latest commits, newest last; only asked for by an App. */
  commits?: { nodes: ({ commit: { checkSuites: PushesAnswer | null } } | null)[] | null }
  /** The last time that it became about other commits. */
  timelineItems: { nodes: ({ createdAt: string } | null)[] | null }
  comments: CommentsAnswer
  reviews: CommentsAnswer | null
  reviewThreads: ThreadsAnswer
}

export interface PushesAnswer {
  /** Null for commits that were pushed to a fork. */
  nodes: ({ push: { pusher: ActorAnswer | null } | null } | null)[] | null
}

export interface CommitAnswer extends Folders {
  oid: string
  /** `b0`, `b1`, … and `h0`, `h1`, …: the files asked for, in order. */
  [file: `b${number}` | `h${number}`]: FileAnswer | null
}

export interface Folders {
  tree?: NamesAnswer | null
  docs?: { object: NamesAnswer | null } | null
  github?: { object: NamesAnswer | null } | null
}

export interface NamesAnswer {
  entries?: { name: string; type: string; mode: number; oid: string }[] | null
}

export interface PolicyAnswer {
  policy?: FileAnswer | null
}

export interface FileAnswer {
  /** As git writes it, in decimal: 0o100644, 0o120000 for a symbolic link. */
  mode: number
  type: string
  oid: string
  object: {
    __typename: string
    text?: string | null
    byteSize?: number
    isBinary?: boolean | null
    isTruncated?: boolean
  } | null
}

export interface ChecksAnswer {
  checkSuites?: {
    nodes:
      | ({
          status: string
          createdAt: string
          checkRuns: { nodes: (CheckAnswer | null)[] | null } | null
        } | null)[]
      | null
  } | null
}

export interface CheckAnswer {
  id: string
  databaseId: number | null
  status: string
  conclusion: string | null
  summary: string | null
  annotations: { totalCount: number } | null
}

/** An account; GitHub leaves it null when it was deleted. */
export interface ActorAnswer {
  __typename: string
  login: string
}

export interface RemarkAnswer {
  id: string
  /** A large number as text. */
  fullDatabaseId: string | null
  body: string
  url: string
  createdAt: string
  lastEditedAt: string | null
  viewerDidAuthor: boolean
  author: ActorAnswer | null
  editor: { login: string } | null
  /** Never trusted: members whose membership is private are called "contributor", too. */
  authorAssociation?: string
  isMinimized?: boolean
}

export interface CommentsAnswer {
  pageInfo: PageAnswer
  nodes: (RemarkAnswer | null)[] | null
}

export interface ThreadsAnswer {
  pageInfo: PageAnswer
  nodes: (ThreadAnswer | null)[] | null
}

export interface ThreadAnswer {
  id: string
  path: string
  /** The lines it speaks about; null when they are no longer part of the diff. */
  line: number | null
  startLine: number | null
  diffSide: 'LEFT' | 'RIGHT'
  isOutdated: boolean
  isResolved: boolean
  viewerCanResolve: boolean
  opening: { totalCount: number; nodes: (RemarkAnswer | null)[] | null }
  latest: { nodes: (RemarkAnswer | null)[] | null }
}

export interface PageAnswer {
  hasPreviousPage: boolean
  startCursor: string | null
}

/** The entries of a list that GitHub let us see. */
export function seen<T>(list: { nodes: (T | null)[] | null } | null | undefined): T[] {
  return (list?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]))
}
