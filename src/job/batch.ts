import { never } from '../shared/assert.ts'
import { type Job, jobKey } from './job.ts'
import { claim, finish, fold, holds, type JobRules, renew, revive } from './machine.ts'
import type { Changes, Rows } from './rows.ts'
import { noChanges } from './rows.ts'
import type { Added, Claim, Ending, Finished, JobRequest } from './store.ts'

/*
 * Many small operations in one transaction. Durability costs one wait for the disk however much is
 * written, so whatever arrives in one turn of the event loop shares it: rows are read once, the
 * pure functions of machine.ts are applied in order of arrival, rows are written once.
 *
 * Nothing is promised here: the caller resolves the answers after the commit.
 */
export type Operation =
  | { do: 'add'; request: JobRequest }
  | { do: 'heartbeat'; claim: Claim }
  | { do: 'finish'; claim: Claim; ending: Ending }
  | { do: 'restart'; key: string }

export type Answer =
  | { do: 'add'; added: Added }
  | { do: 'heartbeat'; held: boolean }
  | { do: 'finish'; finished: Finished }
  | { do: 'restart'; restarted: boolean }

/** What one transaction knows: jobs as they are after the operations so far. */
interface Desk {
  now: number
  rules: JobRules
  jobs: Map<string, Job | null>
  known: Set<string>
  touched: Set<string>
  changes: Changes
}

export interface BatchResult {
  answers: Answer[]
  /** Something may be waiting now that was not before. */
  work: boolean
}

/** Applies the operations in order. The answers stand in the same order. */
export async function applyBatch(
  rows: Rows,
  operations: Operation[],
  rules: JobRules,
): Promise<BatchResult> {
  const desk = await openDesk(rows, operations, rules)
  const answers = operations.map((operation) => apply(desk, operation))
  for (const key of desk.touched) {
    const job = desk.jobs.get(key) ?? null
    if (job === null) desk.changes.removed.push(key)
    else desk.changes.jobs.push(job)
  }
  await rows.write(desk.changes)
  return { answers, work: desk.changes.jobs.some((job) => job.state === 'waiting') }
}

async function openDesk(rows: Rows, operations: Operation[], rules: JobRules): Promise<Desk> {
  const keys = [...new Set(operations.map(keyOf))].sort()
  const found = await rows.jobs(keys)
  const deliveries = operations.flatMap((operation) =>
    operation.do === 'add'
      ? [{ delivery: operation.request.cause.delivery, key: jobKey(operation.request.pull) }]
      : [],
  )
  const known = deliveries.length === 0 ? [] : await rows.known(deliveries)
  return {
    now: rows.now(),
    rules,
    jobs: new Map(found.map((job) => [job.key, job])),
    known: new Set(known.map((row) => `${row.key} ${row.delivery}`)),
    touched: new Set(),
    changes: noChanges(),
  }
}

function keyOf(operation: Operation): string {
  switch (operation.do) {
    case 'add':
      return jobKey(operation.request.pull)
    case 'heartbeat':
    case 'finish':
      return operation.claim.job.key
    case 'restart':
      return operation.key
    default:
      return never(operation)
  }
}

function apply(desk: Desk, operation: Operation): Answer {
  switch (operation.do) {
    case 'add':
      return { do: 'add', added: add(desk, operation.request) }
    case 'heartbeat':
      return { do: 'heartbeat', held: heartbeat(desk, operation.claim) }
    case 'finish':
      return { do: 'finish', finished: end(desk, operation.claim, operation.ending) }
    case 'restart':
      return { do: 'restart', restarted: restart(desk, operation.key) }
    default:
      return never(operation)
  }
}

/**
 * A known delivery is judged by what became of it: while its job lives it will be looked at,
 * without a job it has been. Only when the job died, a redelivery is somebody asking for another
 * try.
 */
function add(desk: Desk, request: JobRequest): Added {
  const key = jobKey(request.pull)
  const job = desk.jobs.get(key) ?? null
  const { delivery } = request.cause
  const mark = `${key} ${delivery}`
  if (desk.known.has(mark) && job?.state !== 'dead') return 'known'
  if (request.unlessLive && job !== null && job.state !== 'dead') return 'known'
  if (!desk.known.has(mark)) desk.changes.deliveries.push({ delivery, key })
  desk.known.add(mark)
  const folded = fold(job, request, desk.now)
  put(desk, key, folded.job)
  return folded.added
}

function heartbeat(desk: Desk, { job: claimed }: Claim): boolean {
  const job = desk.jobs.get(claimed.key) ?? null
  if (!holds(job, claimed.run)) return false
  put(desk, claimed.key, renew(job, desk.now, desk.rules))
  return true
}

function end(desk: Desk, { job: claimed }: Claim, ending: Ending): Finished {
  const job = desk.jobs.get(claimed.key) ?? null
  if (!holds(job, claimed.run)) return 'lost'
  const result = finish(job, ending, desk.now, desk.rules)
  put(desk, claimed.key, result.job)
  if (result.pauseUntil !== null) {
    const until = Math.max(
      result.pauseUntil,
      desk.changes.pauses.get(job.installationId) ?? result.pauseUntil,
    )
    desk.changes.pauses.set(job.installationId, until)
  }
  return result.finished
}

function restart(desk: Desk, key: string): boolean {
  const job = desk.jobs.get(key) ?? null
  if (job?.state !== 'dead') return false
  put(desk, key, { ...revive(job, desk.now), lapses: 0 })
  return true
}

function put(desk: Desk, key: string, job: Job | null): void {
  desk.jobs.set(key, job)
  desk.touched.add(key)
}

/**
 * Claims up to `count` due jobs in fair turns: one of each installation, then a second round, as
 * long as there are free hands. Within an installation the longest due goes first.
 */
export async function claimTurns(rows: Rows, count: number, rules: JobRules): Promise<Claim[]> {
  const claims: Claim[] = []
  while (claims.length < count) {
    const jobs = await rows.nextTurns(count - claims.length, rules.perInstallation)
    if (jobs.length === 0) break
    const round = jobs.map((job) => claim(job, rows.now(), rules))
    const served = round.map(({ job }) => job.installationId)
    await rows.write({ ...noChanges(), jobs: round.map(({ job }) => job), served })
    claims.push(...round)
  }
  return claims
}
