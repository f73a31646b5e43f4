import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Outcome } from '../shared/outcome.ts'
import { type Answer, plain } from './answer.ts'

/*
 * What a supervisor, a load balancer and Prometheus ask. Being healthy means that the event loop
 * turns; being ready means that the store has just taken a write, because a full disk must send
 * deliveries elsewhere. Anybody may ask, so an answer is kept for a moment: asking often is not a
 * way to keep the disk busy.
 */
export interface ProbeParts {
  /** `JobStore.probe`. */
  ready(): Promise<Outcome<unknown>>
  /** The exposition, see service-metrics.ts. */
  metrics(): Promise<string>
  /**
   * Who sends `authorization: Bearer …` may read metrics; without a token only this machine may.
   */
  metricsToken: string | null
}

const keptMs = 1_000

/** Answers the three paths; null for any other. */
export function createProbes(parts: ProbeParts) {
  const ready = remember(parts.ready)
  const metrics = remember(parts.metrics)

  return async (path: string, request: IncomingMessage, stopping: boolean) => {
    switch (path) {
      case '/healthz':
        return plain(200, 'ok')
      case '/readyz':
        return stopping ? plain(503, 'stopping') : readiness(await ready())
      case '/metrics':
        if (!mayRead(request, parts.metricsToken)) return plain(404, 'Not found')
        return { status: 200, type: 'text/plain; version=0.0.4', body: await metrics() }
      default:
        return null
    }
  }
}

function readiness(outcome: Outcome<unknown>): Answer {
  return outcome.ok ? plain(200, 'ready') : plain(503, 'job store not available')
}

function remember<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; answer: Promise<T> } | null = null
  return () => {
    const now = performance.now()
    if (kept === null || now - kept.at >= keptMs) kept = { at: now, answer: ask() }
    return kept.answer
  }
}

/** A proxy on this machine also connects from here, but says for whom it does. */
function mayRead({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers.via
  const address = socket.remoteAddress ?? ''
  return forwarded === undefined && /^(::1|(::ffff:)?127\.[0-9.]{5,11})$/.test(address)
}

function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}
