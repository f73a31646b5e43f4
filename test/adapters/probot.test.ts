import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'
import nock from 'nock'
import { createProbot } from '../../src/app.ts'
import { createGitHub, type GitHub } from '../../src/github/github.ts'
import { apiUrl, chat, pull, startNock, stopNock } from './support.ts'

/* Probot's clients as the service uses them: tokens, no retries, no queue of its own. */

beforeAll(startNock)
afterAll(stopNock)
afterEach(() => {
  nock.cleanAll()
  jest.restoreAllMocks()
})

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
let github: GitHub

beforeEach(async () => {
  const secret = 'a secret of at least 32 characters'
  const probot = await createProbot({ appId: 1, privateKey, secret, apiUrl })
  github = createGitHub({
    client: (id) => probot.auth(id),
    appId: 1,
    check: { name: 'Threat model' },
    now: Date.now,
  })
})

/** Answers every request for a token with the next one, and counts. */
function tokens(): { minted: number } {
  const seen = { minted: 0 }
  nock(apiUrl)
    .persist()
    .post(/\/app\/installations\/\d+\/access_tokens/)
    .reply(201, () => {
      seen.minted++
      const expires = new Date(Date.now() + 3_600_000).toISOString()
      return { token: `ghs_${seen.minted}`, expires_at: expires, permissions: {} }
    })
  return seen
}

const headUrl = '/repos/acme/chat/pulls/7'

test('one token serves many requests; an hour later there is a new one', async () => {
  const seen = tokens()
  const used: string[] = []
  nock(apiUrl)
    .persist()
    .get(headUrl)
    .reply(200, ({ headers }: Request) => {
      used.push(String(headers.get('authorization')))
      return { head: { sha: 'h' }, base: { sha: 'b' } }
    })
  const { writer } = await github.installation(3)
  await Promise.all([writer.currentHead(pull), writer.currentHead(pull), writer.currentHead(pull)])
  expect(seen.minted).toBe(1)
  const clock = Date.now
  jest.spyOn(Date, 'now').mockImplementation(() => clock() + 3_600_000)
  expect(await writer.currentHead(pull)).toEqual({ ok: true, value: 'h' })
  expect(seen.minted).toBe(2)
  expect(new Set(used)).toEqual(new Set(['token ghs_1', 'token ghs_2']))
})

test('an installation that is gone is gone, not a defect', async () => {
  nock(apiUrl).post('/app/installations/4/access_tokens').reply(404, { message: 'Not Found' })
  const { writer } = await github.installation(4)
  expect(await writer.currentHead(pull)).toMatchObject({ ok: false, failure: { kind: 'gone' } })
})

test('a token asked for directly is asked for at the server of the settings', async () => {
  const server = 'https://github.example.com/api/v3'
  const secret = 'a secret of at least 32 characters'
  const probot = await createProbot({ appId: 1, privateKey, secret, apiUrl: server })
  nock(server)
    .post('/app/installations/4/access_tokens')
    .reply(201, { token: 'ghs_4', expires_at: '2099-01-01T00:00:00Z', permissions: {} })
  const app = (await probot.auth()) as unknown as { auth(wanted: object): Promise<object> }
  const token = await app.auth({ type: 'installation', installationId: 4, repositoryIds: [5] })
  expect(token).toMatchObject({ token: 'ghs_4' })
})

test.each([
  ['cannot be had now', 503, 'down'],
  ['cannot be had with this key', 401, 'A JSON web token could not be decoded'],
])('a token that %s is worth another try', async (_, status, message) => {
  nock(apiUrl).post('/app/installations/4/access_tokens').reply(status, { message })
  const { writer } = await github.installation(4)
  const head = await writer.currentHead(pull)
  expect(head).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  expect(head.ok ? '' : head.failure.message).toContain(message)
})

test('nothing is sent a second time by the client itself', async () => {
  tokens()
  let sent = 0
  nock(apiUrl)
    .persist()
    .get(headUrl)
    .reply(() => {
      sent++
      return [502, { message: 'Bad gateway' }]
    })
  const { writer } = await github.installation(3)
  await writer.currentHead(pull)
  expect(sent).toBe(1)
})

test('ten writes of ten installations do not wait for each other', async () => {
  tokens()
  nock(apiUrl)
    .persist()
    .post('/graphql')
    .reply(200, { data: { m0: { commentEdge: null } } })
  const nodes = { pull: 'P', repository: 'R' }
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const { writer } = await github.installation(100 + i)
      const target = { pull: { repository: chat, number: i + 1 }, nodes, head: 'h' }
      await writer.write(target, [{ do: 'create-summary', body: 'words' }])
    }),
  )
  // Probot's own queue lets one write a second through for the whole process.
  expect(performance.now() - begun).toBeLessThan(3_000)
})

test('a limit of one installation leaves the others alone', async () => {
  tokens()
  nock(apiUrl).get(headUrl).reply(429, { message: 'slow down' }, { 'retry-after': '60' })
  const first = await github.installation(1)
  await first.writer.currentHead(pull)
  nock(apiUrl)
    .persist()
    .get(headUrl)
    .reply(200, { head: { sha: 'h' } })
  const again = await github.installation(1)
  const other = await github.installation(2)
  expect(await again.writer.currentHead(pull)).toMatchObject({
    ok: false,
    failure: { kind: 'rate-limited' },
  })
  expect(await other.writer.currentHead(pull)).toEqual({ ok: true, value: 'h' })
})
