import { allows, roleOf } from '../access.ts'
import { notFound, Refusal } from '../answer.ts'
import { showAccount } from '../views/account.ts'
import { ok, type Route, repositoryOf } from './call.ts'

/* What a person may do in a repository, and whether they are in a team. */

export const getPermission: Route = (call) => {
  const repository = repositoryOf(call)
  const login = call.params.username ?? ''
  const account = call.state.accounts.find((one) => one.login.toLowerCase() === login.toLowerCase())
  if (!account) throw new Refusal(404, `${login} is not a user`)
  const given = roleOf(repository, account.login)
  const role = given === 'none' && !repository.private ? 'read' : given
  const builtIn = repository.customRoles.get(role) ?? role
  // The old field knows four words: maintain shows as write, triage as read.
  const legacy = { maintain: 'write', triage: 'read' }[builtIn] ?? builtIn
  const permissions = Object.fromEntries(
    roles.map(([name, flag]) => [flag, rank(builtIn) >= rank(name)]),
  )
  const user = { ...showAccount(call.state, account), permissions, role_name: role }
  return ok({ permission: legacy, role_name: role, user })
}

/** Built-in roles, each holding all before it, and the flags they show as. */
const roles = [
  ['read', 'pull'],
  ['triage', 'triage'],
  ['write', 'push'],
  ['maintain', 'maintain'],
  ['admin', 'admin'],
] as const

function rank(role: string): number {
  return roles.findIndex(([name]) => name === role)
}

export const getTeamMembership: Route = (call) => {
  const { org = '', team_slug = '', username = '' } = call.params
  const organisation = call.state.accounts.find((one) => one.login === org)
  const token = call.caller.kind === 'token' ? call.caller.token : null
  const need = { permission: 'members', level: 'read' } as const
  if (token?.installation && !allows(token.permissions, need)) {
    throw new Refusal(403, 'Resource not accessible by integration')
  }
  if (!organisation?.teams.get(team_slug)?.has(username)) throw notFound()
  const url = `${call.state.apiUrl}/organizations/${organisation.id}/team/1/memberships/${username}`
  return ok({ url, role: 'member', state: 'active' })
}
