import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../src/job/sqlite.ts'
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
