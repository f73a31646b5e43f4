import { writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { steadyClock } from '../../src/job/clock.ts'
import { createJobStore } from '../../src/job/job-store.ts'
import { openJobStore } from '../../src/job/open.ts'
import { openPostgres } from '../../src/job/postgres.ts'
import { openSqlite } from '../../src/job/sqlite.ts'
import type { JobStore } from '../../src/job/store.ts'
import { startWorker } from '../../src/job/worker.ts'
import { ok } from '../../src/shared/outcome.ts'
import { type Place, watchWrites } from './faulty-database.ts'

/*
 * A small service to be killed: adds jobs and works on them, and says so on its standard output at
 * once, with synchronous writes, so that what it said before it was killed is known to have
 * happened.
 *
 *   acked DELIVERY      the store promised to keep it
 *   refused             the store said that it could not
 *   ran KEY CAUSES      an evaluation ended, which knew of these deliveries
 *   lost KEY            the store said that somebody else has the job
 */
export interface ChildOrders {
  path: string
  databaseUrl: string | null
  /** Deliveries are named PREFIX-0, PREFIX-1, …; three each are about one pull request. */
  prefix: string
  /** How many to add; 0 for a process that only works. */
  add: number
  /** So many at a time. */
  inFlight: number
  work: boolean
  evaluateMs: number
  leaseMs: number
  concurrency: number
  /** Ends by itself when nothing is left to do. */
  untilEmpty: boolean
  /** Kills itself in this place of this transaction that writes, the first being 1. */
  dieAt: { write: number; place: Place } | null
  /** The clock of the store jumps to and fro, by seconds to days, from its start on. */
  clockJumps: boolean
}

const orders = JSON.parse(process.argv[2] ?? '{}') as ChildOrders

const { leaseMs } = orders
const rules = { leaseMs, perInstallation: 1_000, backoffMs: 10, restMs: 0 }
const store = await openStore()
say('open')
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const worker = orders.work
  ? startWorker({
      store,
      evaluate: async ({ key, causes }) => {
        if (orders.evaluateMs > 0) await pause(orders.evaluateMs)
        say(`ran ${key} ${causes.map((cause) => cause.delivery).join(' ')}`)
        return ok({})
      },
      giveUp: async () => ok(undefined),
      log: quiet,
      random: Math.random,
      settings: { concurrency: orders.concurrency, pollMs: 50, tendMs: 50 },
      observe: (event) => {
        if (event.event === 'finished' && event.finished === 'lost') say('lost')
      },
    })
  : null

let next = 0
await Promise.all(Array.from({ length: orders.inFlight }, addMany))
if (orders.untilEmpty) await drained()
else if (orders.work) await new Promise(() => setInterval(() => {}, 1_000))
await worker?.stop(1_000)
await store.close()
say('end')

/** Who listens may be slow: then the pipe is full for a while. */
function say(line: string): void {
  for (let rest = Buffer.from(`${line}\n`); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
    }
  }
}

/** As the service opens it, unless something is to go wrong inside. */
async function openStore(): Promise<JobStore> {
  const { path, databaseUrl, dieAt, clockJumps } = orders
  if (dieAt === null && !clockJumps) return openJobStore({ databaseUrl, path, rules })
  const clock = clockJumps ? jumpingClock() : steadyClock()
  const database =
    databaseUrl === null
      ? openSqlite({ path, clock })
      : await openPostgres({ url: databaseUrl, ...(clockJumps ? { clock } : {}) })
  if (dieAt === null) return createJobStore(database, rules)
  let left = dieAt.write
  return createJobStore(
    watchWrites(database, (place) => {
      if (place === dieAt.place) left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
    }),
    rules,
  )
}

function jumpingClock(): () => number {
  const steady = steadyClock()
  const secondMs = 1_000
  const jumpsMs = [1, 30, 90, 3_600, 86_400, 10 * 86_400].map((seconds) => seconds * secondMs)
  let offMs = 0
  const jump = () => {
    const size = jumpsMs[Math.floor(Math.random() * jumpsMs.length)] ?? 0
    offMs = Math.random() < 0.5 ? size : -size
  }
  jump()
  setInterval(jump, 70).unref()
  return () => steady() + offMs
}

async function addMany(): Promise<void> {
  while (next < orders.add) {
    const i = next
    next += 1
    const delivery = `${orders.prefix}-${i}`
    const number = Math.floor(i / 3) + 1
    const added = await store.add({
      installationId: number % 7,
      pull: { repository: { id: numberOf(orders.prefix), owner: 'o', name: 'r' }, number },
      cause: { delivery, event: 'pull_request', action: 'opened', receivedAt: 0 },
    })
    if (added.ok) say(`acked ${delivery}`)
    else {
      say('refused')
      await pause(20)
    }
  }
}

async function drained(): Promise<void> {
  for (;;) {
    const counts = await store.counts()
    if (counts.ok && counts.value.waiting + counts.value.running === 0) return
    await pause(20)
  }
}

/** Prefixes are `p12`: the number names the repository, so that keys of two rounds differ. */
function numberOf(prefix: string): number {
  return Number(prefix.slice(1)) + 1
}
