import { type Answer, Refusal } from './answer.ts'
import type { State, Token, Usage } from './state.ts'

/*
 * GitHub's budgets: requests an hour (REST and GraphQL apart), and content created a minute and an
 * hour, per installation or person. What is used up is said in headers on every answer.
 */
export interface Limits {
  restPerHour: number
  graphqlPerHour: number
  contentPerMinute: number
  contentPerHour: number
}

/** docs.github.com, "Rate limits for the REST API": an installation of up to 20 repositories. */
export const githubLimits: Limits = {
  restPerHour: 5000,
  graphqlPerHour: 5000,
  contentPerMinute: 80,
  contentPerHour: 500,
}

const hourMs = 3_600_000
const minuteMs = 60_000

export function createUsage(): Usage {
  return { hourStart: 0, rest: 0, graphql: 0, contentAt: [] }
}

export type Budget = 'rest' | 'graphql'

/** Refuses when the hour's budget is used up; answers 304 are given back by `giveBack`. */
export function spend(state: State, limits: Limits, token: Token, budget: Budget): void {
  const usage = currentUsage(state, token)
  if (usage[budget] < allowed(limits, budget)) {
    usage[budget] += 1
    return
  }
  const message = 'API rate limit exceeded for installation.'
  throw new Refusal(403, message, null, limitHeaders(state, limits, token, budget))
}

export function giveBack(token: Token, budget: Budget): void {
  token.usage[budget] -= 1
}

/** Refuses, by a secondary limit, when too much content was created of late. */
export function spendContent(state: State, limits: Limits, token: Token): void {
  const { usage } = token
  const now = state.now()
  usage.contentAt = usage.contentAt.filter((at) => at > now - hourMs)
  const inMinute = usage.contentAt.filter((at) => at > now - minuteMs).length
  const full =
    inMinute >= limits.contentPerMinute || usage.contentAt.length >= limits.contentPerHour
  if (full) throw secondaryLimit(403, 60)
  usage.contentAt.push(now)
}

export function secondaryLimit(status: number, retryAfterSeconds: number): Refusal {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return new Refusal(status, message, null, { 'retry-after': String(retryAfterSeconds) })
}

export function limitHeaders(
  state: State,
  limits: Limits,
  token: Token,
  budget: Budget,
): Record<string, string> {
  const usage = currentUsage(state, token)
  const limit = allowed(limits, budget)
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, limit - usage[budget])),
    'x-ratelimit-used': String(Math.min(usage[budget], limit)),
    'x-ratelimit-reset': String(resetAt(usage)),
    'x-ratelimit-resource': budget === 'rest' ? 'core' : 'graphql',
  }
}

/** GraphQL says it with status 200 and an error inside. */
export function exhaustedGraphql(): Answer {
  const message = 'API rate limit exceeded for installation.'
  return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } }
}

/** Seconds since 1970. */
export function resetAt(usage: Usage): number {
  return Math.ceil((usage.hourStart + hourMs) / 1000)
}

export function allowed(limits: Limits, budget: Budget): number {
  return budget === 'rest' ? limits.restPerHour : limits.graphqlPerHour
}

function currentUsage(state: State, token: Token): Usage {
  const { usage } = token
  if (state.now() - usage.hourStart >= hourMs) {
    usage.hourStart = state.now()
    usage.rest = 0
    usage.graphql = 0
  }
  return usage
}
