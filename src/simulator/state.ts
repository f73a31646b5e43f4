import type { ObjectStore } from './objects.ts'

/*
 * Everything the simulated GitHub knows, as plain typed values. Routes, GraphQL and the handles
 * read and change these and nothing else, so a test can look at the state itself: "what does the
 * pull request look like now" needs no second client.
 */
export interface State {
  /** Milliseconds since 1970. */
  now: () => number
  apiUrl: string
  htmlUrl: string
  app: App
  accounts: Account[]
  repositories: Repository[]
  installations: Installation[]
  tokens: Map<string, Token>
  /** Newest last. */
  deliveries: Delivery[]
  nextId: number
}

export interface App {
  id: number
  slug: string
  name: string
  clientId: string
  owner: Account
  bot: Account
  permissions: Permissions
  events: string[]
  /** PEM, PKCS#8; the App signs its JSON web tokens with it. */
  privateKey: string
  publicKey: string
  webhookSecret: string
  createdAt: number
}

export type Permissions = Record<string, 'read' | 'write' | 'admin'>

export interface Account {
  id: number
  login: string
  type: 'User' | 'Organization' | 'Bot'
  /** Slug → members. Organisations only. */
  teams: Map<string, Set<string>>
}

export interface Installation {
  id: number
  account: Account
  /** Null: all repositories of the account, also later ones. */
  repositoryIds: Set<number> | null
  permissions: Permissions
  suspended: boolean
  createdAt: number
  usage: Usage
}

/** What a token stands for: an installation, perhaps narrowed, or a person. */
export interface Token {
  value: string
  installation: Installation | null
  user: Account | null
  repositoryIds: Set<number> | null
  permissions: Permissions
  expiresAt: number
  usage: Usage
}

/** Requests used of each budget in the present hour, and when content was created. */
export interface Usage {
  hourStart: number
  rest: number
  graphql: number
  contentAt: number[]
}

export interface Repository {
  id: number
  owner: Account
  name: string
  /** Full names it had before; GitHub leads them to the present one. */
  formerNames: string[]
  private: boolean
  defaultBranch: string
  parent: Repository | null
  store: ObjectStore
  /** Name without refs/heads/ → commit. */
  branches: Map<string, string>
  /** Branches that change through pull requests only. */
  protectedBranches: Set<string>
  collaborators: Map<string, RoleName>
  /** Roles beyond the built-in ones, with the built-in one each builds on. */
  customRoles: Map<string, RoleName>
  pulls: Pull[]
  checkSuites: CheckSuite[]
  checkRuns: CheckRun[]
  nextNumber: number
  createdAt: number
  pushedAt: number
}

export type RoleName = 'read' | 'triage' | 'write' | 'maintain' | 'admin' | (string & {})

export interface Pull {
  id: number
  repository: Repository
  number: number
  title: string
  body: string | null
  author: Account
  state: 'open' | 'closed'
  draft: boolean
  mergedAt: number | null
  mergedBy: Account | null
  mergeCommit: string | null
  head: { repository: Repository | null; ref: string; sha: string }
  /** `sha` is where the base stood when the head was last pushed, as on GitHub. */
  base: { ref: string; sha: string }
  createdAt: number
  updatedAt: number
  closedAt: number | null
  /** Set while it stands in the merge queue: the group that is being checked. */
  queued: { branch: string; baseSha: string; headSha: string } | null
  comments: Comment[]
  reviews: Review[]
  threads: Thread[]
  /** When it became about other commits than those it grew from. */
  turns: Turn[]
}

/** An entry of the timeline; `before` and `after` are commits, or names of base branches. */
export interface Turn {
  id: number
  kind: 'HeadRefForcePushedEvent' | 'BaseRefChangedEvent'
  actor: Account
  at: number
  before: string
  after: string
}

/** A text by somebody: in the conversation, or (with `thread`) in a review. */
export interface Comment {
  id: number
  author: Account
  /** True when it was written with an installation token of the App. */
  viaApp: boolean
  body: string
  createdAt: number
  updatedAt: number
  /** Who edited it last; null when nobody has. */
  editor: Account | null
  minimized: string | null
  reactions: Reaction[]
}

export interface Reaction {
  id: number
  user: Account
  content: string
  createdAt: number
}

export interface Review {
  id: number
  author: Account
  viaApp: boolean
  body: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  commitSha: string
  submittedAt: number
  editor: Account | null
  minimized: string | null
  reactions: Reaction[]
}

export interface ReviewComment extends Comment {
  reviewId: number
  inReplyTo: number | null
}

/** Comments on one place of the diff; the first one started it. */
export interface Thread {
  id: number
  path: string
  subject: 'line' | 'file'
  side: 'LEFT' | 'RIGHT'
  line: number | null
  startSide: 'LEFT' | 'RIGHT' | null
  startLine: number | null
  /** Lines on the head it was written on; `line` and `startLine` follow the file. */
  originalLine: number | null
  originalStartLine: number | null
  /** The older way to name `originalLine`: lines below the first `@@` of the file's patch. */
  originalPosition: number | null
  diffHunk: string
  /** The head it was written on. */
  commitSha: string
  /** True once the line is no longer in the pull request's diff. */
  outdated: boolean
  resolvedBy: Account | null
  comments: ReviewComment[]
}

export interface CheckSuite {
  id: number
  headSha: string
  headBranch: string | null
  createdAt: number
  /** Who pushed the commit; null when it came from a fork, whose pushes are none of this place. */
  pusher: Account | null
}

export interface CheckRun {
  id: number
  suite: CheckSuite
  name: string
  headSha: string
  externalId: string
  detailsUrl: string | null
  status: string
  conclusion: string | null
  startedAt: number | null
  completedAt: number | null
  title: string | null
  summary: string | null
  text: string | null
  annotations: Annotation[]
  actions: { label: string; description: string; identifier: string }[]
}

/** Fields as GitHub's API names them, since they are taken and given unchanged. */
export interface Annotation {
  path: string
  start_line: number
  end_line: number
  start_column: number | null
  end_column: number | null
  annotation_level: string
  title: string | null
  message: string
  raw_details: string | null
}

/** A webhook delivery, signed when sent. A redelivery has the same guid and another id. */
export interface Delivery {
  id: number
  guid: string
  event: string
  action: string | null
  payload: Record<string, unknown>
  redelivery: boolean
  /** Null until it was sent. 0 when nobody answered. */
  statusCode: number | null
  deliveredAt: number
  installationId: number | null
  repositoryId: number | null
}
