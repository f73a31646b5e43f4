import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import { openJobStore } from '../../src/job/open.ts'
import { openSqlite } from '../../src/job/sqlite.ts'
import type { JobStore } from '../../src/job/store.ts'
import { askStore, serveStore } from '../../src/job/store-port.ts'
import { describeStore } from './contract.ts'

describeStore('embedded job store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-jobs-'))
  return {
    lasting: true,
    open: async (clock) => openSqlite({ path: join(folder, 'data', 'jobs.sqlite'), clock }),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  }
})

describeStore('job store in memory', async () => ({
  lasting: false,
  open: async (clock) => openSqlite({ path: ':memory:', clock }),
  dispose: async () => undefined,
}))

describeStore('job store at the other end of a channel', async () => ({
  lasting: false,
  open: async (clock) => openSqlite({ path: ':memory:', clock }),
  wrap: throughChannel,
  dispose: async () => undefined,
}))

function throughChannel(store: JobStore): JobStore {
  const { port1, port2 } = new MessageChannel()
  serveStore(store, port1)
  const asked = askStore(port2).store
  return {
    ...asked,
    async close() {
      await asked.close()
      // Calls after the end are answered by the store itself; nothing keeps the process.
      for (const port of [port1, port2]) port.unref()
    },
  }
}

test('the embedded store opens in a thread, keeps what it took, ends with the close', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-jobs-'))
  const settings = { databaseUrl: null, path: join(folder, 'jobs.sqlite') }
  const pull = { repository: { id: 1, owner: 'o', name: 'r' }, number: 7 }
  const cause = { delivery: 'd-1', event: 'pull_request', action: 'opened', receivedAt: 0 }
  const store = await openJobStore(settings)
  expect(await store.add({ installationId: 1, pull, cause })).toEqual({ ok: true, value: 'new' })
  await store.close()
  expect(await store.probe()).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  const again = await openJobStore(settings)
  expect(await again.find('1/7')).toMatchObject({ ok: true, value: { state: 'waiting' } })
  await again.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a database that cannot be opened is refused in one plain line', async () => {
  const opened = openJobStore({ databaseUrl: null, path: '/proc/nowhere/jobs.sqlite' })
  await expect(opened).rejects.toThrow(/^The job database .* is unusable: [^\n]+$/)
})

test('who asks a store that is gone hears so, and so does who was waiting', async () => {
  const { port1, port2 } = new MessageChannel()
  const client = askStore(port1)
  const before = client.store.probe()
  client.lost('The thread of the job database ended.')
  const message = 'The thread of the job database ended.'
  const gone = { ok: false, failure: { kind: 'unavailable', message } }
  expect([await before, await client.store.probe()]).toEqual([gone, gone])
  port1.close()
  port2.close()
})
