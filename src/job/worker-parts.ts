import type { Failure, Outcome } from '../shared/outcome.ts'
import type { Job } from './job.ts'
import type { Claim, Ending, Finished, JobStore } from './store.ts'

/* What a worker is put together from, and what it tells while it works. */

export interface WorkerParts {
  store: JobStore
  /** One look at the pull request. Must stop what it does when the signal fires. */
  evaluate(job: Job, signal: AbortSignal): Promise<Outcome<Evaluated>>
  /** Tells the pull request that we stopped trying and how to ask again. */
  giveUp(job: Job, signal: AbortSignal): Promise<Outcome<unknown>>
  log: WorkerLog
  /** A number in [0, 1). */
  random(): number
  settings?: Partial<WorkerSettings>
  /** For the metrics. */
  observe?(event: WorkerEvent): void
}

export interface Evaluated {
  /** Look again after this many ms although nothing happened, as when an acceptance runs out. */
  againAfterMs?: number
}

export interface WorkerSettings {
  /** Jobs at once in this process. */
  concurrency: number
  /** An evaluation that takes longer is stopped and counts as failed. */
  runMaxMs: number
  /** How often to look without being woken. */
  pollMs: number
  tendMs: number
}

export interface WorkerLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export type WorkerEvent =
  | { event: 'claimed'; purpose: Claim['purpose']; waitedMs: number }
  | { event: 'ended'; ending: Ending['end']; kind: Failure['kind'] | null; ms: number }
  | { event: 'finished'; finished: Finished }
  | { event: 'store-failed' }
