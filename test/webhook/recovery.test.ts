import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Probot, ProbotOctokit } from 'probot'
import { createApi } from '../../src/github/api.ts'
import type { Client } from '../../src/github/client.ts'
import { createLimiter } from '../../src/github/limiter.ts'
import { createRecoveryReader } from '../../src/github/recovery-reader.ts'
import { createJobStore } from '../../src/job/job-store.ts'
import { openSqlite } from '../../src/job/sqlite.ts'
import type { JobStore } from '../../src/job/store.ts'
import { failed, ok } from '../../src/shared/outcome.ts'
import { createSimulator } from '../../src/simulator/simulator.ts'
import { type RecoveryReader, startRecovery } from '../../src/webhook/recovery.ts'
import { chooseRedeliveries } from '../../src/webhook/redeliveries.ts'

const hourMs = 3_600_000
let now = 1_800_000_000_000
let folder: string
let store: JobStore
let logged: string[]

beforeEach(() => {
  now = 1_800_000_000_000
  logged = []
  folder = mkdtempSync(join(tmpdir(), 'threat-model-recovery-'))
  store = createJobStore(openSqlite({ path: join(folder, 'jobs.sqlite'), clock: () => now }))
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const nobody: RecoveryReader = {
  failedDeliveries: async () => ok([]),
  redeliver: async () => ok(undefined),
  installations: async () => ok([]),
  repositories: async () => ok([]),
  unconcluded: async () => ok([]),
}

/** One round of each kind, to its end. */
async function sweep(reader: Partial<RecoveryReader>, over: { store?: JobStore } = {}) {
  const note = (_fields: object, message: string) => void logged.push(message)
  let ended: (() => void) | undefined
  const end = new Promise<void>((resolve) => {
    ended = resolve
  })
  const base = over.store ?? store
  const watched: JobStore = {
    ...base,
    async endRound(name, mark) {
      const outcome = await base.endRound(name, mark)
      if (name.includes('pull')) ended?.()
      return outcome
    },
    async beginRound(name, everyMs) {
      const begun = await base.beginRound(name, everyMs)
      if (name.includes('pull') && begun.ok && begun.value === null) ended?.()
      return begun
    },
  }
  const recovery = startRecovery({
    reader: { ...nobody, ...reader },
    store: watched,
    log: { info: note, warn: note },
    now: () => now,
    settings: { gapMs: 0, everyMs: hourMs },
  })
  await end
  await recovery.stop()
}

async function keys(): Promise<string[]> {
  const claims = await store.claim(1_000)
  return claims.ok ? claims.value.map(({ job }) => job.key).sort() : []
}

describe('which failed deliveries to ask for', () => {
  const attempt = (attemptId: number, guid: string, deliveredAt: number) => ({
    attemptId,
    guid,
    deliveredAt,
  })

  test('the newest attempt of each, oldest first', () => {
    const failures = [attempt(3, 'b', 30), attempt(2, 'a', 20), attempt(1, 'b', 10)]
    expect(chooseRedeliveries(failures, 0).map((one) => one.attemptId)).toEqual([2, 3])
  })

  test('not those that failed before the last round: they were asked for then', () => {
    const failures = [attempt(2, 'a', 20), attempt(1, 'b', 10)]
    expect(chooseRedeliveries(failures, 10).map((one) => one.guid)).toEqual(['a'])
  })

  test('not those that were refused five times', () => {
    const failures = [5, 4, 3, 2, 1].map((i) => attempt(i, 'a', i * 10))
    expect(chooseRedeliveries(failures.slice(1), 0)).toHaveLength(1)
    expect(chooseRedeliveries(failures, 0)).toEqual([])
  })
})

describe('rounds', () => {
  test('a failed delivery is asked for once, and again only when it failed again', async () => {
    const failures = [{ attemptId: 7, guid: 'a', deliveredAt: now - 1_000 }]
    const asked: number[] = []
    const reader = {
      failedDeliveries: async () => ok(failures),
      redeliver: async (id: number) => {
        asked.push(id)
        return ok(undefined)
      },
    }
    await sweep(reader)
    now += hourMs
    await sweep(reader)
    expect(asked).toEqual([7])
    failures.unshift({ attemptId: 8, guid: 'a', deliveredAt: now })
    now += hourMs
    await sweep(reader)
    expect(asked).toEqual([7, 8])
  })

  test('what one round may not ask for, the next one does', async () => {
    const failures = Array.from({ length: 1_500 }, (_, i) => ({
      attemptId: i,
      guid: `g${i}`,
      deliveredAt: (i + 1) * 1_000,
    }))
    const asked = new Set<number>()
    const reader = {
      failedDeliveries: async () => ok(failures),
      redeliver: async (id: number) => {
        asked.add(id)
        return ok(undefined)
      },
    }
    await sweep(reader)
    expect(asked.size).toBe(1_000)
    now += hourMs
    await sweep(reader)
    expect(asked.size).toBe(1_500)
  })

  test('one process of several does a round, and not again within the hour', async () => {
    let rounds = 0
    const reader = {
      installations: async () => {
        rounds += 1
        return ok([])
      },
    }
    await sweep(reader)
    await sweep(reader)
    expect(rounds).toBe(1)
  })

  test('a rate limit ends the round of an installation, not those of the others', async () => {
    const looked: string[] = []
    const repository = (id: number) => ({ id, owner: 'o', name: `r${id}` })
    await sweep({
      installations: async () => ok([1, 2]),
      repositories: async (id) => ok([repository(id * 10), repository(id * 10 + 1)]),
      unconcluded: async (id, { name }) => {
        looked.push(name)
        return id === 1 ? failed('rate-limited', 'wait') : ok([{ number: 1, headSha: 'abc' }])
      },
    })
    expect(looked).toEqual(['r10', 'r20', 'r21'])
    expect(await keys()).toEqual(['20/1', '21/1'])
  })

  test('an installation with very many repositories is looked at in shares', async () => {
    const repositories = Array.from({ length: 1_200 }, (_, i) => ({
      id: i,
      owner: 'o',
      name: `r${i}`,
    }))
    const looked = new Set<number>()
    const reader: Partial<RecoveryReader> = {
      installations: async () => ok([1]),
      repositories: async () => ok(repositories),
      unconcluded: async (_id, { id }) => {
        looked.add(id)
        return ok([])
      },
    }
    for (let round = 1; round <= 3; round += 1) {
      await sweep(reader)
      expect(looked.size).toBeLessThanOrEqual(round * 500)
      now += hourMs
    }
    expect(looked.size).toBe(1_200)
  })

  test('a store that takes nothing ends the round with a word in the log', async () => {
    const full: JobStore = { ...store, add: async () => failed('unavailable', 'disk full') }
    await sweep(
      {
        installations: async () => ok([1]),
        repositories: async () => ok([{ id: 1, owner: 'o', name: 'r' }]),
        unconcluded: async () => ok([{ number: 1, headSha: 'abc' }]),
      },
      { store: full },
    )
    expect(logged).toContain('Recovery stopped early')
  })
})

describe('on the simulated GitHub', () => {
  function readerOf(github: ReturnType<typeof createSimulator>): RecoveryReader {
    const Octokit = ProbotOctokit.defaults((options: object) => ({
      ...options,
      throttle: { enabled: false },
      retry: { enabled: false },
    }))
    const probot = new Probot({
      appId: github.app.id,
      privateKey: github.app.privateKey,
      secret: github.app.webhookSecret,
      request: { fetch: github.fetch },
      logLevel: 'fatal',
      Octokit,
    })
    const api = (client: Client) =>
      createApi({ client, limiter: createLimiter(() => now), now: () => now })
    const later = (id?: number): Client => ({
      request: (async (...args: Parameters<Client['request']>) =>
        (await probot.auth(id)).request(...args)) as unknown as Client['request'],
      graphql: (async (...args: Parameters<Client['graphql']>) =>
        (await probot.auth(id)).graphql(...args)) as unknown as Client['graphql'],
    })
    const reader = createRecoveryReader({
      app: api(later()),
      installation: async (id) => api(later(id)),
      own: { id: github.app.id, checkName: 'Threat model' },
    })
    // GitHub's description wants an account here that is a person and an enterprise at once, so the
    // simulator refuses its own answer; the list is tested by hand below.
    const ids = () => github.state.installations.map((installation) => installation.id)
    return { ...reader, installations: async () => ok(ids()) }
  }

  test('installations are listed page by page, without the suspended ones', async () => {
    const asked: unknown[] = []
    const client = {
      request: async (_route: string, { page }: { page: number }) => {
        asked.push(page)
        const length = page < 3 ? 100 : 7
        const data = Array.from({ length }, (_, i) => ({
          id: page * 1_000 - i,
          suspended_at: i === 0 ? '2026-01-01T00:00:00Z' : null,
        }))
        return { data, headers: {} }
      },
    } as unknown as Client
    const app = createApi({ client, limiter: createLimiter(() => now), now: () => now })
    const own = { id: 1, checkName: 'Threat model' }
    const reader = createRecoveryReader({ app, installation: async () => app, own })
    const listed = await reader.installations(20_000)
    expect(asked).toEqual([1, 2, 3])
    expect(listed.ok && listed.value.length).toBe(204)
    expect(listed.ok && listed.value[0]).toBe(901)
  })

  test('lost deliveries come again, and end in one job', async () => {
    const github = createSimulator({ now: () => now })
    const repository = github.repository('acme/roster')
    repository.branch('feature', { edit: { 'a.txt': 'a' } })
    repository.openPullRequest({ head: 'feature', author: 'sam' })
    const lost = await github.deliver(async () => 503)
    expect(lost).toBeGreaterThan(0)
    now += 1_000
    await sweep(readerOf(github))
    const again: string[] = []
    await github.deliver(async ({ id }) => {
      again.push(id)
      return 202
    })
    expect(again).toHaveLength(lost)
    now += hourMs
    await sweep(readerOf(github))
    expect(github.take()).toEqual([])
    expect(github.violations).toEqual([])
  })

  test('open pull requests without a concluded check get a job', async () => {
    const github = createSimulator({ now: () => now })
    const repository = github.repository('acme/roster')
    for (const name of ['one', 'two', 'three']) {
      repository.branch(name, { edit: { [`${name}.txt`]: name } })
      repository.openPullRequest({ head: name, author: 'sam' })
    }
    github.repository('acme/quiet')
    repository.pullRequest(2).close()
    await check(github, repository.tip('three'), 'completed')
    await check(github, repository.tip('one'), 'in_progress')
    await sweep(readerOf(github))
    const { id } = repository
    expect(await keys()).toEqual([`${id}/1`])
    expect(github.violations).toEqual([])
  })

  async function check(
    github: ReturnType<typeof createSimulator>,
    sha: string,
    status: 'completed' | 'in_progress',
  ): Promise<void> {
    const probot = new Probot({
      appId: github.app.id,
      privateKey: github.app.privateKey,
      secret: 'not used here',
      request: { fetch: github.fetch },
      logLevel: 'fatal',
    })
    const [installation] = github.state.installations
    const client = await probot.auth(installation?.id ?? 0)
    await client.request('POST /repos/{owner}/{repo}/check-runs', {
      owner: 'acme',
      repo: 'roster',
      name: 'Threat model',
      head_sha: sha,
      status,
      ...(status === 'completed' ? { conclusion: 'success' as const } : {}),
    })
  }
})
