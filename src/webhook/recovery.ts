import type { JobRequest, JobStore } from '../job/store.ts'
import type { Outcome } from '../shared/outcome.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import { chooseRedeliveries, type FailedDelivery } from './redeliveries.ts'

/*
 * Finds what no delivery will tell us any more. At the start and then every hour, in one process of
 * all that share a job store:
 *
 *   1. deliveries that GitHub noted as failed are asked for again (GitHub never does so by itself);
 *   2. open pull requests whose head has no concluded check run of ours get a job.
 *
 * Both are bounded by named numbers and spread over time, so that recovering from an outage is not
 * the next one. What one round does not reach, a later one does.
 */

export interface RecoveryReader {
  /** Failed attempts of at most the last days that GitHub keeps, newest first, at most `max`. */
  failedDeliveries(max: number): Promise<Outcome<FailedDelivery[]>>
  redeliver(attemptId: number): Promise<Outcome<unknown>>
  /** Ids of the installations that are not suspended, ascending, at most `max`. */
  installations(max: number): Promise<Outcome<number[]>>
  /** Repositories of an installation that may have open pull requests, at most `max`. */
  repositories(installationId: number, max: number): Promise<Outcome<RepositoryRef[]>>
  /** Open pull requests whose head has no concluded check run of ours, at most `max`. */
  unconcluded(
    installationId: number,
    repository: RepositoryRef,
    max: number,
  ): Promise<Outcome<Unconcluded[]>>
}

export interface Unconcluded {
  number: number
  headSha: string
}

export interface RecoveryParts {
  reader: RecoveryReader
  store: Pick<JobStore, 'add' | 'beginRound' | 'endRound'>
  log: RecoveryLog
  /** Epoch ms. */
  now(): number
  settings?: Partial<RecoverySettings>
  observe?(what: 'redelivered' | 'looked-at', count: number): void
}

export interface RecoveryLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface RecoverySettings {
  everyMs: number
  /** Between two requests of a round. */
  gapMs: number
  /** How often to ask the store whether a round is due. */
  checkMs: number
}

export interface Recovery {
  /** Ends the round under way after its present request. */
  stop(): Promise<void>
}

const recoverySettings: RecoverySettings = {
  everyMs: 3_600_000,
  gapMs: 200,
  checkMs: 60_000,
}

/** At a start the last round may have been just now, in a process that is gone. */
const startEveryMs = 60_000
const failedMax = 10_000
const redeliveriesMax = 1_000
const installationsMax = 20_000
const repositoriesMax = 5_000
const pullsMax = 500
/**
 * Repositories looked at in one round, over all installations; at 200 ms each a quarter of an hour.
 */
const looksMax = 4_500
/** And of one installation, whose hourly limit is shared with the evaluations. */
const looksPerInstallation = 500

/** Begins the rounds. */
export function startRecovery(parts: RecoveryParts): Recovery {
  const settings = { ...recoverySettings, ...parts.settings }
  const stopping = new AbortController()
  const work = { ...parts, settings, stopping: stopping.signal }
  let round = rounds(work, startEveryMs)
  let busy = true
  void round.finally(() => {
    busy = false
  })
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    round = rounds(work, settings.everyMs).finally(() => {
      busy = false
    })
  }, settings.checkMs)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await round
    },
  }
}

interface Work extends Omit<RecoveryParts, 'settings'> {
  settings: RecoverySettings
  stopping: AbortSignal
}

async function rounds(work: Work, everyMs: number): Promise<void> {
  await round(work, 'recovery: deliveries', everyMs, redeliver)
  await round(work, 'recovery: pull requests', everyMs, lookForPulls)
}

/** `sweep` gets the mark of the last round and answers the next one. */
async function round(
  work: Work,
  name: string,
  everyMs: number,
  sweep: (work: Work, mark: number) => Promise<number>,
): Promise<void> {
  if (work.stopping.aborted) return
  const begun = await work.store.beginRound(name, everyMs)
  if (!begun.ok || begun.value === null) return
  try {
    const mark = await sweep(work, begun.value.mark)
    await work.store.endRound(name, mark)
  } catch (error) {
    work.log.warn({ round: name, reason: String(error) }, 'Recovery failed by a defect')
  }
}

/** The mark is the time up to which failed deliveries are dealt with. */
async function redeliver(work: Work, mark: number): Promise<number> {
  const failed = await work.reader.failedDeliveries(failedMax)
  if (!failed.ok) return complain(work, failed, mark)
  const all = chooseRedeliveries(failed.value, mark)
  const chosen = all.slice(0, redeliveriesMax)
  let reached = mark
  let count = 0
  for (const delivery of chosen) {
    if (work.stopping.aborted) break
    const asked = await work.reader.redeliver(delivery.attemptId)
    if (!asked.ok && asked.failure.kind === 'rate-limited') {
      complain(work, asked, 0)
      break
    }
    // One that GitHub no longer has, or refuses to send, will not come by asking again.
    if (asked.ok) count += 1
    reached = delivery.deliveredAt
    await pause(work)
  }
  if (count > 0) work.log.info({ count, of: chosen.length }, 'Failed deliveries asked for again')
  work.observe?.('redelivered', count)
  // Times are whole seconds: more of the last second may still be to come.
  return chosen.length < all.length ? reached - 1 : reached
}

/** The mark is the installation after which the next round goes on; 0 begins from the first. */
async function lookForPulls(work: Work, mark: number): Promise<number> {
  const known = await work.reader.installations(installationsMax)
  if (!known.ok) return complain(work, known, mark)
  const left = { looks: looksMax }
  for (const installationId of known.value.filter((id) => id > mark)) {
    if (left.looks <= 0 || work.stopping.aborted) return mark
    await lookAtInstallation(work, installationId, left)
    mark = installationId
  }
  return 0
}

async function lookAtInstallation(work: Work, installationId: number, left: { looks: number }) {
  const repositories = await work.reader.repositories(installationId, repositoriesMax)
  await pause(work)
  if (!repositories.ok) return complain(work, repositories, undefined)
  for (const repository of share(repositories.value, work.now(), work.settings.everyMs)) {
    if (work.stopping.aborted) return
    left.looks -= 1
    const found = await work.reader.unconcluded(installationId, repository, pullsMax)
    if (!found.ok && found.failure.kind === 'rate-limited') return complain(work, found, undefined)
    if (found.ok) await addAll(work, installationId, repository, found.value)
    await pause(work)
  }
}

/** With more repositories than one round may look at, each round takes the next share of them. */
function share(repositories: RepositoryRef[], now: number, everyMs: number): RepositoryRef[] {
  if (repositories.length <= looksPerInstallation) return repositories
  const shares = Math.ceil(repositories.length / looksPerInstallation)
  const first = (Math.floor(now / everyMs) % shares) * looksPerInstallation
  return repositories.slice(first, first + looksPerInstallation)
}

async function addAll(
  work: Work,
  installationId: number,
  repository: RepositoryRef,
  pulls: Unconcluded[],
): Promise<void> {
  const now = work.now()
  // The same head is asked for again an hour later, if it still has no check by then.
  const hour = Math.floor(now / work.settings.everyMs)
  let count = 0
  for (const { number, headSha } of pulls) {
    const request: JobRequest = {
      installationId,
      pull: { repository, number },
      cause: {
        delivery: `recovery-${headSha}-${hour}`,
        event: 'recovery',
        action: 'no concluded check',
        receivedAt: now,
      },
      delayMs: count * work.settings.gapMs,
      unlessLive: true,
    }
    const added = await work.store.add(request)
    if (!added.ok) return complain(work, added, undefined)
    if (added.value !== 'known') count += 1
  }
  if (count > 0)
    work.log.info({ installation: installationId, count }, 'Open pull requests without a check')
  work.observe?.('looked-at', count)
}

function complain<T>(work: Work, outcome: Outcome<unknown>, result: T): T {
  if (!outcome.ok) work.log.warn({ reason: outcome.failure.message }, 'Recovery stopped early')
  return result
}

function pause({ settings, stopping }: Work): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, stopping.aborted ? 0 : settings.gapMs)
    stopping.addEventListener('abort', end)
  })
}
