import type { Job } from './job/job.ts'
import type { JobStore } from './job/store.ts'
import { visible } from './shared/markdown.ts'

/*
 * What an operator does by hand with jobs that the service has given up:
 *
 *   node dist/main.js dead                 lists them, oldest first
 *   node dist/main.js restart KEY|all      gives them another life; the service finds them itself
 *
 * With the environment of the service, beside it or in its place: it only opens the same store.
 */
export type DeadJobsStore = Pick<JobStore, 'dead' | 'restart'>

export interface Told {
  /** Exit status: 0 done, 1 nothing of that key, 2 wrong words, 3 the store did not answer. */
  status: 0 | 1 | 2 | 3
  lines: string[]
}

const listMax = 1_000
const usage = 'There are: dead · restart KEY · restart all. Without words the service starts.'

export async function deadJobs(words: readonly string[], store: DeadJobsStore): Promise<Told> {
  const [command, key, extra] = words
  if (command === 'dead' && key === undefined) return list(store)
  if (command !== 'restart' || key === undefined || extra !== undefined) {
    return { status: 2, lines: [usage] }
  }
  return key === 'all' ? restartAll(store) : restart(store, [key])
}

async function list(store: DeadJobsStore): Promise<Told> {
  const found = await store.dead(listMax)
  if (!found.ok) return { status: 3, lines: [found.failure.message] }
  if (found.value.length === 0) return { status: 0, lines: ['No dead jobs.'] }
  const more = found.value.length === listMax ? [`Only the oldest ${listMax} are listed.`] : []
  return { status: 0, lines: [...found.value.map(lineOf), ...more] }
}

/** As many as one look may list; whoever has more asks again. */
async function restartAll(store: DeadJobsStore): Promise<Told> {
  const found = await store.dead(listMax)
  if (!found.ok) return { status: 3, lines: [found.failure.message] }
  if (found.value.length === 0) return { status: 0, lines: ['No dead jobs.'] }
  return restart(
    store,
    found.value.map((job) => job.key),
  )
}

async function restart(store: DeadJobsStore, keys: readonly string[]): Promise<Told> {
  let count = 0
  for (const key of keys) {
    const done = await store.restart(key)
    if (!done.ok) return { status: 3, lines: [done.failure.message] }
    if (done.value) count += 1
  }
  if (count === 0) return { status: 1, lines: [`There is no dead job ${visible(keys[0] ?? '')}.`] }
  return { status: 0, lines: [`${count} of ${keys.length} begin anew.`] }
}

/** What failed may quote GitHub, and GitHub may quote anybody. */
function lineOf({ key, pull, changedAt, lastFailure }: Job): string {
  const { owner, name } = pull.repository
  const since = new Date(changedAt).toISOString()
  const why = lastFailure ?? 'no reason is known'
  return visible(`${key}  ${owner}/${name}#${pull.number}  since ${since}  ${why}`)
}
