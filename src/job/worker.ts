import { failed, type Outcome } from '../shared/outcome.ts'
import { holdClaim } from './run.ts'
import type { Claim, JobStore } from './store.ts'
import type { WorkerParts, WorkerSettings } from './worker-parts.ts'

/*
 * Takes jobs from the store and has them evaluated, a bounded number at a time. It looks when it is
 * woken, when a hand becomes free, and once a second by itself, because a wake-up may get lost and
 * a delayed job announces nothing.
 *
 * What it does not do: judge why an evaluation failed (machine.ts), or know GitHub (`evaluate`).
 */

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
