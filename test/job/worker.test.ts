import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { steadyClock } from '../../src/job/clock.ts'
import type { Job } from '../../src/job/job.ts'
import { createJobStore } from '../../src/job/job-store.ts'
import { openSqlite } from '../../src/job/sqlite.ts'
import type { JobStore } from '../../src/job/store.ts'
import { startWorker, type Worker } from '../../src/job/worker.ts'
import type { WorkerParts } from '../../src/job/worker-parts.ts'
import { failed, type Outcome, ok } from '../../src/shared/outcome.ts'

/* The worker on a real store. Times are short, and nothing is asserted about how short. */

let folder: string
let store: JobStore
let worker: Worker | null
let logged: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threat-model-worker-'))
  store = open(400)
  worker = null
  logged = []
})

afterEach(async () => {
  await worker?.stop(0)
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(leaseMs: number): JobStore {
  const database = openSqlite({ path: join(folder, 'jobs.sqlite'), clock: steadyClock() })
  return createJobStore(database, { leaseMs, perInstallation: 50, backoffMs: 1, restMs: 1 })
}

function work(parts: Partial<WorkerParts>): Worker {
  const note = (_fields: object, message: string) => void logged.push(message)
  worker = startWorker({
    store,
    evaluate: async () => ok({}),
    giveUp: async () => ok(undefined),
    log: { info: note, warn: note, error: note },
    random: () => 0,
    ...parts,
    settings: { concurrency: 4, pollMs: 10, tendMs: 10, ...parts.settings },
  })
  return worker
}

async function add(...pulls: number[]): Promise<void> {
  await Promise.all(
    pulls.map((number) =>
      store.add({
        installationId: 1,
        pull: { repository: { id: 1, owner: 'octo', name: 'code' }, number },
        cause: { delivery: `d${number}`, event: 'pull_request', action: 'opened', receivedAt: 0 },
      }),
    ),
  )
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_000; i += 1) {
    if (await condition()) return
    await pause(5)
  }
  throw new Error('this did not come true')
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function countsOf() {
  const counts = await store.counts()
  if (!counts.ok) throw new Error(counts.failure.message)
  const { waiting, running, dead } = counts.value
  return { waiting, running, dead }
}

async function find(number: number): Promise<Job | null> {
  const found = await store.find(`1/${number}`)
  return found.ok ? found.value : null
}

const nothing = { waiting: 0, running: 0, dead: 0 }
const isEmpty = async () => JSON.stringify(await countsOf()) === JSON.stringify(nothing)

describe('worker', () => {
  test('evaluates what was there before and what comes later, once each', async () => {
    await add(1, 2)
    const seen: number[] = []
    work({
      evaluate: async (job) => {
        seen.push(job.pull.number)
        return ok({})
      },
    })
    await add(3)
    await until(isEmpty)
    expect(seen.sort()).toEqual([1, 2, 3])
  })

  test('never has more in hand than it may', async () => {
    await add(...Array.from({ length: 20 }, (_, i) => i))
    let now = 0
    let most = 0
    work({
      evaluate: async () => {
        now += 1
        most = Math.max(most, now)
        await pause(5)
        now -= 1
        return ok({})
      },
    })
    await until(isEmpty)
    expect(most).toBe(4)
  })

  test('tries again what failed', async () => {
    await add(1)
    let tries = 0
    work({
      evaluate: async () => {
        tries += 1
        return tries < 4 ? failed('unavailable', 'GitHub answered 502') : ok({})
      },
    })
    await until(isEmpty)
    expect(tries).toBe(4)
  })

  test('survives a defect, gives up after five, says so once and keeps the dead job', async () => {
    await add(1)
    let tries = 0
    const told: Job[] = []
    work({
      evaluate: async () => {
        tries += 1
        throw new Error('boom')
      },
      giveUp: async (job) => {
        told.push(job)
        return ok(undefined)
      },
    })
    await until(async () => (await countsOf()).dead === 1)
    expect(tries).toBe(5)
    expect(told.map((job) => job.lastFailure)).toEqual(['Internal error: Error: boom (attempt 5)'])
    expect(logged).toContain('A job failed by a defect of this program')
  })

  test('a job that takes longer than its lease is not run twice', async () => {
    await store.close()
    // Three heartbeats a lease: time enough for one of them, however busy the machine is.
    store = open(1_500)
    await add(1)
    let runs = 0
    work({
      evaluate: async () => {
        runs += 1
        await pause(3_200)
        return ok({})
      },
    })
    await until(isEmpty)
    expect(runs).toBe(1)
  })

  test('who lost the lease is told to stop and ends nothing', async () => {
    await add(1)
    let stopped: unknown = null
    const other = { ...store, heartbeat: async () => ok(false) }
    work({
      store: other,
      evaluate: (_job, signal) =>
        new Promise<Outcome<object>>((resolve) => {
          signal.addEventListener('abort', () => {
            stopped = signal.reason
            resolve(ok({}))
          })
        }),
    })
    await until(() => stopped !== null)
    expect(stopped).toBe('lost')
  })

  test('a run without an end is stopped and counts as failed', async () => {
    await add(1)
    work({
      settings: { runMaxMs: 30 },
      evaluate: () => new Promise<Outcome<object>>(() => undefined),
    })
    await until(async () => ((await find(1))?.lastFailure ?? '') !== '')
    expect((await find(1))?.lastFailure).toMatch(/^The evaluation took longer/)
  })

  test('an end the store did not hear is told again', async () => {
    await add(1)
    let refusals = 1
    const deaf: JobStore = {
      ...store,
      finish: async (claim, ending) => {
        refusals -= 1
        return refusals >= 0 ? failed('unavailable', 'disk full') : store.finish(claim, ending)
      },
    }
    let runs = 0
    work({
      store: deaf,
      evaluate: async () => {
        runs += 1
        return ok({})
      },
    })
    await until(isEmpty)
    expect(runs).toBe(1)
  })

  test.each(['claim', 'heartbeat', 'finish', 'tend'] as const)(
    'a defect of the store in %s is logged and stops no work',
    async (method) => {
      await add(1, 2)
      let defects = 1
      const sound = store[method] as (...args: unknown[]) => Promise<never>
      const called = async (...args: unknown[]) => {
        defects -= 1
        if (defects === 0) throw new Error('a defect')
        return sound(...args)
      }
      const evaluate = () => new Promise<Outcome<object>>((end) => setTimeout(end, 200, ok({})))
      work({ store: { ...store, [method]: called }, evaluate })
      await until(isEmpty)
      expect(logged).toContain('The job store failed by a defect of this program')
    },
  )

  test('stopping waits for the jobs in hand and claims no more', async () => {
    await add(1)
    let ended = false
    const running = work({
      evaluate: async () => {
        await pause(100)
        ended = true
        return ok({})
      },
    })
    await until(() => running.running() === 1)
    const stopped = running.stop(5_000)
    await add(2)
    await stopped
    expect(ended).toBe(true)
    expect(await countsOf()).toEqual({ waiting: 1, running: 0, dead: 0 })
  })

  test('stopping at the deadline gives the job back without an attempt lost', async () => {
    await add(1)
    const running = work({
      evaluate: () => new Promise<Outcome<object>>(() => undefined),
    })
    await until(() => running.running() === 1)
    await running.stop(20)
    expect(await find(1)).toMatchObject({ state: 'waiting', attempts: 0 })
  })
})
