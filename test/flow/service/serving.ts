import { generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, test } from '@jest/globals'
import { failed } from '../../../src/shared/outcome.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'
import { createReportRoute } from '../../../src/web/report-route.ts'
import { createSeal, sealedDays } from '../../../src/web/sealed.ts'
import { type Running, settle, start, stopAll } from '../running.ts'
import { createFlow, withoutT2, withT4 } from '../support.ts'

/* What the running service gives away and how it keeps apart whom it serves. */

afterEach(stopAll)

const dayMs = 24 * 3_600_000

const hostile = '"><script>alert(1)</script><img src=x onerror=y> </style><base href=x>'

describe('the page that a check run leads to', () => {
  async function opened(options: { publicUrl?: string } = { publicUrl: 'https://bot.example/tm' }) {
    const clock = { ahead: 0 }
    const now = () => Date.now() + clock.ahead
    const flow = createFlow({ now })
    flow.repository.repository.private = true
    const running = await start(flow.github, { ...options, now })
    const brought = `${withT4}| T5 | ${hostile} | Server | | Open |\n`
    flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': brought } })
    const opening = { head: 'more', author: 'sam', title: hostile }
    const pull = flow.repository.openPullRequest(opening)
    await settle(flow, running)
    flow.github.log.clear()
    const address = pull.checks.at(-1)?.detailsUrl ?? ''
    return { clock, flow, running, pull, address }
  }

  /** As a proxy in front of the service passes it on. */
  function open({ service }: Running, address: string) {
    return fetch(address.replace(/^https:\/\/[^/]+/, service.url))
  }

  test('shows the whole report to who has the address, and to nobody else', async () => {
    const { running, address, flow } = await opened()
    expect(address).toMatch(/^https:\/\/bot\.example\/tm\/report\/[\w-]+$/)
    expect(address).not.toContain('chat')
    const response = await open(running, address)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toContain('Reading the backup')
    expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).toBe('Threat model report')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toMatch(/<script|<img|<link|<base|<[^>]*\s(?:src|href|style|on[a-z]+)=/)
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    })
    expect(flow.github.log.counts()).toMatchObject({ total: 1, write: 0 })
    await open(running, address)
    expect(flow.github.log.counts()).toMatchObject({ total: 1 })
  })

  const ends: [string, (made: Awaited<ReturnType<typeof opened>>) => unknown, string][] = [
    ['another commit was pushed', ({ pull }) => pull.push({ 'a.txt': 'a\n' }), 'has moved on'],
    [
      'the App was taken out',
      ({ flow, clock }) => {
        flow.github.uninstall('acme')
        // Until then the token is so new that it may only not be known everywhere yet.
        clock.ahead += 10_000
      },
      'no longer kept',
    ],
    [
      'its days are over',
      ({ clock }) => {
        clock.ahead += (sealedDays + 1) * dayMs
      },
      'no longer kept',
    ],
  ]
  test.each(ends)('ends when %s', async (_, act, words) => {
    const made = await opened()
    act(made)
    const response = await open(made.running, made.address)
    const html = await response.text()
    expect({ status: response.status, said: html.includes(words) }).toEqual({
      status: 410,
      said: true,
    })
    expect(html).not.toContain('backup')
  })

  test('cannot be guessed or forged, and costs GitHub nothing when somebody tries', async () => {
    const { running, address, flow } = await opened()
    const last = address.at(-3) === 'A' ? 'B' : 'A'
    const other = createSeal('another key', Date.now).close({
      installationId: 1,
      pull: { repository: { id: 1, owner: 'acme', name: 'chat' }, number: 1 },
      head: 'a',
      group: null,
    })
    const forged = [`${address.slice(0, -3)}${last}${address.slice(-2)}`, `${'A'.repeat(200)}`]
    for (const tried of [...forged, other, 'A'.repeat(999)]) {
      const path = tried.startsWith('https') ? tried : `https://bot.example/report/${tried}`
      expect((await open(running, path)).status).toBe(410)
    }
    expect((await open(running, 'https://bot.example/report/')).status).toBe(404)
    expect(flow.github.log.counts()).toMatchObject({ total: 0 })
  })

  test('is had again by pressing the check’s button', async () => {
    const { running, address, flow, pull, clock } = await opened()
    clock.ahead += (sealedDays + 1) * dayMs
    expect((await open(running, address)).status).toBe(410)
    pull.requestCheck('kim', 'recheck')
    await settle(flow, running)
    expect((await open(running, pull.checks.at(-1)?.detailsUrl ?? '')).status).toBe(200)
  })

  test('says when GitHub cannot be asked', async () => {
    const { running, address, flow } = await opened()
    flow.github.faults.failCall(1, { kind: 'secondary-limit', retryAfterSeconds: 40 })
    const response = await open(running, address)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '40'])
  })

  test('is not there without an address of the service', async () => {
    const { running, address } = await opened({})
    expect(address).toBe('')
    expect((await fetch(`${running.service.url}/report/${'A'.repeat(99)}`)).status).toBe(404)
  })
})

describe('opening pages', () => {
  function route() {
    const clock = { now: 0 }
    const now = () => clock.now
    const seal = createSeal('a key', now)
    const gate = Promise.withResolvers<void>()
    let looks = 0
    const open = createReportRoute({
      seal,
      look: async () => {
        looks += 1
        await gate.promise
        return failed('gone', 'not there')
      },
      log: { warn: () => {} },
      now,
    })
    const address = (number: number) => {
      const pull = { repository: { id: 1, owner: 'acme', name: 'chat' }, number }
      return `/report/${seal.close({ installationId: 1, pull, head: 'a', group: null })}`
    }
    return { clock, gate, looks: () => looks, open, address }
  }

  test('asks once for who opens the same, and for few at once', async () => {
    const { open, address, gate, looks } = route()
    const same = address(1)
    const opened = [same, same, ...[2, 3, 4, 5].map(address)].map((path) => open(path))
    gate.resolve()
    const answers = await Promise.all(opened)
    expect(answers.map((answer) => answer?.status)).toEqual([410, 410, 410, 410, 410, 503])
    expect(looks()).toBe(4)
  })

  test('takes no more of an installation’s requests than a few hundred an hour', async () => {
    const { open, address, gate, looks, clock } = route()
    gate.resolve()
    for (let i = 0; i < 300; i++) await open(address(i))
    expect(looks()).toBe(240)
    clock.now += 3_600_000
    expect((await open(address(1)))?.status).toBe(410)
  })
})

test('an Enterprise Server is asked below its own addresses', async () => {
  const flow = createFlow()
  const asked = new Set<string>()
  const { fetch: real } = flow.github
  const noted: typeof fetch = (input, init) => {
    const { pathname } = new URL(new Request(input, init).url)
    asked.add(pathname.replace(/^(\/api\/(?:v3|graphql)).*$/, '$1'))
    return real(input, init)
  }
  const running = await start(
    { ...flow.github, fetch: noted },
    { apiUrl: 'https://ghe.test/api/v3' },
  )
  flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
  const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
  await settle(flow, running)
  expect(pull.checks.at(-1)?.status).toBe('completed')
  expect([...asked].sort()).toEqual(['/api/graphql', '/api/v3'])
})

describe('tokens', () => {
  const reachOf = (github: Simulator) =>
    [...github.state.tokens.values()].map(({ repositoryIds }) => [...(repositoryIds ?? ['all'])])

  async function judged(others: string[]) {
    const flow = createFlow()
    const ids = others.map((name) => flow.github.repository(name).repository.id)
    const running = await start(flow.github)
    flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
    await settle(flow, running)
    expect(pull.checks.at(-1)?.status).toBe('completed')
    return { flow, ids, own: flow.repository.repository.id }
  }

  test('reach the repository of the pull request and no other', async () => {
    const { flow, own } = await judged(['acme/secret'])
    expect(reachOf(flow.github)).toEqual([[own]])
  })

  test('also reach the organisation’s policy where it has one', async () => {
    const { flow, ids, own } = await judged(['acme/.github'])
    expect(reachOf(flow.github)).toEqual([ids, [own, ...ids]])
  })
})

test('a key that is replaced on GitHub kills no job, and its operator is told', async () => {
  const flow = createFlow()
  const running = await start(flow.github)
  const { app } = flow.github
  const { publicKey } = app
  app.publicKey = createSecondKey()
  flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
  const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
  await flow.github.deliver(running.send)
  const failures = () => running.lines.filter((line) => line.includes('"Job failed"'))
  await until(() => failures().length >= 3)
  expect(failures()[0]).toMatch(/"kind":"unavailable".*check PRIVATE_KEY and the clock/)
  const told = (words: string) => running.lines.filter((line) => line.includes(words)).length
  expect(told("GitHub refuses the App's key")).toBe(1)
  expect(await running.service.metrics.text()).toContain('threat_model_key_refused 1')
  const counts = await running.service.jobs.counts()
  expect(counts.ok && counts.value.dead).toBe(0)

  app.publicKey = publicKey
  await until(() => pull.checks.at(-1)?.status === 'completed')
  expect(told("GitHub takes the App's key again")).toBe(1)
  expect(await running.service.metrics.text()).toContain('threat_model_key_refused 0')
})

function createSecondKey(): string {
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return publicKey
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !holds(); i++) await new Promise((done) => setTimeout(done, 10))
  expect(holds()).toBe(true)
}

describe('an installation that GitHub has wait', () => {
  const limits = [
    ['the hourly limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset() }],
    ['a secondary limit', 403, { 'retry-after': '1200' }],
    ['too many requests', 429, { 'retry-after': '1200' }],
  ] as const

  const soon = () => new Promise((resolve) => setTimeout(resolve, 10))

  function reset(): string {
    return String(Math.ceil(Date.now() / 1_000) + 1_200)
  }

  test.each(limits)('by %s does not hold up another', async (_, status, headers) => {
    const flow = createFlow()
    const second = flow.github.repository('zeta/chat', {
      files: { 'THREAT_MODEL.md': withoutT2 },
    })
    let refused = 0
    const { fetch: real } = flow.github
    const limited: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      const token = request.headers.get('authorization')?.replace(/^token /, '') ?? ''
      const owner = flow.github.state.tokens.get(token)?.installation?.account.login
      if (owner !== 'acme') return real(input, init)
      refused += 1
      const body = JSON.stringify({ message: 'You have exceeded a secondary rate limit.' })
      return new Response(body, {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      })
    }
    const running = await start({ ...flow.github, fetch: limited })
    const pulls = [flow.repository, second].map((repository) => {
      repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
      repository.branch('also', { edit: { 'THREAT_MODEL.md': withT4 } })
      return ['more', 'also'].map((head) => repository.openPullRequest({ head, author: 'sam' }))
    })
    await flow.github.deliver(running.send)
    const states = () => pulls.map((list) => list.map((pull) => pull.checks.at(-1)?.status))
    const untilDone = Date.now() + 10_000
    while (states()[1]?.includes(undefined) && Date.now() < untilDone) await soon()
    expect(states()).toEqual([
      [undefined, undefined],
      ['completed', 'completed'],
    ])
    // The second job of the installation that waits asks nothing at all.
    expect(refused).toBeLessThanOrEqual(2)
    const waiting = await running.service.jobs.counts()
    expect(waiting.ok && waiting.value).toMatchObject({ waiting: 2, dead: 0 })
  })
})
