import { type Failure, failed, type Outcome } from '../shared/outcome.ts'
import type { Job } from './job.ts'
import { holdClaim } from './run.ts'
import type { Claim, Ending, Finished, JobStore } from './store.ts'

/*
 * Takes jobs from the store and has them evaluated, a bounded number at a time. It looks when it is
 * woken, when a hand becomes free, and once a second by itself, because a wake-up may get lost and
 * a delayed job announces nothing.
 *
 * What it does not do: judge why an evaluation failed (machine.ts), or know GitHub (`evaluate`).
 */

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

export interface Worker {
  /** Jobs in hand. */
  running(): number
  /**
   * Claims nothing more, waits for the jobs in hand, and gives back what is not done by the
   * deadline.
   */
  stop(deadlineMs: number): Promise<void>
}

export const workerSettings: WorkerSettings = {
  concurrency: 40,
  runMaxMs: 10 * 60_000,
  pollMs: 1_000,
  tendMs: 10_000,
}

/** After the abort: for the runs to notice it and for the store to hear of them. */
const farewellMs = 2_000

type Hands = Map<Claim, { ended: Promise<void>; abort: AbortController }>

/** Begins to work. */
export function startWorker(given: WorkerParts): Worker {
  const parts = { ...given, store: sheltered(given) }
  const settings = { ...workerSettings, ...parts.settings }
  const hands: Hands = new Map()
  let stopping = false
  let looking = false
  let lookAgain = false

  const stopListening = parts.store.onWork(look)
  const poll = setInterval(look, settings.pollMs)
  const tending = setInterval(tend, settings.tendMs)
  void tend().then(look)

  async function tend(): Promise<void> {
    report(await parts.store.tend(), 'The job store could not be tended')
  }

  function look(): void {
    lookAgain = true
    if (!looking) void takeAll()
  }

  async function takeAll(): Promise<void> {
    looking = true
    while (lookAgain && !stopping) {
      lookAgain = false
      const free = settings.concurrency - hands.size
      if (free > 0) await take(free)
    }
    looking = false
  }

  async function take(free: number): Promise<void> {
    const claims = await parts.store.claim(free)
    report(claims, 'No job could be claimed')
    for (const claim of claims.ok ? claims.value : []) {
      if (stopping) await parts.store.finish(claim, { end: 'released' })
      else begin(claim)
    }
  }

  function begin(claim: Claim): void {
    const abort = new AbortController()
    const ended = holdClaim({ ...parts, settings, claim, abort }).finally(() => {
      hands.delete(claim)
      look()
    })
    hands.set(claim, { ended, abort })
  }

  function report(outcome: Outcome<unknown>, message: string): void {
    if (outcome.ok) return
    parts.observe?.({ event: 'store-failed' })
    parts.log.error({ reason: outcome.failure.message }, message)
  }

  async function stop(deadlineMs: number): Promise<void> {
    stopping = true
    stopListening()
    clearInterval(poll)
    clearInterval(tending)
    const allEnded = () => handsEmpty(hands, () => looking)
    await within(allEnded(), deadlineMs)
    for (const { abort } of hands.values()) abort.abort('stopping')
    await within(allEnded(), farewellMs)
  }

  return { running: () => hands.size, stop }
}

/**
 * The store with a failure in the place of a throw: a defect in one call must not end the loop that
 * makes the next.
 */
function sheltered({ store, log }: WorkerParts): JobStore {
  function shelter<A extends unknown[], T>(call: (...args: A) => Promise<Outcome<T>>) {
    return (...args: A): Promise<Outcome<T>> =>
      call(...args).catch((error: unknown) => {
        const stack = error instanceof Error ? error.stack : String(error)
        log.error({ stack }, 'The job store failed by a defect of this program')
        return failed('rejected', `Internal error: ${String(error)}`)
      })
  }
  return {
    ...store,
    claim: shelter(store.claim),
    heartbeat: shelter(store.heartbeat),
    finish: shelter(store.finish),
    tend: shelter(store.tend),
  }
}

/** A claim under way when we stopped may still bring jobs: waits until there are none. */
async function handsEmpty(hands: Hands, isLooking: () => boolean): Promise<void> {
  while (hands.size > 0 || isLooking()) {
    await Promise.all([...hands.values()].map(({ ended }) => ended))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
