import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { operationNamed } from '../../../src/simulator/contract.ts'
import { lineAt, type PullHandle } from '../../../src/simulator/pull-handle.ts'
import { routes } from '../../../src/simulator/routes/table.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'
import { appClient, installationClient } from '../../support/octokit.ts'

/* Every operation of the description has a route, and every route answers as described. */

let github: Simulator
let pull: PullHandle
let values: Record<string, string | number>

async function begin(): Promise<void> {
  github = createSimulator({ app: { permissions } })
  github.team('acme', 'security', ['ann'])
  const repo = github.repository('acme/roster', { files: { 'a.md': 'a\n' } })
  repo.branch('feature', { edit: { 'a.md': 'A\n' } })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
  pull.review('ann', { comments: [{ place: lineAt('a.md', 1), body: 'hm' }] })
  const comment = pull.comment('ann', 'hello')
  pull.react(comment, 'sam', 'eyes')
  await github.deliver(() => Promise.resolve(200))
  const { data } = await installationClient(github).rest.checks.create({
    owner: 'acme',
    repo: 'roster',
    name: 'T',
    head_sha: pull.headSha,
  })
  values = {
    owner: 'acme',
    repo: 'roster',
    org: 'acme',
    team_slug: 'security',
    username: 'ann',
    pull_number: 1,
    issue_number: 1,
    comment_id: comment.id,
    check_run_id: data.id,
    installation_id: github.state.installations[0]?.id ?? 0,
    delivery_id: github.state.deliveries[0]?.id ?? 0,
    ref: 'heads/feature',
    commit_sha: pull.headSha,
    tree_sha: pull.headSha,
    file_sha: pull.files[0]?.after?.sha ?? '',
    base: 'main',
    head: 'feature',
    basehead: 'main...feature',
    path: 'a.md',
  }
}

const permissions = {
  checks: 'write',
  contents: 'read',
  members: 'read',
  metadata: 'read',
  pull_requests: 'write',
} as const

/** Two operations of the description can have one address. */
const sameAddress: Record<string, string> = {
  'repos/compare-commits-with-basehead': 'repos/compare-commits',
}

const bodies: Record<string, object> = {
  'apps/create-installation-access-token': {},
  'apps/redeliver-webhook-delivery': {},
  'pulls/create-review': { event: 'COMMENT', body: 'b' },
  'pulls/create-review-comment': { body: 'b', path: 'a.md', line: 1 },
  'pulls/create-reply-for-review-comment': { body: 'b' },
  'pulls/update-review-comment': { body: 'c' },
  'checks/create': { name: 'U' },
  'checks/update': { name: 'V' },
  'issues/create-comment': { body: 'b' },
  'issues/update-comment': { body: 'c' },
  'reactions/create-for-issue-comment': { content: 'rocket' },
  'reactions/create-for-pull-request-review-comment': { content: 'rocket' },
}

describe('operations', () => {
  beforeAll(begin)

  test('all that are described have a route', () => {
    const path = join(import.meta.dirname, '../../../src/simulator/openapi.json')
    const { operations } = JSON.parse(readFileSync(path, 'utf8'))
    const described = operations.map(({ id }: { id: string }) => id).sort()
    expect(Object.keys(routes).sort()).toEqual(described)
  })

  test('openapi.json stays small', () => {
    const path = join(import.meta.dirname, '../../../src/simulator/openapi.json')
    expect(readFileSync(path).length).toBeLessThan(300_000)
  })

  test.each(Object.keys(routes))('%s answers as described', async (id) => {
    const { method, path } = operationNamed(id)
    const asApp = path.startsWith('/app') || path.endsWith('/installation')
    const octokit = asApp ? appClient(github) : installationClient(github)
    const answer = await octokit.request(`${method} ${path}`, { ...parameters(id), ...bodies[id] })
    expect(answer.status).toBeLessThan(300)
    expect([id, sameAddress[id]]).toContain(github.log.entries.at(-1)?.operation)
    expect(github.violations).toEqual([])
  })
})

function parameters(id: string): Record<string, string | number> {
  const { path } = operationNamed(id)
  const names = [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '')
  const own = Object.fromEntries(names.map((name) => [name, values[name] ?? '']))
  if (id.startsWith('pulls/') || id.includes('review-comment')) own.comment_id = reviewComment()
  if (id === 'checks/create') own.head_sha = pull.headSha
  if (id === 'pulls/create-review-comment') own.commit_id = pull.headSha
  return Object.fromEntries(Object.entries(own).filter(([name]) => needed(id, name)))
}

function needed(id: string, name: string): boolean {
  const { path, body } = operationNamed(id)
  const properties = (body as { properties?: object } | null)?.properties ?? {}
  return path.includes(`{${name}}`) || name in properties
}

function reviewComment(): number {
  return pull.threads[0]?.comments[0]?.id ?? 0
}
