import { steadyClock } from './clock.ts'
import { createJobStore } from './job-store.ts'
import type { JobRules } from './machine.ts'
import { openPostgres } from './postgres.ts'
import { inMemory, openSqlite } from './sqlite.ts'
import type { JobStore } from './store.ts'
import { openThreadedStore } from './threaded.ts'

export interface JobStoreSettings {
  /** `postgres://…` for several processes; null for the embedded store. */
  databaseUrl: string | null
  /** The file of the embedded store, or `:memory:`. */
  path: string
  rules?: Partial<JobRules>
}

/** Opens the store the settings ask for. Throws one plain line when it cannot be used. */
export async function openJobStore(settings: JobStoreSettings): Promise<JobStore> {
  const { databaseUrl, path, rules = {} } = settings
  if (databaseUrl !== null) return createJobStore(await openPostgres({ url: databaseUrl }), rules)
  if (path !== inMemory) return openThreadedStore({ path, rules })
  return createJobStore(openSqlite({ path, clock: steadyClock() }), rules)
}
