import { createHash } from 'node:crypto'
import { type Caller, identify, repositoryFor } from './access.ts'
import { type Answer, notFound, Refusal, refusalAnswer } from './answer.ts'
import { answerProblems, findOperation, type Match, requestProblems } from './contract.ts'
import type { Fault, Faults } from './faults.ts'
import {
  giveBack,
  type Limits,
  limitHeaders,
  secondaryLimit,
  spend,
  spendContent,
} from './limits.ts'
import type { CallKind, CallLog, LogEntry } from './log.ts'
import { routes } from './routes/table.ts'
import type { State } from './state.ts'

/*
 * One request and its answer. In order: who calls, does the request keep GitHub's description, is a
 * fault planned, is there budget left, the route, does the answer keep the description, `ETag`.
 *
 * A request outside the description is noted in `violations` and thrown at the caller: it must fail
 * a test and not look like weather. An answer outside it is the simulator's own defect: likewise.
 */
export interface Exchange {
  state: State
  limits: Limits
  log: CallLog
  faults: Faults
  violations: string[]
  /** Answers POST /graphql; the exchange knows nothing of what is inside. */
  graphql: (call: GraphqlCall) => Promise<Answer>
}

export interface GraphqlCall {
  exchange: Exchange
  caller: Caller
  body: unknown
  entry: LogEntry
  /** A field that is to fail, by its name in the answer. */
  failing: string | null
  /** Notes a violation and makes the error to throw. */
  report: (message: string) => ContractViolation
}

export interface Request {
  method: string
  /** Without the `/api/v3` of an Enterprise Server. */
  path: string
  query: URLSearchParams
  headers: Headers
  /** Parsed JSON; undefined when there was none. */
  body: unknown
  signal: AbortSignal | null
}

/** Thrown when a request or an answer is outside GitHub's description. */
export class ContractViolation extends Error {
  override name = 'ContractViolation'
}

export async function exchangeOnce(exchange: Exchange, request: Request): Promise<Answer> {
  const isGraphql = request.method === 'POST' && /^(\/api)?\/graphql$/.test(request.path)
  const match = isGraphql ? null : findOperation(request.method, request.path)
  const entry = logEntry(exchange, request, match, isGraphql)
  const fault = exchange.faults.take(entry)
  entry.fault = fault?.kind ?? null
  if (fault?.kind === 'slow') await pause(fault.ms)
  if (fault && momentOf(fault) === 'before') return playFault(exchange, fault, request, entry)
  const answer = await answerOrRefusal({ exchange, request, match, entry, isGraphql, fault })
  entry.status = answer.status
  if (fault && momentOf(fault) === 'after') return playFault(exchange, fault, request, entry)
  return answer
}

/** Whether a fault stands in for the call, for its answer, or leaves both be. */
function momentOf(fault: Fault): 'before' | 'after' | 'within' {
  if (fault.kind === 'slow' || fault.kind === 'field') return 'within'
  return 'after' in fault && fault.after ? 'after' : 'before'
}

async function answerOrRefusal(step: Step): Promise<Answer> {
  try {
    return await answerTo(step)
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

interface Step {
  exchange: Exchange
  request: Request
  match: Match | null
  entry: LogEntry
  isGraphql: boolean
  fault: Fault | null
}

async function answerTo(step: Step): Promise<Answer> {
  const { exchange, request, match, entry, isGraphql } = step
  const caller = identify(exchange.state, request.headers.get('authorization'))
  entry.installationId = caller.kind === 'token' ? (caller.token.installation?.id ?? null) : null
  if (isGraphql) {
    const report = (message: string): ContractViolation => violation(exchange, message)
    const failing = step.fault?.kind === 'field' ? step.fault.field : null
    return exchange.graphql({ exchange, caller, body: request.body, entry, failing, report })
  }
  if (match === null) {
    throw violation(exchange, `${request.method} ${request.path} is not described`)
  }
  const asked = { match, query: request.query, body: request.body }
  const wrong = requestProblems(asked)
  if (wrong.length > 0) throw violation(exchange, `${match.operation.id}: ${wrong.join('; ')}`)
  if (caller.kind === 'token') spend(exchange.state, exchange.limits, caller.token, 'rest')
  if (caller.kind === 'token' && entry.kind === 'content') {
    spendContent(exchange.state, exchange.limits, caller.token)
  }
  const answer = route(step, caller, match)
  return conditional(step, caller, answer)
}

function route({ exchange, request }: Step, caller: Caller, match: Match): Answer {
  const { params, operation } = match
  const entry = routes[operation.id]
  if (entry === undefined) throw notFound()
  const { state } = exchange
  const named = params.owner !== undefined && params.repo !== undefined
  const name = `${params.owner}/${params.repo}`
  const answer = entry.route({
    state,
    caller,
    params,
    query: request.query,
    body: (request.body ?? {}) as Record<string, unknown>,
    accept: request.headers.get('accept') ?? '',
    url: `${state.apiUrl}${request.path}`,
    repository: named ? repositoryFor(state, caller, entry.need, name) : null,
  })
  const wrong = answer.raw ? [] : answerProblems(operation, answer.status, answer.body)
  if (wrong.length > 0) throw violation(exchange, `answer ${operation.id}: ${wrong.join('; ')}`)
  return answer
}

/** Adds `ETag` and limits; a GET that asks for what it already has is answered 304, for free. */
function conditional({ exchange, request }: Step, caller: Caller, answer: Answer): Answer {
  const { state, limits } = exchange
  const withLimits = (headers: Record<string, string>): Record<string, string> =>
    caller.kind === 'token'
      ? { ...headers, ...limitHeaders(state, limits, caller.token, 'rest') }
      : headers
  if (request.method !== 'GET') return { ...answer, headers: withLimits(answer.headers ?? {}) }
  const content = answer.raw ?? JSON.stringify(answer.body ?? null)
  const etag = `W/"${createHash('sha256').update(content).digest('hex')}"`
  const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
  if (request.headers.get('if-none-match') !== etag) {
    return { ...answer, headers: withLimits(headers) }
  }
  if (caller.kind === 'token') giveBack(caller.token, 'rest')
  return { status: 304, headers: withLimits({ etag }) }
}

function playFault(
  exchange: Exchange,
  fault: Fault,
  request: Request,
  entry: LogEntry,
): Promise<Answer> {
  const answer = faultAnswer(exchange, fault)
  entry.status = answer?.status ?? 0
  if (answer) return Promise.resolve(answer)
  if (fault.kind === 'timeout' && request.signal) return waitForAbort(request.signal)
  return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') }))
}

function faultAnswer({ state }: Exchange, fault: Fault): Answer | null {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, body: { message: 'Server Error' } }
    case 'secondary-limit':
      return refusalAnswer(secondaryLimit(fault.status ?? 403, fault.retryAfterSeconds))
    case 'primary-limit': {
      const reset = Math.ceil(state.now() / 1000) + fault.resetAfterSeconds
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
      const message = 'API rate limit exceeded for installation.'
      return refusalAnswer(new Refusal(403, message, null, headers))
    }
    default:
      return null
  }
}

function logEntry(
  exchange: Exchange,
  request: Request,
  match: Match | null,
  isGraphql: boolean,
): LogEntry {
  const entry: LogEntry = {
    number: exchange.log.entries.length + 1,
    at: exchange.state.now(),
    method: request.method,
    path: request.path,
    operation: isGraphql ? 'graphql' : (match?.operation.id ?? null),
    detail: [],
    kind: kindOf(request, match, isGraphql),
    installationId: null,
    status: 0,
    fault: null,
  }
  exchange.log.entries.push(entry)
  return entry
}

/** GraphQL says itself, later, when it turns out to write. */
function kindOf(request: Request, match: Match | null, isGraphql: boolean): CallKind {
  if (match?.operation.id === 'apps/create-installation-access-token') return 'token'
  if (isGraphql || request.method === 'GET') return 'read'
  return match?.operation.notifies ? 'content' : 'write'
}

function violation(exchange: Exchange, message: string): ContractViolation {
  exchange.violations.push(message)
  return new ContractViolation(message)
}

function waitForAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
