import { assert } from '../../shared/assert.ts'
import { tell, tellPull } from '../events.ts'
import { ancestors, commitOf, commitsSince } from '../history.ts'
import { takeId } from '../ids.ts'
import { writeCommit } from '../objects.ts'
import type { Account, Pull, Repository, State, Turn } from '../state.ts'
import { type Edit, editTree } from '../tree.ts'
import { showPushedCommit } from '../views/push.ts'
import { repositoryHtmlUrl } from '../views/repository.ts'
import { suiteFor, tellCheckSuite } from './checks.ts'
import { replaceThreads } from './threads.ts'

/* What people do with branches and pull requests, and what GitHub does then. */

export interface NewCommit {
  edit: Edit
  author: Account
  message: string
  /** The commit to build on; null begins a history. */
  parent: string | null
}

export function commit(state: State, repository: Repository, wanted: NewCommit): string {
  const { store } = repository
  const tree = wanted.parent === null ? null : commitOf(store, wanted.parent).tree
  const { login } = wanted.author
  return writeCommit(store, {
    tree: editTree(store, tree, wanted.edit),
    parents: wanted.parent === null ? [] : [wanted.parent],
    message: wanted.message,
    author: { name: login, email: `${login}@users.noreply.github.com`, at: state.now() },
  })
}

/** Moves a branch, also backwards; pull requests from it follow, with `synchronize`. */
export function push(
  state: State,
  repository: Repository,
  moved: { branch: string; sha: string; sender: Account },
): void {
  const { branch, sha, sender } = moved
  const before = repository.branches.get(branch) ?? null
  if (before === sha) return
  repository.branches.set(branch, sha)
  repository.pushedAt = state.now()
  tellPush(state, repository, { branch, before, after: sha, sender })
  const forced = before !== null && !ancestors(repository.store, sha).has(before)
  for (const pull of pullsFrom(state, repository, branch)) {
    pull.head.sha = sha
    if (forced)
      noteTurn(state, pull, 'HeadRefForcePushedEvent', { actor: sender, before, after: sha })
    pull.base.sha = pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
    pull.updatedAt = state.now()
    replaceThreads(pull)
    requestChecks(state, pull.repository, sha, sender)
    tellPull(state, pull, { action: 'synchronize', sender, more: { before, after: sha } })
  }
  for (const pull of repository.pulls) {
    if (pull.state === 'open' && pull.base.ref === branch) replaceThreads(pull)
  }
}

export interface NewPull {
  title: string
  body: string | null
  author: Account
  draft: boolean
  head: { repository: Repository; ref: string }
  base: string
}

export function openPull(state: State, repository: Repository, wanted: NewPull): Pull {
  const headSha = wanted.head.repository.branches.get(wanted.head.ref)
  const baseSha = repository.branches.get(wanted.base)
  assert(headSha !== undefined, `no branch ${wanted.head.ref}`)
  assert(baseSha !== undefined, `no branch ${wanted.base}`)
  const pull: Pull = {
    id: takeId(state),
    repository,
    number: repository.nextNumber,
    title: wanted.title,
    body: wanted.body,
    author: wanted.author,
    state: 'open',
    draft: wanted.draft,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    head: { ...wanted.head, sha: headSha },
    base: { ref: wanted.base, sha: baseSha },
    createdAt: state.now(),
    updatedAt: state.now(),
    closedAt: null,
    queued: null,
    comments: [],
    reviews: [],
    threads: [],
    turns: [],
  }
  repository.nextNumber += 1
  repository.pulls.push(pull)
  requestChecks(state, repository, headSha, wanted.author)
  tellPull(state, pull, { action: 'opened', sender: wanted.author })
  return pull
}

export function closePull(state: State, pull: Pull, sender: Account): void {
  pull.state = 'closed'
  pull.closedAt = state.now()
  pull.updatedAt = state.now()
  tellPull(state, pull, { action: 'closed', sender })
}

export function reopenPull(state: State, pull: Pull, sender: Account): void {
  pull.state = 'open'
  pull.closedAt = null
  pull.updatedAt = state.now()
  tellPull(state, pull, { action: 'reopened', sender })
}

/** Points the pull request at another base: GitHub tells it as an edit. */
export function retarget(state: State, pull: Pull, base: string, sender: Account): void {
  const sha = pull.repository.branches.get(base)
  assert(sha !== undefined, `no branch ${base}`)
  const from = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } }
  const turn = { actor: sender, before: pull.base.ref, after: base }
  noteTurn(state, pull, 'BaseRefChangedEvent', turn)
  pull.base = { ref: base, sha }
  pull.updatedAt = state.now()
  replaceThreads(pull)
  tellPull(state, pull, { action: 'edited', sender, more: { changes: { base: from } } })
}

function noteTurn(
  state: State,
  pull: Pull,
  kind: Turn['kind'],
  turn: Pick<Turn, 'actor' | 'before' | 'after'>,
): void {
  pull.turns.push({ id: takeId(state), kind, at: state.now(), ...turn })
}

export function editPull(
  state: State,
  pull: Pull,
  edit: { title?: string; body?: string; sender: Account },
): void {
  const changes = {
    ...(edit.title === undefined ? {} : { title: { from: pull.title } }),
    ...(edit.body === undefined ? {} : { body: { from: pull.body ?? '' } }),
  }
  pull.title = edit.title ?? pull.title
  pull.body = edit.body ?? pull.body
  pull.updatedAt = state.now()
  tellPull(state, pull, { action: 'edited', sender: edit.sender, more: { changes } })
}

export function setDraft(state: State, pull: Pull, draft: boolean, sender: Account): void {
  pull.draft = draft
  pull.updatedAt = state.now()
  const action = draft ? 'converted_to_draft' : 'ready_for_review'
  tellPull(state, pull, { action, sender })
}

/** GitHub makes a suite for every App that may write checks, and asks it to run. */
export function requestChecks(
  state: State,
  repository: Repository,
  sha: string,
  sender: Account,
): void {
  if (state.app.permissions.checks !== 'write') return
  if (repository.checkSuites.some((suite) => suite.headSha === sha)) return
  const isOwn = [...repository.branches.values()].includes(sha)
  const suite = suiteFor(state, repository, sha, isOwn ? sender : null)
  tellCheckSuite(state, repository, suite, { action: 'requested', sender })
}

function pullsFrom(state: State, repository: Repository, branch: string): Pull[] {
  return state.repositories
    .flatMap((other) => other.pulls)
    .filter((pull) => pull.state === 'open')
    .filter(({ head }) => head.repository === repository && head.ref === branch)
}

const noCommit = '0'.repeat(40)

function tellPush(
  state: State,
  repository: Repository,
  moved: { branch: string; before: string | null; after: string; sender: Account },
): void {
  const { before, after, sender } = moved
  const { store } = repository
  const known = before !== null && store.commits.has(before)
  const commits = known ? commitsSince(store, before, after) : [commitOf(store, after)]
  const person = { name: sender.login, email: `${sender.login}@users.noreply.github.com` }
  const range = `${(before ?? noCommit).slice(0, 12)}...${after.slice(0, 12)}`
  tell(state, {
    event: 'push',
    action: null,
    repository,
    sender,
    fields: {
      ref: `refs/heads/${moved.branch}`,
      before: before ?? noCommit,
      after,
      created: before === null,
      deleted: false,
      forced: known && !commits.some((one) => one.parents.includes(before)),
      base_ref: null,
      compare: `${repositoryHtmlUrl(state, repository)}/compare/${range}`,
      commits: commits.map((one) => showPushedCommit(state, repository, one.sha)),
      head_commit: showPushedCommit(state, repository, after),
      pusher: person,
    },
  })
}
