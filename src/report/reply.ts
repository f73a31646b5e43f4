import type { Face } from '../policy/decisions-memory.ts'
import type { CommentFacts } from '../pull-request/facts.ts'

/** The one answer to a comment that spoke to us; replies.ts makes it. */
export interface Reply {
  comment: AnsweredComment
  reaction: Face
  /** Markdown that ends in the line by which the reply remembers. */
  body: string
  /** Names the words that are answered, and what was said about them. */
  text: string
  state: string
  /** What is to be committed before it is answered, if the words are new. */
  commit: OrderedCommit | null
}

/** What has to be known of a comment to answer it. */
export type AnsweredComment = Pick<CommentFacts, 'id' | 'place' | 'nodeId' | 'threadId' | 'url'>

export interface FileText {
  path: string
  text: string
}

/** One commit for one comment, and the whole answers to go with it. */
export interface OrderedCommit {
  branch: string
  /** The commit to build on; GitHub refuses any other. */
  headSha: string
  headline: string
  detail: string
  files: FileText[]
  /** Answers, as they are posted: once it was done, and when GitHub did not let us. */
  done: string
  refused: string
}
