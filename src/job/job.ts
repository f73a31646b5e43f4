import type { PullRequestRef } from '../shared/refs.ts'

/** "Look at this pull request again": at most one live job per pull request. Times are epoch ms. */
export interface Job {
  /** `repositoryId/number`. */
  key: string
  installationId: number
  pull: PullRequestRef
  state: 'waiting' | 'running' | 'dead'
  /** A delivery came while it ran: run again when done. */
  dirty: boolean
  /** Evaluations begun since the last one that ended well. */
  attempts: number
  /** Leases lost in a row: the process died, or stood still, while it held the job. */
  lapses: number
  /** No further evaluation: the next claim only says on GitHub that we gave up. */
  exhausted: boolean
  addedAt: number
  changedAt: number
  dueAt: number
  leaseUntil: number | null
  /** Counts the claims. Who holds an older run has lost the job and may no longer end it. */
  run: number
  causes: Cause[]
  /** How many of the causes, the first ones, the present run knew when it began. */
  seen: number
  lastFailure: string | null
}

/** Why a pull request is looked at. For logs and the check run's text, never for the verdict. */
export interface Cause {
  delivery: string
  event: string
  action: string
  receivedAt: number
  /**
   * The commits that the delivery named: a guess that spares the look a request, in whatever
   * process it happens.
   */
  ends?: { base: string; head: string }
}

export function jobKey(pull: PullRequestRef): string {
  return `${pull.repository.id}/${pull.number}`
}
