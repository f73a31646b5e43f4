import { GraphQLError } from 'graphql'
import { allows, type Caller, type Need, repositoryFor } from '../access.ts'
import type { Actor } from '../actions/comments.ts'
import { Refusal } from '../answer.ts'
import { actorOf } from '../routes/call.ts'
import type { Account, Pull, Repository, State } from '../state.ts'

/*
 * Who asks by GraphQL, and how GitHub refuses there: with an error of a type and a path, beside the
 * data that could be had.
 */
export interface Viewer {
  state: State
  caller: Caller
  links: Links
}

/** Where the graph leads back to; handed on, since files cannot import each other in a ring. */
export interface Links {
  commit(viewer: Viewer, repository: Repository, sha: string): Record<string, unknown>
  pull(viewer: Viewer, pull: Pull): Record<string, unknown>
}

export type ErrorType = 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE' | 'INVALID' | (string & {})

export function refuse(type: ErrorType, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

export function forbidden(): GraphQLError {
  return refuse('FORBIDDEN', 'Resource not accessible by integration')
}

/** Throws unless the caller may do this in the repository. */
export function requireNeed(viewer: Viewer, repository: Repository, need: Need): void {
  const name = `${repository.owner.login}/${repository.name}`
  try {
    repositoryFor(viewer.state, viewer.caller, need, name)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw error.status === 404 ? noRepository(name) : forbidden()
  }
}

export function noRepository(name: string): GraphQLError {
  return refuse('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`)
}

/** As `requireNeed`, as a question. */
export function may(viewer: Viewer, repository: Repository, need: Need): boolean {
  try {
    requireNeed(viewer, repository, need)
    return true
  } catch {
    return false
  }
}

export function viewerActor(viewer: Viewer): Actor {
  return actorOf(viewer.state, viewer.caller)
}

export function viewerIs(viewer: Viewer, account: Account): boolean {
  return viewer.caller.kind === 'token' && viewerActor(viewer).account === account
}

/**
 * An App resolves conversations only with `contents: write`; `pull_requests: write` is not enough.
 * Not documented; reported by users of several Apps ("Resource not accessible by integration").
 */
export function mayResolve(viewer: Viewer): boolean {
  const { caller } = viewer
  if (caller.kind !== 'token') return false
  if (caller.token.installation === null) return true
  return allows(caller.token.permissions, { permission: 'contents', level: 'write' })
}
