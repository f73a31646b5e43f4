import { mayConcernUs } from '../command/read.ts'
import type { Cause } from '../job/job.ts'
import type { PullRequestRef, RepositoryRef } from '../shared/refs.ts'
import { mayHoldModel } from '../threat-model/discovery.ts'
import {
  listAt,
  numberAt,
  type Payload,
  part,
  repositoryAt,
  repositoryIn,
  textAt,
} from './payload.ts'

/*
 * A delivery → where to look, or why there is nothing to look at. Pure, and deliberately blind: a
 * delivery never says what is the case, only that something may have changed. Order, duplicates and
 * lost deliveries therefore cannot change an answer.
 */
export type Reading =
  | Look
  /** Nothing to do; the words are for the log. */
  | { look: 'nowhere'; why: string }

export type Look = LookAtPulls | LookAtCommit | LookAtBase | LookAtRepositories

/** Look at these pull requests. */
export interface LookAtPulls {
  look: 'pulls'
  installationId: number
  pulls: PullRequestRef[]
  /** With a guess at the commits, where there is only one pull request. */
  cause: Cause
  /** Somebody pushed: pushes come in bursts, and one look at the end is enough. */
  pushed: boolean
}

/** Look at the pull requests with this head, which GitHub does not list for forks. */
export interface LookAtCommit {
  look: 'commit'
  installationId: number
  repository: RepositoryRef
  sha: string
  cause: Cause
}

/** Look at the open pull requests that are to be merged into this branch. */
export interface LookAtBase {
  look: 'base'
  installationId: number
  repository: RepositoryRef
  branch: string
  cause: Cause
}

/** Look at all open pull requests of these repositories. */
export interface LookAtRepositories {
  look: 'repositories'
  installationId: number
  repositories: RepositoryRef[]
  cause: Cause
}

export interface Delivered {
  id: string
  event: string
  payload: Payload
  /** Epoch ms. */
  receivedAt: number
}

export interface OwnApp {
  id: number
  checkName: string
  policyPath: string
}

/** Repositories that one event may name; an installation can have thousands. */
const repositoriesMax = 2_000
const pullsMax = 50

export function readDelivery(delivered: Delivered, app: OwnApp): Reading {
  const { event, payload } = delivered
  const action = textAt(payload, 'action')
  const installationId = numberAt(payload, 'installation', 'id')
  if (installationId === 0) return nowhere('it belongs to no installation')
  const cause: Cause = {
    delivery: delivered.id,
    event,
    action,
    receivedAt: delivered.receivedAt,
  }
  const read = Object.hasOwn(readers, event) ? readers[event as keyof typeof readers] : null
  if (!read) return nowhere(`nothing depends on ${event}`)
  return read({ payload, action, installationId, cause, app, repository: repositoryIn(payload) })
}

interface Event {
  payload: Payload
  action: string
  installationId: number
  cause: Cause
  app: OwnApp
  repository: RepositoryRef | null
}

const readers = {
  pull_request: readPullRequest,
  merge_group: readMergeGroup,
  check_run: readCheckRun,
  check_suite: readCheckSuite,
  issue_comment: readComment,
  pull_request_review: readComment,
  pull_request_review_comment: readComment,
  push: readPush,
  installation: readInstallation,
  installation_repositories: readInstallation,
}

function nowhere(why: string): Reading {
  return { look: 'nowhere', why }
}

/** `numbers` of pull requests of the event's repository. */
function lookAt(event: Event, numbers: readonly number[], ends?: Cause['ends']): Reading {
  const { repository, installationId, cause } = event
  const wanted = [...new Set(numbers)].filter((number) => number > 0).slice(0, pullsMax)
  if (!repository || wanted.length === 0) return nowhere('it names no pull request')
  const pulls = wanted.map((number) => ({ repository, number }))
  const pushed = cause.action === 'synchronize'
  return { look: 'pulls', installationId, pulls, cause: ends ? { ...cause, ends } : cause, pushed }
}

const pullActions = new Set(['opened', 'synchronize', 'reopened', 'ready_for_review', 'edited'])

function readPullRequest(event: Event): Reading {
  const { payload, action } = event
  // Closing stops the work by itself: a look at a closed pull request writes nothing.
  if (!pullActions.has(action)) return nowhere(`pull_request.${action} changes no answer`)
  if (action === 'edited' && part(payload, 'changes', 'base') === undefined) {
    return nowhere('only the description was edited')
  }
  const base = textAt(payload, 'pull_request', 'base', 'sha')
  const head = textAt(payload, 'pull_request', 'head', 'sha')
  const number = numberAt(payload, 'pull_request', 'number')
  return lookAt(event, [number], base && head ? { base, head } : undefined)
}

/** `refs/heads/gh-readonly-queue/main/pr-104-<hash of the base>`. */
const queueRef = /\/pr-(\d{1,9})-[0-9a-f]{7,64}$/

/** The group's commits are read from the pull request's place in the queue. */
function readMergeGroup(event: Event): Reading {
  if (event.action !== 'checks_requested') return nowhere('the merge group was taken apart')
  const ref = textAt(event.payload, 'merge_group', 'head_ref')
  return lookAt(event, [Number(queueRef.exec(ref)?.[1] ?? 0)])
}

/** GitHub sends these two only to the App that owns the run; several Apps may share a webhook. */
function readCheckRun(event: Event): Reading {
  const { payload, action, app } = event
  if (action !== 'rerequested' && action !== 'requested_action') {
    return nowhere('it tells of our own check run')
  }
  if (numberAt(payload, 'check_run', 'app', 'id') !== app.id) return nowhere('the run is not ours')
  const identifier = textAt(payload, 'requested_action', 'identifier').slice(0, 20)
  const cause = { ...event.cause, action: identifier ? `${action}: ${identifier}` : action }
  // A pull request from a fork is not in the list; we wrote its number on the run.
  const [id, number] = textAt(payload, 'check_run', 'external_id').split('/').map(Number)
  if (id === event.repository?.id && number) return lookAt({ ...event, cause }, [number])
  return lookAt({ ...event, cause }, pullNumbers(payload, 'check_run'))
}

function readCheckSuite(event: Event): Reading {
  const { payload, action, app, repository, installationId, cause } = event
  if (action !== 'rerequested') return nowhere('a push is looked at by its pull request')
  if (numberAt(payload, 'check_suite', 'app', 'id') !== app.id) return nowhere('it is not ours')
  const numbers = pullNumbers(payload, 'check_suite')
  if (numbers.length > 0) return lookAt(event, numbers)
  const sha = textAt(payload, 'check_suite', 'head_sha')
  if (!repository || !sha) return nowhere('it names no commit')
  return { look: 'commit', installationId, repository, sha, cause }
}

function pullNumbers(payload: Payload, owner: string): number[] {
  return listAt(payload, owner, 'pull_requests').map((pull) => numberAt(pull, 'number'))
}

/** Comments matter when a command may be in them, or may have been before an edit. */
function readComment(event: Event): Reading {
  const { payload, cause } = event
  const at = cause.event === 'pull_request_review' ? 'review' : 'comment'
  const isIssue = cause.event === 'issue_comment' && part(payload, 'issue', 'pull_request') == null
  if (isIssue) return nowhere('it is an issue')
  // Ours are among them. Programs decide nothing here.
  if (textAt(payload, at, 'user', 'type') === 'Bot') return nowhere('a program wrote it')
  const texts = [textAt(payload, at, 'body'), textAt(payload, 'changes', 'body', 'from')]
  if (!texts.some(mayConcernUs)) return nowhere('there is no command in it')
  const number = numberAt(payload, 'pull_request', 'number') || numberAt(payload, 'issue', 'number')
  return lookAt(event, [number])
}

/**
 * A base branch that got another policy: what is open on it may have another answer. Models are
 * read where the branches parted, so a push to a topic branch with an edited model, the usual way
 * to work, is looked at only as its own pull request.
 */
function readPush(event: Event): Reading {
  const { payload, repository, installationId, cause, app } = event
  const branch = branchOf(textAt(payload, 'ref'))
  if (branch === null) return nowhere('no branch was pushed')
  if (part(payload, 'deleted') === true) return nowhere('the branch was deleted')
  if (!repository) return nowhere('it names no repository')
  const isDefault = branch === textAt(payload, 'repository', 'default_branch')
  // After a force push the listed commits are not all that changed.
  const rewritten = isDefault && part(payload, 'forced') === true
  const paths = listAt(payload, 'commits').flatMap(pathsOf)
  const touched = paths.some((path) => path === app.policyPath || (isDefault && mayHoldModel(path)))
  if (!touched && !rewritten) return nowhere('no policy and no model of the main branch changed')
  return { look: 'base', installationId, repository, branch, cause }
}

function branchOf(ref: string): string | null {
  const prefix = 'refs/heads/'
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : null
}

function pathsOf(commit: unknown): string[] {
  const paths = ['added', 'removed', 'modified'].flatMap((list) => listAt(commit, list))
  return paths.filter((path) => typeof path === 'string')
}

const installationActions = new Set(['created', 'added', 'unsuspend', 'new_permissions_accepted'])

/** Pull requests that were open before we came get their check too. */
function readInstallation(event: Event): Reading {
  const { payload, action, installationId, cause } = event
  if (!installationActions.has(action)) return nowhere(`nothing to look at after ${action}`)
  const lists = [...listAt(payload, 'repositories'), ...listAt(payload, 'repositories_added')]
  const repositories = lists.flatMap((one) => repositoryAt(one) ?? []).slice(0, repositoriesMax)
  if (repositories.length === 0) return nowhere('it names no repository')
  return { look: 'repositories', installationId, repositories, cause }
}
