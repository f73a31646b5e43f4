import { createHmac } from 'node:crypto'
import type { Delivery, State } from './state.ts'

/*
 * Sending what waits: each delivery with the headers and the signature of the real thing. The body
 * is made once and signed as it is, so that a receiver who parses and prints it anew is found out.
 */
export interface SignedDelivery {
  id: string
  event: string
  headers: Record<string, string>
  body: string
}

/** Takes a delivery to its receiver; resolves to the HTTP status it answered, 0 for none. */
export type Send = (delivery: SignedDelivery) => Promise<number>

/** What one event may set off: more than this is a loop. */
const deliveriesMax = 1000

export function sign(state: State, delivery: Delivery): SignedDelivery {
  const body = JSON.stringify(delivery.payload)
  const digest = (algorithm: string): string =>
    createHmac(algorithm, state.app.webhookSecret).update(body).digest('hex')
  return {
    id: delivery.guid,
    event: delivery.event,
    body,
    headers: {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/0000001',
      'x-github-delivery': delivery.guid,
      'x-github-event': delivery.event,
      'x-github-hook-id': '1',
      'x-github-hook-installation-target-id': String(state.app.id),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature': `sha1=${digest('sha1')}`,
      'x-hub-signature-256': `sha256=${digest('sha256')}`,
    },
  }
}

/** Sends everything that waits, oldest first, also what the sending sets off; returns how many. */
export async function deliverWaiting(state: State, send: Send): Promise<number> {
  for (let sent = 0; sent < deliveriesMax; sent++) {
    const next = state.deliveries.find((delivery) => delivery.statusCode === null)
    if (next === undefined) return sent
    // Taken before the wait, so that two callers never send the same one.
    next.statusCode = 0
    next.deliveredAt = state.now()
    next.statusCode = await send(sign(state, next)).catch(() => 0)
  }
  throw new Error(`more than ${deliveriesMax} deliveries: does the App answer its own events?`)
}

/** Sends by HTTP, as GitHub does; it waits ten seconds for an answer. */
export function sendTo(address: string, fetch: typeof globalThis.fetch = globalThis.fetch): Send {
  return async ({ headers, body }) => {
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(address, { method: 'POST', headers, body, signal })
    await response.arrayBuffer()
    return response.status
  }
}
