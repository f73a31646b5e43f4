import type { Client } from './client.ts'
import { failureOf } from './errors.ts'

/** A start does not wait longer than this for GitHub to say something about the key. */
const askMs = 5_000

/**
 * Why GitHub does not take the App's key, in one line that says what to do; null when it does, and
 * when it cannot be asked now. With a key that is not the App's (or a clock that is wrong, which
 * GitHub answers alike) every job would fail for good.
 */
export async function keyRefusal(client: Client, appId: number): Promise<string | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), askMs).unref())
  return Promise.race([ask(client, appId), late])
}

async function ask(client: Client, appId: number): Promise<string | null> {
  try {
    await client.request('GET /app/hook/deliveries', { per_page: 1 })
    return null
  } catch (error) {
    if ((error as { status?: unknown } | null)?.status !== 401) return null
    const { message } = failureOf(error, `sign in as App ${appId}`, 0)
    return `PRIVATE_KEY does not fit APP_ID, or the clock is wrong: GitHub ${message}.`
  }
}
