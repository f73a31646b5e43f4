import type { IncomingMessage } from 'node:http'

/*
 * Reads a request's body into memory without letting strangers fill it. Nobody has proved anything
 * yet at this point: the signature can only be checked over the whole body. So the length is
 * checked before the first byte is kept and while the bytes come, and all large bodies together
 * have one budget. How long it may take is the server's `requestTimeout`.
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

  function read(request: IncomingMessage, invite: () => void): Promise<Body> {
    const declared = Number(request.headers['content-length'] ?? 0)
    if (declared > bytesMax) return Promise.resolve({ ok: false, reason: 'too-large' })
    invite()
    return new Promise((resolve) => {
      const chunks: Buffer[] = []
      const own = { bytes: 0, held: 0 }
      const end = (body: Body) => {
        held -= own.held
        own.held = 0
        // Not destroyed: the refusal still has to go out on the same connection.
        request.off('data', take).pause()
        resolve(body)
      }
      const take = (chunk: Buffer) => {
        own.bytes += chunk.length
        if (own.bytes > bytesMax) end({ ok: false, reason: 'too-large' })
        else if (!hold(own)) end({ ok: false, reason: 'too-many' })
        else chunks.push(chunk)
      }
      request.on('data', take)
      request.on('end', () => end({ ok: true, bytes: whole(chunks) }))
      // Also after an end; the first answer counts.
      request.on('close', () => end({ ok: false, reason: 'cut-off' }))
    })
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

function whole(chunks: Buffer[]): Buffer {
  const [only] = chunks
  return chunks.length === 1 && only ? only : Buffer.concat(chunks)
}
