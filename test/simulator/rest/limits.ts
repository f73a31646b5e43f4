import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import type { PullHandle } from '../../../src/simulator/pull-handle.ts'
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../src/simulator/simulator.ts'
import { installationClient } from '../../support/octokit.ts'

const at = { owner: 'acme', repo: 'roster' }

let now: number
let github: Simulator
let pull: PullHandle
let octokit: Octokit

describe('budgets', () => {
  beforeEach(() => start({}))

  test('what is used is said on every answer', async () => {
    const { headers } = await octokit.rest.repos.get(at)
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-resource': 'core',
    })
  })

  test('an empty budget refuses until the hour is over', async () => {
    start({ limits: { restPerHour: 2 } })
    await octokit.rest.repos.get(at)
    await octokit.rest.repos.get(at)
    const refused = await octokit.rest.repos.get(at).catch((error) => error)
    expect(refused.status).toBe(403)
    expect(refused.response.headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String((now + 3_600_000) / 1000),
    })
    now += 3_600_000
    expect((await octokit.rest.repos.get(at)).status).toBe(200)
  })

  test('GraphQL says so with status 200', async () => {
    start({ limits: { graphqlPerHour: 0 } })
    const asked = octokit.graphql('{ viewer { login } }')
    await expect(asked).rejects.toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] })
  })

  test('content is limited by the minute; reading and checks are not', async () => {
    start({ limits: { contentPerMinute: 2 } })
    await comment()
    await comment()
    const refused = await comment().catch((error) => error)
    expect(refused.status).toBe(403)
    expect(refused.response.headers['retry-after']).toBe('60')
    await octokit.rest.checks.create({ ...at, name: 'T', head_sha: pull.headSha })
    now += 60_001
    expect((await comment()).status).toBe(201)
  })

  test('each installation has its own', async () => {
    start({ limits: { restPerHour: 1 } })
    github.repository('other/thing', {})
    await octokit.rest.repos.get(at)
    const other = installationClient(github, 'other')
    expect((await other.rest.repos.get({ owner: 'other', repo: 'thing' })).status).toBe(200)
  })

  test('counts tell kinds apart', async () => {
    await octokit.rest.repos.get(at)
    await comment()
    await octokit.rest.checks.create({ ...at, name: 'T', head_sha: pull.headSha })
    expect(github.log.counts()).toEqual({
      total: 4,
      token: 1,
      read: 1,
      content: 1,
      write: 1,
      notModified: 0,
      refused: 0,
    })
  })
})

describe('faults', () => {
  beforeEach(() => start({}))

  test('the n-th call fails, and only that one', async () => {
    await octokit.rest.repos.get(at)
    github.faults.failCall(2, { kind: 'status', status: 502 })
    await octokit.rest.repos.get(at)
    await expect(octokit.rest.repos.get(at)).rejects.toMatchObject({ status: 502 })
    expect(github.faults.waiting()).toBe(false)
    expect((await octokit.rest.repos.get(at)).status).toBe(200)
  })

  test('an answer can be lost after the effect', async () => {
    github.faults.failOperation('issues/create-comment', {
      kind: 'status',
      status: 502,
      after: true,
    })
    await expect(comment()).rejects.toMatchObject({ status: 502 })
    expect(pull.comments).toHaveLength(1)
  })

  test('without that, there is no effect', async () => {
    github.faults.failOperation('issues/create-comment', { kind: 'status', status: 502 })
    await expect(comment()).rejects.toMatchObject({ status: 502 })
    expect(pull.comments).toEqual([])
  })

  test('a cut connection, a limit, a wait without end', async () => {
    github.faults.failOperation('repos/get', { kind: 'cut' })
    await expect(octokit.rest.repos.get(at)).rejects.toThrow('ECONNRESET')
    const limit = { kind: 'secondary-limit', status: 429, retryAfterSeconds: 30 } as const
    github.faults.failOperation('repos/get', limit)
    const refused = await octokit.rest.repos.get(at).catch((error) => error)
    expect([refused.status, refused.response.headers['retry-after']]).toEqual([429, '30'])
    github.faults.failOperation('repos/get', { kind: 'timeout' })
    const request = { signal: AbortSignal.timeout(20) }
    await expect(octokit.rest.repos.get({ ...at, request })).rejects.toMatchObject({ status: 500 })
  })

  test('one field of a document can fail while the others have their effect', async () => {
    github.faults.failOperation('graphql', { kind: 'field', field: 'second' })
    const id = `PR_${Buffer.from(`PR:${pull.pull.id}`).toString('base64url')}`
    const asked = octokit.graphql(
      `mutation($id: ID!) {
        first: addComment(input: { subjectId: $id, body: "1" }) { clientMutationId }
        second: addComment(input: { subjectId: $id, body: "2" }) { clientMutationId }
        third: addComment(input: { subjectId: $id, body: "3" }) { clientMutationId }
      }`,
      { id },
    )
    await expect(asked).rejects.toMatchObject({ errors: [{ path: ['second'] }] })
    expect(pull.comments.map(({ body }) => body)).toEqual(['1', '3'])
  })

  test('every answer can take its time, and the log says how many waited at once', async () => {
    start({ latencyMs: 30 })
    const from = performance.now()
    await Promise.all([1, 2, 3].map(() => octokit.rest.repos.get(at)))
    expect(performance.now() - from).toBeGreaterThanOrEqual(55)
    expect(github.log.concurrencyMax).toBe(3)
  })

  test('something can happen between two calls', async () => {
    await octokit.rest.repos.get(at)
    const before = pull.headSha
    github.faults.beforeCall(2, () => void pull.push({ 'b.md': 'b\n' }))
    const head = async () => (await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.head.sha
    expect(await head()).toBe(before)
    expect(await head()).not.toBe(before)
  })

  test('the log knows which call was played with', async () => {
    github.faults.failOperation('repos/get', { kind: 'cut' })
    await octokit.rest.repos.get(at).catch(() => {})
    expect(github.log.entries.at(-1)).toMatchObject({ fault: 'cut', status: 0, kind: 'read' })
    expect(github.log.counts().refused).toBe(1)
  })
})

function start(options: SimulatorOptions): void {
  now = Date.UTC(2026, 0, 1)
  github = createSimulator({ now: () => now, ...options })
  const repo = github.repository('acme/roster', { files: { 'a.md': 'a\n' } })
  repo.branch('feature', { edit: { 'a.md': 'A\n' } })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
  octokit = installationClient(github)
}

function comment() {
  return octokit.rest.issues.createComment({ ...at, issue_number: pull.number, body: 'hello' })
}
