import type { Failure, Outcome } from '../shared/outcome.ts'
import type { Claim, Ending, Finished } from './store.ts'
import type { Evaluated, WorkerParts, WorkerSettings } from './worker-parts.ts'

/*
 * One job in one pair of hands: evaluate it, keep the lease alive meanwhile, and tell the store how
 * it ended. Never rejects: a throw is a defect of ours, logged and counted against the job, and the
 * process lives on.
 */

export interface HeldClaim extends Omit<WorkerParts, 'settings'> {
  settings: WorkerSettings
  claim: Claim
  /** Fires when the work is to stop: shutdown, a lost lease, or too long a run. */
  abort: AbortController
}

/** Heartbeats in the length of a lease: two may get lost. */
const heartbeatsPerLease = 3
/** How long an aborted evaluation may take to notice; afterwards it is left to itself. */
const noticeMs = 500
/** Attempts to tell the store how a run ended, in the length of a lease. */
const tellsPerLease = 10
const messageMax = 300

/** Works on a claim to its end. Resolves when the store knows, or can no longer be told. */
export async function holdClaim(held: HeldClaim): Promise<void> {
  const begun = performance.now()
  const { claim, settings, abort } = held
  held.observe?.({
    event: 'claimed',
    purpose: claim.purpose,
    waitedMs: Math.max(0, claim.job.changedAt - claim.job.dueAt),
  })
  const leaseMs = leaseOf(claim)
  const lease = { until: begun + leaseMs }
  const beat = setInterval(() => void keep(held, lease), leaseMs / heartbeatsPerLease)
  const late = setTimeout(() => abort.abort('late'), settings.runMaxMs)
  const ending = await endOf(held)
  clearTimeout(late)
  const finished = await tell(held, ending)
  clearInterval(beat)
  const ms = Math.round(performance.now() - begun)
  log(held, ending, finished, ms)
}

/** The store's rules set the length; the claim carries it. */
function leaseOf({ job }: Claim): number {
  return (job.leaseUntil ?? job.changedAt) - job.changedAt
}

async function endOf(held: HeldClaim): Promise<Ending> {
  const { signal } = held.abort
  const aborted = new Promise<'aborted'>((resolve) => {
    const notice = () => setTimeout(() => resolve('aborted'), noticeMs)
    signal.addEventListener('abort', notice, { once: true })
  })
  const outcome = await Promise.race([attempt(held), aborted])
  if (outcome !== 'aborted' && outcome.ok) return doneWith(outcome.value)
  if (signal.aborted && signal.reason !== 'late') return { end: 'released' }
  const failure = outcome === 'aborted' ? tooLong(held) : failureOf(outcome)
  return { end: 'failed', failure, jitter: held.random() }
}

function doneWith(evaluated: Evaluated): Ending {
  const { againAfterMs } = evaluated
  return againAfterMs === undefined ? { end: 'done' } : { end: 'done', againAfterMs }
}

async function attempt({ claim, evaluate, giveUp, abort, log }: HeldClaim) {
  try {
    if (claim.purpose === 'evaluate') return await evaluate(claim.job, abort.signal)
    const told = await giveUp(claim.job, abort.signal)
    return told.ok ? { ok: true as const, value: {} } : told
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error)
    log.error({ job: claim.job.key, stack }, 'A job failed by a defect of this program')
    const message = `Internal error: ${String(error).slice(0, messageMax)}`
    return { ok: false as const, failure: { kind: 'rejected' as const, message } }
  }
}

function failureOf(outcome: Outcome<unknown>): Failure {
  return outcome.ok ? { kind: 'rejected', message: 'no failure' } : outcome.failure
}

function tooLong({ settings }: HeldClaim): Failure {
  const message = `The evaluation took longer than ${Math.round(settings.runMaxMs / 1000)} s`
  return { kind: 'rejected', message }
}

/**
 * Renews the lease. Who has lost the job, or could not reach the store for as long as the lease
 * lasts, must stop before the next holder begins to write.
 */
async function keep(held: HeldClaim, lease: { until: number }): Promise<void> {
  const { store, claim, abort, log } = held
  const asked = performance.now()
  const kept = await store.heartbeat(claim)
  if (kept.ok && kept.value) lease.until = asked + leaseOf(claim)
  const lost = kept.ok ? !kept.value : performance.now() >= lease.until
  if (!lost || abort.signal.aborted) return
  log.warn({ job: claim.job.key, run: claim.job.run }, 'The lease of a running job was lost')
  abort.abort('lost')
}

/**
 * Tells the store, again and again as long as the lease would last: after that the job is somebody
 * else's, and a second evaluation changes nothing that the first has done.
 */
async function tell(held: HeldClaim, ending: Ending): Promise<Finished> {
  const { store, claim, observe } = held
  const leaseMs = leaseOf(claim)
  const until = performance.now() + leaseMs
  while (performance.now() < until) {
    const finished = await store.finish(claim, ending)
    if (finished.ok) return finished.value
    observe?.({ event: 'store-failed' })
    await new Promise((resolve) => setTimeout(resolve, leaseMs / tellsPerLease))
  }
  return 'lost'
}

function log(held: HeldClaim, ending: Ending, finished: Finished, ms: number): void {
  const { claim } = held
  const kind = ending.end === 'failed' ? ending.failure.kind : null
  held.observe?.({ event: 'ended', ending: ending.end, kind, ms })
  held.observe?.({ event: 'finished', finished })
  const fields = {
    job: claim.job.key,
    installation: claim.job.installationId,
    attempt: claim.job.attempts,
    purpose: claim.purpose,
    finished,
    ms,
  }
  if (ending.end !== 'failed') held.log.info(fields, 'Job ended')
  else held.log.warn({ ...fields, kind, reason: ending.failure.message }, 'Job failed')
}
