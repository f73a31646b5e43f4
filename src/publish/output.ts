import type { Conclusion } from '../policy/verdict.ts'

/*
 * What to do on GitHub, as data. `plan(report, published)` makes the list, `run` carries it out in
 * order; a second plan over what the first one published is empty. The check run's conclusion is
 * always the last output.
 */
export type Output =
  | { do: 'start-check'; headSha: string }
  | { do: 'add-annotations'; annotations: Annotation[] }
  | { do: 'create-review'; headSha: string; comments: LineComment[] }
  | { do: 'create-file-comment'; headSha: string; comment: FileComment }
  | { do: 'resolve-comments'; threads: ResolvableThread[] }
  | { do: 'create-summary'; body: string }
  | { do: 'update-summary'; commentId: number; body: string }
  | {
      do: 'conclude-check'
      headSha: string
      conclusion: Conclusion
      title: string
      summary: string
      actions: CheckAction[]
    }

export interface Annotation {
  path: string
  startLine: number
  endLine: number
  /** Only when start and end line are equal: GitHub's rule. 1-based. */
  columns: { start: number; end: number } | null
  level: 'notice' | 'warning' | 'failure'
  title: string
  message: string
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
  /** Somebody answered: resolve, never minimise or delete. */
  hasReplies: boolean
}

export interface CheckAction {
  label: string
  description: string
  identifier: string
}

/** What we have already published on this pull request; found by author and marker. */
export interface Published {
  /** Our newest check run on this head. */
  check: { id: number; concluded: boolean; digest: string | null; annotations: number } | null
  reviewComments: PublishedComment[]
  summary: { commentId: number; body: string } | null
}

export interface PublishedComment {
  fingerprint: string
  threadId: string
  commentNodeId: string
  path: string
  resolved: boolean
  hasReplies: boolean
}
