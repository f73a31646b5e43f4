import { failed, type Outcome, ok } from '../shared/outcome.ts'
import type { Client } from './client.ts'
import { failureOf, type GraphqlError, graphqlAnswer } from './errors.ts'
import type { Limiter } from './limiter.ts'
import { requestMs } from './limits.ts'
import type { Query } from './look-query.ts'

/*
 * One installation's way to GitHub: every request is bounded in time, respects the limiter, and
 * ends as an Outcome. Nothing is retried in here: a read is repeated by repeating the job, and a
 * write that was answered 502 may have happened, so only a new look at GitHub can tell.
 */
export interface Api {
  /** A REST request, written as a call of the typed client with the given options. */
  rest<T>(
    doing: string,
    call: (client: Client, request: RequestOptions) => Promise<{ data: T }>,
  ): Promise<Outcome<T>>
  /** A GraphQL query. With bearable errors its data counts all the same; their fields are null. */
  query<T>(doing: string, query: Query, bearable?: Bearable): Promise<Outcome<T>>
  /** A GraphQL mutation or REST write that creates `contents` comments or reviews. */
  write<T>(
    doing: string,
    contents: number,
    call: (client: Client, request: RequestOptions) => Promise<T>,
  ): Promise<Outcome<T>>
}

/** Whether an answer is whole without the field that this error is about. */
export type Bearable = (error: GraphqlError) => boolean

export interface RequestOptions {
  signal: AbortSignal
}

export interface ApiParts {
  client: Client
  limiter: Limiter
  /** Epoch ms. */
  now(): number
  /** Ends every request, as when the process stops. */
  signal?: AbortSignal
}

export function createApi(parts: ApiParts): Api {
  const { client, limiter } = parts

  async function attempt<T>(
    doing: string,
    call: (client: Client, request: RequestOptions) => Promise<T>,
  ): Promise<Outcome<T>> {
    const may = limiter.mayAsk(doing)
    if (!may.ok) return may
    const timeout = AbortSignal.timeout(requestMs)
    const signal = parts.signal ? AbortSignal.any([timeout, parts.signal]) : timeout
    try {
      return ok(await call(client, { signal }))
    } catch (thrown) {
      const failure = failureOf(thrown, doing, parts.now())
      if (failure.kind === 'rate-limited') limiter.pause(failure.retryAfterMs ?? 0)
      return { ok: false, failure }
    }
  }

  return {
    async rest(doing, call) {
      const answer = await attempt(doing, call)
      return answer.ok ? ok(answer.value.data) : answer
    },
    query(doing, query, bearable = () => false) {
      return attempt(doing, (own, request) => graphql(own, query, request, bearable))
    },
    write(doing, contents, call) {
      return limiter.inTurn(async () => {
        const may = limiter.mayAsk(doing)
        if (!may.ok) return may
        const budget = limiter.mayCreate(contents, doing)
        return budget.ok ? attempt(doing, call) : budget
      })
    },
  }
}

/** Runs a query and returns its data although errors came with it, if all of them are bearable. */
export async function graphql<T>(
  client: Client,
  query: Query,
  request: RequestOptions,
  bearable: Bearable,
): Promise<T> {
  try {
    return await client.graphql<T>(query.document, { ...query.variables, request })
  } catch (thrown) {
    const answer = graphqlAnswer(thrown)
    if (!answer?.data || answer.errors.length === 0) throw thrown
    if (!answer.errors.every(bearable)) throw thrown
    return answer.data as T
  }
}

/** For answers that say "there is nothing" although the request was understood. */
export function missing(doing: string): Outcome<never> {
  return failed('gone', `could not ${doing}: it does not exist, or is not visible to this token`)
}
