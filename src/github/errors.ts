import type { Failure, FailureKind } from '../shared/outcome.ts'
import { secondaryWaitMs } from './limits.ts'
import { isSignedWithKey } from './own-key.ts'

/*
 * What octokit throws, as a failure: which kind, how long to wait, and one line for a person.
 * Looked at by shape, not by class, because several versions of octokit may be in one process.
 *
 * The line never quotes what we sent: it may hold text of the pull request, and it goes to the
 * logs.
 */

/** One entry of GraphQL's `errors`. */
export interface GraphqlError {
  type?: string
  path?: readonly (string | number)[]
  message: string
}

interface Thrown {
  status?: number
  message?: string
  request?: { url?: string }
  headers?: Headers
  response?: { headers?: Headers; data?: unknown }
  errors?: GraphqlError[]
  data?: unknown
}

type Headers = Record<string, string | number | undefined>

const messageCharsMax = 200

/** `doing` says what was attempted, on what: "read acme/shop#12". `now` is epoch ms. */
export function failureOf(thrown: unknown, doing: string, now: number): Failure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Thrown
  if (Array.isArray(error.errors)) return graphqlFailure(error.errors, error.headers, doing, now)
  const headers = error.response?.headers ?? {}
  const said = saidBy(error)
  const wait = limitWaitMs(error.status ?? 0, headers, said, now)
  if (wait !== null) return limited(doing, wait)
  if (error.status === 401 && isSignedWithKey(error.request?.url ?? '')) {
    return unknownApp(doing, said)
  }
  const kind = kindOf(error.status ?? 0)
  const failure: Failure = { kind, message: sentence(doing, kind, error.status ?? 0, said) }
  const retryAfter = seconds(headers['retry-after'])
  if (kind === 'unavailable' && retryAfter !== null) failure.retryAfterMs = retryAfter
  return failure
}

/** GraphQL answers 200 and says in `errors` what it could not do, limits included. */
export function graphqlFailure(
  errors: readonly GraphqlError[],
  headers: Headers | undefined,
  doing: string,
  now: number,
): Failure {
  const first = errors[0]
  const said = first?.message ?? 'no reason given'
  const limit = errors.find((e) => e.type === 'RATE_LIMITED' || isLimitText(e.message))
  if (limit) return limited(doing, headerWaitMs(headers ?? {}, now) ?? secondaryWaitMs)
  const kind = graphqlKinds[first?.type ?? ''] ?? (isRuleText(said) ? 'rejected' : 'unavailable')
  return { kind, message: sentence(doing, kind, 200, cut(said)) }
}

/** The errors and data of a GraphQL answer that octokit threw; null for any other error. */
export function graphqlAnswer(thrown: unknown): { errors: GraphqlError[]; data: unknown } | null {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Thrown
  return Array.isArray(error.errors) ? { errors: error.errors, data: error.data ?? null } : null
}

/** Without a type GraphQL means: "Something went wrong", a timeout; worth another try. */
const graphqlKinds: Record<string, FailureKind> = {
  NOT_FOUND: 'gone',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  UNPROCESSABLE: 'rejected',
  STALE_DATA: 'moved-on',
  BRANCH_PROTECTION_RULE_VIOLATION: 'rejected',
  MAX_NODE_LIMIT_EXCEEDED: 'rejected',
}

/** What the rules of a branch forbid comes without a type of its own, other than its protection. */
function isRuleText(text: string): boolean {
  return /rule violations? found|protected branch/i.test(text)
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403 || status === 451) return 'forbidden'
  if (status === 404 || status === 410) return 'gone'
  if (status >= 400 && status < 500 && status !== 408) return 'rejected'
  return 'unavailable'
}

/**
 * The App is not told what it may not do but asked who it is: a key was replaced or deleted, or a
 * clock is wrong. Its operator can mend that, and nobody should have to ask again when they have.
 */
function unknownApp(doing: string, said: string): Failure {
  const advice = 'GitHub does not know the App; check PRIVATE_KEY and the clock'
  return { kind: 'unavailable', message: `could not ${doing}: ${advice} (401 ${said})` }
}

/** Ms to wait when this is a primary or secondary limit, else null. */
function limitWaitMs(status: number, headers: Headers, said: string, now: number): number | null {
  if (status !== 403 && status !== 429) return null
  const named = headerWaitMs(headers, now)
  if (named !== null) return named
  return status === 429 || isLimitText(said) ? secondaryWaitMs : null
}

function headerWaitMs(headers: Headers, now: number): number | null {
  const retryAfter = seconds(headers['retry-after'])
  if (retryAfter !== null) return retryAfter
  if (String(headers['x-ratelimit-remaining']) !== '0') return null
  const reset = seconds(headers['x-ratelimit-reset'])
  return reset === null ? secondaryWaitMs : Math.max(1_000, reset - now)
}

function isLimitText(text: string): boolean {
  return /secondary rate limit|abuse detection|rate limit (?:already )?exceeded/i.test(text)
}

/** A header in seconds as ms; null when missing or no number. */
function seconds(value: string | number | undefined): number | null {
  const number = value === undefined || value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) && number >= 0 ? number * 1000 : null
}

function limited(doing: string, retryAfterMs: number): Failure {
  const wait = Math.ceil(retryAfterMs / 1000)
  const message = `could not ${doing}: GitHub's rate limit is used up; wait ${wait} s`
  return { kind: 'rate-limited', message, retryAfterMs, pausesInstallation: true }
}

function sentence(doing: string, kind: FailureKind, status: number, said: string): string {
  const advice: Record<FailureKind, string> = {
    'rate-limited': 'wait',
    unavailable: 'GitHub did not answer; try again later',
    'moved-on': 'it changed meanwhile; look again',
    forbidden: "check the installation's permissions, or the token",
    gone: 'it does not exist, or is not visible to this token',
    rejected: 'GitHub refused the request',
  }
  return `could not ${doing}: ${advice[kind]} (${status === 0 ? '' : `${status} `}${said})`
}

/** GitHub's own message, without the details that may repeat what we sent. */
function saidBy(error: Thrown): string {
  const data = error.response?.data
  if (typeof data === 'object' && data !== null && 'message' in data)
    return cut(String(data.message))
  return cut(typeof data === 'string' ? 'no reason given' : (error.message ?? 'no reason given'))
}

function cut(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, messageCharsMax)
}
