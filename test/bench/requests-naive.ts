import type { PullHandle } from '../../src/simulator/pull-handle.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import { installationClient } from '../support/octokit.ts'

/*
 * The App that everybody writes first: one request for each thing it wants to know and for each
 * thing it says. What it would say is of no interest here, only what it asks.
 */
export async function naive(github: Simulator, pull: PullHandle): Promise<void> {
  const client = installationClient(github)
  const { repository, number } = pull.pull
  const at = { owner: repository.owner.login, repo: repository.name }
  const contents = (path: string, ref?: string) =>
    client.rest.repos.getContent({ ...at, path, ...(ref ? { ref } : {}) }).catch(() => null)
  await contents('.github/threat-model.yml')
  await client.rest.repos
    .getContent({ owner: at.owner, repo: '.github', path: '.github/threat-model.yml' })
    .catch(() => null)
  await contents('THREAT_MODEL.md', pull.baseSha)
  await contents('THREAT_MODEL.md', pull.headSha)
  await client.rest.pulls.listFiles({ ...at, pull_number: number, per_page: 100 })
  await client.rest.issues.listComments({ ...at, issue_number: number, per_page: 100 })
  await client.rest.pulls.listReviewComments({ ...at, pull_number: number, per_page: 100 })
  await client.rest.checks.listForRef({ ...at, ref: pull.headSha })
  const output = { title: 'Done', summary: 'Done' }
  const run = { name: 'Naive', head_sha: pull.headSha, status: 'completed' as const, output }
  await client.rest.checks.create({ ...at, ...run, conclusion: 'neutral' })
  await client.rest.pulls.createReview({
    ...at,
    pull_number: number,
    event: 'COMMENT',
    body: 'See below.',
    comments: [{ path: 'roster/list.go', line: 3, side: 'RIGHT', body: 'Changed.' }],
  })
  await client.rest.issues.createComment({ ...at, issue_number: number, body: 'Done.' })
}
