import { createHmac, timingSafeEqual } from 'node:crypto'

const form = /^sha256=[0-9a-f]{64}$/

/** Can it be a signature at all? Asked before the body is read. */
export function isSignature(header: unknown): header is string {
  return typeof header === 'string' && form.test(header)
}

/**
 * Was the body signed with one of the secrets? All are tried, so that a secret can be replaced
 * while GitHub still signs with the old one. The time taken does not tell which, or how nearly.
 */
export function isSigned(body: Buffer, header: string, secrets: readonly string[]): boolean {
  if (!isSignature(header)) return false
  const given = Buffer.from(header.slice('sha256='.length), 'hex')
  let found = false
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest()
    if (timingSafeEqual(expected, given)) found = true
  }
  return found
}
