import type { IncomingMessage } from 'node:http'

/*
 * Reads a request's body into memory without letting strangers fill it. Nobody has proved anything
 * yet at this point: the signature can only be checked over the whole body. So the length is checked
 * before the first byte is kept and while the bytes come, and all large bodies together have one
 * budget. How long it may take is the server's `requestTimeout`.
 */
export interface BodyReader {
  /** `invite` is called when the body is wanted: a peer may wait for that before it sends one. */
  read(request: IncomingMessage, invite: () => void): Promise<Body>
}

export type Body =
  | { ok: true; bytes: Buffer }
  | { ok: false; reason: 'too-large' | 'too-many' | 'cut-off' }

/** Bodies up to this size need no share of the budget: ordinary deliveries always get through. */
const smallBytesMax = 256 * 1024
/** The budget in bodies of the largest size. */
const largeBodiesMax = 2

export function createBodyReader(bytesMax: number): BodyReader {
  const budget = bytesMax * largeBodiesMax
  let held = 0

  async function read(request: IncomingMessage, invite: () => void): Promise<Body> {
    const declared = Number(request.headers['content-length'] ?? 0)
    if (declared > bytesMax) return { ok: false, reason: 'too-large' }
    invite()
    const chunks: Buffer[] = []
    const own = { bytes: 0, held: 0 }
    try {
      // Leaving the loop must not destroy the socket: the refusal still has to go out on it.
      const incoming: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false })
      for await (const chunk of incoming) {
        own.bytes += chunk.length
        if (own.bytes > bytesMax) return { ok: false, reason: 'too-large' }
        if (!hold(own)) return { ok: false, reason: 'too-many' }
        chunks.push(chunk)
      }
      return request.complete
        ? { ok: true, bytes: Buffer.concat(chunks) }
        : { ok: false, reason: 'cut-off' }
    } catch {
      return { ok: false, reason: 'cut-off' }
    } finally {
      held -= own.held
    }
  }

  function hold(own: { bytes: number; held: number }): boolean {
    if (own.bytes <= smallBytesMax) return true
    if (held - own.held + own.bytes > budget) return false
    held += own.bytes - own.held
    own.held = own.bytes
    return true
  }

  return { read }
}
