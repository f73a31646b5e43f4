import type { Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { PullRequestFacts } from './facts.ts'

/** Gathers everything there is to know about a pull request before it is judged. */
export interface PullRequestReader {
  /**
   * The facts as of now. `at`: judge these commits in the place of the pull request's own, as the
   * merge queue asks for.
   */
  read(pull: PullRequestRef, today: string, at?: MergeGroup): Promise<Outcome<Gathered>>
}

/** The commits a merge queue has made of a pull request and of those before it. */
export interface MergeGroup {
  base: string
  head: string
}

export interface Gathered {
  facts: PullRequestFacts
  /** What this App itself has posted, found by author: bodies as GitHub has them. */
  own: OwnPosts
  /** GitHub's names for what will be written to. */
  nodes: PullNodes
  /** Not null while the pull request stands in a merge queue. */
  mergeGroup: MergeGroup | null
}

/** Node ids, as GraphQL wants them. */
export interface PullNodes {
  pull: string
  repository: string
}

export interface OwnPosts {
  /** Our newest check run on this head. `summary` holds our marker. */
  check: { nodeId: string; concluded: boolean; summary: string; annotations: number } | null
  threads: OwnThread[]
  /** Our comments in the conversation. */
  comments: { id: number; nodeId: string; body: string }[]
  /** There may be older posts of ours that were not read. */
  cut?: true
}

export interface OwnThread {
  threadId: string
  commentId: number
  commentNodeId: string
  path: string
  body: string
  resolved: boolean
  hasReplies: boolean
  /** Resolving needs write access to contents; minimising does not. */
  canResolve: boolean
}
