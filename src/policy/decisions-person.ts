import type { Permission, PermissionFacts, PullRequestFacts } from '../pull-request/facts.ts'
import type { AcceptRule } from './policy.ts'

/*
 * Who may decide. The policy of the base branch says it, GitHub says what a person may do, asked
 * for now; what nobody knows counts as no.
 *
 * A login in `users` is a name and no proof: names are given up and taken by others, and people
 * leave. So a person named there must still be a collaborator (triage or more), which a stranger
 * with a found name is not. Members of a team are known to GitHub by account: for them reading
 * is enough.
 */

export type PersonRefusal =
  | 'is-author'
  | 'not-permitted'
  | 'permission-unknown'
  | 'team-unknown'
  | 'ghost'

export interface Bench {
  accept: AcceptRule
  facts: Pick<PullRequestFacts, 'permissions' | 'pull'>
}

/** Who a comment belongs to when its account is gone. */
export const ghostLogin = 'ghost'

/** Why a person may not decide on this pull request, or null when they may. */
export function personRefusal(login: string, bench: Bench): PersonRefusal | null {
  const { accept, facts } = bench
  if (sameLogin(login, ghostLogin)) return 'ghost'
  if (!accept.author && sameLogin(login, facts.pull.author)) return 'is-author'
  const person = facts.permissions.find((known) => sameLogin(known.login, login))
  if (person === undefined || person.permission === 'unknown') return 'permission-unknown'
  if (!reaches(person.permission, 'read')) return 'not-permitted'
  if (accept.permission !== null && reaches(person.permission, accept.permission)) return null
  if (isNamed(login, accept) && reaches(person.permission, 'triage')) return null
  if (isInTeam(person, accept)) return null
  const mightBe = person.teamsUnknown === true && accept.teams.length > 0
  return mightBe ? 'team-unknown' : 'not-permitted'
}

/** Only for who could push as well a branch is written to. What nobody knows is no. */
export function mayPush(login: string, permissions: readonly PermissionFacts[]): boolean {
  const person = permissions.find((known) => sameLogin(known.login, login))
  if (person === undefined || sameLogin(login, ghostLogin)) return false
  return reaches(person.permission, 'write')
}

export function isNamed(login: string, accept: AcceptRule): boolean {
  return accept.users.some((user) => sameLogin(user, login))
}

function isInTeam(person: PermissionFacts, accept: AcceptRule): boolean {
  return person.teams.some((team) => accept.teams.some((allowed) => sameLogin(team, allowed)))
}

const ladder: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

/** `none` and `unknown` are no rungs: a rule that needs them lets nobody in. */
function reaches(has: Permission, needs: Permission): boolean {
  return ladder.indexOf(needs) > 0 && ladder.indexOf(has) >= ladder.indexOf(needs)
}

export function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
