import { policyPath } from '../policy/defaults.ts'
import { readPolicy } from '../policy/read.ts'
import type { Writer } from '../publish/writer.ts'
import type { Outcome } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import { type Api, createApi } from './api.ts'
import { createCache } from './cache.ts'
import type { Client } from './client.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import type { CheckIdentity } from './mutation.ts'
import { createOpenPulls, type OpenPulls } from './open-pulls.ts'
import { type PlainCheck, writePlainCheck } from './plain-check.ts'
import { createMemory, createReader, type GitHubReader } from './reader.ts'
import { createWriter } from './writer.ts'

/*
 * GitHub as the service sees it: one entrance for each installation, with its own token and its own
 * pace, and one memory for all. Where the token comes from is for the caller to know (Probot).
 */
export interface GitHub {
  /**
   * Cheap to ask for again; the installation's pace is kept. `repositoryId`: the only repository
   * that the entrance leads to.
   */
  installation(id: number, signal?: AbortSignal, repositoryId?: number): Promise<Entrance>
  /** The same without reader and writer, for what recovery asks. */
  api(installationId: number): Promise<Api>
  /** For a client that is not an installation's: with the App's own token. */
  forClient(client: Client): Api
}

/** What an installation lets us do. */
export interface Entrance {
  reader: GitHubReader
  writer: Writer
  pulls: OpenPulls
  /** Says on the pull request's check that it cannot be looked at. */
  plainCheck(pull: PullRequestRef, check: PlainCheck): Promise<Outcome<void>>
}

export interface GitHubParts {
  /**
   * A client with a token of the installation, for one repository or (null) for all of them; it
   * renews the token by itself.
   */
  client(installationId: number, repositoryId: number | null): Promise<Client>
  /** The App's id: by it our check runs are known. */
  appId: number
  check: CheckIdentity
  /** Epoch ms. */
  now(): number
}

/** Installations whose pace is kept. */
const installationsMax = 20_000
/** A client is made in no time and takes 10 KB; its token is kept elsewhere. */
const clientsMax = 1_000

export function createGitHub(parts: GitHubParts): GitHub {
  const memory = createMemory()
  const limiters = createCache<Limiter>(installationsMax)
  const clients = createCache<Client>(clientsMax)
  const app = { id: parts.appId, checkName: parts.check.name }
  const { now } = parts

  function limiterOf(id: number): Limiter {
    const limiter = limiters.get(String(id)) ?? createLimiter(now)
    limiters.set(String(id), limiter, 1)
    return limiter
  }

  async function clientOf(id: number, repositoryId: number | null): Promise<Client> {
    const key = `${id}/${repositoryId ?? ''}`
    const client = clients.get(key) ?? (await parts.client(id, repositoryId))
    clients.set(key, client, 1)
    return client
  }

  async function apiOf(id: number, signal?: AbortSignal, repositoryId?: number): Promise<Api> {
    const client = await clientOf(id, repositoryId ?? null)
    return createApi({ client, limiter: limiterOf(id), now, ...(signal ? { signal } : {}) })
  }

  return {
    api: (id) => apiOf(id),
    forClient: (client) => createApi({ client, limiter: createLimiter(now), now }),
    async installation(id, signal, repositoryId) {
      const api = await apiOf(id, signal, repositoryId)
      return {
        reader: createReader({ api, policyPath, app, namesIn, memory }),
        writer: createWriter(api, parts.check, now),
        pulls: createOpenPulls(api, app),
        plainCheck: (pull, check) => writePlainCheck({ api, app }, pull, check),
      }
    },
  }
}

/** The reader of the program, with a person's token: it has nothing of its own on GitHub. */
export function personsReader(client: Client, now: () => number): GitHubReader {
  const api = createApi({ client, limiter: createLimiter(now), now })
  return createReader({ api, policyPath, app: null, namesIn, memory: createMemory() })
}

function namesIn(text: string): { models: string[]; teams: string[] } {
  const { policy } = readPolicy(text)
  return { models: policy.models.map((model) => model.path), teams: policy.accept.teams }
}
