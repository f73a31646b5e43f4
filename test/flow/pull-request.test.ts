import { describe, expect, test } from '@jest/globals'
import type { Job } from '../../src/job/job.ts'
import {
  createFlow,
  createHub,
  evaluatePull,
  markersOf,
  model,
  policy,
  policyPath,
  shown,
  withoutT2,
  withT4,
} from './support.ts'
import './pull-request/faults.ts'
import './pull-request/large.ts'
import './pull-request/pace.ts'
import './pull-request/reviewer.ts'
import './pull-request/sweep.ts'
import './pull-request/threat-model.ts'
import './pull-request/token.ts'
import './pull-request/transcript.ts'

/* One pull request at a time: what stands there after it was evaluated. */

test('what mends a line that the diff does not show is in the summary, ready to copy', async () => {
  const linked = model.replace('who talks to whom.', 'who talks to whom (`roster/list.go`).')
  const code = 'package roster\n\nfunc List() {}\n'
  const flow = createFlow({
    files: { 'THREAT_MODEL.md': linked, [policyPath]: policy, 'roster/list.go': code },
  })
  const edit = { 'roster/list.go': null, 'roster/all.go': code }
  flow.repository.branch('moved', { edit })
  const pull = flow.repository.openPullRequest({ head: 'moved', author: 'sam' })
  await flow.evaluate(pull)
  const { check } = shown(pull)
  expect(check?.summary).toContain(
    'Line 5, mended:  \n  ``- Contact list: who talks to whom (`roster/all.go`).``',
  )
})

test('a policy that leaves decisions to a team says when that may not be read', async () => {
  const rule = `${policy}accept: { teams: [security] }\n`
  const clock = { now: Date.now() }
  const flow = createFlow({
    now: () => clock.now,
    files: { 'THREAT_MODEL.md': model, [policyPath]: rule, 'roster/list.go': 'package roster\n' },
  })
  flow.github.team('acme', 'security', ['kim'])
  flow.repository.collaborator('kim', 'read')
  flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withoutT2 } })
  const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
  await flow.evaluate(pull)
  clock.now += 5_000
  pull.comment('kim', '/threat-model accept all because nobody guesses any more')
  await flow.evaluate(pull)
  expect(shown(pull).check?.conclusion).toBe('action_required')
  expect(shown(pull).check?.summary).toContain('Members: read')
  expect(pull.comments.at(-1)?.body).toContain('Members: read')
})

describe('a pull request', () => {
  test('that changes nothing of meaning gets a green check and no words', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('tidy', { edit: { 'README.md': 'Hello\n' } })
    const pull = repository.openPullRequest({ head: 'tidy', author: 'sam' })
    await evaluate(pull)
    const { check, threads, comments } = shown(pull)
    expect(check).toMatchObject({ status: 'completed', conclusion: 'success', annotations: [] })
    expect([threads, comments]).toEqual([[], []])
    expect(github.violations).toEqual([])
  })

  test('that removes a threat is told so on the deleted line', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    const { check, threads, comments } = shown(pull)
    expect(check).toMatchObject({ status: 'completed', conclusion: 'action_required' })
    const line = model.split('\n').findIndex((text) => text.includes('T2')) + 1
    expect(threads.map((thread) => thread.at)).toEqual([`THREAT_MODEL.md line LEFT ${line}`])
    expect(comments).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  test('that touches the code of an asset is told so on the first changed line', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('code', {
      edit: { 'roster/list.go': 'package roster\n\nfunc List() { x() }\n' },
    })
    const pull = repository.openPullRequest({ head: 'code', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).threads.map((thread) => thread.at)).toEqual(['roster/list.go line RIGHT 3'])
  })

  test('in draft gets its check but no comments until it is ready', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('draft', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'draft', author: 'sam', draft: true })
    await evaluate(pull)
    expect(shown(pull)).toMatchObject({ threads: [], comments: [] })
    pull.ready()
    await evaluate(pull)
    expect(shown(pull).threads).toHaveLength(1)
  })

  test('that is closed gets nothing', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('gone', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'gone', author: 'sam' })
    pull.close()
    await evaluate(pull)
    expect(shown(pull)).toMatchObject({ check: undefined, threads: [], comments: [] })
    expect(github.log.counts().content).toBe(0)
  })

  test('from a fork is judged like any other', async () => {
    const { repository, evaluate } = createFlow()
    repository.fork('sam').branch('theirs', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'sam:theirs', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check).toMatchObject({ conclusion: 'failure' })
    expect(pull.checks[0]?.externalId).toBe(`${repository.id}/${pull.number}`)
  })
})

describe('a first look', () => {
  test('by a process that did not take the delivery costs no request more', async () => {
    const { repository, github } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    const ends = { base: pull.baseSha, head: pull.headSha }
    const cause = { delivery: 'd', event: 'e', action: 'opened', receivedAt: 0 }
    const asked = async (causes: Job['causes'], attempts = 1) => {
      github.log.clear()
      const looked = await evaluatePull(createHub(github), pull, causes, attempts)
      expect(looked.ok).toBe(true)
      return github.log.entries.filter(({ kind }) => kind === 'read').map((one) => one.operation)
    }
    const three = ['repos/compare-commits', 'git/get-tree', 'graphql']
    expect(await asked([{ ...cause, ends }])).toEqual(three)
    expect(await asked([{ ...cause, ends }, cause])).toEqual(three)
    expect(await asked([cause])).toEqual(['pulls/get', ...three])
    // What failed may have failed by its guess.
    expect(await asked([{ ...cause, ends }], 2)).toEqual(['pulls/get', ...three])
    const old = { base: pull.baseSha, head: pull.baseSha }
    expect(
      await asked([
        { ...cause, ends: old },
        { ...cause, ends },
      ]),
    ).toEqual(three)
  })
})

describe('a second look', () => {
  test('right after the first writes nothing and costs one request', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    const before = shown(pull)
    github.log.clear()
    await evaluate(pull)
    expect(shown(pull)).toEqual(before)
    expect(github.log.counts()).toMatchObject({ total: 1, read: 1, write: 0, content: 0 })
  })

  test('after a push folds away what no longer holds and says it is settled', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    pull.push({ 'THREAT_MODEL.md': model, 'README.md': 'Hello\n' })
    await evaluate(pull)
    const { check, threads, comments } = shown(pull)
    expect(check).toMatchObject({ conclusion: 'success' })
    expect(threads.map((thread) => thread.folded)).toEqual([true])
    expect(comments).toHaveLength(1)
    expect(comments[0]).toContain('nothing is left to act on')
  })

  test('does not fold a comment that somebody answered, when it may not resolve', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    const [thread] = pull.threads
    if (thread) pull.reply(thread, 'kim', 'Why?')
    pull.push({ 'THREAT_MODEL.md': model })
    await evaluate(pull)
    expect(shown(pull).threads.map((one) => one.folded)).toEqual([false])
  })

  test('posts nothing twice after a rebase that moves every line', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    const longer = `${model.replace('## Assets', 'A word before.\n\n## Assets')}`
    repository.commit({ 'THREAT_MODEL.md': longer })
    pull.forcePush({ 'THREAT_MODEL.md': longer.replace(/\| T2 .*\n/, '') })
    await evaluate(pull)
    expect(markersOf(pull)).toHaveLength(1)
    expect(shown(pull).comments).toHaveLength(1)
  })

  test('of a run that people asked for again concludes it anew', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    const [run] = pull.checks
    const first = { ...run }
    await new Promise((resolve) => setTimeout(resolve, 5))
    await evaluate(pull, 'rerequested')
    expect(pull.checks).toHaveLength(1)
    expect(run).toMatchObject({ status: 'completed', conclusion: first.conclusion })
    expect(run?.completedAt).toBeGreaterThan(first.completedAt ?? 0)
    expect(run?.annotations).toEqual(first.annotations)
  })

  test('after a button was pressed answers once, however often it is pressed', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await evaluate(pull)
    for (const button of ['explain', 'accept', 'explain']) {
      await evaluate(pull, `requested_action: ${button}`)
    }
    expect(pull.comments).toHaveLength(3)
    expect(pull.comments[1]?.body).toContain('What each finding means')
    expect(pull.comments[2]?.body).toContain('/threat-model accept')
    github.log.clear()
    await evaluate(pull)
    expect(github.log.counts()).toMatchObject({ total: 1, content: 0 })
  })

  test('does not believe a marker that somebody else wrote', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    const other = createFlow()
    other.repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const twin = other.repository.openPullRequest({ head: 'less', author: 'sam' })
    await other.evaluate(twin)
    pull.comment('mallory', twin.comments[0]?.body ?? '')
    await evaluate(pull)
    expect(pull.comments).toHaveLength(2)
    expect(shown(pull).threads).toHaveLength(1)
  })
})

describe('the merge queue', () => {
  test('gets a check on the commits it made, and nothing else', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    await evaluate(pull)
    const before = shown(pull)
    const head = pull.queue()
    await evaluate(pull)
    const runs = repository.repository.checkRuns.filter((run) => run.headSha === head)
    expect(runs).toMatchObject([{ status: 'completed', conclusion: 'failure' }])
    expect(shown(pull)).toEqual(before)
  })

  test('that GitHub tells of before it shows it is looked at again soon', async () => {
    const { repository, hub } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    const cause = { delivery: 'd', event: 'merge_group', action: 'checks_requested', receivedAt: 0 }
    const outcome = await evaluatePull(hub, pull, [cause])
    expect(outcome).toEqual({ ok: true, value: { againAfterMs: 15_000 } })
  })
})

describe('documents that are no plain text', () => {
  test.each([
    ['a symbolic link', { 'THREAT_MODEL.md': { symlink: 'other.md' } }],
    ['a binary', { 'THREAT_MODEL.md': Buffer.from([0, 1, 2, 0, 255]) }],
  ])('%s never gives a green check', async (_, edit) => {
    const { repository, evaluate } = createFlow()
    repository.branch('odd', { edit: edit as never })
    const pull = repository.openPullRequest({ head: 'odd', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })

  test('a policy in the pull request does not judge it', async () => {
    const { repository, evaluate } = createFlow()
    const loose = policy.replace('enforce', 'advisory')
    const edit = { [policyPath]: loose, 'THREAT_MODEL.md': withT4 }
    repository.branch('loose', { edit })
    const pull = repository.openPullRequest({ head: 'loose', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })

  test('the policy of the organisation counts where a repository has none', async () => {
    const flow = createFlow({ files: { 'THREAT_MODEL.md': model } })
    flow.github.repository('acme/.github', { files: { [policyPath]: policy } })
    flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
    await flow.evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })

  test('a model that the policy names is read', async () => {
    const named = 'version: 1\nmode: enforce\nmodels:\n  - path: notes/risks.md\n'
    const flow = createFlow({ files: { 'notes/risks.md': model, [policyPath]: named } })
    flow.repository.branch('more', { edit: { 'notes/risks.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
    await flow.evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })

  test('a renamed model keeps its history', async () => {
    const { repository, evaluate } = createFlow()
    const edit = { 'THREAT_MODEL.md': null, 'docs/security-notes.md': model }
    repository.branch('moved', { edit })
    const pull = repository.openPullRequest({ head: 'moved', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.title).not.toMatch(/removed|deleted/)
  })
})
