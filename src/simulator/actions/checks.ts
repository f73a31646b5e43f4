import { invalid } from '../answer.ts'
import { tell } from '../events.ts'
import { takeId } from '../ids.ts'
import type { Account, Annotation, CheckRun, CheckSuite, Repository, State } from '../state.ts'
import { showCheckRun, showCheckSuite } from '../views/check.ts'

/*
 * Check suites and runs. What the API's description cannot say stands here: a completed run has a
 * conclusion, a conclusion completes a run, columns need a single line, annotations of a later
 * request are added to the earlier ones.
 */

/** What create and update have in common; absent fields stay as they are. */
export interface CheckFields {
  name?: string
  detailsUrl?: string
  externalId?: string
  status?: string
  conclusion?: string
  startedAt?: number
  completedAt?: number
  output?: { title?: string; summary: string; text?: string; annotations?: Annotation[] }
  actions?: CheckRun['actions']
}

const textBytesMax = 65_535
const titleCharactersMax = 255

export function addCheckRun(
  state: State,
  repository: Repository,
  headSha: string,
  fields: CheckFields & { name: string },
): CheckRun {
  if (!repository.store.commits.has(headSha)) {
    throw invalid('CheckRun', 'head_sha', `No commit found for SHA: ${headSha}`)
  }
  const run: CheckRun = {
    id: takeId(state),
    suite: suiteFor(state, repository, headSha),
    name: fields.name,
    headSha,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: state.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  }
  apply(state, run, fields)
  repository.checkRuns.push(run)
  tellCheckRun(state, repository, run, { action: 'created', sender: state.app.bot })
  if (run.status === 'completed') completed(state, repository, run)
  return run
}

export function updateCheckRun(
  state: State,
  repository: Repository,
  run: CheckRun,
  fields: CheckFields,
): void {
  const before = run.status
  apply(state, run, fields)
  if (run.status === 'completed' && before !== 'completed') completed(state, repository, run)
}

/** The App's suite on this commit; GitHub makes one when a commit is pushed. */
export function suiteFor(
  state: State,
  repository: Repository,
  headSha: string,
  pusher: Account | null = null,
): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.headSha === headSha)
  if (known) return known
  const branch = [...repository.branches].find(([, sha]) => sha === headSha)
  const suite: CheckSuite = {
    id: takeId(state),
    headSha,
    headBranch: branch?.[0] ?? null,
    createdAt: state.now(),
    pusher,
  }
  repository.checkSuites.push(suite)
  return suite
}

export function tellCheckRun(
  state: State,
  repository: Repository,
  run: CheckRun,
  happened: { action: string; sender: Account; requested?: string },
): void {
  const { action, sender, requested } = happened
  tell(state, {
    event: 'check_run',
    action,
    repository,
    sender,
    fields: {
      check_run: {
        ...showCheckRun(state, repository, run),
        check_suite: showCheckSuite(state, repository, run.suite),
      },
      ...(requested === undefined ? {} : { requested_action: { identifier: requested } }),
    },
  })
}

export function tellCheckSuite(
  state: State,
  repository: Repository,
  suite: CheckSuite,
  happened: { action: string; sender: Account },
): void {
  const { action, sender } = happened
  const fields = { check_suite: showCheckSuite(state, repository, suite) }
  tell(state, { event: 'check_suite', action, repository, sender, fields })
}

function completed(state: State, repository: Repository, run: CheckRun): void {
  tellCheckRun(state, repository, run, { action: 'completed', sender: state.app.bot })
  const ofSuite = repository.checkRuns.filter((other) => other.suite === run.suite)
  if (ofSuite.every((other) => other.status === 'completed')) {
    tellCheckSuite(state, repository, run.suite, { action: 'completed', sender: state.app.bot })
  }
}

function apply(state: State, run: CheckRun, fields: CheckFields): void {
  const status = fields.conclusion === undefined ? fields.status : 'completed'
  if (fields.status === 'completed' && fields.conclusion === undefined) {
    throw invalid('CheckRun', 'conclusion', 'conclusion is needed when status is completed')
  }
  if (fields.output) requireOutput(fields.output)
  run.name = fields.name ?? run.name
  run.detailsUrl = fields.detailsUrl ?? run.detailsUrl
  run.externalId = fields.externalId ?? run.externalId
  run.startedAt = fields.startedAt ?? run.startedAt
  run.actions = fields.actions ?? run.actions
  if (status !== undefined) {
    run.status = status
    run.conclusion = fields.conclusion ?? null
    run.completedAt = status === 'completed' ? (fields.completedAt ?? state.now()) : null
  }
  if (fields.output) applyOutput(run, fields.output)
}

type Output = NonNullable<CheckFields['output']>

function applyOutput(run: CheckRun, output: Output): void {
  run.title = output.title ?? run.title
  run.summary = output.summary
  run.text = output.text ?? run.text
  run.annotations.push(...(output.annotations ?? []))
}

function requireOutput(output: Output): void {
  for (const text of [output.summary, output.text ?? '']) {
    if (Buffer.byteLength(text) > textBytesMax) {
      throw invalid('CheckRun', 'summary', `is too long (maximum is ${textBytesMax} bytes)`)
    }
  }
  if ((output.title ?? '').length > titleCharactersMax) {
    throw invalid('CheckRun', 'title', `is too long (maximum is ${titleCharactersMax} characters)`)
  }
  for (const annotation of output.annotations ?? []) requireAnnotation(annotation)
}

function requireAnnotation(annotation: Annotation): void {
  const { start_line, end_line, start_column, end_column } = annotation
  const columns = (start_column ?? null) !== null || (end_column ?? null) !== null
  if (columns && start_line !== end_line) {
    throw invalid('CheckAnnotation', 'start_column', 'columns need one line')
  }
  if (start_line < 1 || end_line < start_line) {
    throw invalid('CheckAnnotation', 'end_line', 'must not be before start_line')
  }
  for (const text of [annotation.message, annotation.raw_details ?? '']) {
    if (Buffer.byteLength(text) > 64 * 1024) {
      throw invalid('CheckAnnotation', 'message', 'is too long (maximum is 64 KB)')
    }
  }
}
