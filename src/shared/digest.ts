import { createHash } from 'node:crypto'

/**
 * A short, stable name for a list of texts: 16 hexadecimal digits of SHA-256 over the parts with
 * their lengths, so that ["ab", "c"] and ["a", "bc"] differ.
 */
export function digest(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex').slice(0, 16)
}
