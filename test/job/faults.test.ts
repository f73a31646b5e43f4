import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { steadyClock } from '../../src/job/clock.ts'
import { DatabaseUnavailable } from '../../src/job/database-error.ts'
import { createJobStore } from '../../src/job/job-store.ts'
import type { Database } from '../../src/job/rows.ts'
import { openSqlite } from '../../src/job/sqlite.ts'
import type { JobStore } from '../../src/job/store.ts'
import { startWorker } from '../../src/job/worker.ts'
import { ok } from '../../src/shared/outcome.ts'
import { type Place, watchWrites } from '../support/faulty-database.ts'

/*
 * The store fails at its first write, then, in a fresh run, at its second, and so on until a run
 * ends untouched. Each failure comes in three places: before the write, before the commit, and
 * after the commit but before anybody hears of it. Whatever was acknowledged must be evaluated in
 * the end.
 */

interface Fault {
  /** Counts writes; 0 and below never fail. */
  left: number
  place: Place
  /** The process is gone: everything after the fault fails too. */
  deadly: boolean
  struck: boolean
}

function faulty(database: Database, fault: Fault): Database {
  function strike(place: Place): void {
    if (fault.struck && fault.deadly) throw new DatabaseUnavailable('gone')
    if (place !== fault.place || fault.struck) return
    fault.left -= 1
    if (fault.left !== 0) return
    fault.struck = true
    throw new DatabaseUnavailable(`failed ${place}`)
  }

  return watchWrites(database, strike)
}

interface Ledger {
  acked: Set<string>
  refused: string[]
  seen: Set<string>
}

const rules = { leaseMs: 60, perInstallation: 5, backoffMs: 1, restMs: 0 }

/** One life: adds what it is given, works, and ends when all is done or the store is gone. */
async function live(
  path: string,
  fault: Fault,
  deliveries: string[],
  ledger: Ledger,
): Promise<void> {
  const database = openSqlite({ path, clock: steadyClock() })
  const store = createJobStore(faulty(database, fault), rules)
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const worker = startWorker({
    store,
    evaluate: async ({ causes }) => {
      await pause(3)
      for (const cause of causes) ledger.seen.add(cause.delivery)
      return ok({})
    },
    giveUp: async () => ok(undefined),
    log: quiet,
    random: () => 0.5,
    settings: { concurrency: 3, pollMs: 5, tendMs: 5 },
  })
  for (const delivery of deliveries) await add(store, delivery, ledger)
  while (!(fault.struck && fault.deadly) && !(await isEmpty(store))) await pause(3)
  await worker.stop(0)
  await store.close()
}

/** `d-PULL-n` */
async function add(store: JobStore, delivery: string, ledger: Ledger): Promise<void> {
  const number = Number(delivery.split('-')[1])
  const cause = { delivery, event: 'pull_request', action: 'opened', receivedAt: 0 }
  const pull = { repository: { id: 1, owner: 'o', name: 'r' }, number }
  const added = await store.add({ installationId: 1, pull, cause })
  if (added.ok) ledger.acked.add(delivery)
  else ledger.refused.push(delivery)
  await pause(1)
}

async function isEmpty(store: JobStore): Promise<boolean> {
  const counts = await store.counts()
  return counts.ok && counts.value.waiting + counts.value.running === 0
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const deliveries = ['d-1-a', 'd-2-a', 'd-1-b', 'd-3-a', 'd-1-c', 'd-2-b']
/** A run has some twenty writes; more than this would mean that it never ends. */
const writesMax = 100

async function sweep(place: Place, deadly: boolean): Promise<number> {
  for (let n = 1; n <= writesMax; n += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'threat-model-faults-'))
    const path = join(folder, 'jobs.sqlite')
    const fault: Fault = { left: n, place, deadly, struck: false }
    const ledger: Ledger = { acked: new Set(), refused: [], seen: new Set() }
    try {
      await live(path, fault, deliveries, ledger)
      const untouched = !fault.struck
      // GitHub still has what was refused, and delivers it again under the same id.
      const again = ledger.refused.splice(0)
      const sound: Fault = { left: 0, place, deadly: false, struck: false }
      await live(path, sound, again, ledger)
      const unseen = [...ledger.acked].filter((delivery) => !ledger.seen.has(delivery))
      expect({ n, unseen, acked: ledger.acked.size }).toEqual({ n, unseen: [], acked: 6 })
      if (untouched) return n
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  throw new Error(`no run ended untouched within ${writesMax} writes`)
}

describe('a store that fails at its n-th write', () => {
  const cases: [Place, string, boolean][] = [
    ['before the write', 'once', false],
    ['before the commit', 'once', false],
    ['after the commit', 'once', false],
    ['before the write', 'for good', true],
    ['before the commit', 'for good', true],
    ['after the commit', 'for good', true],
  ]
  test.each(cases)('%s, %s, loses nothing it acknowledged', async (place, _times, deadly) => {
    expect(await sweep(place, deadly)).toBeGreaterThan(10)
  })
})
