import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Octokit } from '@octokit/rest'
import { Probot, ProbotOctokit } from 'probot'
import { sendTo } from '../../../src/simulator/deliveries.ts'
import type { PullHandle } from '../../../src/simulator/pull-handle.ts'
import { listen } from '../../../src/simulator/server.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'

/* The real Probot, as in production, with the simulated GitHub on the other side. */

/** Only the function form switches the plugins off. */
const Unthrottled = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}))

let github: Simulator
let pull: PullHandle

function begin(): void {
  github = createSimulator()
  const repo = github.repository('acme/roster', { files: { 'a.md': 'a\n' } })
  repo.branch('feature', { edit: { 'a.md': 'A\n' } })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
}

describe('a GitHub for the real Probot', () => {
  beforeEach(begin)
  afterEach(() => expect(github.violations).toEqual([]))

  test('a delivery over HTTP becomes a check run', async () => {
    const server = await started()
    try {
      expect(await github.deliver(sendTo(server.address))).toBe(6)
    } finally {
      await server.stop()
    }
    expect(pull.checks).toMatchObject([{ name: 'T', conclusion: 'success' }])
    expect(github.state.deliveries.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200))
    expect(github.log.counts()).toMatchObject({ token: 1, write: 1, read: 0 })
  })

  test('a delivery signed with another secret is turned away', async () => {
    github.app.webhookSecret = 'something else that is long enough'
    const server = await started(createSimulator().app.webhookSecret)
    try {
      await github.deliver(sendTo(server.address))
    } finally {
      await server.stop()
    }
    expect(pull.checks).toEqual([])
    expect(github.state.deliveries.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400])
  })

  test('GitHub can also be reached over HTTP, as an Enterprise Server', async () => {
    const server = await listen(github)
    try {
      const auth = github.personalToken('sam')
      const octokit = new Octokit({ auth, baseUrl: server.apiUrl })
      const at = { owner: 'acme', repo: 'roster' }
      const { data } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number })
      expect(data.url).toBe(`${server.apiUrl}/repos/acme/roster/pulls/1`)
      const { viewer } = await octokit.graphql<{ viewer: { login: string } }>(
        '{ viewer { login } }',
      )
      expect(viewer.login).toBe('sam')
    } finally {
      await server.close()
    }
  })
})

interface Started {
  address: string
  stop(): Promise<void>
}

async function started(secret = github.app.webhookSecret): Promise<Started> {
  const probot = new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret,
    Octokit: Unthrottled,
    logLevel: 'fatal',
    request: { fetch: github.fetch },
  })
  await probot.load((app) => {
    app.on('pull_request.opened', async (context) => {
      const octokit = await app.auth(context.payload.installation?.id)
      const head_sha = context.payload.pull_request.head.sha
      await octokit.rest.checks.create(context.repo({ name: 'T', head_sha, conclusion: 'success' }))
    })
  })
  const receive = await probot.getNodeMiddleware()
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/api/github/webhooks`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
