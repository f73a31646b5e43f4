import { never } from '../shared/assert.ts'
import type { Failure, FailureKind } from '../shared/outcome.ts'
import { type Cause, type Job, jobKey } from './job.ts'
import type { Added, Claim, Ending, Finished, JobRequest } from './store.ts'

/*
 * The life of a job as pure functions: old job in, new job out. No clock, no randomness, no I/O:
 * the time and the jitter are arguments. Every store applies these same functions inside its own
 * transaction, so there is one meaning of "fold" or "finish" and not one for each SQL dialect.
 *
 *            add                claim                  finish done
 *   (none) ───────▶ waiting ───────────▶ running ───────────────────────▶ (none)
 *                      ▲                   │ │ add: dirty
 *                      │  failed, lapsed,  │ │
 *                      ├───────────────────┘ │ too many failures: exhausted, one more claim that
 *                      │  done but dirty     │ only says so on the pull request
 *                      │                     ▼
 *                      └──────────────────  dead
 *                        add, restart
 *
 * A job never asks for more than "look again", so folding two requests into one loses nothing.
 */

export interface JobRules {
  /** How long a claim lasts without a heartbeat. */
  leaseMs: number
  /** Jobs of one installation that may run at once, over all processes. */
  perInstallation: number
  /** First wait after a failure; doubles with each further one. */
  backoffMs: number
  backoffMaxMs: number
  /** Rest between a run and the next one of a pull request that changed meanwhile. */
  restMs: number
}

export const jobRules: JobRules = {
  leaseMs: 30_000,
  perInstallation: 10,
  backoffMs: 2_000,
  backoffMaxMs: 15 * 60_000,
  restMs: 1_000,
}

/** GitHub's longest regular wait is the hourly reset of the primary limit; a little over it. */
export const waitMaxMs = 65 * 60_000
/** Without a `retry-after`, GitHub asks for at least a minute. */
const rateLimitWaitMs = 60_000
/** So that the jobs of an installation do not all come back in the same instant. */
const rateLimitSpreadMs = 5_000
/** How far ahead a finished job may ask to be looked at again. */
const againMaxMs = 90 * 24 * 3_600_000
/** A row written this far in the future proves that the clock was set back since. */
export const clockSlackMs = 60_000
const causesMax = 10
const textMax = 500
/** Leases lost in a row before a job is taken for the cause of the crashes. */
const lapsesMax = 5
/** Attempts to tell the pull request that we gave up. */
const farewellsMax = 4

/**
 * Runs that fail before we give up. With the default backoff, 20 attempts span three and a half
 * hours: an outage of GitHub. What cannot mend itself gets fewer.
 */
const attemptsMax: Record<FailureKind, number> = {
  'rate-limited': Number.POSITIVE_INFINITY,
  unavailable: 20,
  'moved-on': 20,
  rejected: 5,
  forbidden: 1,
  gone: 1,
}

/** Adds a request to the live job of its pull request, or begins one. */
export function fold(
  job: Job | null,
  request: JobRequest,
  now: number,
): { job: Job; added: Exclude<Added, 'known'> } {
  const dueAt = now + Math.max(0, request.delayMs ?? 0)
  if (job === null) return { job: begin(request, dueAt, now), added: 'new' }
  // The newest request knows the current name of the repository and its installation.
  const named = { ...job, installationId: request.installationId, pull: request.pull }
  switch (job.state) {
    case 'waiting':
      return {
        job: {
          ...fresh(named, now),
          dueAt: Math.min(job.dueAt, dueAt),
          attempts: job.exhausted ? 0 : job.attempts,
          ...withCause(job, request.cause),
        },
        added: 'folded',
      }
    case 'running':
      return {
        job: { ...named, changedAt: now, dirty: true, ...withCause(job, request.cause) },
        added: 'folded',
      }
    case 'dead':
      return {
        job: { ...revive(named, now), dueAt, causes: [request.cause] },
        added: 'revived',
      }
    default:
      return never(job.state)
  }
}

function begin(request: JobRequest, dueAt: number, now: number): Job {
  return {
    key: jobKey(request.pull),
    installationId: request.installationId,
    pull: request.pull,
    state: 'waiting',
    dirty: false,
    attempts: 0,
    lapses: 0,
    exhausted: false,
    addedAt: now,
    changedAt: now,
    dueAt,
    leaseUntil: null,
    run: 0,
    causes: [request.cause],
    seen: 0,
    lastFailure: null,
  }
}

/** A new request gives a job that had given up one more chance, even if it looks like a killer. */
function fresh(job: Job, now: number): Job {
  return {
    ...job,
    exhausted: false,
    lapses: Math.min(job.lapses, lapsesMax - 1),
    changedAt: now,
  }
}

/** A dead job begins anew, at once. */
export function revive(job: Job, now: number): Job {
  return { ...waiting(fresh(job, now), now, now), attempts: 0, addedAt: now }
}

/** Hands a due job to a worker. */
export function claim(job: Job, now: number, rules: JobRules): Claim {
  return {
    job: {
      ...job,
      state: 'running',
      dirty: false,
      seen: job.causes.length,
      attempts: job.attempts + 1,
      run: job.run + 1,
      leaseUntil: now + rules.leaseMs,
      changedAt: now,
    },
    purpose: job.exhausted ? 'give-up' : 'evaluate',
  }
}

/** Still the run that the claim began? */
export function holds(job: Job | null, run: number): job is Job {
  return job !== null && job.state === 'running' && job.run === run
}

export function renew(job: Job, now: number, rules: JobRules): Job {
  return { ...job, leaseUntil: now + rules.leaseMs, changedAt: now }
}

/** A lease ran out: whoever held the job is dead or stood still. */
export function lapse(job: Job, now: number, rules: JobRules): Job {
  const lapses = job.lapses + 1
  const dueAt = lapses === 1 ? now : now + backoff(lapses, 0.5, rules)
  const next = { ...waiting(job, dueAt, now), lapses }
  if (lapses < lapsesMax) return next
  const lastFailure = `The process ended during ${lapses} runs in a row.`
  if (job.dirty) return { ...fresh(next, now), attempts: 0, lastFailure }
  if (lapses >= lapsesMax + farewellsMax) return { ...next, state: 'dead', lastFailure }
  return { ...next, exhausted: true, attempts: 0, lastFailure }
}

/** The clock was set back since the row was written: its times mean nothing any more. */
export function mend(job: Job, now: number, rules: JobRules): Job {
  const dueAt = Math.min(job.dueAt, now)
  const leaseUntil = job.leaseUntil === null ? null : now + rules.leaseMs
  return { ...job, dueAt, leaseUntil, changedAt: now }
}

export interface AfterRun {
  /** null: nothing left to do. */
  job: Job | null
  finished: Exclude<Finished, 'lost'>
  /** The whole installation has to wait until then. */
  pauseUntil: number | null
}

/** Ends a run that still holds its job. */
export function finish(job: Job, ending: Ending, now: number, rules: JobRules): AfterRun {
  switch (ending.end) {
    case 'done':
      return done({ ...job, lapses: 0 }, ending.againAfterMs, now, rules)
    case 'released':
      return after({ ...waiting(job, now, now), attempts: Math.max(0, job.attempts - 1) })
    case 'failed':
      return fail({ ...job, lapses: 0 }, ending, now, rules)
    default:
      return never(ending)
  }
}

function done(job: Job, againAfterMs: number | undefined, now: number, rules: JobRules): AfterRun {
  if (job.dirty) return after(again(job, now, rules))
  if (job.exhausted) return after({ ...job, state: 'dead', leaseUntil: null, changedAt: now })
  if (againAfterMs === undefined) return after(null)
  const dueAt = now + Math.min(Math.max(againAfterMs, 0), againMaxMs)
  return after({ ...waiting(job, dueAt, now), attempts: 0, causes: [], lastFailure: null })
}

/** A request came during the run: everything before it is history. */
function again(job: Job, now: number, rules: JobRules): Job {
  const causes = job.causes.slice(job.seen)
  const next = { ...waiting(job, now + rules.restMs, now), causes }
  return { ...next, attempts: 0, exhausted: false, addedAt: now }
}

function fail(
  job: Job,
  { failure, jitter }: { failure: Failure; jitter: number },
  now: number,
  rules: JobRules,
): AfterRun {
  if (failure.kind === 'gone') return after(job.dirty ? again(job, now, rules) : null)
  const noted = { ...job, lastFailure: cut(`${failure.message} (attempt ${job.attempts})`) }
  if (failure.kind === 'rate-limited') {
    const until = now + Math.min(failure.retryAfterMs ?? rateLimitWaitMs, waitMaxMs)
    const dueAt = until + Math.floor(jitter * rateLimitSpreadMs)
    const attempts = Math.max(0, job.attempts - 1)
    const pauseUntil = failure.pausesInstallation ? until : null
    return after({ ...waiting(noted, dueAt, now), attempts }, pauseUntil)
  }
  if (job.attempts >= (job.exhausted ? farewellsMax : attemptsMax[failure.kind])) {
    return after(surrender(noted, now, rules))
  }
  const asked = Math.min(failure.retryAfterMs ?? 0, waitMaxMs)
  const dueAt = now + Math.max(backoff(job.attempts, jitter, rules), asked)
  return after(waiting(noted, dueAt, now))
}

/** Enough attempts: first to the run that says so, then to the dead. A new request saves it. */
function surrender(job: Job, now: number, rules: JobRules): Job {
  if (job.dirty) return again(job, now, rules)
  if (job.exhausted) return { ...job, state: 'dead', leaseUntil: null, changedAt: now }
  return { ...waiting(job, now, now), exhausted: true, attempts: 0 }
}

function waiting(job: Job, dueAt: number, now: number): Job {
  return {
    ...job,
    state: 'waiting',
    dirty: false,
    seen: 0,
    leaseUntil: null,
    dueAt,
    changedAt: now,
  }
}

function after(job: Job | null, pauseUntil: number | null = null): AfterRun {
  if (job === null) return { job, finished: 'removed', pauseUntil }
  return { job, finished: job.state === 'dead' ? 'dead' : 'waiting', pauseUntil }
}

/**
 * The wait before the attempt after `attempts` failed ones: it doubles up to a ceiling. `jitter` in
 * [0, 1) takes away up to half of it, so that what failed together does not return together.
 */
export function backoff(attempts: number, jitter: number, rules: JobRules): number {
  const full = Math.min(rules.backoffMs * 2 ** Math.max(0, attempts - 1), rules.backoffMaxMs)
  return Math.floor(full * (1 - jitter / 2))
}

/** Only the newest causes are kept. */
function withCause(job: Job, cause: Cause): Pick<Job, 'causes' | 'seen'> {
  const causes = [...job.causes, cause].slice(-causesMax)
  const dropped = job.causes.length + 1 - causes.length
  return { causes, seen: Math.max(0, job.seen - dropped) }
}

/** The request with every text bounded and storable. To be done once, before anything else. */
export function tidy(request: JobRequest): JobRequest {
  const { delivery, event, action, receivedAt, ends } = request.cause
  const cause = { delivery: cut(delivery), event: cut(event), action: cut(action), receivedAt }
  if (ends === undefined) return { ...request, cause }
  const named = { base: cut(ends.base), head: cut(ends.head) }
  return { ...request, cause: { ...cause, ends: named } }
}

/** Bounded, and free of what a database refuses in a text (NUL, half a surrogate pair). */
function cut(text: string): string {
  const short = text.length <= textMax ? text : `${text.slice(0, textMax - 1)}…`
  return short.replaceAll('\0', '').toWellFormed()
}
