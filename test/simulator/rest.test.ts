import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import { lineAt, type PullHandle } from '../../src/simulator/pull-handle.ts'
import type { RepositoryHandle } from '../../src/simulator/repository-handle.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { installationClient } from '../support/octokit.ts'
import './rest/access.ts'
import './rest/contract.ts'
import './rest/limits.ts'
import './rest/operations.ts'
import './rest/probot.ts'
import './rest/webhooks.ts'

/*
 * Routes, asked by the real @octokit/rest client; every request and answer is held against GitHub's
 * description of them.
 */

const at = { owner: 'acme', repo: 'roster' }
const model = '# Threats\n\n- one\n- two\n- three\n'

let github: Simulator
let repo: RepositoryHandle
let pull: PullHandle
let octokit: Octokit

function begin(): void {
  github = createSimulator()
  repo = github.repository('acme/roster', {
    files: {
      'THREAT_MODEL.md': model,
      'src/a.ts': 'let a = 1\nlet b = 2\n',
      'link.md': { symlink: 'THREAT_MODEL.md' },
      lib: { submodule: '1234567890123456789012345678901234567890' },
    },
  })
  repo.branch('feature', {
    author: 'sam',
    edit: { 'src/a.ts': 'let a = 2\nlet b = 2\n', 'THREAT_MODEL.md': model.replace('- two\n', '') },
  })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam', title: 'Two goes' })
  octokit = installationClient(github)
}

describe('commits and files', () => {
  beforeEach(begin)
  afterEach(() => expect(github.violations).toEqual([]))

  test('compare gives the merge base and patches although the base has moved on', async () => {
    repo.commit({ 'other.md': 'x\n' })
    const basehead = `${repo.tip()}...${pull.headSha}`
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead })
    expect(data.status).toBe('diverged')
    expect([data.ahead_by, data.behind_by]).toEqual([1, 1])
    expect(data.merge_base_commit.sha).toBe(pull.mergeBase)
    expect(data.files?.map((file) => file.filename)).toEqual(['THREAT_MODEL.md', 'src/a.ts'])
    expect(data.files?.[0]?.patch).toBe('@@ -1,5 +1,4 @@\n # Threats\n \n - one\n-- two\n - three')
  })

  test('compare has at most 300 files, and none on later pages', async () => {
    const edit = Object.fromEntries(Array.from({ length: 320 }, (_, i) => [`many/${i}.md`, `${i}`]))
    pull.push(edit)
    const basehead = `main...${pull.headSha}`
    const ask = (page: number) =>
      octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead, page, per_page: 1 })
    expect((await ask(1)).data.files).toHaveLength(300)
    expect((await ask(2)).data.files).toEqual([])
    const files = await octokit.paginate(octokit.rest.pulls.listFiles, {
      ...at,
      pull_number: pull.number,
      per_page: 100,
    })
    expect(files).toHaveLength(322)
  })

  test('lists lead on with Link headers', async () => {
    const answer = await octokit.rest.pulls.listFiles({
      ...at,
      pull_number: pull.number,
      per_page: 1,
    })
    expect(answer.headers.link).toMatch(/page=2>; rel="next".*page=2>; rel="last"/)
    expect(answer.data).toHaveLength(1)
  })

  test('contents follow a symbolic link without a word', async () => {
    const { data } = await octokit.rest.repos.getContent({ ...at, path: 'link.md' })
    expect(data).toMatchObject({
      type: 'file',
      content: `${Buffer.from(model).toString('base64')}\n`,
    })
  })

  test('contents name a submodule, list a folder, and miss what is not there', async () => {
    const get = (path: string) => octokit.rest.repos.getContent({ ...at, path, ref: 'feature' })
    expect((await get('lib')).data).toMatchObject({ type: 'submodule' })
    expect((await get('src')).data).toMatchObject([{ name: 'a.ts', type: 'file' }])
    await expect(get('nothing')).rejects.toMatchObject({ status: 404 })
  })

  test('contents above 1 MB come without content; the blob has it', async () => {
    const large = 'x'.repeat(1_000_001)
    repo.commit({ 'large.txt': large })
    const { data } = await octokit.rest.repos.getContent({ ...at, path: 'large.txt' })
    expect(data).toMatchObject({ content: '', encoding: 'none', size: large.length })
    const sha = 'sha' in data ? data.sha : ''
    const blob = await octokit.rest.git.getBlob({ ...at, file_sha: sha })
    expect(Buffer.from(blob.data.content, 'base64').length).toBe(large.length)
  })

  test('trees show modes', async () => {
    const { data } = await octokit.rest.git.getTree({ ...at, tree_sha: 'main', recursive: '1' })
    expect(Object.fromEntries(data.tree.map((entry) => [entry.path, entry.mode]))).toEqual({
      'THREAT_MODEL.md': '100644',
      lib: '160000',
      'link.md': '120000',
      src: '040000',
      'src/a.ts': '100644',
    })
  })

  test('what is unchanged is answered 304 and costs nothing', async () => {
    const first = await octokit.rest.git.getTree({ ...at, tree_sha: 'main' })
    const used = Number(first.headers['x-ratelimit-used'])
    const headers = { 'if-none-match': first.headers.etag }
    const again = octokit.rest.git.getTree({ ...at, tree_sha: 'main', headers })
    await expect(again).rejects.toMatchObject({ status: 304 })
    const third = await octokit.rest.git.getTree({ ...at, tree_sha: 'main' })
    expect(Number(third.headers['x-ratelimit-used'])).toBe(used + 1)
    expect(github.log.counts().notModified).toBe(1)
  })
})

describe('pull requests', () => {
  beforeEach(begin)
  afterEach(() => expect(github.violations).toEqual([]))

  test('counts are those of the diff', async () => {
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number })
    expect(data).toMatchObject({
      title: 'Two goes',
      changed_files: 2,
      additions: 1,
      deletions: 2,
      commits: 1,
      merged: false,
    })
  })

  test('base.sha is where the base stood at the last push, not its tip', async () => {
    const before = repo.tip()
    repo.commit({ 'other.md': 'x\n' })
    const get = async () => (await octokit.rest.pulls.get({ ...at, pull_number: 1 })).data.base.sha
    expect(await get()).toBe(before)
    pull.push({ 'more.md': 'y\n' })
    expect(await get()).toBe(repo.tip())
  })

  test('a list can be narrowed by state, base and head', async () => {
    const fork = repo.fork('sam')
    fork.branch('other', { edit: { 'b.md': 'b\n' } })
    const forked = repo.openPullRequest({ head: 'sam:other', author: 'sam' })
    forked.close()
    const list = async (query: object) =>
      (await octokit.rest.pulls.list({ ...at, ...query })).data.map(({ number }) => number)
    expect(await list({})).toEqual([1])
    expect(await list({ state: 'all' })).toEqual([2, 1])
    expect(await list({ state: 'all', head: 'sam:other' })).toEqual([2])
    expect(await list({ base: 'nowhere' })).toEqual([])
  })
})

describe('check runs', () => {
  beforeEach(begin)
  afterEach(() => expect(github.violations).toEqual([]))

  test('begin, gather annotations, and conclude', async () => {
    const created = await octokit.rest.checks.create({
      ...at,
      name: 'Threat model',
      head_sha: pull.headSha,
      status: 'in_progress',
    })
    const annotate = (count: number, path: string) =>
      octokit.rest.checks.update({
        ...at,
        check_run_id: created.data.id,
        output: {
          title: 't',
          summary: 's',
          annotations: Array.from({ length: count }, (_, i) => ({
            path,
            start_line: i + 1,
            end_line: i + 1,
            annotation_level: 'notice' as const,
            message: 'm',
          })),
        },
      })
    await annotate(50, 'a')
    await annotate(20, 'b')
    await octokit.rest.checks.update({
      ...at,
      check_run_id: created.data.id,
      conclusion: 'neutral',
    })
    const { data } = await octokit.rest.checks.get({ ...at, check_run_id: created.data.id })
    expect(data).toMatchObject({ status: 'completed', conclusion: 'neutral' })
    expect(data.output.annotations_count).toBe(70)
    expect(data.pull_requests.map(({ number }) => number)).toEqual([pull.number])
    expect(pull.checks[0]?.annotations.map(({ path }) => path).join('')).toBe(
      'a'.repeat(50) + 'b'.repeat(20),
    )
  })

  test('the latest of a name is listed; all on request', async () => {
    for (const conclusion of ['failure', 'success'] as const) {
      await octokit.rest.checks.create({ ...at, name: 'T', head_sha: pull.headSha, conclusion })
    }
    const list = async (filter: 'latest' | 'all') =>
      (await octokit.rest.checks.listForRef({ ...at, ref: 'feature', filter })).data.check_runs.map(
        (run) => run.conclusion,
      )
    expect(await list('latest')).toEqual(['success'])
    expect(await list('all')).toEqual(['success', 'failure'])
  })

  test('a head in a fork shows no pull requests', async () => {
    repo.fork('sam').branch('other', { edit: { 'b.md': 'b\n' } })
    const forked = repo.openPullRequest({ head: 'sam:other', author: 'sam' })
    const { data } = await octokit.rest.checks.create({
      ...at,
      name: 'T',
      head_sha: forked.headSha,
      conclusion: 'success',
    })
    expect(data.pull_requests).toEqual([])
  })
})

describe('reviews and comments', () => {
  beforeEach(begin)
  afterEach(() => expect(github.violations).toEqual([]))

  const review = (comments: object[]) =>
    octokit.rest.pulls.createReview({
      ...at,
      pull_number: pull.number,
      event: 'COMMENT',
      comments: comments as never,
    })

  test('lines of both sides take a comment', async () => {
    await review([
      { path: 'THREAT_MODEL.md', line: 4, side: 'LEFT', body: 'gone' },
      { path: 'src/a.ts', line: 2, start_line: 1, body: 'two lines' },
    ])
    const { data } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: 1 })
    expect(data.map(({ path, side, line, start_line }) => [path, side, line, start_line])).toEqual([
      ['THREAT_MODEL.md', 'LEFT', 4, null],
      ['src/a.ts', 'RIGHT', 2, 1],
    ])
    expect(data[0]?.diff_hunk).toBe('@@ -1,5 +1,4 @@\n # Threats\n \n - one\n-- two')
  })

  test.each([
    ['a line outside the diff', { path: 'src/a.ts', line: 9 }, 'Line'],
    ['a file outside the diff', { path: 'link.md', line: 1 }, 'Path'],
    ['a range that falls', { path: 'src/a.ts', line: 1, start_line: 2 }, 'Start line'],
    ['a range of one line', { path: 'src/a.ts', line: 1, start_line: 1 }, 'Start line'],
  ])('%s refuses the whole review', async (_, place, word) => {
    const good = { path: 'src/a.ts', line: 1, body: 'good' }
    const refused = review([good, { ...place, body: 'bad' }])
    await expect(refused).rejects.toMatchObject({ status: 422 })
    await expect(refused).rejects.toThrow(`${word} could not be resolved`)
    expect(pull.threads).toEqual([])
    expect(pull.pull.reviews).toEqual([])
  })

  test('a whole file takes a comment, by a request of its own', async () => {
    await octokit.rest.pulls.createReviewComment({
      ...at,
      pull_number: pull.number,
      commit_id: pull.headSha,
      path: 'src/a.ts',
      subject_type: 'file',
      body: 'all of it',
    })
    expect(pull.threads[0]).toMatchObject({ subject: 'file', line: null })
  })

  test('a comment is outdated once its line changes, and follows it when it moves', async () => {
    await review([
      { path: 'src/a.ts', line: 1, body: 'moves' },
      { path: 'src/a.ts', line: 2, body: 'goes' },
    ])
    pull.push({ 'src/a.ts': 'let z = 0\nlet a = 2\nlet b = 3\n' })
    expect(pull.threads.map(({ line, outdated }) => [line, outdated])).toEqual([
      [2, false],
      [2, true],
    ])
    const { data } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: 1 })
    expect(data.map(({ line, original_line }) => [line, original_line])).toEqual([
      [2, 1],
      [null, 2],
    ])
  })

  test('replies join the thread', async () => {
    await review([{ path: 'src/a.ts', line: 1, body: 'first' }])
    await octokit.rest.pulls.createReplyForReviewComment({
      ...at,
      pull_number: 1,
      comment_id: pull.threads[0]?.comments[0]?.id ?? 0,
      body: 'second',
    })
    expect(pull.threads[0]?.comments.map(({ body }) => body)).toEqual(['first', 'second'])
  })

  test('the conversation: write, edit, react', async () => {
    const asked = pull.comment('ann', '/threat-model help')
    const { data } = await octokit.rest.issues.createComment({
      ...at,
      issue_number: pull.number,
      body: 'answer',
    })
    await octokit.rest.issues.updateComment({ ...at, comment_id: data.id, body: 'better' })
    const react = () =>
      octokit.rest.reactions.createForIssueComment({
        ...at,
        comment_id: asked.id,
        content: 'eyes',
      })
    expect([(await react()).status, (await react()).status]).toEqual([201, 200])
    const list = await octokit.rest.issues.listComments({ ...at, issue_number: pull.number })
    expect(list.data.map(({ body, user }) => [user?.login, body])).toEqual([
      ['ann', '/threat-model help'],
      ['threat-model-bot[bot]', 'better'],
    ])
    expect(list.data[1]?.performed_via_github_app?.slug).toBe('threat-model-bot')
  })

  test('a body of 65,536 characters is taken, one more is not', async () => {
    const write = (length: number) =>
      octokit.rest.issues.createComment({ ...at, issue_number: 1, body: '🛡'.repeat(length) })
    expect((await write(65_536)).status).toBe(201)
    await expect(write(65_537)).rejects.toMatchObject({ status: 422 })
  })

  test('handles refuse what GitHub would not take', () => {
    const comments = [{ place: lineAt('src/a.ts', 99), body: 'x' }]
    expect(() => pull.review('ann', { comments })).toThrow('no comment can stand at')
  })
})
