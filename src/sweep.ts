import type { Entrance } from './github/github.ts'
import type { Cause, Job } from './job/job.ts'
import type { JobStore } from './job/store.ts'
import type { Pace } from './pace.ts'
import { type Outcome, ok } from './shared/outcome.ts'
import type { PullRequestRef, RepositoryRef } from './shared/refs.ts'
import type { Look, LookAtBase, LookAtCommit, LookAtPulls } from './webhook/read.ts'

/*
 * From "look here" to jobs. Most deliveries name their pull requests. The others name a branch, a
 * commit or repositories; which pull requests that means has to be asked. When GitHub does not
 * answer, or too slowly for a delivery that waits to be acknowledged, the whole repository becomes
 * a job (number 0), which asks again in peace. Nothing is lost and nothing waits.
 */
export interface SweepParts {
  jobs: Pick<JobStore, 'add'>
  entrance(installationId: number, repositoryId: number): Promise<Entrance>
  pace: Pace
}

/** How long a delivery may wait for an answer; GitHub wants its own within ten seconds. */
const askMs = 3_000
/** Between the pull requests of a sweep, so that an installation's other work gets its turn. */
const spreadMs = 2_000

/** Adds the jobs that a delivery asks for. `ok` only when they are durable. */
export async function addJobs(parts: SweepParts, look: Look): Promise<Outcome<number>> {
  switch (look.look) {
    case 'pulls':
      return addPulls(parts, look)
    case 'repositories':
      return addAll(parts, look, look.repositories.map(wholeOf), spreadMs)
    case 'base': {
      const pulls = await asked(parts, look, ({ pulls: open }) =>
        open.list(look.repository, look.branch),
      )
      return addAll(parts, look, pulls ?? [wholeOf(look.repository)], spreadMs)
    }
    case 'commit': {
      const pulls = await asked(parts, look, ({ pulls: open }) =>
        open.withHead(look.repository, look.sha),
      )
      return addAll(parts, look, pulls ?? [wholeOf(look.repository)], 0)
    }
  }
}

/** The job for number 0: one job for each open pull request. */
export async function sweepRepository(
  parts: Pick<SweepParts, 'jobs'>,
  job: Job,
  entrance: Entrance,
): Promise<Outcome<number>> {
  const { repository } = job.pull
  const pulls = await entrance.pulls.list(repository, null)
  if (!pulls.ok) return pulls
  const { key, installationId, causes, changedAt } = job
  const unknown = {
    delivery: `${key} at ${changedAt}`,
    event: '',
    action: '',
    receivedAt: changedAt,
  }
  const cause: Cause = causes[0] ?? unknown
  return addAll(parts, { installationId, cause }, pulls.value, spreadMs)
}

async function asked(
  parts: SweepParts,
  { installationId, repository }: LookAtBase | LookAtCommit,
  ask: (entrance: Entrance) => Promise<Outcome<PullRequestRef[]>>,
): Promise<PullRequestRef[] | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), askMs).unref())
  const answer = parts.entrance(installationId, repository.id).then(ask)
  const outcome = await Promise.race([answer.catch(() => null), late])
  return outcome?.ok ? outcome.value : null
}

async function addAll(
  { jobs }: Pick<SweepParts, 'jobs'>,
  { installationId, cause }: { installationId: number; cause: Cause },
  pulls: readonly PullRequestRef[],
  everyMs: number,
): Promise<Outcome<number>> {
  const added = await Promise.all(
    pulls.map(({ repository, number }, i) => {
      // The store knows a delivery by its id and its pull request's key.
      const pull = { repository, number }
      return jobs.add({ installationId, pull, cause, delayMs: i * everyMs })
    }),
  )
  for (const one of added) if (!one.ok) return one
  return ok(added.length)
}

async function addPulls({ jobs, pace }: SweepParts, look: LookAtPulls): Promise<Outcome<number>> {
  const { installationId, cause, pulls, pushed } = look
  for (const pull of pulls) {
    const delayMs = pushed ? pace.delayMs(pull) : 0
    const added = await jobs.add({ installationId, pull, cause, delayMs })
    if (!added.ok) return added
  }
  return ok(pulls.length)
}

function wholeOf(repository: RepositoryRef): PullRequestRef {
  return { repository, number: 0 }
}
