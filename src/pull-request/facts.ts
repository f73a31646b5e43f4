import type { CommitRef, PullRequestRef } from '../shared/refs.ts'

/*
 * Everything a judgement may rest on, as one plain value: it can be written to a file, replayed,
 * and sent to a worker thread. What could not be learnt is in here as such ("unreadable",
 * "truncated"), never left out. Text in here was written by whoever opened the pull request.
 */
export interface PullRequestFacts {
  schema: 'threat-model-facts/1'
  /** The day of the judgement, ISO date: the only clock that judging has. */
  today: string
  pull: PullFacts
  base: CommitRef
  head: CommitRef
  /** The commit at which the branches parted: "before" is read here, not at the tip of base. */
  mergeBase: string | null
  files: ChangedFile[]
  /** True when GitHub listed fewer files than the pull request changes. */
  filesTruncated: boolean
  /** Every document that is, was or becomes a threat model, sorted by path. */
  models: ModelVersions[]
  policy: PolicyFacts
  /** All paths of the head commit, when the listing could be had; null when not. */
  tree: string[] | null
  /** Text of changed and linked code files in which markers are looked for: path → text. */
  sources: SourceText[]
  /** How much code changed since each model did; absent where there is no history to ask. */
  ages?: ModelAge[]
  /** Comments that may hold decisions, oldest first. */
  comments: CommentFacts[]
  /** Permission of every person whose comment matters, looked up now. */
  permissions: PermissionFacts[]
  /**
   * When this head became the head, as far as we know, ISO time; null when unknown. A head that was
   * pushed before, left, and forced back counts from the last push: whoever wrote in between saw
   * another one.
   */
  headKnownAt: string | null
  /** What this App has answered to comments; found by author, like everything of ours. */
  ownReplies?: OwnReplyFacts[]
  /** The conversation is longer than what is read of it; its beginning is not known. */
  conversationCut?: true
}

export interface PullFacts extends PullRequestRef {
  title: string
  author: string
  /** Who of all people pushed last; null or absent: nobody knows, as with forks. */
  pusher?: string | null
  draft: boolean
  open: boolean
  fromFork: boolean
}

/** One entry of the merge-base…head comparison. The status words are GitHub's. */
export interface ChangedFile {
  path: string
  previousPath: string | null
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  additions: number
  deletions: number
  /** Unified diff hunks without file header; null when too large or binary: not "no change". */
  patch: string | null
}

/** What happened to the code since a threat model was last changed. */
export interface ModelAge {
  /** Path of the model at the head. */
  path: string
  /** ISO date of the last commit that changed it, before this pull request. */
  since: string
  /** Lines added and removed since then, by path. */
  changed: { path: string; lines: number }[]
}

/** A document on both sides. `path` is the head's, or the base's when it is gone. */
export interface ModelVersions {
  path: string
  previousPath: string | null
  base: DocumentVersion
  head: DocumentVersion
}

export type DocumentVersion =
  | { state: 'present'; text: string }
  | { state: 'absent' }
  | { state: 'unreadable'; reason: UnreadableReason }

export type UnreadableReason =
  | 'too-large'
  | 'not-text'
  | 'symbolic-link'
  | 'submodule'
  | 'directory'
  | 'large-file-pointer'
  | 'not-fetched'
  /** It took more time or memory to judge than there is; set after trying. */
  | 'too-costly'

export interface PolicyFacts {
  path: string
  /** Read from the base branch: the judge. */
  base: DocumentVersion
  /** The pull request's own: validated and shown, never obeyed. */
  head: DocumentVersion
  /** The organisation's `.github` repository, used when base is absent. */
  organisation: DocumentVersion
}

export interface SourceText {
  path: string
  text: string
}

export interface CommentFacts {
  id: number
  /** Where it stands: in the conversation, in a review, or as a reply to a line comment. */
  place: 'conversation' | 'review' | 'reply'
  /** The comment of ours this one replies to. */
  inReplyTo: number | null
  /** The fingerprint of the finding which that comment of ours shows, when it shows one. */
  inReplyToFinding?: string | null
  author: string
  authorIsBot: boolean
  body: string
  createdAt: string
  /** Login of the last editor when that is not the author; such a comment's decisions are void. */
  editedBy: string | null
  /** When it was last edited, ISO time; null when never. */
  editedAt?: string | null
  url: string
  /** GitHub's name for it, to react to it. */
  nodeId?: string
  /** The review thread it stands in, to reply there; null outside of threads. */
  threadId?: string | null
  /** The lines of the head that its thread speaks about; null when there are none any more. */
  threadLines?: { path: string; first: number; last: number } | null
}

/** A reply of ours. Its last line remembers which comment it answers and what was decided there. */
export interface OwnReplyFacts {
  nodeId: string
  place: 'conversation' | 'reply'
  body: string
  /** Somebody else has edited it: nothing that it remembers counts. */
  edited: boolean
}

export interface PermissionFacts {
  login: string
  permission: Permission
  /** Slugs of the organisation's teams the policy names that the person is in. */
  teams: string[]
  /** Nobody could be asked about teams: the App may not read who is in them. */
  teamsUnknown?: true
}

/** `unknown` when the look-up failed: nobody is ever trusted by default. */
export type Permission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin' | 'unknown'
