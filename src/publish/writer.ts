import type { Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Output } from './output.ts'

/** Carries outputs to GitHub (github/) or shows them (cli/). No output is retried in here. */
export interface Writer {
  /** The head the pull request has now: the conclusion is written only if it has not moved. */
  currentHead(pull: PullRequestRef): Promise<Outcome<string>>
  write(pull: PullRequestRef, output: Output): Promise<Outcome<void>>
}
