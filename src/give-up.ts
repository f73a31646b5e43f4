import type { Entrance } from './github/github.ts'
import type { Job } from './job/job.ts'
import { readPublished } from './publish/marker.ts'
import type { Output } from './publish/output.ts'
import { run } from './publish/run.ts'
import type { MergeGroup } from './pull-request/reader.ts'
import { safeText } from './shared/markdown.ts'
import { type Outcome, ok } from './shared/outcome.ts'

/*
 * When a pull request could not be looked at however often we tried: say so on its check run, in
 * red, because "unknown" is never green, and say how to ask again.
 */
export async function giveUp(
  entrance: Entrance,
  job: Job,
  today: string,
): Promise<Outcome<unknown>> {
  if (job.pull.number === 0) return ok(undefined)
  const gathered = await entrance.reader.read(job.pull, today)
  // What could not be read all the time can often not be read now either.
  if (!gathered.ok) return entrance.plainCheck(job.pull, { conclusion: 'failure', ...wordsOf(job) })
  const { facts, own, nodes, mergeGroup } = gathered.value
  const { check } = readPublished(own)
  if (!facts.pull.open) return ok(undefined)
  if (!check?.concluded || check.digest === null) {
    const target = { pull: job.pull, nodes, head: facts.head.sha }
    const said = [conclusion(job, facts.head.sha, check?.nodeId ?? null)]
    const ran = await run(entrance.writer, target, said)
    if (!ran.ok) return ran
  }
  return mergeGroup === null ? ok(undefined) : giveUpQueue(entrance, job, today, mergeGroup)
}

/** Without an answer on its commits a merge queue waits until it runs out of patience. */
async function giveUpQueue(
  entrance: Entrance,
  job: Job,
  today: string,
  group: MergeGroup,
): Promise<Outcome<unknown>> {
  const queued = await entrance.reader.read(job.pull, today, group)
  const check = queued.ok ? readPublished(queued.value.own).check : null
  if (!queued.ok || (check?.concluded && check.digest !== null)) return queued
  const target = { pull: job.pull, nodes: queued.value.nodes, head: null }
  return run(entrance.writer, target, [conclusion(job, group.head, check?.nodeId ?? null)])
}

const reasonCharsMax = 300

function wordsOf(job: Job): { title: string; summary: string } {
  const reason = safeText(job.lastFailure ?? 'no reason is known', reasonCharsMax)
  const summary = [
    `This pull request could not be looked at after several attempts: ${reason}.`,
    '',
    'That says nothing about the change itself. To ask again, press **Re-run** on this check, ' +
      'comment `/threat-model recheck`, or push a commit.',
  ]
  return { title: 'The threat model could not be checked', summary: summary.join('\n') }
}

function conclusion(job: Job, headSha: string, check: string | null): Output {
  return {
    do: 'conclude-check',
    check,
    headSha,
    conclusion: 'failure',
    ...wordsOf(job),
    annotations: [],
    actions: [
      {
        label: 'Check again',
        description: 'Look at this pull request anew',
        identifier: 'recheck',
      },
    ],
  }
}
