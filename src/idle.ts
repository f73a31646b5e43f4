import { jobKey } from './job/job.ts'
import type { JobStore } from './job/store.ts'

/*
 * Tells when there is nothing left to do, for the demo and the tests, which have to know when to
 * look at the result. Watches the jobs added through it; one that waits for another day counts as
 * done.
 */
export interface IdleWatch {
  /** The same store, watched. */
  jobs: JobStore
  idle(): Promise<void>
}

const lookEveryMs = 10
/** A job that is due later than this waits for a date, not for its turn. */
const soonMs = 10 * 60_000
/** Beyond this the oldest are forgotten: in service nobody ever asks. */
const watchedMax = 20_000

export function watchIdle(store: JobStore, now: () => number): IdleWatch {
  const live = new Set<string>()

  async function settle(): Promise<void> {
    for (const key of live) {
      const found = await store.find(key)
      if (!found.ok) continue
      const job = found.value
      const rests =
        job?.state === 'dead' || (job?.state === 'waiting' && job.dueAt > now() + soonMs)
      if (job === null || rests) live.delete(key)
    }
  }

  return {
    jobs: {
      ...store,
      async add(request) {
        const added = await store.add(request)
        if (added.ok) live.add(jobKey(request.pull))
        const [oldest] = live.size > watchedMax ? live : []
        if (oldest !== undefined) live.delete(oldest)
        return added
      },
    },
    async idle() {
      while (live.size > 0) {
        await settle()
        if (live.size > 0) await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      }
    },
  }
}
