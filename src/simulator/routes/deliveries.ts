import { notFound } from '../answer.ts'
import { isoTime, takeId } from '../ids.ts'
import type { Delivery } from '../state.ts'
import { requireApp } from './apps.ts'
import { ok, type Route, type RouteCall } from './call.ts'

/* The log of webhook deliveries, and sending one again. */

/** GitHub keeps and redelivers what is at most three days old. */
const deliveryAgeMax = 3 * 24 * 3_600_000

export const listDeliveries: Route = (call) => {
  requireApp(call)
  const { query } = call
  const after = Number(query.get('cursor') ?? 0) || Number.POSITIVE_INFINITY
  const size = Number(query.get('per_page') ?? 30)
  const sent = keptDeliveries(call)
    .filter((one) => one.statusCode !== null && one.id < after)
    .reverse()
  const slice = sent.slice(0, size)
  const last = slice.at(-1)
  const more = last !== undefined && sent.length > size
  const next = new URLSearchParams({ per_page: String(size), cursor: String(last?.id) })
  const headers: Record<string, string> = more ? { link: `<${call.url}?${next}>; rel="next"` } : {}
  return { status: 200, body: slice.map(showDelivery), headers }
}

export const getDelivery: Route = (call) => {
  requireApp(call)
  const delivery = deliveryOf(call)
  const request = { headers: null, payload: delivery.payload }
  return ok({ ...showDelivery(delivery), request, response: { headers: null, payload: null } })
}

/** The new attempt waits to be sent like any other delivery; it keeps the guid. */
export const redeliver: Route = (call) => {
  requireApp(call)
  const delivery = deliveryOf(call)
  call.state.deliveries.push({
    ...delivery,
    id: takeId(call.state),
    redelivery: true,
    statusCode: null,
    deliveredAt: call.state.now(),
  })
  return ok({}, 202)
}

function keptDeliveries(call: RouteCall): Delivery[] {
  const oldest = call.state.now() - deliveryAgeMax
  return call.state.deliveries.filter((one) => one.deliveredAt >= oldest)
}

function deliveryOf(call: RouteCall): Delivery {
  const id = Number(call.params.delivery_id)
  const found = keptDeliveries(call).find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

function showDelivery(delivery: Delivery): Record<string, unknown> {
  const { statusCode } = delivery
  const good = statusCode !== null && statusCode >= 200 && statusCode < 300
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: isoTime(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: good ? 'OK' : statusCode === 0 ? 'timed out' : `Invalid HTTP Response: ${statusCode}`,
    status_code: statusCode ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}
