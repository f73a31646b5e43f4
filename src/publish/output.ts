import type { Conclusion } from '../policy/verdict.ts'
import type { CheckAction } from '../report/action.ts'
import type { Annotation } from '../report/annotation.ts'

/*
 * What to do on GitHub, as data. `plan(report, published)` makes the list, `run` carries it out in
 * order; a second plan over what the first one published is empty. The check run's conclusion is
 * always the last output.
 *
 * `check` names the run to write to; null: the one that `start-check` of the same list makes, or a
 * new one when there is none.
 */
export type Output =
  | { do: 'start-check'; headSha: string; title: string; summary: string }
  | { do: 'create-review'; headSha: string; comments: LineComment[] }
  | { do: 'create-file-comment'; headSha: string; comment: FileComment }
  | { do: 'resolve-comments'; threads: ResolvableThread[] }
  | { do: 'create-summary'; body: string }
  | { do: 'update-summary'; nodeId: string; body: string }
  /** `subject`: node id of somebody's comment. Twice the same is once. */
  | { do: 'add-reaction'; subject: string; reaction: Reaction }
  /** Ours; that it is not there (any more) is no harm. */
  | { do: 'remove-reaction'; subject: string; reaction: Reaction }
  /** Below a line comment, or (`threadId` null) in the conversation. */
  | { do: 'create-reply'; threadId: string | null; body: string }
  | { do: 'update-reply'; nodeId: string; place: 'conversation' | 'reply'; body: string }
  | CommitFiles
  | {
      do: 'add-annotations'
      check: string | null
      title: string
      summary: string
      annotations: Annotation[]
    }
  | ConcludeCheck
  /** The head has moved: the run on the old one ends without an answer. */
  | { do: 'abandon-check'; check: string }

/** Comes first: the head is another afterwards. Then what is to be said about it. */
export interface CommitFiles {
  do: 'commit-files'
  branch: string
  /** The commit to build on; the branch must still be there. */
  headSha: string
  headline: string
  detail: string
  files: { path: string; text: string }[]
  done: Output[]
  /** Said when GitHub refuses the commit for good. */
  refused: Output[]
}

/** GitHub's words. */
export type Reaction = 'eyes' | '+1' | 'confused'

export interface ConcludeCheck {
  do: 'conclude-check'
  check: string | null
  headSha: string
  conclusion: Conclusion
  title: string
  summary: string
  /** At most as many as one request takes; the others were added before. */
  annotations: Annotation[]
  actions: CheckAction[]
}

export interface LineComment {
  path: string
  side: 'LEFT' | 'RIGHT'
  line: number
  /** First line of a range, strictly before `line`; null for one line. */
  startLine: number | null
  body: string
  /** Fingerprint of the finding; also inside the body's marker. */
  fingerprint: string
}

export interface FileComment {
  path: string
  body: string
  fingerprint: string
}

export interface ResolvableThread {
  threadId: string
  commentNodeId: string
  /**
   * `minimise` folds our comment away; a thread in which somebody answered is only ever resolved.
   */
  how: 'resolve' | 'minimise'
}

/** What we have already published on this pull request; found by author and marker. */
export interface Published {
  /** Our newest check run on this head. */
  check: PublishedCheck | null
  reviewComments: PublishedComment[]
  summary: { nodeId: string; digest: string } | null
  /** What was said when somebody pressed a button of the check run: one comment for each button. */
  answers: PublishedAnswer[]
  /** There may be more of it than is known: what is missing must not be posted again. */
  cut?: boolean
}

export interface PublishedAnswer {
  nodeId: string
  button: string
  digest: string
}

export interface PublishedCheck {
  nodeId: string
  concluded: boolean
  /** Of all it says; null while it says nothing. */
  digest: string | null
  /** Of the annotations it has or is getting. */
  annotationsDigest: string | null
  /** How many of them GitHub has. */
  annotations: number
}

export interface PublishedComment {
  fingerprint: string
  threadId: string
  commentNodeId: string
  path: string
  resolved: boolean
  hasReplies: boolean
  canResolve: boolean
}
