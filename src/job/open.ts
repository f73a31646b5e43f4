import { steadyClock } from './clock.ts'
import { createJobStore } from './job-store.ts'
import type { JobRules } from './machine.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { JobStore } from './store.ts'

export interface JobStoreSettings {
  /** `postgres://…` for several processes; null for the embedded store. */
  databaseUrl: string | null
  /** The file of the embedded store. */
  path: string
  rules?: Partial<JobRules>
}

/** Opens the store the settings ask for. Throws one plain line when it cannot be used. */
export async function openJobStore(settings: JobStoreSettings): Promise<JobStore> {
  const database =
    settings.databaseUrl === null
      ? openSqlite({ path: settings.path, clock: steadyClock() })
      : await openPostgres({ url: settings.databaseUrl })
  return createJobStore(database, settings.rules)
}
