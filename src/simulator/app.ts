import { generateKeyPairSync } from 'node:crypto'
import type { Account, App, Permissions } from './state.ts'

/* The App as it is registered: its key, its secret, what it may do and what it hears of. */

export interface AppOptions {
  slug?: string
  name?: string
  permissions?: Permissions
  events?: string[]
  webhookSecret?: string
}

const usualPermissions: Permissions = {
  checks: 'write',
  contents: 'read',
  issues: 'read',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
}

const usualEvents = [
  'check_run',
  'check_suite',
  'issue_comment',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
]

let keys: { privateKey: string; publicKey: string } | null = null

export function createApp(
  owner: Account,
  bot: (login: string) => Account,
  options: AppOptions & { now: number },
): App {
  const slug = options.slug ?? 'threat-model-bot'
  return {
    id: 4711,
    slug,
    name: options.name ?? 'Threat Model Bot',
    clientId: 'Iv23simulated0000001',
    owner,
    bot: bot(`${slug}[bot]`),
    permissions: options.permissions ?? usualPermissions,
    events: options.events ?? usualEvents,
    ...keyPair(),
    webhookSecret: options.webhookSecret ?? 'a secret only of the simulated GitHub, 32 bytes+',
    createdAt: options.now,
  }
}

/** Making a key takes a tenth of a second, so one serves the process. */
function keyPair(): { privateKey: string; publicKey: string } {
  keys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return keys
}
