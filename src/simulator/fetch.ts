import type { Answer } from './answer.ts'
import { type Exchange, exchangeOnce, pause } from './exchange.ts'

/* The exchange as a `fetch`, which is what Octokit and Probot take. */

export type Fetch = typeof globalThis.fetch

/** Any host is taken to be the simulated GitHub; `/api/v3` in front of the path is left out. */
export function createFetch(exchange: Exchange, latencyMs: number): Fetch {
  let underWay = 0
  return async (input, init) => {
    const asked = new Request(input, init)
    const url = new URL(asked.url)
    const text = await asked.text()
    underWay += 1
    exchange.log.concurrencyMax = Math.max(exchange.log.concurrencyMax, underWay)
    try {
      if (latencyMs > 0) await pause(latencyMs)
      const answer = await exchangeOnce(exchange, {
        method: asked.method,
        path: url.pathname.replace(/^\/api\/v3(?=\/)/, ''),
        query: url.searchParams,
        headers: asked.headers,
        body: text === '' ? undefined : readJson(text),
        signal: init?.signal ?? asked.signal,
      })
      return toResponse(answer, asked.url, exchange.state.now())
    } finally {
      underWay -= 1
    }
  }
}

/** What is no JSON goes on as a text, which no operation takes. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function toResponse(answer: Answer, url: string, now: number): Response {
  const empty = answer.status === 204 || answer.status === 304
  const body = answer.raw ? Buffer.from(answer.raw) : JSON.stringify(answer.body)
  const response = new Response(empty ? null : body, {
    status: answer.status,
    headers: {
      'content-type': answer.raw ? 'application/octet-stream' : 'application/json; charset=utf-8',
      date: new Date(now).toUTCString(),
      'x-github-media-type': 'github.v3; format=json',
      ...answer.headers,
    },
  })
  // A response made by hand has no address, and Octokit reports it.
  Object.defineProperty(response, 'url', { value: url })
  return response
}
