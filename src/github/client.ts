import { Octokit } from '@octokit/rest'

/** What we need of an octokit: Probot's (with an installation's token) and our own both fit. */
export type Client = Pick<Octokit, 'request' | 'graphql'>

export interface TokenClientOptions {
  token: string
  /** `https://api.github.com` or that of an Enterprise Server. */
  baseUrl: string
  fetch?: typeof fetch
}

/** A client with a person's token, for the program; the service gets its clients from Probot. */
export function tokenClient(options: TokenClientOptions): Client {
  return new Octokit({
    auth: options.token,
    baseUrl: options.baseUrl,
    userAgent: 'threat-model-bot',
    log: silent,
    ...(options.fetch ? { request: { fetch: options.fetch } } : {}),
  })
}

/** Octokit's own log lines hold addresses and bodies. */
export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
