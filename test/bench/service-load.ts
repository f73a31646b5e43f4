import { createHmac, randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/*
 * Deliveries as fast as they are answered, over a fixed number of connections. Written on bare
 * sockets, because Node's own client takes longer for a request than the servers measured here.
 */

export interface SignedBody {
  body: string
  signature: string
}

export interface LoadResult {
  perSecond: number
  p50Ms: number
  p99Ms: number
  answers: number
  /** Answers that were not 2xx. */
  refused: number
}

export interface LoadOptions {
  port: number
  path: string
  connections: number
  /** Ends after this time, or after `countMax` requests. */
  forMs: number
  countMax?: number
  bodies: readonly SignedBody[]
}

export function signAll(bodies: readonly string[], secret: string): SignedBody[] {
  return bodies.map((body) => ({
    body,
    signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }))
}

export async function load(options: LoadOptions): Promise<LoadResult> {
  const until = performance.now() + options.forMs
  const latencies: number[] = []
  let refused = 0
  let next = 0
  const begun = performance.now()

  async function oneConnection(): Promise<void> {
    const line = await open(options.port)
    while (performance.now() < until && next < (options.countMax ?? Number.POSITIVE_INFINITY)) {
      const signed = options.bodies[next % options.bodies.length]
      next += 1
      if (!signed) break
      const sent = performance.now()
      const status = await line.ask(requestOf(options.path, signed))
      latencies.push(performance.now() - sent)
      if (status < 200 || status > 299) refused += 1
    }
    line.close()
  }

  await Promise.all(Array.from({ length: options.connections }, oneConnection))
  const seconds = (performance.now() - begun) / 1000
  const sorted = latencies.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return {
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    answers: latencies.length,
    refused,
  }
}

function requestOf(path: string, { body, signature }: SignedBody): string {
  return [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    'user-agent: GitHub-Hookshot/0000001',
    `x-github-delivery: ${randomUUID()}`,
    'x-github-event: pull_request',
    `x-hub-signature-256: ${signature}`,
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

interface Line {
  /** Resolves with the answer's status; 0 when the connection ended instead. */
  ask(request: string): Promise<number>
  close(): void
}

async function open(port: number): Promise<Line> {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let text = ''
  let answered: ((status: number) => void) | null = null
  const answer = (status: number) => {
    const waiting = answered
    answered = null
    text = ''
    waiting?.(status)
  }
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    if (isWhole(text)) answer(Number(text.slice(9, 12)))
  })
  socket.on('error', () => answer(0))
  socket.on('close', () => answer(0))
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve)
  })
  return {
    ask: (request) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(0)
        answered = resolve
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  if (length === undefined) return text.endsWith('0\r\n\r\n')
  return text.length >= head + 4 + Number(length)
}
