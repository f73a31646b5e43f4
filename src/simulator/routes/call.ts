import type { Caller } from '../access.ts'
import type { Actor } from '../actions/comments.ts'
import { type Answer, notFound, Refusal } from '../answer.ts'
import type { Pull, Repository, State } from '../state.ts'

/*
 * What a route gets: the request, already found to keep GitHub's description, and the repository it
 * names, already found to be the caller's to use.
 */
export interface RouteCall {
  state: State
  caller: Caller
  params: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
  accept: string
  /** The address without its query, for `Link` headers. */
  url: string
  /** Set when the path names one; see `repositoryOf`. */
  repository: Repository | null
}

export type Route = (call: RouteCall) => Answer

const pageSizeMax = 100
const pageSizeUsual = 30

export function ok(body: unknown, status = 200): Answer {
  return { status, body }
}

export function repositoryOf(call: RouteCall): Repository {
  if (call.repository === null) throw notFound()
  return call.repository
}

export function pullOf(call: RouteCall, name = 'pull_number'): Pull {
  const number = Number(call.params[name])
  const pull = repositoryOf(call).pulls.find((one) => one.number === number)
  if (!pull) throw notFound()
  return pull
}

/** Who acts in the caller's name: the App's bot, or the person of the token. */
export function actorOf(state: State, caller: Caller): Actor {
  if (caller.kind === 'token' && caller.token.user) {
    return { account: caller.token.user, viaApp: false }
  }
  if (caller.kind === 'token') return { account: state.app.bot, viaApp: true }
  throw new Refusal(401, 'Requires authentication')
}

/** One page of a list, with the `Link` header that leads to the others. */
export function paged<T>(call: RouteCall, list: readonly T[], show: (one: T) => unknown): Answer {
  const { slice, headers } = pageOf(call, list)
  return { status: 200, body: slice.map(show), headers }
}

export function pageOf<T>(
  call: RouteCall,
  list: readonly T[],
): { slice: T[]; headers: Record<string, string>; page: number } {
  const size = Math.min(Math.max(numberIn(call, 'per_page', pageSizeUsual), 1), pageSizeMax)
  const page = Math.max(numberIn(call, 'page', 1), 1)
  const pages = Math.max(Math.ceil(list.length / size), 1)
  const slice = list.slice((page - 1) * size, page * size)
  const links = [
    ...(page > 1 ? [link(call, page - 1, 'prev')] : []),
    ...(page < pages ? [link(call, page + 1, 'next'), link(call, pages, 'last')] : []),
    ...(page > 1 ? [link(call, 1, 'first')] : []),
  ]
  return { slice, page, headers: links.length > 0 ? { link: links.join(', ') } : {} }
}

export function textIn(call: RouteCall, name: string): string | undefined {
  const value = call.body[name]
  return typeof value === 'string' ? value : undefined
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function numberIn(call: RouteCall, name: string, usual: number): number {
  const value = Number(call.query.get(name) ?? usual)
  return Number.isInteger(value) ? value : usual
}

function link(call: RouteCall, page: number, rel: string): string {
  const query = new URLSearchParams(call.query)
  query.set('page', String(page))
  return `<${call.url}?${query}>; rel="${rel}"`
}
