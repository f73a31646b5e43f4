import { type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { nameOf } from './look.ts'

/*
 * A check run about our own trouble, for when a pull request cannot be looked at: three small REST
 * requests that do not depend on the one large query, which may be what GitHub does not answer.
 * Only who holds the job may write one; two at once would leave a run that nobody ends.
 */
export interface PlainCheck {
  /** Null: it waits, and stands only where nothing of ours stands yet. */
  conclusion: 'failure' | null
  title: string
  summary: string
}

export interface PlainCheckParts {
  api: Api
  app: { id: number; checkName: string }
}

/** Says it on the pull request's head; on one that is closed, nothing. */
export async function writePlainCheck(
  parts: PlainCheckParts,
  pull: PullRequestRef,
  check: PlainCheck,
): Promise<Outcome<void>> {
  const head = await openHead(parts, pull)
  if (!head.ok) return head
  if (head.value === null) return ok(undefined)
  const standing = await standingRun(parts, pull, head.value)
  if (!standing.ok) return standing
  const run = standing.value
  if (run !== null && (run.concluded || check.conclusion === null)) return ok(undefined)
  const written = run
    ? await rewrite(parts, pull, run.id, check)
    : await create(parts, pull, head.value, check)
  return written.ok ? ok(undefined) : written
}

async function openHead({ api }: PlainCheckParts, pull: PullRequestRef) {
  const answer = await api.rest(`read ${nameOf(pull)}`, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...placeOf(pull),
      pull_number: pull.number,
      request,
    }),
  )
  if (!answer.ok) return answer
  return ok(answer.value.state === 'open' ? answer.value.head.sha : null)
}

async function standingRun(
  { api, app }: PlainCheckParts,
  pull: PullRequestRef,
  sha: string,
): Promise<Outcome<{ id: number; concluded: boolean } | null>> {
  const answer = await api.rest(`read the check of ${nameOf(pull)}`, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...placeOf(pull),
      ref: sha,
      check_name: app.checkName,
      app_id: app.id,
      request,
    }),
  )
  if (!answer.ok) return answer
  const runs = answer.value.check_runs.map(({ id, conclusion }) => ({
    id: Number(id),
    concluded: conclusion !== null,
  }))
  return ok(runs.toSorted((a, b) => b.id - a.id)[0] ?? null)
}

async function create(
  { api, app }: PlainCheckParts,
  pull: PullRequestRef,
  sha: string,
  check: PlainCheck,
): Promise<Outcome<unknown>> {
  return api.write(`write the check of ${nameOf(pull)}`, 0, (client, request) =>
    client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...placeOf(pull),
      name: app.checkName,
      head_sha: sha,
      external_id: `${pull.repository.id}/${pull.number}`,
      ...stateOf(check),
      request,
    }),
  )
}

async function rewrite(
  { api }: PlainCheckParts,
  pull: PullRequestRef,
  id: number,
  check: PlainCheck,
): Promise<Outcome<unknown>> {
  return api.write(`write the check of ${nameOf(pull)}`, 0, (client, request) =>
    client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...placeOf(pull),
      check_run_id: id,
      ...stateOf(check),
      request,
    }),
  )
}

function stateOf({ conclusion, title, summary }: PlainCheck) {
  const output = { title, summary }
  return conclusion === null
    ? { status: 'queued' as const, output }
    : { status: 'completed' as const, conclusion, output }
}

function placeOf({ repository: { owner, name } }: PullRequestRef) {
  return { owner, repo: name }
}
