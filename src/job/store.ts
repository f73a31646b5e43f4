import type { Failure, Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Cause, Job } from './job.ts'

/*
 * What the service needs of a place that keeps jobs. Two implementations pass one contract test:
 * the embedded one (SQLite, no server) and PostgreSQL (several processes on several machines).
 * Nothing here throws for a reason outside the program: a full disk, a lost connection or a
 * read-only file system is an `Outcome` that the web server turns into a refusal, so that GitHub
 * keeps the delivery and recovery fetches it later.
 */
export interface JobStore {
  /**
   * Folds a request into the one live job of its pull request. Resolves only after the commit has
   * reached the disk: `ok` may be acknowledged, a failure must not be.
   */
  add(request: JobRequest): Promise<Outcome<Added>>
  /** Up to `count` due jobs, in fair turns between installations. An empty list: nothing is due. */
  claim(count: number): Promise<Outcome<Claim[]>>
  /** Renews the lease. `false`: the job was lost to somebody else, stop working on it. */
  heartbeat(claim: Claim): Promise<Outcome<boolean>>
  /**
   * Ends a run. `lost`: the lease had run out and the job was claimed again; nothing was changed.
   */
  finish(claim: Claim, ending: Ending): Promise<Outcome<Finished>>
  /** Housekeeping, every few seconds: takes back lapsed leases, forgets old deliveries. */
  tend(): Promise<Outcome<void>>
  /** One committed write, to learn whether the store can still promise anything. */
  probe(): Promise<Outcome<void>>
  counts(): Promise<Outcome<JobCounts>>
  find(key: string): Promise<Outcome<Job | null>>
  /** The oldest dead jobs, at most `limit`. */
  dead(limit: number): Promise<Outcome<Job[]>>
  /** Gives a dead job a new life. `false`: there is no dead job of that key. */
  restart(key: string): Promise<Outcome<boolean>>
  /**
   * Begins a round of periodic work of that name, unless somebody, in whatever process, began one
   * less than `everyMs` ago: then null.
   */
  beginRound(name: string, everyMs: number): Promise<Outcome<Round | null>>
  /** Notes how far the round came. */
  endRound(name: string, mark: number): Promise<Outcome<void>>
  /** Calls back when there may be work. Returns the function that ends it. */
  onWork(listener: () => void): () => void
  close(): Promise<void>
}

export interface JobRequest {
  installationId: number
  pull: PullRequestRef
  cause: Cause
  /** Look at it no sooner than this many ms from now. */
  delayMs?: number
  /** Only if no job for it waits or runs: for who finds work, as against who brings news. */
  unlessLive?: true
}

/**
 * `new` and `folded`: the pull request will be looked at. `revived`: so will this dead one.
 * `known`: this delivery was added before and is in work or done, or the request was not to disturb
 * a live job; nothing was changed.
 */
export type Added = 'new' | 'folded' | 'revived' | 'known'

export interface Claim {
  job: Job
  /** `give-up`: no more evaluation, only tell the pull request how to ask for another try. */
  purpose: 'evaluate' | 'give-up'
}

/** How a run ended. `jitter` is a random number in [0, 1): pure code draws none itself. */
export type Ending =
  | { end: 'done'; againAfterMs?: number }
  | { end: 'failed'; failure: Failure; jitter: number }
  /** Given back unfinished, as on shutdown: costs no attempt. */
  | { end: 'released' }

export type Finished = 'removed' | 'waiting' | 'dead' | 'lost'

/** `mark`: how far the last round came, in whatever measure it counts; 0 before the first. */
export interface Round {
  mark: number
}

export interface JobCounts {
  waiting: number
  /** Waiting and due: the backlog. */
  due: number
  running: number
  dead: number
  /** How long the longest-due waiting job has been due; 0 without one. */
  oldestDueMs: number
}
