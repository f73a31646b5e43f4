import { policyPath } from '../policy/defaults.ts'
import { readPolicy } from '../policy/read.ts'
import type { Writer } from '../publish/writer.ts'
import { type Api, createApi } from './api.ts'
import type { Client } from './client.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import type { CheckIdentity } from './mutation.ts'
import { createOpenPulls, type OpenPulls } from './open-pulls.ts'
import { createMemory, createReader, type GitHubReader } from './reader.ts'
import { createWriter } from './writer.ts'

/*
 * GitHub as the service sees it: one entrance for each installation, with its own token and its own
 * pace, and one memory for all. Where the token comes from is for the caller to know (Probot).
 */
export interface GitHub {
  /** Cheap to ask for again; the installation's pace is kept. */
  installation(id: number, signal?: AbortSignal): Promise<Entrance>
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
}

export interface GitHubParts {
  /** A client with the installation's token; it renews the token by itself. */
  client(installationId: number): Promise<Client>
  /** The App's id: by it our check runs are known. */
  appId: number
  check: CheckIdentity
  /** Epoch ms. */
  now(): number
}

/** Installations whose client and pace are kept. */
const installationsMax = 20_000

export function createGitHub(parts: GitHubParts): GitHub {
  const memory = createMemory()
  const kept = new Map<number, { client: Promise<Client>; limiter: Limiter }>()
  const app = { id: parts.appId, checkName: parts.check.name }

  function keep(id: number) {
    const found = kept.get(id)
    if (found) return found
    const [oldest] = kept.keys()
    if (kept.size >= installationsMax && oldest !== undefined) kept.delete(oldest)
    const made = { client: parts.client(id), limiter: createLimiter(parts.now) }
    // A client that could not be made must not be remembered.
    made.client.catch(() => kept.delete(id))
    kept.set(id, made)
    return made
  }

  const { now } = parts
  async function apiOf(id: number, signal?: AbortSignal): Promise<Api> {
    const { client, limiter } = keep(id)
    return createApi({ client: await client, limiter, now, ...(signal ? { signal } : {}) })
  }

  return {
    api: (id) => apiOf(id),
    forClient: (client) => createApi({ client, limiter: createLimiter(now), now }),
    async installation(id, signal) {
      const api = await apiOf(id, signal)
      return {
        reader: createReader({ api, policyPath, app, namesIn, memory }),
        writer: createWriter(api, parts.check, now),
        pulls: createOpenPulls(api, app),
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
