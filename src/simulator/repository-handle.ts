import { assert } from '../shared/assert.ts'
import { closePull, commit, openPull, push } from './actions/pulls.ts'
import { commitOf } from './history.ts'
import { takeId } from './ids.ts'
import { textOf } from './objects.ts'
import { handlePull, type PullHandle } from './pull-handle.ts'
import type { Account, Pull, Repository, RoleName, State } from './state.ts'
import { type Edit, type FileEdit, lookUp } from './tree.ts'
import { fullName } from './views/repository.ts'

/* A repository in a test's or the demo's hands. */

export interface RepositoryHandle {
  readonly repository: Repository
  readonly id: number
  /** OWNER/NAME. */
  readonly name: string
  /** Makes a branch, with a commit on it when there is an edit; returns the branch's commit. */
  branch(name: string, options?: BranchOptions): string
  /** One commit on a branch (usual: the default branch); returns its hash. */
  commit(edit: Edit, options?: CommitOptions): string
  fork(owner: string): RepositoryHandle
  openPullRequest(wanted: PullOptions): PullHandle
  pullRequest(number: number): PullHandle
  /** The person may from now on do what the role allows. */
  collaborator(login: string, role: RoleName | null): void
  /** Makes a role of the organisation's own, on top of a built-in one. */
  customRole(name: string, base: RoleName): void
  /** A new name; the old one leads to it. */
  rename(name: string): void
  /** Pull requests into a deleted branch are closed, as on GitHub. */
  deleteBranch(name: string): void
  /** Gone; pull requests from it stay, with a head that is in no repository. */
  remove(): void
  /** The commit a branch points to. */
  tip(branch?: string): string
  /** The text at a path of a branch or commit; null when there is none. */
  read(path: string, at?: string): string | null
}

export interface BranchOptions {
  /** A branch or a commit; usual: the default branch. */
  from?: string
  edit?: Edit
  author?: string
  message?: string
}

export interface CommitOptions {
  branch?: string
  author?: string
  message?: string
}

export interface PullOptions {
  /** A branch of this repository, or OWNER:BRANCH for a fork. */
  head: string
  base?: string
  author: string
  title?: string
  body?: string
  draft?: boolean
}

export interface Context {
  state: State
  person: (login: string) => Account
}

export interface NewRepository {
  owner: Account
  name: string
  files: Record<string, FileEdit>
  private: boolean
  defaultBranch: string
}

export function createRepository(context: Context, wanted: NewRepository): Repository {
  const { state } = context
  const repository: Repository = {
    id: takeId(state),
    owner: wanted.owner,
    name: wanted.name,
    formerNames: [],
    private: wanted.private,
    defaultBranch: wanted.defaultBranch,
    parent: null,
    store: { blobs: new Map(), trees: new Map(), commits: new Map() },
    branches: new Map(),
    protectedBranches: new Set(),
    collaborators: new Map(),
    customRoles: new Map(),
    pulls: [],
    checkSuites: [],
    checkRuns: [],
    nextNumber: 1,
    createdAt: state.now(),
    pushedAt: state.now(),
  }
  const first = { edit: wanted.files, author: wanted.owner, message: 'First commit', parent: null }
  repository.branches.set(wanted.defaultBranch, commit(state, repository, first))
  state.repositories.push(repository)
  return repository
}

export function handleRepository(context: Context, repository: Repository): RepositoryHandle {
  const { state, person } = context
  const tip = (branch = repository.defaultBranch): string => shaOf(repository, branch)
  return {
    repository,
    id: repository.id,
    get name() {
      return fullName(repository)
    },
    branch: (name, options = {}) => branchOff(context, repository, name, options),
    commit: (edit, options = {}) => {
      const branch = options.branch ?? repository.defaultBranch
      const author = options.author === undefined ? repository.owner : person(options.author)
      const message = options.message ?? 'Change'
      const sha = commit(state, repository, { edit, author, message, parent: tip(branch) })
      push(state, repository, { branch, sha, sender: author })
      return sha
    },
    fork: (owner) => handleRepository(context, forkTo(context, repository, owner)),
    openPullRequest: (wanted) => handlePull(state, open(context, repository, wanted), person),
    pullRequest: (number) => {
      const pull = repository.pulls.find((one) => one.number === number)
      assert(pull !== undefined, `no pull request ${number}`)
      return handlePull(state, pull, person)
    },
    collaborator: (login, role) => {
      person(login)
      if (role === null) repository.collaborators.delete(login)
      else repository.collaborators.set(login, role)
    },
    customRole: (name, base) => void repository.customRoles.set(name, base),
    ...endings(state, repository),
    tip,
    read: (path, at) => readText(repository, path, tip(at)),
  }
}

function endings(
  state: State,
  repository: Repository,
): Pick<RepositoryHandle, 'rename' | 'deleteBranch' | 'remove'> {
  return {
    rename: (name) => {
      repository.formerNames.push(fullName(repository).toLowerCase())
      repository.name = name
    },
    deleteBranch: (name) => {
      repository.branches.delete(name)
      for (const pull of repository.pulls.filter((one) => one.state === 'open')) {
        if (pull.base.ref === name) closePull(state, pull, repository.owner)
      }
    },
    remove: () => {
      state.repositories = state.repositories.filter((other) => other !== repository)
      for (const pull of state.repositories.flatMap(({ pulls }) => pulls)) {
        if (pull.head.repository === repository) pull.head.repository = null
      }
    },
  }
}

function branchOff(
  { state, person }: Context,
  repository: Repository,
  name: string,
  options: BranchOptions,
): string {
  const from = shaOf(repository, options.from ?? repository.defaultBranch)
  const author = options.author === undefined ? repository.owner : person(options.author)
  const message = options.message ?? `Work on ${name}`
  const sha =
    options.edit === undefined
      ? from
      : commit(state, repository, { edit: options.edit, author, message, parent: from })
  push(state, repository, { branch: name, sha, sender: author })
  return sha
}

function forkTo({ state, person }: Context, repository: Repository, owner: string): Repository {
  const fork: Repository = {
    ...repository,
    id: takeId(state),
    owner: person(owner),
    parent: repository,
    formerNames: [],
    branches: new Map(repository.branches),
    protectedBranches: new Set(),
    collaborators: new Map(),
    pulls: [],
    checkSuites: [],
    checkRuns: [],
    nextNumber: 1,
    createdAt: state.now(),
  }
  state.repositories.push(fork)
  return fork
}

function open({ state, person }: Context, repository: Repository, wanted: PullOptions): Pull {
  const colon = wanted.head.indexOf(':')
  const owner = colon === -1 ? repository.owner.login : wanted.head.slice(0, colon)
  const from = state.repositories.find(
    (one) => one.owner.login === owner && one.store === repository.store,
  )
  assert(from !== undefined, `${owner} has a fork of ${repository.name}`)
  return openPull(state, repository, {
    title: wanted.title ?? 'A change',
    body: wanted.body ?? null,
    author: person(wanted.author),
    draft: wanted.draft ?? false,
    head: { repository: from, ref: wanted.head.slice(colon + 1) },
    base: wanted.base ?? repository.defaultBranch,
  })
}

function shaOf(repository: Repository, name: string): string {
  const sha = repository.branches.get(name) ?? name
  assert(repository.store.commits.has(sha), `no branch or commit ${name}`)
  return sha
}

function readText(repository: Repository, path: string, sha: string): string | null {
  const { store } = repository
  const entry = lookUp(store, commitOf(store, sha).tree, path)
  const bytes = entry ? store.blobs.get(entry.sha) : undefined
  return bytes ? textOf(bytes) : null
}
