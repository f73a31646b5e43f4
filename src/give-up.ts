import type { Entrance } from './github/github.ts'
import type { Job } from './job/job.ts'
import { readPublished } from './publish/marker.ts'
import type { Output } from './publish/output.ts'
import { run } from './publish/run.ts'
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
  if (!gathered.ok) return gathered
  const { facts, own, nodes } = gathered.value
  const { check } = readPublished(own)
  if (!facts.pull.open || (check?.concluded && check.digest !== null)) return ok(undefined)
  const target = { pull: job.pull, nodes, head: facts.head.sha }
  return run(entrance.writer, target, [conclusion(job, facts.head.sha, check?.nodeId ?? null)])
}

const reasonCharsMax = 300

function conclusion(job: Job, headSha: string, check: string | null): Output {
  const reason = safeText(job.lastFailure ?? 'no reason is known', reasonCharsMax)
  return {
    do: 'conclude-check',
    check,
    headSha,
    conclusion: 'failure',
    title: 'The threat model could not be checked',
    summary: [
      `This pull request could not be looked at after several attempts: ${reason}.`,
      '',
      'That says nothing about the change itself. To ask again, press **Re-run** on this check, ' +
        'comment `/threat-model recheck`, or push a commit.',
    ].join('\n'),
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
