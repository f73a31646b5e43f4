import { isoTime, nodeId } from '../ids.ts'
import type { Annotation, CheckRun, CheckSuite, Repository } from '../state.ts'
import { showCheckRun as showInRest, showCheckSuite as showSuiteInRest } from '../views/check.ts'
import { type Shown, showActor, showGraphqlApp } from './accounts.ts'
import { type Connection, connection, type PageArguments } from './connection.ts'
import { requireNeed, type Viewer } from './viewer.ts'

/*
 * Check suites, runs and annotations. A suite lists its runs oldest first, and all of them unless
 * LATEST is asked for.
 */

interface SuitePage extends PageArguments {
  filterBy?: { appId?: number | null; checkName?: string | null } | null
}

interface RunPage extends PageArguments {
  filterBy?: {
    appId?: number | null
    checkName?: string | null
    checkType?: 'ALL' | 'LATEST' | null
    status?: string | null
    conclusions?: string[] | null
  } | null
}

export function showSuites(
  viewer: Viewer,
  repository: Repository,
  sha: string,
  page: SuitePage,
): Connection<Shown> {
  requireNeed(viewer, repository, { permission: 'checks', level: 'read' })
  const { appId, checkName } = page.filterBy ?? {}
  const suites = repository.checkSuites
    .filter((suite) => suite.headSha === sha)
    .filter(() => (appId ?? viewer.state.app.id) === viewer.state.app.id)
    .filter((suite) => checkName == null || runsOf(repository, suite, checkName).length > 0)
  return connection('checkSuites', suites, page, (suite) => showSuite(viewer, repository, suite))
}

export function showSuite(viewer: Viewer, repository: Repository, suite: CheckSuite): Shown {
  const { status, conclusion } = showSuiteInRest(viewer.state, repository, suite)
  return {
    __typename: 'CheckSuite',
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    app: showGraphqlApp(viewer),
    status: upper(status),
    conclusion: upper(conclusion),
    createdAt: isoTime(suite.createdAt),
    updatedAt: isoTime(suite.createdAt),
    commit: () => viewer.links.commit(viewer, repository, suite.headSha),
    push: suite.pusher && {
      __typename: 'Push',
      id: nodeId('PSH', suite.id),
      pusher: showActor(viewer, suite.pusher),
    },
    checkRuns: (page: RunPage) => {
      const runs = filtered(viewer, repository, suite, page)
      return connection('checkRuns', runs, page, (run) => showRun(viewer, repository, run))
    },
  }
}

export function showRun(viewer: Viewer, repository: Repository, run: CheckRun): Shown {
  const rest = showInRest(viewer.state, repository, run)
  return {
    __typename: 'CheckRun',
    id: nodeId('CR', run.id),
    databaseId: run.id,
    name: run.name,
    status: upper(run.status),
    conclusion: upper(run.conclusion),
    title: run.title,
    summary: run.summary,
    text: run.text,
    externalId: run.externalId,
    detailsUrl: rest.details_url,
    url: rest.html_url,
    permalink: rest.html_url,
    startedAt: rest.started_at,
    completedAt: rest.completed_at,
    checkSuite: () => showSuite(viewer, repository, run.suite),
    annotations: (page: PageArguments) =>
      connection('annotations', run.annotations, page, showAnnotation),
  }
}

function filtered(
  { state }: Viewer,
  repository: Repository,
  suite: CheckSuite,
  page: RunPage,
): CheckRun[] {
  const { appId, checkName, checkType, status, conclusions } = page.filterBy ?? {}
  if (appId != null && appId !== state.app.id) return []
  const runs = runsOf(repository, suite, checkName ?? null)
    .filter((run) => status == null || upper(run.status) === status)
    .filter((run) => conclusions == null || conclusions.includes(upper(run.conclusion) ?? ''))
  if (checkType !== 'LATEST') return runs
  return runs.filter((run) => runs.findLast((other) => other.name === run.name) === run)
}

function runsOf(repository: Repository, suite: CheckSuite, name: string | null): CheckRun[] {
  return repository.checkRuns.filter(
    (run) => run.suite === suite && (name === null || run.name === name),
  )
}

function showAnnotation(annotation: Annotation): Shown {
  const { start_line, end_line, start_column, end_column } = annotation
  return {
    __typename: 'CheckAnnotation',
    path: annotation.path,
    annotationLevel: upper(annotation.annotation_level),
    title: annotation.title,
    message: annotation.message,
    rawDetails: annotation.raw_details,
    location: {
      start: { line: start_line, column: start_column },
      end: { line: end_line, column: end_column },
    },
  }
}

function upper(word: unknown): string | null {
  return typeof word === 'string' ? word.toUpperCase() : null
}
