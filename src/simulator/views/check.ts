import { commitOf } from '../history.ts'
import { isoTime, nodeId } from '../ids.ts'
import type { CheckRun, CheckSuite, Pull, Repository, State } from '../state.ts'
import { type Shown, showApp } from './account.ts'
import { showSimpleCommit } from './git.ts'
import { showPullInCheck } from './pull.ts'
import { repositoryHtmlUrl, repositoryUrl, showMinimalRepository } from './repository.ts'

/* Check runs and suites as GitHub's API shows them. */

export function showCheckRun(state: State, repository: Repository, run: CheckRun): Shown {
  const url = `${repositoryUrl(state, repository)}/check-runs/${run.id}`
  const html = `${repositoryHtmlUrl(state, repository)}/runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt === null ? null : isoTime(run.startedAt),
    completed_at: run.completedAt === null ? null : isoTime(run.completedAt),
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: showApp(state, state.app),
    pull_requests: pullsOf(repository, run.headSha).map((pull) => showPullInCheck(state, pull)),
  }
}

export function showCheckSuite(state: State, repository: Repository, suite: CheckSuite): Shown {
  const runs = repository.checkRuns.filter((run) => run.suite === suite)
  const { status, conclusion } = suiteStatus(runs)
  const url = `${repositoryUrl(state, repository)}/check-suites/${suite.id}`
  const commit = commitOf(repository.store, suite.headSha)
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status,
    conclusion,
    url,
    before: commit.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullsOf(repository, suite.headSha).map((pull) => showPullInCheck(state, pull)),
    app: showApp(state, state.app),
    created_at: isoTime(suite.createdAt),
    updated_at: isoTime(state.now()),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: showSimpleCommit(commit),
    repository: showMinimalRepository(state, repository),
  }
}

export function showAnnotation(
  state: State,
  repository: Repository,
  run: CheckRun,
  annotation: CheckRun['annotations'][number],
): Shown {
  const path = annotation.path.split('/').map(encodeURIComponent).join('/')
  return {
    ...annotation,
    blob_href: `${repositoryHtmlUrl(state, repository)}/blob/${run.headSha}/${path}`,
  }
}

/** GitHub leaves the list empty for heads that live in a fork. */
function pullsOf(repository: Repository, sha: string): Pull[] {
  return repository.pulls.filter(
    (pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === repository,
  )
}

function suiteStatus(runs: readonly CheckRun[]): { status: string; conclusion: string | null } {
  if (runs.length === 0) return { status: 'queued', conclusion: null }
  if (runs.some((run) => run.status !== 'completed')) {
    return { status: 'in_progress', conclusion: null }
  }
  const order = ['action_required', 'failure', 'timed_out', 'cancelled', 'neutral', 'success']
  const met = order.find((conclusion) => runs.some((run) => run.conclusion === conclusion))
  return { status: 'completed', conclusion: met ?? 'skipped' }
}
