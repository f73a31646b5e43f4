import { describe, expect, test } from '@jest/globals'
import nock from 'nock'
import type { FailureKind, Outcome } from '../../../src/shared/outcome.ts'
import { apiAt, apiUrl } from '../support.ts'

const now = 1_800_000_000_000

async function ask(): Promise<Outcome<unknown>> {
  return apiAt(() => now).rest('read the app', (client, request) =>
    client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'chat', request }),
  )
}

describe('a REST answer of', () => {
  test.each<[number, Record<string, string>, string, FailureKind, number | undefined]>([
    [401, {}, 'Bad credentials', 'forbidden', undefined],
    [403, {}, 'Resource not accessible by integration', 'forbidden', undefined],
    [
      403,
      { 'retry-after': '30' },
      'You have exceeded a secondary rate limit',
      'rate-limited',
      30_000,
    ],
    [403, {}, 'You have exceeded a secondary rate limit', 'rate-limited', 60_000],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 90) },
      'API rate limit exceeded',
      'rate-limited',
      90_000,
    ],
    [
      429,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 - 5) },
      'API rate limit exceeded',
      'rate-limited',
      1_000,
    ],
    [429, { 'retry-after': '7' }, 'Too many requests', 'rate-limited', 7_000],
    [429, {}, 'Too many requests', 'rate-limited', 60_000],
    [404, {}, 'Not Found', 'gone', undefined],
    [410, {}, 'Gone', 'gone', undefined],
    [409, {}, 'Git Repository is empty.', 'rejected', undefined],
    [422, {}, 'Validation Failed', 'rejected', undefined],
    [451, {}, 'Repository access blocked', 'forbidden', undefined],
    [408, {}, 'Timeout', 'unavailable', undefined],
    [500, {}, 'Server Error', 'unavailable', undefined],
    [503, { 'retry-after': '120' }, 'Unavailable', 'unavailable', 120_000],
  ])('%d %j "%s" is %s', async (status, headers, message, kind, retryAfterMs) => {
    const scope = nock(apiUrl).get('/repos/acme/chat').reply(status, { message }, headers)
    const outcome = await ask()
    scope.done()
    expect(outcome).toMatchObject({ ok: false, failure: { kind } })
    expect(outcome.ok ? 0 : outcome.failure.retryAfterMs).toBe(retryAfterMs)
    expect(outcome.ok ? '' : outcome.failure.message).toContain(
      kind === 'rate-limited' ? 'could not read the app' : message,
    )
  })

  test('a page instead of JSON is unavailable, and the page is not repeated', async () => {
    nock(apiUrl).get('/repos/acme/chat').reply(502, '<html>Unicorn</html>')
    const outcome = await ask()
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
    expect(JSON.stringify(outcome)).not.toContain('Unicorn')
  })

  test('a cut connection is unavailable', async () => {
    nock(apiUrl).get('/repos/acme/chat').replyWithError('socket hang up')
    expect(await ask()).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  })

  test('what GitHub found wrong in detail is not repeated, it may quote somebody', async () => {
    const errors = [{ message: 'body is too long: SECRET TEXT' }]
    nock(apiUrl).get('/repos/acme/chat').reply(422, { message: 'Validation Failed', errors })
    expect(JSON.stringify(await ask())).not.toContain('SECRET TEXT')
  })
})

describe('a GraphQL answer with', () => {
  test.each<[object, Record<string, string>, FailureKind, number | undefined]>([
    [
      { type: 'RATE_LIMITED', message: 'API rate limit exceeded' },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 60) },
      'rate-limited',
      60_000,
    ],
    [{ message: 'You have exceeded a secondary rate limit.' }, {}, 'rate-limited', 60_000],
    [{ type: 'NOT_FOUND', message: 'Could not resolve' }, {}, 'gone', undefined],
    [{ type: 'FORBIDDEN', message: 'not accessible' }, {}, 'forbidden', undefined],
    [{ type: 'UNPROCESSABLE', message: 'Validation' }, {}, 'rejected', undefined],
    [{ type: 'STALE_DATA', message: 'Expected branch' }, {}, 'moved-on', undefined],
    [{ type: 'BRANCH_PROTECTION_RULE_VIOLATION', message: 'No' }, {}, 'rejected', undefined],
    [{ message: 'Repository rule violations found' }, {}, 'rejected', undefined],
    [{ message: 'Something went wrong while executing your query' }, {}, 'unavailable', undefined],
  ])('%j is what it means, although it is answered 200', async (error, headers, kind, retry) => {
    nock(apiUrl)
      .post('/graphql')
      .reply(200, { data: null, errors: [error] }, headers)
    const query = { document: '{ viewer { login } }', variables: {} }
    const outcome = await apiAt(() => now).query('ask', query)
    expect(outcome).toMatchObject({ ok: false, failure: { kind } })
    expect(outcome.ok ? 0 : outcome.failure.retryAfterMs).toBe(retry)
  })

  test('bearable errors has its data counted', async () => {
    const errors = [{ type: 'NOT_FOUND', message: 'no file', path: ['repository', 'policy'] }]
    const reply = () =>
      nock(apiUrl)
        .post('/graphql')
        .reply(200, { data: { repository: { policy: null } }, errors })
    const query = { document: '{ x }', variables: {} }
    reply()
    const bearable = await apiAt().query('ask', query, (error) => error.type === 'NOT_FOUND')
    expect(bearable).toEqual({ ok: true, value: { repository: { policy: null } } })
    reply()
    expect(await apiAt().query('ask', query)).toMatchObject({ ok: false })
  })

  test('an Enterprise Server is asked at its own address', async () => {
    const scope = nock('https://github.example.com')
      .post('/api/graphql')
      .reply(200, { data: { a: 1 } })
    const api = apiAt(Date.now, 'https://github.example.com/api/v3')
    expect(await api.query('ask', { document: '{ a }', variables: {} })).toMatchObject({ ok: true })
    scope.done()
  })
})

describe('after a limit', () => {
  test('the installation asks nothing until the time is over', async () => {
    let time = now
    const api = apiAt(() => time)
    const read = () =>
      api.rest('read', (client, request) => client.request('GET /app', { request }))
    nock(apiUrl).get('/app').reply(429, { message: 'slow down' }, { 'retry-after': '30' })
    expect(await read()).toMatchObject({ ok: false, failure: { kind: 'rate-limited' } })
    time += 10_000
    expect(await read()).toMatchObject({
      ok: false,
      failure: { kind: 'rate-limited', retryAfterMs: 20_000, pausesInstallation: true },
    })
    time += 20_000
    nock(apiUrl).get('/app').reply(200, { id: 1 })
    expect(await read()).toMatchObject({ ok: true })
  })
})
