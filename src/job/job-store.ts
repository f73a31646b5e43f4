import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { type Answer, applyBatch, claimTurns, type Operation } from './batch.ts'
import { DatabaseUnavailable } from './database-error.ts'
import { createGroupCommit } from './group-commit.ts'
import { clockSlackMs, type JobRules, jobRules, lapse, mend, tidy } from './machine.ts'
import { type CountRow, type Database, noChanges, type Rows } from './rows.ts'
import type { JobCounts, JobStore } from './store.ts'

/*
 * The job store over a `Database`: the same code for SQLite and for PostgreSQL. It turns what the
 * database throws into outcomes, groups arrivals into shared commits, and wakes workers.
 */

/** GitHub redelivers for 3 days, GitHub Enterprise Server for 7; one more for good measure. */
const deliveriesKeptMs = 8 * 24 * 3_600_000
/** Rows that one round of housekeeping may touch, so that it never holds the store for long. */
const tendMax = 1_000

/** A job store on an open database. `rules` as far as they differ from the defaults. */
export function createJobStore(database: Database, rules: Partial<JobRules> = {}): JobStore {
  const inForce = { ...jobRules, ...rules }
  const listeners = new Set<() => void>()
  const wake = () => {
    for (const listener of listeners) listener()
  }
  const stopListening = database.listen(wake)
  const group = createGroupCommit<Operation, Answer>(async (operations) => {
    const { answers, work } = await database.transaction('arrivals', (rows) =>
      applyBatch(rows, operations, inForce),
    )
    if (work) wake()
    return answers
  }, isWorld)

  async function submit(operation: Operation): Promise<Outcome<Answer>> {
    return outcomeOf(() => group.submit(operation))
  }
  const turns = <T>(work: (rows: Rows) => Promise<T>) =>
    outcomeOf(() => database.transaction('turns', work))
  const read = <T>(work: (rows: Rows) => Promise<T>) =>
    outcomeOf(() => database.transaction('arrivals', work))

  return {
    add: async (request) =>
      pick(await submit({ do: 'add', request: tidy(request) }), 'add', (a) => a.added),
    heartbeat: async (claim) =>
      pick(await submit({ do: 'heartbeat', claim }), 'heartbeat', (a) => a.held),
    finish: async (claim, ending) =>
      pick(await submit({ do: 'finish', claim, ending }), 'finish', (a) => a.finished),
    restart: async (key) =>
      pick(await submit({ do: 'restart', key }), 'restart', (a) => a.restarted),
    claim: (count) => turns((rows) => claimTurns(rows, count, inForce)),
    tend: () => turns((rows) => tend(rows, inForce)),
    probe: () => read(async (rows) => rows.touch()),
    counts: () => read(async (rows) => summarise(await rows.counts(), rows.now())),
    find: (key) => read(async (rows) => (await rows.jobs([key]))[0] ?? null),
    dead: (limit) => read(async (rows) => rows.dead(limit)),
    beginRound: (name, everyMs) =>
      turns((rows) => Promise.resolve(rows.beginRound(name, rows.now() - everyMs))),
    endRound: (name, mark) => turns((rows) => Promise.resolve(rows.endRound(name, mark))),
    onWork(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      stopListening()
      await group.idle()
      await database.close()
    },
  }
}

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return ok(await work())
  } catch (error) {
    if (!isWorld(error)) throw error
    return failed('unavailable', (error as Error).message)
  }
}

function isWorld(error: unknown): boolean {
  return error instanceof DatabaseUnavailable
}

function pick<K extends Answer['do'], T>(
  outcome: Outcome<Answer>,
  kind: K,
  value: (answer: Extract<Answer, { do: K }>) => T,
): Outcome<T> {
  if (!outcome.ok) return outcome
  if (outcome.value.do !== kind) throw new Error(`asked to ${kind}, answered ${outcome.value.do}`)
  return ok(value(outcome.value as Extract<Answer, { do: K }>))
}

async function tend(rows: Rows, rules: JobRules): Promise<void> {
  const now = rows.now()
  const overdue = await rows.overdue(tendMax)
  const jobs = overdue.map((job) =>
    job.changedAt > now + clockSlackMs ? mend(job, now, rules) : lapse(job, now, rules),
  )
  if (jobs.length > 0) await rows.write({ ...noChanges(), jobs })
  await rows.sweep(now - deliveriesKeptMs, tendMax)
}

function summarise(rows: CountRow[], now: number): JobCounts {
  const row = (state: string) => rows.find((each) => each.state === state)
  const waiting = row('waiting')
  const firstDueAt = waiting?.firstDueAt ?? now
  return {
    waiting: waiting?.jobs ?? 0,
    due: waiting?.due ?? 0,
    running: row('running')?.jobs ?? 0,
    dead: row('dead')?.jobs ?? 0,
    oldestDueMs: Math.max(0, now - firstDueAt),
  }
}
