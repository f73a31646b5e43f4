import nock from 'nock'
import { type Api, createApi } from '../../src/github/api.ts'
import { tokenClient } from '../../src/github/client.ts'
import { createLimiter } from '../../src/github/limiter.ts'

/* The octokit files against answers written by hand, with no other network. */

export const apiUrl = 'https://api.github.com'
export const chat = { id: 5, owner: 'acme', name: 'chat' }
export const pull = { repository: chat, number: 7 }

export function startNock(): void {
  nock.disableNetConnect()
}

export function stopNock(): void {
  nock.cleanAll()
  nock.enableNetConnect()
  nock.restore()
}

export function apiAt(now: () => number = Date.now, baseUrl = apiUrl): Api {
  const client = tokenClient({ token: 'secret-token', baseUrl })
  return createApi({ client, limiter: createLimiter(now), now })
}
