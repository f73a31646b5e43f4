import type { IncomingMessage } from 'node:http'
import { type Answer, plain } from './answer.ts'
import { type Body, createBodyReader } from './body.ts'
import type { WebLog } from './log.ts'
import { isSignature, isSigned } from './signature.ts'

/*
 * One delivery: prove it, hand it on, acknowledge it. In this order, so that a stranger costs
 * little: headers, length, body, signature, and only then is anything parsed.
 *
 * 2xx means: stored durably, or nothing to store. Everything else makes GitHub note a failed
 * delivery that recovery asks for again. What went wrong inside is logged here and never told.
 */
export interface WebhookParts {
  path: string
  /** The secret in force first, then the one being replaced. Never empty. */
  secrets: readonly string[]
  /** GitHub sends at most 25 MB. */
  bodyBytesMax: number
  /** Stores what the delivery asks for. Rejects when that could not be done. */
  receive(delivery: Delivery): Promise<unknown>
  /** For the metrics. */
  observe?(event: string, outcome: 'accepted' | 'refused' | 'failed', seconds: number): void
}

/** As Probot's `receive` takes it. */
export interface Delivery {
  id: string
  name: string
  payload: Record<string, unknown>
}

/** GitHub gives up after 10 s and notes a failure; better to say so ourselves in time. */
const receiveMs = 8_000
/** GitHub sends UUIDs; other servers of its kind need not. */
const idForm = /^[A-Za-z0-9-]{8,100}$/
const eventForm = /^[a-z_]{1,60}$/

const accepted = plain(202, 'Accepted')

interface Headers {
  id: string
  name: string
  signature: string
}

const refusals: Record<Extract<Body, { ok: false }>['reason'], Answer> = {
  'too-large': plain(413, 'Body too large'),
  'too-many': plain(503, 'Too many large bodies'),
  'cut-off': plain(400, 'Body incomplete'),
}

/** The route of deliveries. */
export function createWebhookRoute(
  parts: WebhookParts,
  log: WebLog,
): (request: IncomingMessage, invite: () => void) => Promise<Answer> {
  const bodies = createBodyReader(parts.bodyBytesMax)

  async function take(request: IncomingMessage, invite: () => void): Promise<Answer> {
    if (request.method !== 'POST') return plain(405, 'Method not allowed')
    const headers = readHeaders(request)
    if (headers === null) return refuse('none', plain(400, 'Not a delivery'))
    const body = await bodies.read(request, invite)
    if (!body.ok) return refuse(headers.name, refusals[body.reason])
    if (!isSigned(body.bytes, headers.signature, parts.secrets)) {
      return refuse(headers.name, plain(401, 'Signature does not match'))
    }
    const payload = parse(body.bytes)
    if (payload === null) return refuse(headers.name, plain(400, 'Not a JSON object'))
    return hand({ id: headers.id, name: headers.name, payload })
  }

  function refuse(event: string, answer: Answer): Answer {
    parts.observe?.(event, 'refused', 0)
    log.warn({ event, status: answer.status }, 'Delivery refused')
    return answer
  }

  async function hand(delivery: Delivery): Promise<Answer> {
    const begun = performance.now()
    const fields = { delivery: delivery.id, event: delivery.name }
    const failure = await inTime(parts.receive(delivery))
    const ms = performance.now() - begun
    parts.observe?.(delivery.name, failure === null ? 'accepted' : 'failed', ms / 1000)
    // What was made of it, the receiver logs.
    if (failure === null) return accepted
    log.error({ ...fields, ms, reason: failure }, 'Delivery not accepted')
    return plain(503, 'Not accepted, deliver again')
  }

  return take
}

function readHeaders({ headers }: IncomingMessage): Headers | null {
  const id = headers['x-github-delivery']
  const name = headers['x-github-event']
  const signature = headers['x-hub-signature-256']
  const json = headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json'
  if (!json || !isSignature(signature)) return null
  if (typeof id !== 'string' || !idForm.test(id)) return null
  if (typeof name !== 'string' || !eventForm.test(name)) return null
  return { id, name, signature }
}

function parse(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** null when it went well, else the reason in one line, for our log only. */
async function inTime(work: Promise<unknown>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('not stored in time'), receiveMs)
  })
  const settled = work.then(
    () => null,
    (error: unknown) => reasonOf(error),
  )
  const result = await Promise.race([settled, late])
  clearTimeout(timer)
  return result
}

/** Probot gathers what its listeners throw; the first one's message is the one that helps. */
function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? (error.errors[0] ?? error) : error
  return inner instanceof Error ? inner.message : String(inner)
}
