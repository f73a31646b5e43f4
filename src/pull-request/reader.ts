import type { Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { PullRequestFacts } from './facts.ts'

/** Gathers everything there is to know about a pull request before it is judged. */
export interface PullRequestReader {
  read(pull: PullRequestRef, today: string): Promise<Outcome<Gathered>>
}

export interface Gathered {
  facts: PullRequestFacts
  /** What this App itself has posted, found by author: bodies as GitHub has them. */
  own: OwnPosts
}

export interface OwnPosts {
  /** Our newest check run on this head. `summary` holds our marker. */
  check: { id: number; concluded: boolean; summary: string; annotations: number } | null
  threads: OwnThread[]
  /** Our comments in the conversation. */
  comments: { id: number; nodeId: string; body: string }[]
}

export interface OwnThread {
  threadId: string
  commentId: number
  commentNodeId: string
  path: string
  body: string
  resolved: boolean
  hasReplies: boolean
}
