import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { payloadProblems } from '../../../src/simulator/contract.ts'
import type { SignedDelivery } from '../../../src/simulator/deliveries.ts'
import { lineAt } from '../../../src/simulator/pull-handle.ts'
import type { RepositoryHandle } from '../../../src/simulator/repository-handle.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'
import { appClient, installationClient } from '../../support/octokit.ts'

let github: Simulator
let repo: RepositoryHandle

function begin(): void {
  github = createSimulator()
  repo = github.repository('acme/roster', { files: { 'a.md': 'one\ntwo\n' } })
}

describe('payloads', () => {
  beforeEach(begin)

  test('every event keeps the description of its payload', async () => {
    await everything(github, repo)
    const checked = github.state.deliveries.map(({ event, action, payload }) => ({
      name: action === null ? event : `${event}.${action}`,
      problems: payloadProblems(event, action, payload),
    }))
    const wrong = checked.filter(({ problems }) => problems === null || problems.some(isNews))
    expect(wrong).toEqual([])
    expect(new Set(checked.map(({ name }) => name)).size).toBeGreaterThanOrEqual(26)
  })

  test('a new head is told as push, as checks wanted, and as synchronize, in this order', () => {
    const pull = opened(github, repo)
    const before = pull.headSha
    github.take()
    pull.push({ 'b.md': 'b\n' })
    const [pushed, wanted, synchronized] = github.take().map(read)
    expect(pushed?.event).toBe('push')
    expect(pushed?.payload).toMatchObject({ before, after: pull.headSha, forced: false })
    expect(wanted?.payload).toMatchObject({
      action: 'requested',
      check_suite: { after: pull.headSha },
    })
    expect(synchronized?.payload).toMatchObject({
      action: 'synchronize',
      before,
      after: pull.headSha,
      pull_request: { head: { sha: pull.headSha } },
      installation: { id: github.state.installations[0]?.id },
    })
  })

  test('a force push is told as one', () => {
    const pull = opened(github, repo)
    github.take()
    pull.forcePush({ 'c.md': 'c\n' })
    expect(github.take().map(read)[0]?.payload).toMatchObject({ forced: true })
  })

  test('a head in a fork has no pull requests in its suite, and its push is not told', () => {
    repo.fork('sam').branch('other', { edit: { 'b.md': 'b\n' } })
    github.take()
    repo.openPullRequest({ head: 'sam:other', author: 'sam' })
    const told = github.take().map(read)
    expect(told.map(({ event }) => event)).toEqual(['check_suite', 'pull_request'])
    expect(told[0]?.payload).toMatchObject({
      check_suite: { head_branch: null, pull_requests: [] },
    })
  })

  test('the merge queue asks for checks on the group, whose head merges both sides', () => {
    const pull = opened(github, repo)
    repo.commit({ 'elsewhere.md': 'x\n' })
    github.take()
    const head = pull.queue()
    const told = github.take((delivery) => delivery.event === 'merge_group').map(read)
    expect(told[0]?.payload).toMatchObject({
      action: 'checks_requested',
      merge_group: { head_sha: head, base_sha: repo.tip() },
    })
    expect(repo.read('a.md', head)).toBe('one\nTWO\n')
    expect(repo.read('elsewhere.md', head)).toBe('x\n')
  })

  test('an edit says what was there before', () => {
    const pull = opened(github, repo)
    repo.branch('next')
    const comment = pull.comment('ann', 'first')
    github.take()
    pull.retarget('next')
    pull.editComment(comment, 'max', 'second')
    const [retargeted, edited] = github.take().map(read)
    expect(retargeted?.payload).toMatchObject({ changes: { base: { ref: { from: 'main' } } } })
    expect(edited?.payload).toMatchObject({
      changes: { body: { from: 'first' } },
      comment: { body: 'second', user: { login: 'ann' } },
      sender: { login: 'max' },
    })
  })

  test('nothing is told of a repository without the App', () => {
    const other = github.repository('else/where', { installed: false })
    github.take()
    other.branch('x', { edit: { 'b.md': 'b\n' } })
    other.openPullRequest({ head: 'x', author: 'sam' })
    expect(github.take()).toEqual([])
  })
})

describe('sending', () => {
  beforeEach(begin)

  test('the body is signed with the secret of the App', () => {
    opened(github, repo)
    const [first] = github.take()
    const digest = createHmac('sha256', github.app.webhookSecret)
      .update(first?.body ?? '')
      .digest('hex')
    expect(first?.headers).toMatchObject({
      'x-hub-signature-256': `sha256=${digest}`,
      'x-github-event': 'push',
      'x-github-delivery': first?.id,
    })
  })

  test('any event can be signed', () => {
    const delivery = github.signedDelivery('ping', { zen: 'Keep it simple.' })
    expect(delivery.headers['x-github-event']).toBe('ping')
    expect(JSON.parse(delivery.body)).toEqual({ zen: 'Keep it simple.' })
  })

  test('what the receiver sets off is sent too, and comes back to it', async () => {
    const pull = opened(github, repo)
    const octokit = installationClient(github)
    const seen: string[] = []
    const sent = await github.deliver(async ({ event, body }) => {
      const { action } = JSON.parse(body)
      seen.push(action ? `${event}.${action}` : event)
      if (action !== 'opened') return 200
      const at = { owner: 'acme', repo: 'roster', issue_number: pull.number }
      await octokit.rest.issues.createComment({ ...at, body: 'hello' })
      return 202
    })
    expect(seen).toEqual([
      'push',
      'check_suite.requested',
      'pull_request.opened',
      'issue_comment.created',
    ])
    expect(sent).toBe(4)
  })

  test('an App that answers itself for ever is found out', async () => {
    const pull = opened(github, repo)
    const echo = async (): Promise<number> => {
      pull.comment('ann', 'again')
      return 200
    }
    await expect(github.deliver(echo)).rejects.toThrow('does the App answer its own events?')
  })

  test('a failed delivery is listed, and sent again under the same name', async () => {
    opened(github, repo)
    await github.deliver(({ event }) => Promise.resolve(event === 'pull_request' ? 500 : 200))
    const { rest } = appClient(github)
    const listed = await rest.apps.listWebhookDeliveries({ per_page: 100 })
    const failed = listed.data.filter((delivery) => delivery.status_code >= 400)
    expect(failed.map(({ event, action }) => [event, action])).toEqual([['pull_request', 'opened']])
    await rest.apps.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 })
    const [again] = github.take()
    expect(again?.id).toBe(failed[0]?.guid)
    expect(github.state.deliveries.at(-1)).toMatchObject({ redelivery: true })
  })

  test('deliveries are listed newest first, page by page, for three days', async () => {
    let now = Date.UTC(2026, 0, 1)
    github = createSimulator({ now: () => now })
    repo = github.repository('acme/roster', {})
    opened(github, repo)
    await github.deliver(() => Promise.resolve(200))
    const { rest, paginate } = appClient(github)
    const first = await rest.apps.listWebhookDeliveries({ per_page: 2 })
    expect(first.data.map(({ event }) => event)).toEqual(['pull_request', 'check_suite'])
    expect(first.headers.link).toMatch(/cursor=\d+>; rel="next"/)
    expect(await paginate(rest.apps.listWebhookDeliveries, { per_page: 1 })).toHaveLength(3)
    now += 3 * 24 * 3_600_000 + 1
    expect((await rest.apps.listWebhookDeliveries()).data).toEqual([])
  })
})

function opened(simulator: Simulator, repository: RepositoryHandle) {
  repository.branch('feature', { edit: { 'a.md': 'one\nTWO\n' }, author: 'sam' })
  expect(simulator.app.slug).toBe('threat-model-bot')
  return repository.openPullRequest({ head: 'feature', author: 'sam' })
}

function read(delivery: SignedDelivery): { event: string; payload: Record<string, unknown> } {
  return { event: delivery.event, payload: JSON.parse(delivery.body) }
}

/** GitHub's list of an App's events, in one of its descriptions, lacks a newer one. */
function isNews(problem: string): boolean {
  return !/^check_suite\/check_suite\/app\/events\/\d+ must be equal/.test(problem)
}

async function everything(simulator: Simulator, repository: RepositoryHandle): Promise<void> {
  simulator.install('acme', ['acme/roster'])
  repository.branch('feature', { edit: { 'a.md': 'one\nTWO\n' }, author: 'sam' })
  const pull = repository.openPullRequest({ head: 'feature', author: 'sam', draft: true })
  pull.ready()
  pull.draft()
  const comment = pull.comment('ann', 'hello')
  pull.editComment(comment, 'ann', 'hello again')
  pull.deleteComment(comment, 'ann')
  pull.review('ann', { comments: [{ place: lineAt('a.md', 2), body: 'hm' }] })
  const { rest } = installationClient(simulator)
  const at = { owner: 'acme', repo: 'roster' }
  const comment_id = pull.threads[0]?.comments[0]?.id ?? 0
  await rest.pulls.updateReviewComment({ ...at, comment_id, body: 'aha' })
  pull.push({ 'b.md': 'y\n' })
  pull.edit({ title: 'Another title' })
  pull.close()
  pull.reopen()
  await rest.checks.create({ ...at, name: 'T', head_sha: pull.headSha, conclusion: 'success' })
  pull.requestCheck('ann')
  pull.requestCheck('ann', 'recheck')
  pull.requestSuite('ann')
  pull.queue()
  pull.dequeue()
  pull.merge()
  simulator.uninstall('acme')
  simulator.install('acme')
}
