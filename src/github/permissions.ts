import type { CommentFacts, Permission, PermissionFacts } from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { peopleMax } from './limits.ts'

/*
 * What people may do in a repository, asked for now and never remembered: a decision of somebody
 * whose permission was taken away must not count. `author_association` is no help, it calls members
 * with private membership "contributor" and people who may only read "collaborator".
 */

/** Looks up the authors of these comments. `teams`: slugs that the policy names. */
export async function permissionFacts(
  api: Api,
  repository: RepositoryRef,
  comments: readonly CommentFacts[],
  teams: readonly string[],
): Promise<Outcome<PermissionFacts[]>> {
  const people = [
    ...new Set(comments.filter((comment) => !comment.authorIsBot).map((comment) => comment.author)),
  ].slice(-peopleMax)
  const facts: PermissionFacts[] = []
  for (const login of people) {
    const permission = await permissionOf(api, repository, login)
    if (!permission.ok) return permission
    const member = await teamsOf(api, repository, login, teams)
    if (!member.ok) return member
    facts.push({ login, permission: permission.value, ...member.value })
  }
  return ok(facts)
}

async function permissionOf(
  api: Api,
  repository: RepositoryRef,
  login: string,
): Promise<Outcome<Permission>> {
  const doing = `look up a permission in ${repository.owner}/${repository.name}`
  const answer = await api.rest(doing, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      owner: repository.owner,
      repo: repository.name,
      username: login,
      request,
    }),
  )
  if (!answer.ok) return refused(answer, answer.failure.kind === 'gone' ? 'none' : 'unknown')
  const may = answer.value.user?.permissions
  if (!may) return ok(simple(answer.value.permission))
  // A role with a name of the organisation's own builds on one of these.
  if (may.admin) return ok('admin')
  if (may.maintain) return ok('maintain')
  if (may.push) return ok('write')
  if (may.triage) return ok('triage')
  return ok(may.pull ? 'read' : 'none')
}

function simple(word: string): Permission {
  const words: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']
  return words.find((known) => known === word) ?? 'unknown'
}

/**
 * Needs the permission to read members, which is not among those of the registration; without it
 * GitHub refuses to say, and for somebody who is in no team it says that there is nothing.
 */
async function teamsOf(
  api: Api,
  repository: RepositoryRef,
  login: string,
  teams: readonly string[],
): Promise<Outcome<Pick<PermissionFacts, 'teams' | 'teamsUnknown'>>> {
  const found: string[] = []
  for (const team of teams) {
    const answer = await api.rest('look up a team', (client, request) =>
      client.request('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', {
        org: repository.owner,
        team_slug: team,
        username: login,
        request,
      }),
    )
    if (!answer.ok && answer.failure.kind === 'forbidden') {
      return ok({ teams: [], teamsUnknown: true })
    }
    const state = answer.ok ? ok(answer.value.state) : refused(answer, 'none')
    if (!state.ok) return state
    if (state.value === 'active') found.push(team)
  }
  return ok({ teams: found })
}

/** An answer of "no" is an answer; no answer at all is not, or a good decision would be refused. */
function refused<T>(answer: Outcome<never>, meaning: T): Outcome<T> {
  if (answer.ok) return answer
  const { kind } = answer.failure
  return kind === 'unavailable' || kind === 'rate-limited' ? answer : ok(meaning)
}
