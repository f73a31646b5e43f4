import { cut, visible } from '../shared/markdown.ts'
import type { Client } from './client.ts'

/** A start does not wait longer than this for GitHub to say something about the key. */
const askMs = 5_000
const saidCharsMax = 200

/**
 * Why GitHub does not take the App's key, in one line that says what to do; null when it does, and
 * when it cannot be asked now. With a key that is not the App's (or a clock that is wrong, which
 * GitHub answers alike) every job would fail for good.
 */
export async function keyRefusal(client: Client, appId: number): Promise<string | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), askMs).unref())
  return Promise.race([ask(client, appId), late])
}

interface Refused {
  status?: unknown
  response?: { data?: { message?: unknown } }
}

async function ask(client: Client, appId: number): Promise<string | null> {
  try {
    await client.request('GET /app/hook/deliveries', { per_page: 1 })
    return null
  } catch (error) {
    const { status, response } = (error ?? {}) as Refused
    if (status !== 401) return null
    const said = cut(visible(String(response?.data?.message ?? 'no')), saidCharsMax)
    return `PRIVATE_KEY is not one of App ${appId}, or the clock is wrong: GitHub says "${said}".`
  }
}

/** Whether a request is signed with the key itself, and not with a token that was made with it. */
export function isSignedWithKey(address: string): boolean {
  return URL.canParse(address) && /^(?:\/api\/v3)?\/app(?:\/|$)/.test(new URL(address).pathname)
}

/**
 * Follows GitHub's answers while the service runs, and tells when the key is refused and when it is
 * taken again; nothing while that stays as it is.
 */
export function watchKey(
  tell: (isRefused: boolean) => void,
): (address: string, status: number) => void {
  let wasRefused = false
  return (address, status) => {
    if (status >= 500 || !isSignedWithKey(address)) return
    const isRefused = status === 401
    if (isRefused !== wasRefused) tell(isRefused)
    wasRefused = isRefused
  }
}
