import type { Entrance } from './github/github.ts'
import { type Job, jobKey } from './job/job.ts'
import type { Evaluated } from './job/worker-parts.ts'
import { readPublished } from './publish/marker.ts'
import type { Published } from './publish/output.ts'
import { plan } from './publish/plan.ts'
import { goneOutputs, newRepliesMax, noticed, replyOutputs, waiting } from './publish/replies.ts'
import { run } from './publish/run.ts'
import type { PullRequestFacts } from './pull-request/facts.ts'
import type { Gathered, MergeGroup, OwnPosts } from './pull-request/reader.ts'
import { type Button, buttons } from './report/buttons.ts'
import { decisionFields } from './report/replies-status.ts'
import type { Report } from './report/report.ts'
import { type Outcome, ok } from './shared/outcome.ts'
import type { PullRequestRef } from './shared/refs.ts'

/*
 * One job from beginning to end: gather, review, plan, run. Everything it knows comes from GitHub
 * as it is now; a second evaluation right after the first changes nothing.
 *
 * A pull request in a merge queue is looked at twice: as itself, and as the commits that the queue
 * made of it. A job for number 0 stands for "all open pull requests of this repository".
 */
export interface EvaluateParts {
  /** The way to GitHub of the job's installation and repository. */
  entrance(job: Job, signal: AbortSignal): Promise<Entrance>
  review(facts: PullRequestFacts): Promise<Outcome<Report>>
  /** ISO date. */
  today(): string
  sweep(job: Job, entrance: Entrance): Promise<Outcome<unknown>>
  log: EvaluateLog
  observe?(report: Report): void
  /** The address of the report's own page; absent or null: there is none. */
  detailsUrl?(job: Job, head: string, group: MergeGroup | null): string | null
}

export interface EvaluateLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export async function evaluate(
  parts: EvaluateParts,
  job: Job,
  signal: AbortSignal,
): Promise<Outcome<Evaluated>> {
  const entrance = await parts.entrance(job, signal)
  if (job.pull.number === 0) {
    const swept = await parts.sweep(job, entrance)
    return swept.ok ? ok({}) : swept
  }
  const looked = await look({ parts, entrance, job })
  if (!looked.ok && job.attempts === waitingAttempts) await sayWaiting({ parts, entrance, job })
  return looked
}

/**
 * By then it will take a while. Once, so that no answer lost on the way leaves two of them; what
 * becomes of it is no reason to fail otherwise.
 */
const waitingAttempts = 3

async function sayWaiting({ parts, entrance, job }: Work): Promise<void> {
  const said = await entrance.plainCheck(job.pull, {
    conclusion: null,
    title: 'Waiting to look at the threat model',
    summary:
      'This pull request could not be looked at yet. That says nothing about the change itself; ' +
      'it is tried again by itself.',
  })
  if (!said.ok) parts.log.warn({ pull: nameOf(job.pull), reason: said.failure.message }, 'Not said')
}

async function look({ parts, entrance, job }: Work): Promise<Outcome<Evaluated>> {
  const guess = job.causes.findLast((cause) => cause.ends)?.ends
  // A look that failed may know better by now than the delivery did.
  if (guess && job.attempts <= 1) entrance.reader.expect(job.pull, guess)
  const gathered = await entrance.reader.read(job.pull, parts.today())
  if (!gathered.ok) return gathered
  const { mergeGroup, facts } = gathered.value
  const asked = await acknowledge({ parts, entrance, job }, gathered.value)
  if (!asked.ok) return asked
  // A closed pull request is judged no more; only who speaks to us there gets an answer.
  if (!facts.pull.open && asked.value === 0) return ok({})
  // First, because it holds up others and writes no comments, which may have to wait.
  if (mergeGroup !== null) {
    const queued = await answerQueue({ parts, entrance, job }, mergeGroup)
    if (!queued.ok) return queued
  }
  const own = await answer({ parts, entrance, job }, gathered.value, null)
  if (!own.ok) return own
  if (own.value.commits) return ok({ againAfterMs: afterCommitMs })
  // What did not fit into this evaluation's answers is answered by the next.
  if (asked.value > newRepliesMax) return ok({ againAfterMs: moreRepliesMs })
  // GitHub told of the merge queue before it shows the pull request there: without a check on its
  // commits the queue would wait for ever.
  const queued = job.causes.some((cause) => cause.event === 'merge_group')
  if (queued && mergeGroup === null) return ok({ againAfterMs: queueMs })
  return ok(againOf(own.value.report, facts.today))
}

interface Work {
  parts: EvaluateParts
  entrance: Entrance
  job: Job
}

/** Shows everybody who waits for an answer that they were heard; how many there are. */
async function acknowledge(
  { parts, entrance, job }: Work,
  { facts, nodes }: Gathered,
): Promise<Outcome<number>> {
  const comments = waiting(facts)
  const eyes = noticed(comments)
  if (eyes.length === 0) return ok(comments.length)
  const target = { pull: job.pull, nodes, head: facts.head.sha }
  const ran = await run(entrance.writer, target, eyes)
  if (!ran.ok) return ran
  for (const reason of ran.value.refused) {
    parts.log.warn({ pull: nameOf(job.pull), reason }, 'GitHub refused')
  }
  return ok(comments.length)
}

async function answerQueue(work: Work, group: MergeGroup): Promise<Outcome<Answered>> {
  const { parts, entrance, job } = work
  const gathered = await entrance.reader.read(job.pull, parts.today(), group)
  return gathered.ok ? answer(work, gathered.value, group) : gathered
}

/** `group`: the facts are those of a merge queue's commits; then only the check run is written. */
async function answer(
  { parts, entrance, job }: Work,
  { facts, own, nodes }: Gathered,
  group: MergeGroup | null,
): Promise<Outcome<Answered>> {
  const begun = performance.now()
  const reviewed = await parts.review(facts)
  if (!reviewed.ok) return reviewed
  const report = reviewed.value
  parts.observe?.(report)
  const checkOnly = group !== null || facts.pull.draft
  const replies = group
    ? []
    : [...replyOutputs(report.replies, facts.ownReplies ?? []), ...goneOutputs(facts)]
  // A commit of our own makes another head, which is judged next.
  const commits = replies.some((output) => output.do === 'commit-files')
  const detailsUrl = parts.detailsUrl?.(job, facts.head.sha, group) ?? null
  const hasPage = detailsUrl !== null
  const scope = { files: facts.files, checkOnly, hasPage, pressed: pressed(job) }
  const check = facts.pull.open && !commits ? plan(report, published(own, job), scope) : []
  const outputs = [...replies, ...check]
  const fields = {
    pull: nameOf(job.pull),
    job: jobKey(job.pull),
    installation: job.installationId,
    stage: group ? 'merge-queue' : 'pull',
    verdict: report.verdict,
    outputs: outputs.map((output) => output.do),
    decisions: decisionFields(report.decisions.list),
    ms: Math.round(performance.now() - begun),
  }
  parts.log.info(fields, 'Pull request judged')
  const head = group ? null : facts.head.sha
  const ran = await run(entrance.writer, { pull: job.pull, nodes, head, detailsUrl }, outputs)
  if (!ran.ok) return ran
  for (const reason of ran.value.refused) parts.log.warn({ ...fields, reason }, 'GitHub refused')
  return ok({ report, commits })
}

interface Answered {
  report: Report
  /** It was about a commit of ours, and the check run waits for the next look. */
  commits: boolean
}

/**
 * Who presses "Re-run" wants to see that something happened, and GitHub has taken the suite back to
 * "queued" by then: the run is concluded again although it says the same.
 */
function published(own: OwnPosts, job: Job): Published {
  const found = readPublished(own)
  const again = job.causes.some(({ action }) => /^rerequested$|: recheck$/.test(action))
  return again && found.check ? { ...found, check: { ...found.check, concluded: false } } : found
}

function pressed(job: Job): Button[] {
  return buttons.filter((button) =>
    job.causes.some(({ action }) => action === `requested_action: ${button}`),
  )
}

const dayMs = 24 * 3_600_000
const moreRepliesMs = 60_000
const afterCommitMs = 1_000
const queueMs = 15_000

/** An acceptance that runs out changes the answer although nothing happens on GitHub. */
function againOf(report: Report, today: string): Evaluated {
  const ends = report.findings.flatMap((finding) => finding.accepted?.until ?? [])
  const first = ends.filter((date) => date >= today).sort()[0]
  if (first === undefined) return {}
  // The day named is the last one on which it holds.
  return { againAfterMs: Date.parse(first) + dayMs - Date.parse(today) }
}

function nameOf(pull: PullRequestRef): string {
  return `${pull.repository.owner}/${pull.repository.name}#${pull.number}`
}
