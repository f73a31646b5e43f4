/*
 * Run by hand, for docs/decisions/0009: our PostgreSQL store beside two queue libraries, on one
 * server, in one run. They are no dependencies; fetch them for the occasion:
 *
 *   npm i --no-save pg-boss@10.4.2 graphile-worker@0.17.3 && node test/bench/queues.mjs
 *
 * For each: jobs added per second with 64 under way; 300 requests for one pull request at once, and
 * how many jobs they leave; the time from adding a single job to its start; and 2,000 jobs that do
 * nothing, worked off forty at a time.
 */
import { run } from 'graphile-worker'
import PgBoss from 'pg-boss'
import { createJobStore } from '../../src/job/job-store.ts'
import { openPostgres } from '../../src/job/postgres.ts'
import { startWorker } from '../../src/job/worker.ts'
import { findPostgres, startPostgres } from '../support/postgres-server.ts'

const addMs = 4_000
const inFlight = 64
const singles = 40
const jobs = 2_000
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const server = startPostgres(findPostgres() ?? '')
try {
  const rows = []
  for (const make of [ours, graphile, boss]) rows.push(await measure(make))
  console.table(rows)
} finally {
  server.remove()
}

async function measure(make) {
  const queue = await make(server.createDatabase())
  const perSecond = await adding(queue)
  await queue.clear()
  await Promise.all(Array.from({ length: 300 }, (_, i) => queue.add('same', `s${i}`)))
  const left = await queue.count()
  await queue.clear()
  const started = new Map()
  let done = 0
  await queue.work(async (key) => {
    started.get(key)?.()
    done += 1
  })
  const latencies = []
  for (let i = 0; i < singles; i += 1) {
    const begun = performance.now()
    const start = new Promise((resolve) => started.set(`one${i}`, resolve))
    await queue.add(`one${i}`, `o${i}`)
    await start
    latencies.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  latencies.sort((a, b) => a - b)
  done = 0
  const begun = performance.now()
  const adds = Array.from({ length: jobs }, (_, i) => queue.add(`many${i}`, `m${i}`))
  await Promise.all(adds)
  while (done < jobs) await new Promise((resolve) => setTimeout(resolve, 5))
  const worked = jobs / ((performance.now() - begun) / 1000)
  await queue.close()
  return {
    store: queue.name,
    'added /s': Math.round(perSecond),
    '300 requests leave': left,
    'start p50 ms': Math.round(latencies[Math.floor(singles / 2)] * 10) / 10,
    'start p95 ms': Math.round(latencies[Math.floor(singles * 0.95)] * 10) / 10,
    'added and done /s': Math.round(worked),
  }
}

async function adding(queue) {
  const until = performance.now() + addMs
  let next = 0
  const one = async () => {
    while (performance.now() < until) {
      next += 1
      await queue.add(`a${next}`, `d${next}`)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: inFlight }, one))
  return next / ((performance.now() - begun) / 1000)
}

async function ours(url) {
  const store = createJobStore(await openPostgres({ url }), { perInstallation: 1_000 })
  let worker
  return {
    name: 'this project',
    async add(key, delivery) {
      const pull = { repository: { id: hash(key), owner: 'o', name: key }, number: 1 }
      const cause = { delivery, event: 'e', action: 'a', receivedAt: 0 }
      const added = await store.add({ installationId: hash(key) % 50, pull, cause })
      if (!added.ok) throw new Error(added.failure.message)
    },
    async count() {
      return (await store.counts()).value.waiting
    },
    async clear() {
      for (;;) {
        const claims = (await store.claim(500)).value
        if (claims.length === 0) return
        await Promise.all(claims.map((claim) => store.finish(claim, { end: 'done' })))
      }
    },
    async work(handle) {
      worker = startWorker({
        store,
        evaluate: async (job) => {
          await handle(job.pull.repository.name)
          return { ok: true, value: {} }
        },
        giveUp: async () => ({ ok: true, value: undefined }),
        log: quiet,
        random: Math.random,
        settings: { concurrency: 40 },
      })
    },
    async close() {
      await worker.stop(1_000)
      await store.close()
    },
  }
}

function hash(text) {
  let value = 7
  for (const c of text) value = (value * 31 + c.codePointAt(0)) % 1_000_003
  return value
}

async function graphile(connectionString) {
  let handle = async () => {}
  const { makeWorkerUtils, Logger } = await import('graphile-worker')
  const logger = new Logger(() => () => {})
  const utils = await makeWorkerUtils({ connectionString, logger })
  await utils.migrate()
  let runner
  return {
    name: 'graphile-worker',
    add: (key) => utils.addJob('look', { key }, { jobKey: key }),
    async count() {
      const { rows } = await utils.withPgClient((client) =>
        client.query('select count(*)::int as n from graphile_worker.jobs'),
      )
      return rows[0].n
    },
    clear: () =>
      utils.withPgClient((client) => client.query('delete from graphile_worker._private_jobs')),
    async work(given) {
      handle = given
      runner = await run({
        connectionString,
        concurrency: 40,
        pollInterval: 1_000,
        noHandleSignals: true,
        logger,
        taskList: { look: ({ key }) => handle(key) },
      })
    },
    async close() {
      await runner.stop()
      await utils.release()
    },
  }
}

async function boss(connectionString) {
  const queue = new PgBoss({ connectionString, schedule: false, supervise: false })
  queue.on('error', () => {})
  await queue.start()
  await queue.createQueue('look', { name: 'look', policy: 'short' })
  const other = async (name) => queue.createQueue(name, { name, policy: 'standard' })
  await other('free')
  return {
    name: 'pg-boss',
    add: (key) => queue.send('look', { key }, { singletonKey: key }),
    async count() {
      return queue.getQueueSize('look')
    },
    clear: () => queue.purgeQueue('look'),
    async work(handle) {
      // One worker polls; it takes batches, since each poll waits half a second at least.
      await queue.work('look', { batchSize: 40, pollingIntervalSeconds: 0.5 }, async (batch) => {
        await Promise.all(batch.map(({ data }) => handle(data.key)))
      })
    },
    close: () => queue.stop({ graceful: false }),
  }
}
