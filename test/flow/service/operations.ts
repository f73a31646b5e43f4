import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { deadJobs } from '../../../src/dead-jobs.ts'
import { openJobStore } from '../../../src/job/open.ts'
import type { JobStore } from '../../../src/job/store.ts'
import { type Service, startService } from '../../../src/service.ts'
import { sendTo } from '../../../src/simulator/deliveries.ts'
import { createSimulator } from '../../../src/simulator/simulator.ts'
import { createServiceMetrics } from '../../../src/web/service-metrics.ts'
import { settingsFor } from '../running.ts'

/* What somebody does who hosts the service. */

const folder = mkdtempSync(join(tmpdir(), 'threat-model-operations-'))
const services: Service[] = []
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop()
})
afterAll(() => rmSync(folder, { recursive: true }))

const silent = { info: () => {}, warn: () => {}, error: () => {} }
const reviewer = {
  review: () => Promise.reject(new Error('nothing to judge')),
  stop: async () => {},
}

describe('dead jobs', () => {
  async function withDead(numbers: number[]): Promise<JobStore> {
    const store = await openJobStore({ databaseUrl: null, path: ':memory:' })
    for (const number of numbers) {
      const pull = { repository: { id: 5, owner: 'acme', name: 'chat' }, number }
      const cause = { delivery: `d${number}`, event: 'e', action: 'a', receivedAt: 0 }
      await store.add({ installationId: 1, pull, cause })
      const failure = { kind: 'forbidden' as const, message: 'not with this key\u001b[2J' }
      for (const end of [
        { end: 'failed' as const, failure, jitter: 0 },
        { end: 'done' as const },
      ]) {
        const claimed = await store.claim(1)
        if (!claimed.ok || !claimed.value[0]) throw new Error('nothing to claim')
        await store.finish(claimed.value[0], end)
      }
    }
    return store
  }

  test('are listed with what failed, and begin anew by key or all at once', async () => {
    const store = await withDead([1, 2, 3])
    const listed = await deadJobs(['dead'], store)
    expect(listed).toMatchObject({ status: 0, lines: { length: 3 } })
    expect(listed.lines[0]).toMatch(/^5\/1 acme\/chat#1 since 20.* not with this key.*attempt 1/)
    expect(listed.lines.join()).not.toContain('\u001b')
    expect(await deadJobs(['restart', '5/2'], store)).toMatchObject({ status: 0 })
    expect((await deadJobs(['restart', 'all'], store)).lines).toEqual(['2 of 2 begin anew.'])
    expect((await deadJobs(['dead'], store)).lines).toEqual(['No dead jobs.'])
    expect(await store.counts()).toMatchObject({ ok: true, value: { due: 3, dead: 0 } })
    await store.close()
  })

  test('of which there is none, and words that mean nothing, are told', async () => {
    const store = await withDead([])
    expect(await deadJobs(['restart', '5/9'], store)).toMatchObject({ status: 1 })
    for (const words of [['deda'], ['restart'], ['dead', 'all'], ['restart', 'a', 'b']]) {
      expect(await deadJobs(words, store)).toMatchObject({
        status: 2,
        lines: [expect.stringMatching(/^There are: /)],
      })
    }
    await store.close()
    expect(await deadJobs(['dead'], store)).toMatchObject({
      status: 3,
      lines: [expect.stringMatching(/is closed/)],
    })
  })
})

test('a start that finds its port taken says so and leaves nothing at work', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  const path = join(folder, 'jobs.sqlite')
  const github = createSimulator()
  const starting = startService(settingsFor(github, { port, storePath: path }), {
    fetch: github.fetch,
    reviewer,
    log: silent,
  })
  await expect(starting).rejects.toThrow(/^Nothing can listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)/)
  const asked = github.log.counts()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(github.log.counts()).toEqual(asked)
  other.close()
})

test('a start with a key of another App is refused, one without GitHub is not', async () => {
  const github = createSimulator()
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const parts = { reviewer, log: silent, recovery: false, checkKey: true }
  const wrong = startService(settingsFor(github, { privateKey }), { ...parts, fetch: github.fetch })
  await expect(wrong).rejects.toThrow(
    /^PRIVATE_KEY is not one of App \d+, .*: GitHub says "[^\n]+"\.$/,
  )
  for (const fetch of [github.fetch, () => Promise.reject(new TypeError('fetch failed'))]) {
    services.push(await startService(settingsFor(github), { ...parts, fetch }))
  }
})

test('what recovery finds is counted', async () => {
  const github = createSimulator()
  const repository = github.repository('acme/chat')
  repository.branch('change', { edit: { 'a.txt': 'a' } })
  repository.openPullRequest({ head: 'change', author: 'sam' })
  const lost = await github.deliver(async () => 503)
  const service = await startService(settingsFor(github), {
    fetch: github.fetch,
    reviewer,
    log: silent,
  })
  services.push(service)
  const line = `threat_model_recovered_total{what="redelivered"} ${lost}`
  for (let i = 0; i < 200 && !(await service.metrics.text()).includes(line); i++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(await service.metrics.text()).toContain(line)
})

test('the store holds no secret and no text', async () => {
  const own = mkdtempSync(join(folder, 'store-'))
  const github = createSimulator()
  const repository = github.repository('acme/chat', {
    files: { 'THREAT_MODEL.md': '# Threats of the hidden garden' },
  })
  repository.branch('change', { edit: { 'a.txt': 'a word of the change' } })
  const pull = repository.openPullRequest({ head: 'change', author: 'sam', title: 'My own words' })
  pull.comment('sam', '/threat-model help')
  const service = await startService(settingsFor(github, { storePath: join(own, 'jobs.sqlite') }), {
    fetch: github.fetch,
    reviewer,
    log: silent,
    recovery: false,
  })
  services.push(service)
  expect(await github.deliver(sendTo(service.webhookUrl))).toBeGreaterThan(1)
  for (let i = 0; i < 200 && github.state.tokens.size === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const bytes = readdirSync(own)
    .map((name) => readFileSync(join(own, name), 'latin1'))
    .join()
  expect(bytes).toContain('acme')
  const kept = [github.app.webhookSecret, 'PRIVATE KEY', ...github.state.tokens.keys()]
  expect(kept.length).toBeGreaterThan(2)
  for (const words of [...kept, 'hidden garden', 'word of the change', 'My own words', 'help']) {
    expect(bytes).not.toContain(words)
  }
})

const root = join(import.meta.dirname, '../../..')
const fileOf = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the page about hosting', () => {
  const page = fileOf('docs/OPERATIONS.md')
  const firstCells = (section: string) => {
    const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? ''
    return [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name)
  }

  test('has every setting, and no other', () => {
    const asked = fileOf('src/settings.ts').matchAll(/\b(?:text|secret|wholeNumber)\('([A-Z_]+)'/g)
    const names = new Set([...asked].map(([, name = '']) => name))
    expect(names.size).toBeGreaterThan(10)
    expect(firstCells('Settings').toSorted()).toEqual([...names].sort())
    const secrets = fileOf('src/settings.ts').matchAll(/\bsecret\('([A-Z_]+)'/g)
    const [told = ''] = /^`PRIVATE_KEY`, [\s\S]*?\bcan each come from a file/m.exec(page) ?? []
    for (const [, name = ''] of secrets) expect(told).toContain(`\`${name}\``)
  })

  test('has every metric, and no other', async () => {
    const store = await openJobStore({ databaseUrl: null, path: ':memory:' })
    const text = await createServiceMetrics(store).text()
    await store.close()
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    expect(firstCells('Metrics').toSorted()).toEqual(names.toSorted())
  })

  test('leads only to what is there, and quotes the log as it is', () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
      words
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    for (const [, target = ''] of page.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https:/.test(target)) continue
      const [path = '', anchor = ''] = target.split('#')
      if (path !== '')
        expect([target, existsSync(join(root, 'docs', path))]).toEqual([target, true])
      else expect(anchors).toContain(anchor)
    }
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    const code = sources.filter((name) => name.endsWith('.ts')).map((name) => fileOf(`src/${name}`))
    for (const words of [
      'Delivery read',
      'Recovery stopped early',
      "GitHub refuses the App's key: jobs wait",
      'Failed deliveries asked for again',
      'Open pull requests without a check',
      'A rejection nobody waited for',
      'was moved or replaced: restart',
      'The PostgreSQL job database did not answer',
    ]) {
      expect(page.replaceAll('\n', ' ')).toContain(words)
      expect(code.some((text) => text.includes(words))).toBe(true)
    }
  })
})

describe('what is shipped', () => {
  const registry = 'https://registry.npmjs.org/'
  const dockerfile = fileOf('Dockerfile')

  test('every package of the image has its digest in the lock file', () => {
    const lock = JSON.parse(fileOf('package-lock.json')) as {
      packages: Record<string, { integrity?: string; resolved?: string }>
    }
    const packages = Object.entries(lock.packages).filter(([name]) => name !== '')
    expect(packages.length).toBeGreaterThan(100)
    for (const [, { integrity, resolved = registry }] of packages) {
      expect(integrity).toMatch(/^sha512-/)
      expect(resolved.startsWith(registry)).toBe(true)
    }
    for (const [line] of dockerfile.matchAll(/^RUN npm (?:ci|install).*$/gm)) {
      expect(line).toMatch(/npm ci .*--ignore-scripts/)
    }
  })

  test('the image ends without root, shell and scripts, with one volume', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM ') + 1)
    expect(last).toMatch(/^FROM \S+distroless\S+:nonroot\n/)
    expect(last).toMatch(/^USER 65532:65532$/m)
    expect(last.match(/^VOLUME .*$/gm)).toEqual(['VOLUME /data'])
    expect(last).not.toMatch(/^RUN /m)
    expect(last.match(/^(?:HEALTHCHECK .*CMD|CMD) \[/gm)).toHaveLength(2)
  })
})
