import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { failed, type Outcome, ok } from '../../src/shared/outcome.ts'
import { createServer, type ServerParts, type WebServer } from '../../src/web/server.ts'
import type { Delivery } from '../../src/web/webhook-route.ts'

/* The service's HTTP face over real sockets: what strangers can and cannot make it do. */

const path = '/api/github/webhooks'
const oldSecret = 'the-secret-that-is-being-replaced'
const secret = 'the-secret-that-is-in-force'
const bodyBytesMax = 1024 * 1024

let server: WebServer | null = null
let received: Delivery[] = []
let logged: { fields: object; message: string }[] = []

afterEach(async () => {
  await server?.stop(0)
  server = null
  received = []
  logged = []
})

interface Wanted {
  receive?: (delivery: Delivery) => Promise<unknown>
  ready?: () => Promise<Outcome<unknown>>
  metricsToken?: string | null
  limits?: ServerParts['limits']
}

async function start(wanted: Wanted = {}): Promise<string> {
  const note = (fields: object, message: string) => void logged.push({ fields, message })
  const keep = async (delivery: Delivery) => void received.push(delivery)
  server = createServer({
    webhook: { path, secrets: [secret, oldSecret], bodyBytesMax, receive: wanted.receive ?? keep },
    probes: {
      ready: wanted.ready ?? (async () => ok(undefined)),
      metrics: async () => 'threat_model_jobs 1\n',
      metricsToken: wanted.metricsToken ?? null,
    },
    log: { info: note, warn: note, error: note },
    limits: wanted.limits ?? {},
  })
  const port = await server.listen(0, '127.0.0.1')
  return `http://127.0.0.1:${port}`
}

function sign(body: string, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}

interface Sent {
  body?: string
  headers?: Record<string, string>
  key?: string
}

function deliver(base: string, { body = '{"action":"opened"}', headers, key }: Sent = {}) {
  return fetch(base + path, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': sign(body, key),
      ...headers,
    },
  })
}

describe('deliveries', () => {
  test('a signed one is handed on and accepted', async () => {
    const base = await start()
    const response = await deliver(base)
    expect(response.status).toBe(202)
    expect(received).toEqual([
      {
        id: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        name: 'pull_request',
        payload: { action: 'opened' },
      },
    ])
  })

  test('the secret being replaced still counts, a third one does not', async () => {
    const base = await start()
    expect((await deliver(base, { key: oldSecret })).status).toBe(202)
    expect((await deliver(base, { key: 'somebody-elses-secret' })).status).toBe(401)
    expect((await deliver(base, { key: 'development' })).status).toBe(401)
    expect(received).toHaveLength(1)
  })

  const refused: [string, Sent, number][] = [
    ['no signature', { headers: { 'x-hub-signature-256': '' } }, 400],
    ['a short signature', { headers: { 'x-hub-signature-256': 'sha256=abcd' } }, 400],
    ['an old kind of signature', { headers: { 'x-hub-signature-256': 'sha1=abcd' } }, 400],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400],
    ['no event name', { headers: { 'x-github-event': '' } }, 400],
    ['a path as event name', { headers: { 'x-github-event': '../../etc' } }, 400],
    ['no id', { headers: { 'x-github-delivery': '' } }, 400],
    ['text that is not JSON', { body: '{' }, 400],
    ['null', { body: 'null' }, 400],
    ['a list', { body: '[]' }, 400],
  ]
  test.each(refused)('%s is refused and handed to nobody', async (_name, sent, status) => {
    const base = await start()
    expect((await deliver(base, sent)).status).toBe(status)
    expect(received).toEqual([])
  })

  test('what goes wrong inside is logged and not told', async () => {
    const base = await start({
      receive: async () => {
        throw new AggregateError([new Error('disk full at /var/lib/secret-place')])
      },
    })
    const response = await deliver(base)
    expect(response.status).toBe(503)
    expect(await response.text()).toBe('Not accepted, deliver again\n')
    expect(JSON.stringify(logged)).toContain('secret-place')
  })

  test('nothing that proves or identifies the sender gets into the log', async () => {
    const base = await start()
    await deliver(base)
    await deliver(base, { body: '{' })
    await deliver(base, { key: oldSecret, body: '[]' })
    const text = JSON.stringify(logged)
    expect(text).toContain('Delivery refused')
    expect(text).not.toContain(secret)
    expect(text).not.toContain(sign('{"action":"opened"}').slice(7))
  })
})

describe('bodies', () => {
  test('a declared length above the limit is refused before a byte is read', async () => {
    const base = await start()
    const answer = await raw(base, [
      head({ 'content-length': String(200 * 1024 * 1024) }),
      'x'.repeat(1_000),
    ])
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('onnection: close')
  })

  test('an undeclared body is cut off at the limit', async () => {
    const base = await start()
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const answer = await raw(base, [
      head({ 'transfer-encoding': 'chunked' }),
      ...Array(40).fill(chunk),
    ])
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(received).toEqual([])
  })

  test('large bodies share a budget, ordinary ones get through beside them', async () => {
    const base = await start()
    const large = 'x'.repeat(bodyBytesMax - 10)
    const half = [head({ 'content-length': String(bodyBytesMax) }), large]
    const stalled = [rawSocket(base, half), rawSocket(base, half)]
    try {
      await settle()
      const third = await raw(base, half)
      expect(third).toMatch(/^HTTP\/1\.1 503 /)
      expect((await deliver(base)).status).toBe(202)
    } finally {
      for (const socket of stalled) socket.destroy()
    }
  })

  test('a body that does not come ends with the connection, not with an acceptance', async () => {
    const base = await start({ limits: { headersMs: 200, requestMs: 300 } })
    const begun = performance.now()
    const answer = await raw(base, [head({ 'content-length': '100' }), '{'])
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(received).toEqual([])
  })

  test('headers that do not end do not hold a connection', async () => {
    const base = await start({ limits: { headersMs: 200, requestMs: 300 } })
    expect(await raw(base, ['GET /healthz HTTP/1.1\r\nHost: x\r\n'])).toMatch(
      /^(HTTP\/1\.1 408 |$)/,
    )
  })

  test('who asks first is invited only after the headers were looked at', async () => {
    const base = await start()
    const expecting = { expect: '100-continue', 'content-length': '19' }
    const body = '{"action":"opened"}'
    const welcome = await raw(base, [
      head({ ...expecting, 'x-hub-signature-256': sign(body), connection: 'close' }),
      body,
    ])
    expect(welcome).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 /)
    const refusal = await raw(base, [head({ ...expecting, 'x-hub-signature-256': 'no' })])
    expect(refusal).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('other paths', () => {
  test('health, readiness', async () => {
    const base = await start()
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    expect((await fetch(`${base}/readyz`)).status).toBe(200)
    server?.announceStop()
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    expect((await fetch(`${base}/readyz`)).status).toBe(503)
  })

  test('not ready without a store, and asking often does not ask the store often', async () => {
    let asked = 0
    const base = await start({
      ready: async () => {
        asked += 1
        return failed('unavailable', 'disk full on /dev/sda1')
      },
    })
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${base}/readyz`)))
    expect(answers.every((answer) => answer.status === 503)).toBe(true)
    expect(await answers[0]?.text()).toBe('job store not available\n')
    expect(asked).toBe(1)
  })

  test('metrics are for this machine, or for who has the token', async () => {
    const open = await start()
    expect(await (await fetch(`${open}/metrics`)).text()).toContain('threat_model_jobs 1')
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } }
    expect((await fetch(`${open}/metrics`, forwarded)).status).toBe(404)
    await server?.stop(0)
    const closed = await start({ metricsToken: 'metrics-token' })
    expect((await fetch(`${closed}/metrics`)).status).toBe(404)
    const headers = { authorization: 'Bearer metrics-token' }
    expect((await fetch(`${closed}/metrics`, { headers })).status).toBe(200)
  })

  test.each(['/', '/probot', '/probot/setup', '/probot/import', '/setup', '/ping'])(
    'there is no %s',
    async (where) => {
      const base = await start()
      expect((await fetch(base + where)).status).toBe(404)
      expect((await fetch(base + where, { method: 'POST', body: '{}' })).status).toBe(404)
    },
  )

  test('a connection serves many requests', async () => {
    const base = await start()
    const get = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
    const last = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const answer = await raw(base, [get, get, last])
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(3)
  })
})

test('stopping lets a request under way end and takes no new ones', async () => {
  let release = () => undefined as undefined
  const held = new Promise<void>((resolve) => {
    release = () => void resolve() as undefined
  })
  const base = await start({ receive: () => held })
  const pending = deliver(base)
  await settle()
  const stopped = server?.stop(5_000)
  await expect(deliver(base)).rejects.toThrow()
  release()
  expect((await pending).status).toBe(202)
  await stopped
})

function head(headers: Record<string, string>): string {
  const all = {
    host: 'localhost',
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

function rawSocket(base: string, parts: string[]) {
  const socket = connect(Number(new URL(base).port), '127.0.0.1')
  socket.on('error', () => undefined)
  for (const part of parts) socket.write(part)
  return socket
}

/** Everything the server says on one connection until it closes it. */
function raw(base: string, parts: string[]): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = rawSocket(base, parts)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('close', () => resolve(text))
  })
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 100))
