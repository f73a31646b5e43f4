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
  attempts: number
  dueAt: number
  leaseUntil: number | null
  causes: Cause[]
  lastFailure: string | null
}

/** Why a pull request is looked at. For logs and the check run's text, never for the verdict. */
export interface Cause {
  delivery: string
  event: string
  action: string
  receivedAt: number
}
