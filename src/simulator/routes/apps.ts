import { allows } from '../access.ts'
import { notFound, Refusal } from '../answer.ts'
import { isoTime } from '../ids.ts'
import { resetAt } from '../limits.ts'
import type { Installation, Permissions } from '../state.ts'
import { issueToken } from '../tokens.ts'
import { showApp, showInstallation } from '../views/account.ts'
import { showFullRepository, showRepository } from '../views/repository.ts'
import { ok, paged, pageOf, type Route, type RouteCall, repositoryOf } from './call.ts'

/* The App, its installations and their tokens. */

export const getApp: Route = (call) => {
  requireApp(call)
  return ok({ ...showApp(call.state, call.state.app), installations_count: installed(call).length })
}

export const listInstallations: Route = (call) => {
  requireApp(call)
  return paged(call, installed(call), (one) => showInstallation(call.state, one))
}

export const getInstallation: Route = (call) => {
  requireApp(call)
  return ok(showInstallation(call.state, installationOf(call)))
}

export const createToken: Route = (call) => {
  requireApp(call)
  const installation = installationOf(call)
  if (installation.suspended) throw new Refusal(403, 'This installation has been suspended')
  const wanted = (call.body.permissions ?? installation.permissions) as Permissions
  for (const [permission, level] of Object.entries(wanted)) {
    if (
      !allows(installation.permissions, { permission, level: level === 'read' ? 'read' : 'write' })
    ) {
      throw new Refusal(422, 'The permissions requested are not granted to this installation.')
    }
  }
  const named = namedRepositories(call, installation)
  const token = issueToken(call.state, installation, wanted, named)
  const repositories = call.state.repositories.filter(({ id }) => named?.has(id))
  const body = {
    token: token.value,
    expires_at: isoTime(token.expiresAt),
    permissions: wanted,
    repository_selection: named || installation.repositoryIds ? 'selected' : 'all',
    ...(named ? { repositories: repositories.map((one) => showRepository(call.state, one)) } : {}),
  }
  return ok(body, 201)
}

export const getRepositoryInstallation: Route = (call) => {
  requireApp(call)
  const repository = repositoryOf(call)
  const found = call.state.installations.find(
    ({ account, repositoryIds }) =>
      account === repository.owner && (repositoryIds?.has(repository.id) ?? true),
  )
  if (!found) throw notFound()
  return ok(showInstallation(call.state, found))
}

export const listInstalledRepositories: Route = (call) => {
  const installation = call.caller.kind === 'token' ? call.caller.token.installation : null
  if (!installation) throw new Refusal(403, 'You must authenticate with an installation token')
  const reached = call.state.repositories.filter(
    ({ owner, id }) =>
      owner === installation.account && (installation.repositoryIds?.has(id) ?? true),
  )
  const { slice, headers } = pageOf(call, reached)
  const repositories = slice.map((one) => showRepository(call.state, one))
  return { status: 200, body: { total_count: reached.length, repositories }, headers }
}

export const getRepository: Route = (call) => ok(showFullRepository(call.state, repositoryOf(call)))

export const getRateLimit: Route = (call) => {
  const token = call.caller.kind === 'token' ? call.caller.token : null
  const line = (limit: number, used: number): Record<string, number> => ({
    limit,
    remaining: Math.max(0, limit - used),
    reset: token ? resetAt(token.usage) : 0,
    used,
  })
  const core = line(5000, token?.usage.rest ?? 0)
  const graphql = line(5000, token?.usage.graphql ?? 0)
  return ok({ resources: { core, graphql, search: line(30, 0) }, rate: core })
}

function namedRepositories(call: RouteCall, installation: Installation): Set<number> | null {
  const ids = call.body.repository_ids as number[] | undefined
  const names = call.body.repositories as string[] | undefined
  if (ids === undefined && names === undefined) return null
  const reached = call.state.repositories.filter(
    ({ owner, id }) =>
      owner === installation.account && (installation.repositoryIds?.has(id) ?? true),
  )
  const chosen = reached.filter((one) => ids?.includes(one.id) || names?.includes(one.name))
  if (chosen.length < (ids?.length ?? 0) + (names?.length ?? 0)) {
    throw new Refusal(
      422,
      'There is at least one repository that does not exist or is not accessible',
    )
  }
  return new Set(chosen.map(({ id }) => id))
}

function installed(call: RouteCall): Installation[] {
  return call.state.installations
}

function installationOf(call: RouteCall): Installation {
  const id = Number(call.params.installation_id)
  const found = call.state.installations.find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

export function requireApp(call: RouteCall): void {
  if (call.caller.kind === 'app') return
  throw new Refusal(401, 'A JSON web token could not be decoded')
}
