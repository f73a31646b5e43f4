import type { JobStore } from './store.ts'

/*
 * A job store at the other end of a message channel. What goes to and fro is plain values, so the
 * two ends may be in different threads (store-thread.ts has the reason).
 *
 *   askStore(port)   calls   ──▶ one message for each turn of the event loop ──▶ serveStore
 *                    answers ◀── one message for all that ended together     ◀──
 *
 * A call is answered once the store has answered it: durable here means durable there. When the
 * other end is gone, `lost` gives every open call the outcome `unavailable`.
 */

/** Either end of a channel: a `MessagePort`, or a `Worker` as seen from outside. */
export interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

type Method = Exclude<keyof JobStore, 'onWork'>

interface Call {
  id: number
  method: Method
  args: unknown[]
}

type Reply = { id: number; value: unknown } | { id: number; thrown: string }

interface Replies {
  replies: Reply[]
  /** There may be work: for whoever listens. */
  work: boolean
}

export interface StoreClient {
  store: JobStore
  /** Nobody answers any more, and why in one line. Calls made later are lost as well. */
  lost(reason: string): void
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/**
 * A turn of the event loop may bring a hundred deliveries: the other end begins with the first ones
 * while this one is still reading the last.
 */
const callsMax = 16

/** Answers the calls that come through the port. */
export function serveStore(store: JobStore, port: Port): void {
  let gathered: Replies = { replies: [], work: false }
  let isGathering = false

  function send(): void {
    if (isGathering) return
    isGathering = true
    // Everything of one commit resolves in the same turn.
    queueMicrotask(() => {
      port.postMessage(gathered)
      gathered = { replies: [], work: false }
      isGathering = false
    })
  }

  async function answer({ id, method, args }: Call): Promise<void> {
    const called = store[method] as (...args: unknown[]) => Promise<unknown>
    const reply = await called(...args).then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, thrown: stackOf(error) }),
    )
    gathered.replies.push(reply)
    send()
  }

  store.onWork(() => {
    gathered.work = true
    send()
  })
  port.on('message', (calls) => {
    for (const call of calls as Call[]) void answer(call)
  })
}

/** The store that answers at the other end. */
export function askStore(port: Port): StoreClient {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<() => void>()
  let gathered: Call[] = []
  let lastId = 0
  let lostBecause: string | null = null

  function lost(reason: string): void {
    lostBecause ??= reason
    for (const { resolve } of waiting.values()) resolve(unavailable(lostBecause))
    waiting.clear()
  }

  function ask<K extends Method>(method: K): JobStore[K] {
    const asking = (...args: unknown[]) => {
      if (lostBecause !== null) return Promise.resolve(unavailable(lostBecause))
      if (gathered.length === 0) setImmediate(send)
      lastId += 1
      const id = lastId
      gathered.push({ id, method, args })
      if (gathered.length === callsMax) send()
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    }
    return asking as JobStore[K]
  }

  function send(): void {
    if (gathered.length === 0) return
    port.postMessage(gathered)
    gathered = []
  }

  port.on('message', (message) => {
    const { replies, work } = message as Replies
    for (const reply of replies) {
      const asker = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('thrown' in reply) asker?.reject(new Error(reply.thrown))
      else asker?.resolve(reply.value)
    }
    if (work) for (const listener of listeners) listener()
  })

  return {
    store: {
      add: ask('add'),
      claim: ask('claim'),
      heartbeat: ask('heartbeat'),
      finish: ask('finish'),
      tend: ask('tend'),
      probe: ask('probe'),
      counts: ask('counts'),
      find: ask('find'),
      dead: ask('dead'),
      restart: ask('restart'),
      beginRound: ask('beginRound'),
      endRound: ask('endRound'),
      close: ask('close'),
      onWork(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    lost,
  }
}

function unavailable(reason: string) {
  return { ok: false, failure: { kind: 'unavailable', message: reason } }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
