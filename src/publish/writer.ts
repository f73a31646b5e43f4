import type { PullNodes } from '../pull-request/reader.ts'
import type { Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { LineComment, Output } from './output.ts'

/** Carries outputs to GitHub (github/) or shows them (cli/). Nothing is retried in here. */
export interface Writer {
  /** The head the pull request has now: the conclusion is written only if it has not moved. */
  currentHead(pull: PullRequestRef): Promise<Outcome<string>>
  /**
   * Carries out outputs that may go together, in order. A failure may leave some of them done: only
   * a new look at GitHub can tell which.
   */
  write(target: Target, outputs: readonly Output[]): Promise<Outcome<Written>>
}

export interface Target {
  pull: PullRequestRef
  nodes: PullNodes
  /** The head that must still be the pull request's; null for commits of a merge queue. */
  head: string | null
  /** Where the check run's details lead; null: nowhere of ours. */
  detailsUrl?: string | null
}

export interface Written {
  /** The head seen while writing; null when GitHub did not say. */
  head: string | null
  /** The commit that was made, or null. */
  commit: string | null
  /** The check run that `start-check` made. */
  startedCheck: string | null
  /**
   * Comments of a review that GitHub left out, as it does with lines it does not count as changed.
   */
  dropped: LineComment[]
  /** What GitHub would not take although the rest was fine, as on a locked conversation. */
  refused: string[]
}
