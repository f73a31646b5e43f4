import { createVerify } from 'node:crypto'
import { notFound, Refusal } from './answer.ts'
import type { App, Permissions, Repository, State, Token } from './state.ts'

/*
 * Who calls, and what that caller may see and do. An App signs in with a JSON web token; with an
 * installation token it sees the repositories of that installation; a person's token sees what the
 * person may see; nobody sees public repositories.
 */
export type Caller = { kind: 'app' } | { kind: 'token'; token: Token } | { kind: 'anonymous' }

/** What an operation needs: a permission of the App and how much of it. */
export interface Need {
  permission: string
  level: 'read' | 'write'
}

export function identify(state: State, authorization: string | null): Caller {
  if (authorization === null || authorization === '') return { kind: 'anonymous' }
  const credential = authorization.replace(/^(bearer|token) +/i, '')
  const token = state.tokens.get(credential)
  if (token) {
    const gone = token.installation && !state.installations.includes(token.installation)
    if (gone) throw new Refusal(401, 'Bad credentials')
    return { kind: 'token', token }
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)) return identifyApp(state.app, credential)
  throw new Refusal(401, 'Bad credentials')
}

function identifyApp(app: App, credential: string): Caller {
  const [header = '', claims = '', signature = ''] = credential.split('.')
  const signed = createVerify('RSA-SHA256').update(`${header}.${claims}`)
  if (!signed.verify(app.publicKey, signature, 'base64url')) {
    throw new Refusal(401, 'A JSON web token could not be decoded')
  }
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  const issuer = String(read.iss)
  if (issuer !== String(app.id) && issuer !== app.clientId) {
    throw new Refusal(401, "'Issuer' claim ('iss') must be an Integer")
  }
  if (Number(read.exp) - Number(read.iat) > 660) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
  }
  return { kind: 'app' }
}

/** The repository, or "not found", which is also what a caller without access is told. */
export function repositoryFor(state: State, caller: Caller, need: Need, name: string): Repository {
  const repository = findRepository(state, name)
  if (!repository) throw notFound()
  if (caller.kind === 'app') return repository
  if (caller.kind === 'anonymous') {
    if (repository.private) throw notFound()
    if (need.level === 'write') throw new Refusal(401, 'Requires authentication')
    return repository
  }
  requireAccess(repository, caller.token, need)
  return repository
}

function requireAccess(repository: Repository, token: Token, need: Need): void {
  if (token.installation === null) {
    const login = token.user?.login ?? ''
    const mayRead = !repository.private || roleOf(repository, login) !== 'none'
    if (!mayRead) throw notFound()
    return
  }
  if (token.installation.suspended) {
    throw new Refusal(403, 'This installation has been suspended')
  }
  if (!reaches(token, repository)) {
    if (repository.private) throw notFound()
    if (need.level === 'read') return
    throw new Refusal(403, 'Resource not accessible by integration')
  }
  if (!allows(token.permissions, need)) {
    throw new Refusal(403, 'Resource not accessible by integration')
  }
}

export function allows(permissions: Permissions, need: Need): boolean {
  const given = permissions[need.permission]
  if (need.permission === 'metadata' && need.level === 'read') return true
  return given === 'write' || given === 'admin' || (need.level === 'read' && given === 'read')
}

function reaches(token: Token, repository: Repository): boolean {
  const { installation } = token
  if (installation === null || installation.account !== repository.owner) return false
  const selected = installation.repositoryIds
  if (selected !== null && !selected.has(repository.id)) return false
  return token.repositoryIds === null || token.repositoryIds.has(repository.id)
}

export function findRepository(state: State, name: string): Repository | undefined {
  const wanted = name.toLowerCase()
  const present = state.repositories.find(
    (repository) => `${repository.owner.login}/${repository.name}`.toLowerCase() === wanted,
  )
  return present ?? state.repositories.find(({ formerNames }) => formerNames.includes(wanted))
}

/** The role of a person, by name; owners are admins. `none` and public means `read`. */
export function roleOf(repository: Repository, login: string): string {
  if (login === repository.owner.login) return 'admin'
  return repository.collaborators.get(login) ?? 'none'
}

/** The installation that an event of this repository reaches. */
export function installationOf(state: State, repository: Repository): number | null {
  const found = state.installations.find(
    ({ account, repositoryIds, suspended }) =>
      account === repository.owner &&
      !suspended &&
      (repositoryIds === null || repositoryIds.has(repository.id)),
  )
  return found?.id ?? null
}
