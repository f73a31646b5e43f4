import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import type { PullHandle } from '../../../src/simulator/pull-handle.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'
import { appClient, installationClient } from '../../support/octokit.ts'

/* What GitHub would not take: by its description (a violation), or only by its rules (422). */

const at = { owner: 'acme', repo: 'roster' }

let github: Simulator
let pull: PullHandle
let octokit: Octokit

function begin(): void {
  github = createSimulator()
  const repo = github.repository('acme/roster', { files: { 'a.md': 'a\nb\n' } })
  repo.branch('feature', { edit: { 'a.md': 'A\nb\n' } })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
  octokit = installationClient(github)
}

describe('outside the description', () => {
  beforeEach(begin)

  const annotation = {
    path: 'a.md',
    start_line: 1,
    end_line: 1,
    annotation_level: 'notice',
    message: 'm',
  }
  const output = { title: 't', summary: 's' }
  const checks: [string, object, string][] = [
    [
      '51 annotations',
      { output: { ...output, annotations: Array(51).fill(annotation) } },
      'must NOT have more than 50 items',
    ],
    [
      'a summary too long',
      { output: { title: 't', summary: 's'.repeat(65_536) } },
      'must NOT have more than 65535 characters',
    ],
    ['a conclusion GitHub does not have', { conclusion: 'failed' }, 'must be equal to one of'],
    [
      'a label of 21 letters',
      { actions: [{ label: 'l'.repeat(21), description: 'd', identifier: 'i' }] },
      'must NOT have more than 20 characters',
    ],
    ['a field misspelt', { detail_url: 'https://example.org' }, 'additional properties'],
    ['an output without a title', { output: { summary: 's' } }, "required property 'title'"],
  ]

  test.each(checks)('%s', async (_, fields, words) => {
    const request = { ...at, name: 'T', head_sha: pull.headSha, ...fields }
    const asked = octokit.request('POST /repos/{owner}/{repo}/check-runs', request as never)
    await expect(asked).rejects.toThrow(words)
    expect(github.violations).toHaveLength(1)
    expect(github.violations[0]).toContain('checks/create: body')
    expect(pull.checks).toEqual([])
  })

  test('a query parameter nobody knows', async () => {
    const asked = octokit.request('GET /repos/{owner}/{repo}/pulls', { ...at, sate: 'all' })
    await expect(asked).rejects.toThrow('query parameter sate is not described')
  })

  test('a value of the wrong kind in the query', async () => {
    const asked = octokit.request('GET /repos/{owner}/{repo}/pulls', {
      ...at,
      page: 'two' as never,
    })
    await expect(asked).rejects.toThrow('query page/value must be integer')
  })

  test('a path nobody knows', async () => {
    await expect(octokit.request('GET /repos/acme/roster/wishes')).rejects.toThrow(
      'GET /repos/acme/roster/wishes is not described',
    )
  })

  test('an update that completes without a conclusion', async () => {
    const { data } = await octokit.rest.checks.create({ ...at, name: 'T', head_sha: pull.headSha })
    const asked = octokit.rest.checks.update({ ...at, check_run_id: data.id, status: 'completed' })
    await expect(asked).rejects.toThrow("required property 'conclusion'")
  })
})

describe('what the description cannot say is answered 422', () => {
  beforeEach(begin)

  const create = (fields: object) =>
    octokit.request('POST /repos/{owner}/{repo}/check-runs', {
      ...at,
      name: 'T',
      head_sha: pull.headSha,
      ...fields,
    } as never)
  const annotated = (fields: object) => ({
    output: {
      title: 't',
      summary: 's',
      annotations: [
        {
          path: 'a.md',
          start_line: 1,
          end_line: 1,
          annotation_level: 'notice',
          message: 'm',
          ...fields,
        },
      ],
    },
  })

  test.each([
    ['completed without a conclusion', { status: 'completed' }],
    ['an unknown commit', { head_sha: '1'.repeat(40) }],
    ['columns over two lines', annotated({ end_line: 2, start_column: 1, end_column: 2 })],
    ['an annotation that ends before it starts', annotated({ start_line: 2 })],
    ['a message of more than 64 KB', annotated({ message: 'm'.repeat(65_537) })],
    ['a summary of too many bytes', { output: { title: 't', summary: 'ä'.repeat(40_000) } }],
    ['a title of 256 letters', { output: { title: 't'.repeat(256), summary: 's' } }],
  ])('%s', async (_, fields) => {
    await expect(create(fields)).rejects.toMatchObject({ status: 422 })
    expect(github.violations).toEqual([])
    expect(pull.checks).toEqual([])
  })

  test('a review of a commit that is not of the pull request', async () => {
    const review = octokit.rest.pulls.createReview({
      ...at,
      pull_number: pull.number,
      event: 'COMMENT',
      body: 'b',
      commit_id: pull.mergeBase ?? '',
    })
    await expect(review).rejects.toMatchObject({ status: 422 })
  })

  test('a review that says nothing', async () => {
    const review = octokit.rest.pulls.createReview({ ...at, pull_number: 1, event: 'COMMENT' })
    await expect(review).rejects.toMatchObject({ status: 422 })
  })
})

describe('Enterprise Server', () => {
  beforeEach(begin)

  test('a permission that it does not know is found out', async () => {
    const { rest } = appClient(github)
    const asked = rest.apps.createInstallationAccessToken({
      installation_id: github.state.installations[0]?.id ?? 0,
      permissions: { metadata: 'read', custom_properties_for_organizations: 'read' } as never,
    })
    await expect(asked).rejects.toThrow(/ghes-3\.\d+: body/)
  })
})
