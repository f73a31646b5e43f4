import { addCheckRun, type CheckFields, updateCheckRun } from '../actions/checks.ts'
import { invalid, notFound, Refusal } from '../answer.ts'
import { resolveRef } from '../refs.ts'
import type { Annotation, CheckRun, Repository } from '../state.ts'
import { showAnnotation, showCheckRun, showCheckSuite } from '../views/check.ts'
import { ok, paged, pageOf, type Route, type RouteCall, repositoryOf, textIn } from './call.ts'

/* Check runs, their annotations, and suites. Only the App itself may write them. */

export const createCheck: Route = (call) => {
  const repository = repositoryOf(call)
  requireApp(call)
  const fields = { ...fieldsIn(call), name: textIn(call, 'name') ?? '' }
  const run = addCheckRun(call.state, repository, textIn(call, 'head_sha') ?? '', fields)
  return ok(showCheckRun(call.state, repository, run), 201)
}

export const updateCheck: Route = (call) => {
  const repository = repositoryOf(call)
  requireApp(call)
  const run = runOf(call, repository)
  updateCheckRun(call.state, repository, run, fieldsIn(call))
  return ok(showCheckRun(call.state, repository, run))
}

export const getCheck: Route = (call) => {
  const repository = repositoryOf(call)
  return ok(showCheckRun(call.state, repository, runOf(call, repository)))
}

export const listAnnotations: Route = (call) => {
  const repository = repositoryOf(call)
  const run = runOf(call, repository)
  return paged(call, run.annotations, (one) => showAnnotation(call.state, repository, run, one))
}

/** Newest first; `filter=latest`, the usual, leaves one run per name. */
export const listChecks: Route = (call) => {
  const repository = repositoryOf(call)
  const sha = resolveRef(call.state, repository, call.params.ref ?? '')
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${call.params.ref}`)
  const { query } = call
  const runs = repository.checkRuns
    .filter((run) => run.headSha === sha)
    .filter((run) => (query.get('check_name') ?? run.name) === run.name)
    .filter((run) => (query.get('status') ?? run.status) === run.status)
    .filter(() => Number(query.get('app_id') ?? call.state.app.id) === call.state.app.id)
    .reverse()
  const shown = query.get('filter') === 'all' ? runs : latestOfEachName(runs)
  const { slice, headers } = pageOf(call, shown)
  const check_runs = slice.map((run) => showCheckRun(call.state, repository, run))
  return { status: 200, body: { total_count: shown.length, check_runs }, headers }
}

export const listSuites: Route = (call) => {
  const repository = repositoryOf(call)
  const sha = resolveRef(call.state, repository, call.params.ref ?? '')
  const suites = repository.checkSuites
    .filter((suite) => suite.headSha === sha)
    .filter(() => Number(call.query.get('app_id') ?? call.state.app.id) === call.state.app.id)
  const { slice, headers } = pageOf(call, suites)
  const check_suites = slice.map((suite) => showCheckSuite(call.state, repository, suite))
  return { status: 200, body: { total_count: suites.length, check_suites }, headers }
}

function runOf(call: RouteCall, repository: Repository): CheckRun {
  const id = Number(call.params.check_run_id)
  const run = repository.checkRuns.find((one) => one.id === id)
  if (!run) throw notFound()
  return run
}

function latestOfEachName(newestFirst: readonly CheckRun[]): CheckRun[] {
  const seen = new Set<string>()
  return newestFirst.filter((run) => !seen.has(run.name) && seen.add(run.name))
}

function requireApp(call: RouteCall): void {
  if (call.caller.kind === 'token' && call.caller.token.installation) return
  throw new Refusal(403, 'You must authenticate via a GitHub App.')
}

function fieldsIn(call: RouteCall): CheckFields {
  const { body } = call
  const output = body.output as CheckFields['output']
  const wanted: Record<string, unknown> = {
    name: body.name,
    detailsUrl: body.details_url,
    externalId: body.external_id,
    status: body.status,
    conclusion: body.conclusion,
    startedAt: timeIn(body.started_at),
    completedAt: timeIn(body.completed_at),
    actions: body.actions,
    output: output && { ...output, annotations: (output.annotations ?? []).map(filled) },
  }
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as CheckFields
}

function timeIn(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const at = Date.parse(value)
  if (Number.isNaN(at)) throw invalid('CheckRun', 'started_at', 'is no time')
  return at
}

function filled(annotation: Annotation): Annotation {
  const { start_column, end_column, title, raw_details } = annotation
  return {
    ...annotation,
    start_column: start_column ?? null,
    end_column: end_column ?? null,
    title: title ?? null,
    raw_details: raw_details ?? null,
  }
}
