import { tokenClient } from '../github/client.ts'
import { personsReader } from '../github/github.ts'
import { nodesProxy, useProxy } from '../proxy.ts'
import type { PullRequestFacts } from '../pull-request/facts.ts'
import { type Failure, failed, type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Io } from './io.ts'

/*
 * The facts of a real pull request, with a person's token, by the reader that the App uses: for
 * trying it before anything is registered. Nothing is written. The token is sent to the server that
 * the environment names and to no other, whatever address was pasted.
 */
export interface NamedPull {
  pull: PullRequestRef
  /** Host of the address; null when only the name was given. */
  host: string | null
}

const shortForm = /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})#(\d{1,9})$/
const pathForm =
  /^\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/pull\/(\d{1,9})(?:\/|$)/

/** `OWNER/REPO#12`, or the address of the pull request in a browser. */
export function readPullName(word: string): NamedPull | null {
  const short = shortForm.exec(word)
  if (short) return named(short, null)
  const url = URL.canParse(word) ? new URL(word) : null
  const long = url?.protocol === 'https:' ? pathForm.exec(url.pathname) : null
  return url && long ? named(long, url.host) : null
}

function named([, owner = '', name = '', number]: RegExpExecArray, host: string | null): NamedPull {
  return { pull: { repository: { id: 0, owner, name }, number: Number(number) }, host }
}

export async function gatherPullRequest(
  word: string,
  today: string,
  io: Io,
): Promise<Outcome<PullRequestFacts>> {
  const target = readPullName(word)
  if (!target) {
    return failed('rejected', `"${word}" is no pull request. Write OWNER/REPO#12 or its address`)
  }
  const server = serverOf(io.env)
  if (target.host !== null && target.host !== server.host) {
    const advice = `set GHE_HOST=${target.host} if your token is for it`
    return failed('rejected', `${target.host} is not the server the token is for; ${advice}`)
  }
  const token = io.env.GITHUB_TOKEN ?? io.env.GH_TOKEN
  if (!token) {
    const advice = 'set it to a token that may read the repository and its pull requests'
    return failed('rejected', `GITHUB_TOKEN is missing; ${advice}`)
  }
  const proxyFault = io.fetch ? null : useProxy({ environment: io.env, ...nodesProxy() })
  if (proxyFault) return failed('rejected', proxyFault)
  const client = tokenClient({
    token,
    baseUrl: server.apiUrl,
    ...(io.fetch ? { fetch: io.fetch } : {}),
  })
  const gathered = await personsReader(client, Date.now).read(target.pull, today)
  return gathered.ok ? ok(gathered.value.facts) : { ok: false, failure: advised(gathered.failure) }
}

function serverOf(env: Io['env']): { host: string; apiUrl: string } {
  const host = env.GHE_HOST?.trim().toLowerCase() || 'github.com'
  if (host === 'github.com') return { host, apiUrl: 'https://api.github.com' }
  const apiUrl = host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`
  return { host, apiUrl }
}

/** What the person at the terminal can do, instead of what the App's operator could. */
function advised(failure: Failure): Failure {
  const advice: Partial<Record<Failure['kind'], string>> = {
    forbidden: 'The token is wrong, has expired, or may not read this repository',
    gone: 'Is the name right? For a private repository the token needs access to it',
    'rate-limited': 'The limit is per hour and token; wait, or use another token',
    unavailable: 'Try again in a moment',
  }
  const more = advice[failure.kind]
  return more === undefined ? failure : { ...failure, message: `${failure.message}. ${more}` }
}
