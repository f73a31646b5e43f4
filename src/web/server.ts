import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, plain } from './answer.ts'
import type { WebLog } from './log.ts'
import { createProbes, type ProbeParts } from './probes.ts'
import { createWebhookRoute, type WebhookParts } from './webhook-route.ts'

/*
 * The HTTP face of the service. Probot's own server is not used: it reads bodies without a limit
 * before it checks them, waits for stalled ones, tells strangers what went wrong inside, and offers
 * setup routes that rewrite its settings. Probot still dispatches: `webhook.receive` is given each
 * delivery after it has proved itself.
 *
 *   POST /api/github/webhooks   deliveries, see webhook-route.ts
 *   GET  /healthz               the process answers
 *   GET  /readyz                the store can promise something, and we are not stopping
 *   GET  /metrics               for Prometheus, to whom it is allowed
 *   GET  /report/…              what a check run's details lead to, see report-route.ts
 *
 * Everything else is 404. Errors never say more than their status.
 */
export interface ServerParts {
  webhook: WebhookParts
  probes: ProbeParts
  /** Further pages: answer a request for a path, or null when it is none of theirs. */
  pages?(path: string): Promise<Answer> | null
  log: WebLog
  limits?: Partial<ServerLimits>
}

export interface ServerLimits {
  /** From the first byte of a request to the end of its headers. */
  headersMs: number
  /** To the end of its body. GitHub gives up after 10 s. */
  requestMs: number
  connections: number
}

export interface WebServer {
  /** Resolves with the port once connections are accepted. Port 0: any free one. */
  listen(port: number, host: string): Promise<number>
  /** From now on `/readyz` says no: a load balancer sends new requests elsewhere. */
  announceStop(): void
  /** Accepts nothing more, waits for requests under way, then cuts off what is left. */
  stop(deadlineMs: number): Promise<void>
}

export const serverLimits: ServerLimits = {
  headersMs: 5_000,
  requestMs: 10_000,
  connections: 1_000,
}

/** How often Node looks for connections that are over their time. */
const checkMs = 500
/** Longer than the idle time of usual load balancers, so that they close first. */
const keepAliveMs = 75_000
/** After a refusal, for the peer to read it before the connection goes. */
const lingerMs = 200

/** Makes the server; it listens when told to. */
export function createServer(parts: ServerParts): WebServer {
  const limits = { ...serverLimits, ...parts.limits }
  const webhook = createWebhookRoute(parts.webhook, parts.log)
  const probes = createProbes(parts.probes)
  let stopping = false

  async function route(request: IncomingMessage, invite: () => void): Promise<Answer> {
    const path = pathOf(request)
    if (path === parts.webhook.path) return webhook(request, invite)
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(404, 'Not found')
    const probe = await probes(path, request, stopping)
    return probe ?? (await parts.pages?.(path)) ?? plain(404, 'Not found')
  }

  const server = createHttpServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: keepAliveMs,
  })
  server.maxConnections = limits.connections
  const respond = async (exchange: Exchange, routed: Promise<Answer>) => {
    const found = await orInternalError(routed, parts.log)
    // A connection kept for later would keep the server from closing.
    send(exchange, found, stopping)
  }
  server.on('request', (request, response) => {
    const routed = route(request, () => undefined)
    void respond({ request, response }, routed)
  })
  // Without this, Node would invite every body before anybody looked at its headers.
  server.on('checkContinue', (request, response) => {
    const routed = route(request, () => response.writeContinue())
    void respond({ request, response }, routed)
  })

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve((server.address() as AddressInfo).port)
        })
      }),
    announceStop() {
      stopping = true
    },
    async stop(deadlineMs) {
      stopping = true
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), deadlineMs)
      await closed
      clearTimeout(timer)
    },
  }
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/'
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

async function orInternalError(routed: Promise<Answer>, log: WebLog): Promise<Answer> {
  try {
    return await routed
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error)
    log.error({ stack }, 'A request failed by a defect of this program')
    return plain(500, 'Internal error')
  }
}

function send({ request, response }: Exchange, answer: Answer, isLast: boolean): void {
  if (response.destroyed) return
  // What was not read would be taken for the next request: such a connection cannot go on.
  const unread = !request.complete
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': Buffer.byteLength(answer.body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    ...(unread || isLast ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
  if (unread) setTimeout(() => request.socket.destroy(), lingerMs).unref()
}
