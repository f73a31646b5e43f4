import { parentPort, workerData } from 'node:worker_threads'
import { steadyClock } from './clock.ts'
import { createJobStore } from './job-store.ts'
import type { JobRules } from './machine.ts'
import { openSqlite } from './sqlite.ts'
import { serveStore } from './store-port.ts'

/*
 * The entry of the embedded store's thread. SQLite's driver is synchronous: while a commit waits
 * for the disk, its thread does nothing else. In a thread of its own that holds up nobody; in the
 * thread that takes deliveries, a disk that takes 10 ms for a commit cost half of them
 * (docs/decisions/0010-embedded-store-in-a-thread.md).
 */
export interface StoreThreadStart {
  path: string
  rules: Partial<JobRules>
}

/** The thread's first message: whether the database could be opened, else why not in one line. */
export type StoreThreadOpened = { opened: true } | { opened: false; reason: string }

const { path, rules } = workerData as StoreThreadStart

if (parentPort) {
  const say = (opened: StoreThreadOpened) => parentPort?.postMessage(opened)
  try {
    const store = createJobStore(openSqlite({ path, clock: steadyClock() }), rules)
    say({ opened: true })
    serveStore(store, parentPort)
  } catch (error) {
    say({ opened: false, reason: error instanceof Error ? error.message : String(error) })
  }
}
