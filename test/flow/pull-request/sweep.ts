import { describe, expect, jest, test } from '@jest/globals'
import type { Entrance } from '../../../src/github/github.ts'
import { giveUp } from '../../../src/give-up.ts'
import type { JobRequest } from '../../../src/job/store.ts'
import { createPace } from '../../../src/pace.ts'
import { failed, ok } from '../../../src/shared/outcome.ts'
import { addJobs, sweepRepository } from '../../../src/sweep.ts'
import type { Look } from '../../../src/webhook/read.ts'
import { createFlow, evaluatePull, jobOf, shown, withoutT2, withT4 } from '../support.ts'

const cause = { delivery: 'd', event: 'push', action: '', receivedAt: 1 }

function stage() {
  const flow = createFlow()
  const { repository } = flow
  for (const head of ['one', 'two', 'three']) repository.branch(head, { edit: { 'a.txt': head } })
  repository.branch('v1')
  const pulls = [
    repository.openPullRequest({ head: 'one', author: 'sam' }),
    repository.openPullRequest({ head: 'two', author: 'sam', base: 'v1' }),
    repository.openPullRequest({ head: 'three', author: 'sam' }),
  ]
  const ref = { id: repository.id, owner: 'acme', name: 'chat' }
  const asked: JobRequest[] = []
  const jobs = {
    add: async (request: JobRequest) => {
      asked.push(request)
      return ok('new' as const)
    },
  }
  const parts = { jobs, entrance: () => flow.hub.installation(1), pace: createPace(Date.now) }
  const places = () => asked.map(({ pull, delayMs }) => `${pull.number} ${delayMs}`)
  return { ...flow, pulls, ref, parts, places }
}

describe('a push to a base branch', () => {
  test('is a job for each pull request on it, spread out', async () => {
    const { ref, parts, places } = stage()
    const look: Look = { look: 'base', installationId: 1, repository: ref, branch: 'main', cause }
    expect(await addJobs(parts, look)).toEqual(ok(2))
    expect(places()).toEqual(['3 0', '1 2000'])
  })

  test.each([
    ['does not answer', async () => failed('unavailable', 'no answer')],
    ['refuses', () => Promise.reject(new Error('refused'))],
    ['is too slow', () => new Promise<never>(() => {})],
  ])('becomes one job for the whole repository when GitHub %s', async (_, list) => {
    const { ref, parts, places } = stage()
    const entrance = async () => ({ pulls: { list } }) as unknown as Entrance
    const look: Look = { look: 'base', installationId: 1, repository: ref, branch: 'main', cause }
    jest.useFakeTimers()
    const added = addJobs({ ...parts, entrance }, look)
    await jest.advanceTimersByTimeAsync(5_000)
    jest.useRealTimers()
    expect(await added).toEqual(ok(1))
    expect(places()).toEqual(['0 0'])
  })

  test('is not acknowledged when the jobs cannot be kept', async () => {
    const { ref, parts } = stage()
    const jobs = { add: async () => failed('unavailable', 'disk full') }
    const look: Look = { look: 'base', installationId: 1, repository: ref, branch: 'main', cause }
    expect(await addJobs({ ...parts, jobs }, look)).toMatchObject({ ok: false })
  })
})

test('a commit of a fork leads to its pull request', async () => {
  const { ref, parts, places, pulls } = stage()
  const sha = pulls[1]?.headSha ?? ''
  await addJobs(parts, { look: 'commit', installationId: 1, repository: ref, sha, cause })
  expect(places()).toEqual(['2 0'])
})

test('the job for a whole repository becomes one for each open pull request', async () => {
  const { hub, parts, places, pulls } = stage()
  const [first] = pulls
  if (!first) throw new Error('no pull request')
  pulls[2]?.close()
  const job = { ...jobOf(first), causes: [cause] }
  expect(await sweepRepository(parts, job, await hub.installation(1))).toEqual(ok(2))
  expect(places()).toEqual(['2 0', '1 2000'])
})

describe('giving up', () => {
  test('says so in red, and how to ask again', async () => {
    const { repository, hub, github } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    const job = { ...jobOf(pull), lastFailure: 'GitHub did not answer @team <!-- x -->' }
    expect(await giveUp(await hub.installation(1), job, '2026-11-24')).toMatchObject({ ok: true })
    const { check } = shown(pull)
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' })
    expect(check?.summary).toContain('/threat-model recheck')
    expect(check?.summary).not.toMatch(/[^`]@team|<!-- x/)
    expect(github.violations).toEqual([])
  })

  test.each([false, true])(
    'works when the pull request cannot be read, waiting: %s',
    async (was) => {
      const { repository, hub, github, evaluate } = createFlow()
      repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
      const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
      const entrance = await hub.installation(1)
      github.faults.failOperation('graphql', { kind: 'status', status: 502 }, 9)
      if (was) expect(await evaluatePull(hub, pull, [], 3)).toMatchObject({ ok: false })
      expect(pull.checks.map((run) => run.status)).toEqual(was ? ['queued'] : [])
      expect(await giveUp(entrance, jobOf(pull), '2026-11-24')).toMatchObject({ ok: true })
      expect(pull.checks.map((run) => run.conclusion)).toEqual(['failure'])
      github.faults.clear()
      await evaluate(pull)
      expect(shown(pull).check?.title).toBe('1 new threat without an answer')
      expect(github.violations).toEqual([])
    },
  )

  test('also answers a merge queue that waits', async () => {
    const { repository, hub } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    pull.queue()
    await giveUp(await hub.installation(1), jobOf(pull), '2026-11-24')
    const runs = repository.repository.checkRuns.map((run) => run.conclusion)
    expect(runs).toEqual(['failure', 'failure'])
  })

  test('changes no answer that stands, and the next look replaces it', async () => {
    const { repository, hub, evaluate } = createFlow()
    repository.branch('less', { edit: { 'THREAT_MODEL.md': withoutT2 } })
    const pull = repository.openPullRequest({ head: 'less', author: 'sam' })
    await giveUp(await hub.installation(1), jobOf(pull), '2026-11-24')
    await evaluate(pull)
    const answered = shown(pull)
    expect(answered.check?.conclusion).toBe('action_required')
    await giveUp(await hub.installation(1), jobOf(pull), '2026-11-24')
    expect(shown(pull)).toEqual(answered)
  })
})
