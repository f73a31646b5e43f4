import { Octokit } from '@octokit/rest'
import { createCache } from './cache.ts'
import { type Client, silent } from './client.ts'

/*
 * Clients whose token reaches one repository, although the App is installed in many: what goes
 * wrong in the work on one of them cannot touch another, and a job that has the wrong name in it
 * finds nothing. By id, because names are given to other repositories.
 *
 * The organisation's `.github` is the exception: its policy may hold for the repository, and it may
 * be private. Its id is learnt from asking for a token for it by name; that costs a request of the
 * App's own, an hour long, none of the installation's.
 *
 * The permissions are those that the App was registered with (app.yml asks for no more than it
 * uses): a token with fewer could not be asked for where an administrator has not agreed to all.
 */
export interface AppClient {
  /** Octokit's own: makes a token, or returns the one it made before while that is good. */
  auth(options: TokenWanted): Promise<unknown>
}

export interface TokenWanted {
  type: 'installation'
  installationId: number
  repositoryIds?: number[]
  repositoryNames?: string[]
}

interface InstallationToken {
  token: string
  /** ISO time. */
  createdAt: string
  repositoryIds?: number[]
}

export interface NarrowParts {
  app: AppClient
  baseUrl: string
  fetch?: typeof fetch
  /** Epoch ms. */
  now(): number
}

export type NarrowClients = (installationId: number, repositoryId: number) => Client

const policyRepository = '.github'
const learntMs = 3_600_000
const installationsMax = 20_000
/** A new token may not be known everywhere yet: an early "who are you" is asked again. */
const newMs = 5_000
const againMs = 1_000

export function createNarrowClients(parts: NarrowParts): NarrowClients {
  const learnt = createCache<{ at: number; id: number | null }>(installationsMax)

  /** Null: there is none, or the App may not see it. */
  async function policyRepositoryOf(installationId: number): Promise<number | null> {
    const known = learnt.get(String(installationId))
    if (known && parts.now() - known.at < learntMs) return known.id
    const repositoryNames = [policyRepository]
    const token = await tokenOf(parts.app, { type, installationId, repositoryNames })
    const id = token?.repositoryIds?.[0] ?? null
    learnt.set(String(installationId), { at: parts.now(), id }, 1)
    return id
  }

  return (installationId, repositoryId) => {
    const octokit = new Octokit({
      baseUrl: parts.baseUrl,
      userAgent: 'threat-model-bot',
      log: silent,
      ...(parts.fetch ? { request: { fetch: parts.fetch } } : {}),
    })
    octokit.hook.wrap('request', async (request, options) => {
      const other = await policyRepositoryOf(installationId)
      const repositoryIds = [...new Set([repositoryId, ...(other === null ? [] : [other])])]
      const token = await tokenOf(parts.app, { type, installationId, repositoryIds })
      if (token === null) throw Object.assign(new Error('not in the installation'), { status: 404 })
      options.headers.authorization = `token ${token.token}`
      const isNew = () => parts.now() - Date.parse(token.createdAt) < newMs
      return patiently(async () => request(options), isNew)
    })
    return octokit
  }
}

const type = 'installation'

/** Null when the installation has no such repository, which GitHub says with 422. */
async function tokenOf(app: AppClient, wanted: TokenWanted): Promise<InstallationToken | null> {
  try {
    return (await app.auth(wanted)) as InstallationToken
  } catch (error) {
    if (statusOf(error) === 422) return null
    throw error
  }
}

async function patiently<T>(ask: () => Promise<T>, isNew: () => boolean): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (statusOf(error) !== 401 || !isNew()) throw error
    await new Promise((resolve) => setTimeout(resolve, againMs))
    return patiently(ask, isNew)
  }
}

function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error
    ? Number(error.status)
    : null
}
