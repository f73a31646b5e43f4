import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Job } from '../../src/job/job.ts'
import { createJobStore } from '../../src/job/job-store.ts'
import type { Database } from '../../src/job/rows.ts'
import type { Added, Claim, Ending, JobRequest, JobStore } from '../../src/job/store.ts'
import { failed, type Outcome } from '../../src/shared/outcome.ts'

/*
 * What every job store must do, whatever it is built on. The clock is the test's.
 */

export interface Workbench {
  /** Opens the same empty database again and again; the first call after `beforeEach` makes it. */
  open(clock: () => number): Promise<Database>
  /** In the place of the store on that database: the same store by another way. */
  wrap?(store: JobStore): JobStore
  /** False: opening anew gives an empty database, so the tests keep the one they have. */
  lasting: boolean
  dispose(): Promise<void>
}

const rules = { leaseMs: 30_000, perInstallation: 3, backoffMs: 1_000, restMs: 500 }
const start = 1_800_000_000_000

export function describeStore(name: string, workbench: () => Promise<Workbench>): void {
  describe(name, () => {
    let bench: Workbench
    let store: JobStore
    let now: number

    beforeEach(async () => {
      now = start
      bench = await workbench()
      store = await openStore()
    })

    afterEach(async () => {
      await store.close()
      await bench.dispose()
    })

    async function openStore(): Promise<JobStore> {
      const opened = createJobStore(await bench.open(() => now), rules)
      return bench.wrap?.(opened) ?? opened
    }

    async function reopen(): Promise<void> {
      if (!bench.lasting) return
      await store.close()
      store = await openStore()
    }

    const add = (request: Partial<Wanted> = {}): Promise<Added> =>
      value(store.add(requestOf(request)))
    const claim = (count = 1): Promise<Claim[]> => value(store.claim(count))
    const finish = (claimed: Claim | undefined, ending: Ending) =>
      value(store.finish(present(claimed), ending))
    const find = (key: string): Promise<Job | null> => value(store.find(key))
    async function claimOne(): Promise<Claim> {
      return present((await claim())[0])
    }

    describe('adding', () => {
      test('a delivery becomes a waiting job that outlives the process', async () => {
        expect(await add({ pull: 7, delivery: 'd1' })).toBe('new')
        await reopen()
        const job = present(await find('1/7'))
        expect(job).toMatchObject({
          state: 'waiting',
          installationId: 1,
          attempts: 0,
          dirty: false,
        })
        expect(job.pull).toEqual(requestOf({ pull: 7 }).pull)
        expect(job.causes).toEqual([
          { delivery: 'd1', event: 'pull_request', action: 'synchronize', receivedAt: start },
        ])
      })

      test('the commits that a delivery named go with it, within a bound', async () => {
        const { cause, ...request } = requestOf({ pull: 7 })
        const ends = { base: 'b'.repeat(40), head: 'h'.repeat(9_000) }
        await value(store.add({ ...request, cause: { ...cause, ends } }))
        await reopen()
        const [kept] = present(await find('1/7')).causes
        expect(kept?.ends?.base).toBe(ends.base)
        expect(kept?.ends?.head.length).toBeLessThanOrEqual(500)
      })

      test('deliveries of one pull request fold into one job', async () => {
        const added = await Promise.all(
          ['d1', 'd2', 'd3'].map((delivery) => add({ pull: 7, delivery })),
        )
        expect(added).toEqual(['new', 'folded', 'folded'])
        expect(present(await find('1/7')).causes.map((c) => c.delivery)).toEqual(['d1', 'd2', 'd3'])
        expect(await claim(5)).toHaveLength(1)
      })

      test('the list of causes is bounded and keeps the newest', async () => {
        for (let i = 0; i < 15; i += 1) await add({ delivery: `d${i}` })
        const causes = present(await find('1/1')).causes.map((cause) => cause.delivery)
        expect(causes).toHaveLength(10)
        expect(causes.at(-1)).toBe('d14')
      })

      test('the newest names win: repositories are renamed and change installation', async () => {
        await add({ delivery: 'd1' })
        await add({ delivery: 'd2', name: 'renamed', installation: 2 })
        const job = present(await find('1/1'))
        expect(job.installationId).toBe(2)
        expect(job.pull.repository.name).toBe('renamed')
      })

      test('many at once are all kept, once each', async () => {
        const wanted = Array.from({ length: 700 }, (_, i) => i)
        const added = await Promise.all(
          wanted.map((i) => add({ pull: i % 350, delivery: `d${i}` })),
        )
        expect(added.filter((a) => a === 'new')).toHaveLength(350)
        expect(added.filter((a) => a === 'folded')).toHaveLength(350)
        await reopen()
        expect(await value(store.counts())).toMatchObject({ waiting: 350, due: 350 })
      })

      test('texts no database likes are made harmless', async () => {
        await add({ delivery: 'nul \0 half \ud800 quote \' " \\', action: 'x'.repeat(10_000) })
        const [cause] = present(await find('1/1')).causes
        expect(present(cause).delivery).toBe('nul  half \ufffd quote \' " \\')
        expect(present(cause).action.length).toBeLessThanOrEqual(500)
      })
    })

    describe('known deliveries', () => {
      test('are dropped while the job waits, while it runs and when it is done', async () => {
        await add({ delivery: 'd1' })
        expect(await add({ delivery: 'd1' })).toBe('known')
        const claimed = await claimOne()
        expect(await add({ delivery: 'd1' })).toBe('known')
        expect(await finish(claimed, { end: 'done' })).toBe('removed')
        await reopen()
        expect(await add({ delivery: 'd1' })).toBe('known')
        expect(await claim()).toEqual([])
      })

      test('are known for each pull request: one delivery may concern several', async () => {
        expect(await add({ pull: 1, delivery: 'd1' })).toBe('new')
        expect(await add({ pull: 2, delivery: 'd1' })).toBe('new')
      })

      test('bring a dead job back: somebody asked GitHub to deliver again', async () => {
        await add({ delivery: 'd1' })
        await kill()
        expect(await add({ delivery: 'd1' })).toBe('revived')
        expect((await claimOne()).purpose).toBe('evaluate')
      })

      test('are forgotten after GitHub has forgotten them', async () => {
        await add({ delivery: 'd1' })
        await finish(await claimOne(), { end: 'done' })
        now += 9 * 24 * 3_600_000
        await value(store.tend())
        expect(await add({ delivery: 'd1' })).toBe('new')
      })
    })

    test('who only finds work does not disturb a live job', async () => {
      const found = { ...requestOf({ delivery: 'found' }), unlessLive: true as const }
      expect(await value(store.add(found))).toBe('new')
      expect(await value(store.add({ ...found, cause: { ...found.cause, delivery: 'f2' } }))).toBe(
        'known',
      )
      const claimed = await claimOne()
      expect(await value(store.add({ ...found, cause: { ...found.cause, delivery: 'f3' } }))).toBe(
        'known',
      )
      expect(await finish(claimed, { end: 'done' })).toBe('removed')
      expect(await value(store.add({ ...found, cause: { ...found.cause, delivery: 'f4' } }))).toBe(
        'new',
      )
    })

    describe('claiming', () => {
      test('hands a job out once', async () => {
        await add()
        const claimed = await claimOne()
        expect(claimed.job).toMatchObject({ state: 'running', attempts: 1, run: 1 })
        expect(claimed.job.leaseUntil).toBe(start + rules.leaseMs)
        expect(await claim()).toEqual([])
      })

      test('two stores on one database never share a job', async () => {
        const other = bench.lasting ? await openStore() : store
        try {
          for (let i = 0; i < 40; i += 1) await add({ pull: i, delivery: `d${i}`, installation: i })
          const claims = await Promise.all(
            Array.from({ length: 10 }, (_, i) => value((i % 2 ? other : store).claim(4))),
          )
          const keys = claims.flat().map(({ job }) => job.key)
          expect(new Set(keys).size).toBe(keys.length)
          expect(keys.length).toBe(40)
        } finally {
          if (other !== store) await other.close()
        }
      })

      test('waits for the time a request asked for', async () => {
        await add({ delayMs: 5_000 })
        expect(await claim()).toEqual([])
        now += 5_000
        expect(await claim()).toHaveLength(1)
      })

      test('the sooner of two requests counts', async () => {
        await add({ delivery: 'd1', delayMs: 60_000 })
        await add({ delivery: 'd2' })
        expect(await claim()).toHaveLength(1)
      })
    })

    describe('fair turns', () => {
      test('installations take turns, however many jobs one of them has', async () => {
        for (let i = 0; i < 20; i += 1) await add({ pull: i, delivery: `a${i}`, installation: 1 })
        now += 1_000
        await add({ pull: 100, delivery: 'b', installation: 2 })
        await add({ pull: 101, delivery: 'c', installation: 3 })
        const order = (await claim(4)).map(({ job }) => job.installationId)
        expect(order).toEqual([1, 2, 3, 1])
      })

      test('a newcomer is next, not last', async () => {
        for (let i = 0; i < 20; i += 1) await add({ pull: i, delivery: `a${i}`, installation: 1 })
        now += 10
        const first = await claimOne()
        await add({ pull: 100, delivery: 'b', installation: 2 })
        now += 10
        await finish(first, { end: 'done' })
        expect((await claimOne()).job.installationId).toBe(1)
        now += 10
        expect((await claimOne()).job.installationId).toBe(2)
      })

      test('no installation runs more than its cap', async () => {
        for (let i = 0; i < 10; i += 1) await add({ pull: i, delivery: `a${i}` })
        const claims = await claim(10)
        expect(claims).toHaveLength(rules.perInstallation)
        await finish(claims[0], { end: 'done' })
        expect(await claim(10)).toHaveLength(1)
      })

      test('within an installation the longest due goes first', async () => {
        await add({ pull: 5, delivery: 'd5' })
        now += 10
        await add({ pull: 4, delivery: 'd4' })
        expect((await claim(2)).map(({ job }) => job.pull.number)).toEqual([5, 4])
      })
    })

    describe('finishing', () => {
      test('a delivery during the run makes it run again, after a rest', async () => {
        await add({ delivery: 'd1' })
        const claimed = await claimOne()
        expect(await add({ delivery: 'd2' })).toBe('folded')
        expect(await find('1/1')).toMatchObject({ state: 'running', dirty: true })
        expect(await finish(claimed, { end: 'done' })).toBe('waiting')
        expect(await claim()).toEqual([])
        now += rules.restMs
        const next = await claimOne()
        expect(next.job).toMatchObject({ dirty: false, attempts: 1 })
        expect(next.job.causes.map((cause) => cause.delivery)).toEqual(['d2'])
      })

      test('a run may ask to be repeated later', async () => {
        await add()
        expect(await finish(await claimOne(), { end: 'done', againAfterMs: 86_400_000 })).toBe(
          'waiting',
        )
        now += 86_399_999
        expect(await claim()).toEqual([])
        now += 1
        expect(await claim()).toHaveLength(1)
      })

      test('a released job is due at once and has lost no attempt', async () => {
        await add()
        await finish(await claimOne(), { end: 'released' })
        expect((await claimOne()).job.attempts).toBe(1)
      })

      test('who has lost a job cannot end it', async () => {
        await add()
        const first = await claimOne()
        now += rules.leaseMs
        await value(store.tend())
        const second = await claimOne()
        expect(await finish(first, { end: 'done' })).toBe('lost')
        expect(await value(store.heartbeat(first))).toBe(false)
        expect(await finish(second, { end: 'done' })).toBe('removed')
        expect(await finish(second, { end: 'done' })).toBe('lost')
      })
    })

    describe('failing', () => {
      const unavailable: Ending = {
        end: 'failed',
        failure: { kind: 'unavailable', message: 'GitHub answered 502' },
        jitter: 0,
      }

      test('waits longer after each failure', async () => {
        await add()
        const waits: number[] = []
        for (let i = 0; i < 4; i += 1) {
          await finish(await claimOne(), unavailable)
          const { dueAt } = present(await find('1/1'))
          waits.push(dueAt - now)
          now = dueAt
        }
        expect(waits).toEqual([1_000, 2_000, 4_000, 8_000])
      })

      test('after the last attempt one more claim says so, then the job is dead', async () => {
        await add()
        await kill()
        expect(await find('1/1')).toMatchObject({ state: 'dead' })
        expect(present(await find('1/1')).lastFailure).toContain('bad request (attempt 5)')
        expect(await value(store.counts())).toMatchObject({ dead: 1, waiting: 0, running: 0 })
        expect((await value(store.dead(10))).map((job) => job.key)).toEqual(['1/1'])
        expect(await claim()).toEqual([])
      })

      test('a dead job can be started again by hand, once', async () => {
        await add()
        await kill()
        expect(await value(store.restart('1/1'))).toBe(true)
        expect(await value(store.restart('1/1'))).toBe(false)
        expect(await value(store.restart('9/9'))).toBe(false)
        expect((await claimOne()).job.attempts).toBe(1)
      })

      test('a rate limit pauses one installation and costs no attempt', async () => {
        await add({ pull: 1, delivery: 'd1', installation: 1 })
        await add({ pull: 2, delivery: 'd2', installation: 1 })
        const failure = { ...limited, pausesInstallation: true as const }
        await finish(await claimOne(), { end: 'failed', failure, jitter: 0 })
        now += 1_000
        await add({ pull: 3, delivery: 'd3', installation: 2 })
        expect((await claim(5)).map(({ job }) => job.pull.number)).toEqual([3])
        now = start + 90_000
        const claims = await claim(5)
        expect(claims.map(({ job }) => job.pull.number).sort()).toEqual([1, 2])
        expect(claims.every(({ job }) => job.attempts === 1)).toBe(true)
      })

      test('a limit of one kind of request keeps only its own job waiting', async () => {
        await add({ pull: 1, delivery: 'd1' })
        await add({ pull: 2, delivery: 'd2' })
        const first = await claimOne()
        await finish(first, { end: 'failed', failure: limited, jitter: 0 })
        expect((await claim(5)).map(({ job }) => job.pull.number)).toEqual([2])
        now += 90_000
        expect((await claim(5)).map(({ job }) => job.key)).toEqual([first.job.key])
      })

      test('what is gone leaves no job', async () => {
        await add()
        const failure = failureOf('gone', 'no such pull request')
        expect(await finish(await claimOne(), { end: 'failed', failure, jitter: 0 })).toBe(
          'removed',
        )
      })
    })

    describe('leases', () => {
      test('a heartbeat keeps the job', async () => {
        await add()
        const claimed = await claimOne()
        now += rules.leaseMs - 1
        expect(await value(store.heartbeat(claimed))).toBe(true)
        now += rules.leaseMs - 1
        await value(store.tend())
        expect(await claim()).toEqual([])
      })

      test('a lapsed job is handed out again', async () => {
        await add()
        await claimOne()
        await reopen()
        now += rules.leaseMs
        await value(store.tend())
        expect((await claimOne()).job).toMatchObject({ run: 2, lapses: 1 })
      })

      test('a job that kills its process again and again is given up', async () => {
        await add()
        const purposes: string[] = []
        for (let i = 0; i < 6; i += 1) {
          purposes.push((await claimOne()).purpose)
          now += rules.leaseMs
          await value(store.tend())
          now = present(await find('1/1')).dueAt
        }
        expect(purposes).toEqual([...Array(5).fill('evaluate'), 'give-up'])
      })

      test('a clock set back by a day stops nothing', async () => {
        await add({ pull: 1, delivery: 'd1' })
        await add({ pull: 2, delivery: 'd2', delayMs: 10_000 })
        const running = await claimOne()
        now -= 86_400_000
        await value(store.tend())
        expect(present(await find(running.job.key)).leaseUntil).toBe(now + rules.leaseMs)
        expect((await claim()).map(({ job }) => job.pull.number)).toEqual([2])
        expect(await value(store.heartbeat(running))).toBe(true)
      })
    })

    test('a round of periodic work begins once for all and remembers its mark', async () => {
      const begin = () => value(store.beginRound('sweep', 3_600_000))
      expect(await begin()).toEqual({ mark: 0 })
      await value(store.endRound('sweep', 42))
      await reopen()
      now += 3_599_999
      expect(await begin()).toBeNull()
      expect(await value(store.beginRound('other', 3_600_000))).toEqual({ mark: 0 })
      now += 1
      expect(await begin()).toEqual({ mark: 42 })
      now -= 86_400_000
      expect(await begin()).toEqual({ mark: 42 })
    })

    test('workers are woken when there is work', async () => {
      let woken = 0
      const stop = store.onWork(() => {
        woken += 1
      })
      await add({ delivery: 'd1' })
      expect(woken).toBeGreaterThan(0)
      stop()
      await new Promise((resolve) => setTimeout(resolve, 20))
      const before = woken
      await add({ delivery: 'd2' })
      expect(woken).toBe(before)
    })

    test('counting tells the backlog and its age', async () => {
      await add({ pull: 1, delivery: 'd1' })
      await add({ pull: 2, delivery: 'd2', delayMs: 60_000 })
      now += 5_000
      expect(await value(store.counts())).toEqual({
        waiting: 2,
        due: 1,
        running: 0,
        dead: 0,
        oldestDueMs: 5_000,
      })
      expect(await value(store.probe())).toBeUndefined()
    })

    test('a closed store says so', async () => {
      await store.close()
      const added = await store.add(requestOf({}))
      expect(added.ok ? 'added' : added.failure.kind).toBe('unavailable')
      store = await openStore()
    })

    async function kill(): Promise<void> {
      const failure = failureOf('rejected', 'bad request')
      for (let i = 0; i < 6; i += 1) {
        const claimed = await claimOne()
        const ending: Ending =
          claimed.purpose === 'give-up' ? { end: 'done' } : { end: 'failed', failure, jitter: 0 }
        await finish(claimed, ending)
        now = Math.max(now, present(await find('1/1')).dueAt)
      }
    }
  })
}

interface Wanted {
  pull: number
  delivery: string
  installation: number
  name: string
  action: string
  delayMs: number
}

function requestOf(wanted: Partial<Wanted>): JobRequest {
  const repository = { id: 1, owner: 'octo', name: wanted.name ?? 'code' }
  const request: JobRequest = {
    installationId: wanted.installation ?? 1,
    pull: { repository, number: wanted.pull ?? 1 },
    cause: {
      delivery: wanted.delivery ?? 'd1',
      event: 'pull_request',
      action: wanted.action ?? 'synchronize',
      receivedAt: start,
    },
  }
  if (wanted.delayMs !== undefined) request.delayMs = wanted.delayMs
  return request
}

function failureOf(kind: 'gone' | 'rejected', message: string) {
  const outcome = failed(kind, message)
  if (outcome.ok) throw new Error('not a failure')
  return outcome.failure
}

const limited = { kind: 'rate-limited' as const, message: 'too fast', retryAfterMs: 90_000 }

async function value<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if (!settled.ok) throw new Error(settled.failure.message)
  return settled.value
}

function present<T>(found: T | null | undefined): T {
  if (found === null || found === undefined) throw new Error('expected something, found nothing')
  return found
}
