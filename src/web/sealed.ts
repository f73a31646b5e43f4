import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { MergeGroup } from '../pull-request/reader.ts'
import type { PullRequestRef } from '../shared/refs.ts'

/*
 * The address of a report's page: which report it is, sealed. Nobody can make one or read anything
 * out of one without the key, and nothing has to be kept to understand it: it works after a restart
 * and in every process of the service, and ends by itself.
 *
 *   base64url( 12 bytes nonce ‖ 16 bytes tag ‖ AES-256-GCM of the fields as JSON )
 *
 * The key is derived from the App's private key, which all processes share and which GitHub itself
 * does not have: with a new private key, old addresses lead nowhere.
 */
export interface SealedReport {
  installationId: number
  pull: PullRequestRef
  /** The commit that was judged. */
  head: string
  /** Not null: the commits were those of a merge queue. */
  group: MergeGroup | null
}

export interface Seal {
  /** At most `sealedCharsMax` long, letters that need no escape in an address. */
  close(report: SealedReport): string
  /** Null for whatever this key has not sealed, or too long ago. */
  open(sealed: string): SealedReport | null
}

/** An address passes through logs and chats; it should not open a private repository for good. */
export const sealedDays = 30
export const sealedCharsMax = 800

const dayMs = 24 * 3_600_000
const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** `now` is epoch ms. */
export function createSeal(privateKey: string, now: () => number): Seal {
  // However it came to us, from a file or a variable: the same key.
  const secret = privateKey.replace(/\s/g, '')
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'threat-model-bot report page', 32))
  return {
    close(report) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce)
      const text = [cipher.update(JSON.stringify(fieldsOf(report, now())), 'utf8'), cipher.final()]
      return Buffer.concat([nonce, cipher.getAuthTag(), ...text]).toString('base64url')
    },
    open(sealed) {
      if (sealed.length > sealedCharsMax) return null
      const fields = unseal(key, Buffer.from(sealed, 'base64url'))
      if (fields === null) return null
      const { at, report } = reportOf(fields)
      return now() - at > sealedDays * dayMs ? null : report
    },
  }
}

function unseal(key: Buffer, bytes: Buffer): Fields | null {
  if (bytes.length <= nonceBytes + tagBytes) return null
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    const text = decipher.update(bytes.subarray(nonceBytes + tagBytes))
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as Fields
  } catch {
    return null
  }
}

/** In this order; what is sealed is ours, so it has no other form. */
type Fields = [
  at: number,
  installationId: number,
  repositoryId: number,
  owner: string,
  name: string,
  number: number,
  head: string,
  queueBase: string | null,
]

function fieldsOf({ installationId, pull, head, group }: SealedReport, at: number): Fields {
  const { id, owner, name } = pull.repository
  return [at, installationId, id, owner, name, pull.number, head, group?.base ?? null]
}

function reportOf(fields: Fields): { at: number; report: SealedReport } {
  const [at, installationId, id, owner, name, number, head, queueBase] = fields
  const pull = { repository: { id, owner, name }, number }
  const group = queueBase === null ? null : { base: queueBase, head }
  return { at, report: { installationId, pull, head, group } }
}
