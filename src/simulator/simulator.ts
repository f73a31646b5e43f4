import { addInstallation, install, installationFor, uninstall } from './actions/installations.ts'
import { type AppOptions, createApp } from './app.ts'
import { deliverWaiting, type Send, type SignedDelivery, sign } from './deliveries.ts'
import type { Exchange } from './exchange.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFetch, type Fetch } from './fetch.ts'
import { answerGraphql } from './graphql/execute.ts'
import { takeId } from './ids.ts'
import { githubLimits, type Limits } from './limits.ts'
import { type CallLog, createLog } from './log.ts'
import { createRepository, handleRepository, type RepositoryHandle } from './repository-handle.ts'
import type { Account, App, Delivery, Installation, Repository, State } from './state.ts'
import { issuePersonalToken } from './tokens.ts'
import type { FileEdit } from './tree.ts'
import { fullName } from './views/repository.ts'

/*
 * GitHub in this process: real commits, merge bases and patches, pull requests, reviews, check
 * runs, webhooks; no network. It serves the demo and the tests.
 *
 *   const github = createSimulator()
 *   const repo = github.repository('acme/roster', { files: { 'THREAT_MODEL.md': '…' } })
 *   repo.branch('feature', { edit: { 'src/a.ts': '…', 'old.md': null } })
 *   const pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
 *
 *   new Probot({ appId: github.app.id, privateKey: github.app.privateKey,
 *                secret: github.app.webhookSecret, request: { fetch: github.fetch } })
 *   await github.deliver(sendTo('http://127.0.0.1:3000/api/github/webhooks'))
 *
 *   pull.checks, pull.comments, pull.threads      what stands on the pull request now
 *   github.log.counts()                           what it took
 *   github.violations                             must be empty: see below
 *
 * Whatever people (through the handles) and the App (through `fetch`) do queues the deliveries that
 * GitHub would send; `deliver` sends them in order, `take` gives them to a caller who wants to
 * double, reorder or lose them. A repository has the App installed unless told otherwise.
 *
 * Requests and answers are checked against GitHub's OpenAPI description; one outside it is thrown
 * at the caller and noted in `violations`. Faults and limits: `github.faults`, `limits`.
 */
export interface Simulator {
  readonly app: App
  readonly state: State
  readonly fetch: Fetch
  readonly faults: Faults
  readonly log: CallLog
  readonly violations: string[]
  user(login: string): Account
  organisation(login: string): Account
  /** Members of an organisation's team, by login. */
  team(organisation: string, slug: string, members: string[]): void
  /** Makes the repository, or finds it when it exists and no options are given. */
  repository(name: string, options?: RepositoryOptions): RepositoryHandle
  /** Installs the App on repositories of one account, and tells it so. */
  install(account: string, repositories?: string[]): Installation
  uninstall(account: string): void
  /** A token of a person, for clients that are no App. */
  personalToken(login: string): string
  /** Ends every token that was issued so far. */
  expireTokens(): void
  /** Any event with any payload, signed and kept in the log of deliveries, as if just sent. */
  signedDelivery(event: string, payload: Record<string, unknown>): SignedDelivery
  /** Takes everything that waits to be delivered, oldest first; `filter` leaves the rest. */
  take(filter?: (delivery: Delivery) => boolean): SignedDelivery[]
  /** Sends everything that waits, and what that sets off; returns how many were sent. */
  deliver(send: Send): Promise<number>
}

export interface SimulatorOptions {
  now?: () => number
  app?: AppOptions
  limits?: Partial<Limits>
  /** Added to every answer. */
  latencyMs?: number
  apiUrl?: string
  htmlUrl?: string
}

export interface RepositoryOptions {
  files?: Record<string, FileEdit>
  private?: boolean
  defaultBranch?: string
  /** False leaves the App out. */
  installed?: boolean
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const state = createState(options)
  const person = (login: string): Account => account(state, login, 'User')
  const exchange: Exchange = {
    state,
    limits: { ...githubLimits, ...options.limits },
    log: createLog(),
    faults: createFaults(),
    violations: [],
    graphql: answerGraphql,
  }
  const context = { state, person }
  return {
    app: state.app,
    state,
    fetch: createFetch(exchange, options.latencyMs ?? 0),
    faults: exchange.faults,
    log: exchange.log,
    violations: exchange.violations,
    user: person,
    organisation: (login) => account(state, login, 'Organization'),
    team: (organisation, slug, members) => {
      for (const login of members) person(login)
      account(state, organisation, 'Organization').teams.set(slug, new Set(members))
    },
    repository: (name, wanted) =>
      handleRepository(context, ensureRepository(state, person, name, wanted)),
    install: (login, names) => install(state, person(login), names ?? null),
    uninstall: (login) => uninstall(state, person(login)),
    personalToken: (login) => issuePersonalToken(state, person(login)).value,
    expireTokens: () => state.tokens.clear(),
    signedDelivery: (event, payload) => sign(state, recordDelivery(state, event, payload)),
    take: (filter = () => true) => takeWaiting(state, filter),
    deliver: (send) => deliverWaiting(state, send),
  }
}

function createState(options: SimulatorOptions): State {
  const now = options.now ?? Date.now
  const bare: Omit<State, 'app'> = {
    now,
    apiUrl: options.apiUrl ?? 'https://api.github.com',
    htmlUrl: options.htmlUrl ?? 'https://github.com',
    accounts: [],
    repositories: [],
    installations: [],
    tokens: new Map(),
    deliveries: [],
    nextId: 1000,
  }
  const maker = account(bare, 'threat-model-bot-maker', 'Organization')
  const bot = (login: string): Account => account(bare, login, 'Bot')
  return Object.assign(bare, { app: createApp(maker, bot, { ...options.app, now: now() }) })
}

/** Accounts come into being when first named. */
function account(
  state: Pick<State, 'accounts' | 'nextId'>,
  login: string,
  type: Account['type'],
): Account {
  const known = state.accounts.find((one) => one.login === login)
  if (known) return known
  state.nextId += 1
  const created = { id: state.nextId, login, type, teams: new Map() }
  state.accounts.push(created)
  return created
}

function ensureRepository(
  state: State,
  person: (login: string) => Account,
  name: string,
  options?: RepositoryOptions,
): Repository {
  const known = state.repositories.find((one) => fullName(one) === name)
  if (known && options === undefined) return known
  const [owner = '', short = ''] = name.split('/')
  const ownerAccount = account(state, owner, 'Organization')
  const repository = createRepository(
    { state, person },
    {
      owner: ownerAccount,
      name: short,
      files: options?.files ?? { 'README.md': `# ${short}\n` },
      private: options?.private ?? false,
      defaultBranch: options?.defaultBranch ?? 'main',
    },
  )
  if (options?.installed !== false && !installationFor(state, ownerAccount)) {
    addInstallation(state, ownerAccount, null)
  }
  return repository
}

function recordDelivery(state: State, event: string, payload: Record<string, unknown>): Delivery {
  const delivery: Delivery = {
    id: takeId(state),
    guid: crypto.randomUUID(),
    event,
    action: typeof payload.action === 'string' ? payload.action : null,
    payload,
    redelivery: false,
    statusCode: 200,
    deliveredAt: state.now(),
    installationId: null,
    repositoryId: null,
  }
  state.deliveries.push(delivery)
  return delivery
}

function takeWaiting(state: State, filter: (delivery: Delivery) => boolean): SignedDelivery[] {
  const waiting = state.deliveries.filter((one) => one.statusCode === null && filter(one))
  return waiting.map((delivery) => {
    delivery.statusCode = 200
    return sign(state, delivery)
  })
}
