import type { Job } from './job.ts'
import type { Round } from './store.ts'

/*
 * The seam between what a job store does and where it keeps its rows. A database runs transactions;
 * inside one, `Rows` reads and writes plain values. Everything that has a meaning (folding, fair
 * turns, giving up) is decided above this seam, once for SQLite and PostgreSQL.
 *
 * The methods may answer at once or later: SQLite is synchronous and lives in this process,
 * PostgreSQL is not. `await` takes both, and awaiting a plain value does not leave the event-loop
 * turn, so an SQLite transaction is over before any other code can run.
 */
export interface Database {
  /**
   * Runs `work` in one transaction and resolves after the commit is durable. On any error the
   * transaction is undone and the error is thrown on.
   */
  transaction<T>(lane: Lane, work: (rows: Rows) => Promise<T>): Promise<T>
  /** Jobs of other processes: calls back when one of them has added some. */
  listen(listener: () => void): () => void
  close(): Promise<void>
}

/**
 * `arrivals` only touches jobs it names, and never waits for a claim. `turns` decides whose job is
 * next: only one process at a time may do that, or the cap of an installation could be passed.
 */
export type Lane = 'arrivals' | 'turns'

export interface Rows {
  /** Epoch ms. One clock for all processes on the database. */
  now(): number
  /** The jobs of these keys, locked until the commit; missing ones are left out. */
  jobs(keys: string[]): Awaitable<Job[]>
  /** Those of the deliveries that were recorded before. */
  known(deliveries: DeliveryRow[]): Awaitable<DeliveryRow[]>
  write(changes: Changes): Awaitable<void>
  /** Due jobs, at most one of each installation, the installation longest without a turn first. */
  nextTurns(limit: number, perInstallation: number): Awaitable<Job[]>
  /**
   * Running jobs whose lease has run out, and jobs written in the future (the clock was set back).
   */
  overdue(limit: number): Awaitable<Job[]>
  /** Forgets deliveries recorded before `before`, and turns nobody waits for. */
  sweep(before: number, limit: number): Awaitable<void>
  counts(): Awaitable<CountRow[]>
  dead(limit: number): Awaitable<Job[]>
  /**
   * The round of that name, its beginning now noted, if the last one began at or before `before`.
   */
  beginRound(name: string, before: number): Awaitable<Round | null>
  endRound(name: string, mark: number): Awaitable<void>
  /** Writes something, so that a full or read-only disk shows itself. */
  touch(): Awaitable<void>
}

export type Awaitable<T> = T | Promise<T>

/** One delivery may concern several pull requests, so it is known for each of them. */
export interface DeliveryRow {
  delivery: string
  key: string
}

export interface Changes {
  jobs: Job[]
  removed: string[]
  deliveries: DeliveryRow[]
  /** Installations to be served no sooner than the given time. */
  pauses: Map<number, number>
  /** Installations that had their turn. */
  served: number[]
}

export interface CountRow {
  state: string
  jobs: number
  due: number
  firstDueAt: number | null
}

export function noChanges(): Changes {
  return { jobs: [], removed: [], deliveries: [], pauses: new Map(), served: [] }
}
