import { afterAll, describe, test } from '@jest/globals'
import { openPostgres } from '../../src/job/postgres.ts'
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
  whyNoPostgres,
} from '../support/postgres-server.ts'
import { describeStore } from './contract.ts'

const bin = findPostgres()

if (bin === null) {
  describe('PostgreSQL job store', () => {
    test.skip(whyNoPostgres, () => undefined)
  })
} else {
  let server: PostgresServer | null = null
  let schemas = 0
  let url = ''

  afterAll(() => server?.remove())

  describeStore('PostgreSQL job store', async () => {
    if (server === null) {
      server = startPostgres(bin)
      url = server.createDatabase()
    }
    schemas += 1
    const schema = `jobs_${schemas}`
    return {
      lasting: true,
      open: (clock) => openPostgres({ url, schema, clock }),
      dispose: async () => undefined,
    }
  })
}
