import { afterEach, describe, expect, test } from '@jest/globals'
import { settle, start, stopAll } from './running.ts'
import {
  createFlow,
  type Flow,
  model,
  policy,
  policyPath,
  shown,
  withoutT2,
  withT4,
} from './support.ts'
import './service/operations.ts'
import './service/proxy.ts'
import './service/serving.ts'
import './service/settings.ts'

/*
 * Everything together: signed deliveries over HTTP, the job store, Probot, GitHub. What stands on
 * the pull request at the end may not depend on how its deliveries came: once or twice, in order or
 * not, before or after a push.
 */

afterEach(stopAll)

function openPull(flow: Flow) {
  const edit = {
    'THREAT_MODEL.md': withoutT2,
    'roster/list.go': 'package roster\n\nfunc List() { x() }\n',
  }
  flow.repository.branch('change', { edit })
  return flow.repository.openPullRequest({ head: 'change', author: 'sam' })
}

const references = new Map<boolean, ReturnType<typeof shown>>()

/** What stands there when each delivery comes once, in order, and is done before the next. */
async function reference(push: boolean) {
  const known = references.get(push)
  if (known) return known
  const flow = createFlow()
  const running = await start(flow.github)
  const pull = openPull(flow)
  await settle(flow, running)
  if (push) {
    pull.push({ 'THREAT_MODEL.md': withT4 })
    await settle(flow, running)
  }
  references.set(push, shown(pull))
  return shown(pull)
}

describe('deliveries', () => {
  test('in order end in a concluded check', async () => {
    const want = await reference(false)
    expect(want.check).toMatchObject({ status: 'completed', conclusion: 'action_required' })
    expect(want.unfinished).toBe(0)
  })

  test('are judged in threads as they are without', async () => {
    const want = await reference(false)
    const flow = createFlow()
    const running = await start(flow.github, { threads: true })
    const pull = openPull(flow)
    await settle(flow, running)
    expect(shown(pull)).toEqual(want)
  })

  test('doubled change nothing, and are not evaluated twice', async () => {
    const want = await reference(false)
    const flow = createFlow()
    const running = await start(flow.github)
    const pull = openPull(flow)
    for (const delivery of flow.github.take()) {
      await Promise.all([running.send(delivery), running.send(delivery)])
      expect(await running.send(delivery)).toBe(202)
    }
    await running.service.idle()
    expect(shown(pull)).toEqual(want)
    expect(running.lines.filter((line) => line.includes('Pull request judged'))).toHaveLength(1)
  })

  test('in the reverse order end the same', async () => {
    const want = await reference(true)
    const flow = createFlow()
    const running = await start(flow.github)
    const pull = openPull(flow)
    const first = flow.github.take()
    pull.push({ 'THREAT_MODEL.md': withT4 })
    for (const delivery of [...first, ...flow.github.take()].reverse()) await running.send(delivery)
    await settle(flow, running)
    expect(shown(pull).check).toEqual(want.check)
    expect(shown(pull).comments).toHaveLength(want.comments.length)
  })

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'raced with a push at call %d end as if it came later',
    async (n) => {
      const want = await reference(true)
      const flow = createFlow()
      let calls = 0
      let act = () => {}
      const { fetch } = flow.github
      const racing: typeof fetch = async (input, init) => {
        calls++
        if (calls === n) act()
        return fetch(input, init)
      }
      const running = await start({ ...flow.github, fetch: racing })
      await settle(flow, running)
      calls = 0
      const pull = openPull(flow)
      act = () => void pull.push({ 'THREAT_MODEL.md': withT4 })
      await settle(flow, running)
      if (calls < n) return
      const { check, unfinished } = shown(pull)
      expect({ check, unfinished }).toEqual({ check: want.check, unfinished: 0 })
      const runs = flow.repository.repository.checkRuns
      expect(runs.filter((run) => run.status !== 'completed')).toEqual([])
      const said = shown(pull)
        .threads.filter((thread) => !thread.folded)
        .map((thread) => thread.at)
      expect(said.filter((at) => at.startsWith('THREAT_MODEL.md')).length).toBeLessThanOrEqual(1)
      expect(pull.comments).toHaveLength(1)
    },
  )

  test('of which the effect failed are done again by themselves', async () => {
    const want = await reference(false)
    const flow = createFlow()
    const running = await start(flow.github)
    const pull = openPull(flow)
    for (const n of [2, 5, 9]) flow.github.faults.failCall(n, { kind: 'status', status: 502 })
    await settle(flow, running)
    expect(shown(pull)).toEqual(want)
  })

  test('with a wrong signature are refused and leave nothing', async () => {
    const flow = createFlow()
    const running = await start(flow.github, {
      secret: 'another secret of more than 32 characters',
    })
    const pull = openPull(flow)
    const [delivery] = flow.github.take((one) => one.event === 'pull_request')
    expect(delivery && (await running.send(delivery))).toBe(401)
    await running.service.idle()
    expect(pull.checks).toEqual([])
  })
})

describe('further events', () => {
  test('a burst of pushes is two evaluations at most', async () => {
    const flow = createFlow()
    const { fetch } = flow.github
    const gate = Promise.withResolvers<void>()
    const held: typeof fetch = async (input, init) => gate.promise.then(() => fetch(input, init))
    const running = await start({ ...flow.github, fetch: held })
    const pull = openPull(flow)
    for (let i = 0; i < 50; i++) pull.push({ 'README.md': `${i}\n` })
    // The first evaluation is under way while all the others are asked for.
    await Promise.all(flow.github.take().map(running.send))
    gate.resolve()
    await settle(flow, running)
    expect(shown(pull).check).toMatchObject({ status: 'completed' })
    const judged = running.lines.filter((line) => line.includes('Pull request judged'))
    expect(judged.length).toBeLessThanOrEqual(2)
  })

  test('a check that people ask for again is concluded again, also of a fork', async () => {
    const flow = createFlow()
    const running = await start(flow.github)
    flow.repository.fork('sam').branch('theirs', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'sam:theirs', author: 'sam' })
    await settle(flow, running)
    pull.requestCheck('kim')
    await settle(flow, running)
    pull.requestSuite('kim')
    await settle(flow, running)
    expect(pull.checks.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' })
  })

  test('a policy pushed to the base changes the answer of what is open', async () => {
    const flow = createFlow({ files: { 'THREAT_MODEL.md': model } })
    const running = await start(flow.github)
    flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
    await settle(flow, running)
    expect(pull.checks.at(-1)).toMatchObject({ conclusion: 'neutral' })
    flow.repository.commit({ [policyPath]: policy })
    await settle(flow, running)
    expect(pull.checks.at(-1)).toMatchObject({ conclusion: 'failure' })
  })

  test('after the App is installed, what was open gets its check', async () => {
    const flow = createFlow()
    const running = await start(flow.github)
    flow.github.uninstall('acme')
    const pull = openPull(flow)
    flow.github.take()
    flow.github.install('acme')
    await settle(flow, running)
    expect(shown(pull).check).toMatchObject({ status: 'completed' })
  })

  test('closing stops the work', async () => {
    const flow = createFlow()
    const running = await start(flow.github)
    const pull = openPull(flow)
    pull.close()
    await settle(flow, running)
    expect(shown(pull)).toMatchObject({ check: undefined, comments: [], threads: [] })
  })
})

test('tokens, secrets and text of the pull request never reach the log', async () => {
  const flow = createFlow()
  const running = await start(flow.github)
  const pull = openPull(flow)
  pull.comment('kim', '/threat-model accept all because MARKED-TEXT')
  await settle(flow, running)
  flow.github.faults.failOperation('graphql', { kind: 'status', status: 502, after: true }, 2)
  pull.push({ 'THREAT_MODEL.md': `${withT4}| T5 | MARKED-TEXT | Server | | Open |\n` })
  await settle(flow, running)
  const log = running.lines.join('')
  expect(log).toContain('Pull request judged')
  expect(log).not.toContain('MARKED-TEXT')
  for (const token of flow.github.state.tokens.keys()) expect(log).not.toContain(token)
  expect(log).not.toContain(flow.github.app.webhookSecret)
  expect(log).not.toMatch(/sha256=|BEGIN|eyJ/)
})
