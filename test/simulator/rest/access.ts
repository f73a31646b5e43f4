import { beforeEach, describe, expect, test } from '@jest/globals'
import type { RepositoryHandle } from '../../../src/simulator/repository-handle.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'
import {
  anonymousClient,
  appClient,
  installationClient,
  personClient,
} from '../../support/octokit.ts'

const at = { owner: 'acme', repo: 'secret' }

let github: Simulator
let repo: RepositoryHandle

function begin(): void {
  github = createSimulator()
  repo = github.repository('acme/secret', { private: true })
}

describe('who sees what', () => {
  beforeEach(begin)

  test('a private repository is not found by strangers, found by collaborators', async () => {
    const get = (login: string) => personClient(github, login).rest.repos.get(at)
    repo.collaborator('ann', 'read')
    await expect(get('sam')).rejects.toMatchObject({ status: 404 })
    await expect(anonymousClient(github).rest.repos.get(at)).rejects.toMatchObject({ status: 404 })
    expect((await get('ann')).data.full_name).toBe('acme/secret')
  })

  test('an installation sees its own repositories only, and public ones to read', async () => {
    github.repository('other/secret', { private: true })
    const open = github.repository('other/open', {})
    open.branch('x', { edit: { 'x.md': 'x\n' } })
    const pull = open.openPullRequest({ head: 'x', author: 'sam' })
    const { rest } = installationClient(github, 'acme')
    const secret = rest.repos.get({ owner: 'other', repo: 'secret' })
    await expect(secret).rejects.toMatchObject({ status: 404 })
    expect((await rest.repos.get({ owner: 'other', repo: 'open' })).status).toBe(200)
    const written = rest.checks.create({
      owner: 'other',
      repo: 'open',
      name: 'T',
      head_sha: pull.headSha,
    })
    await expect(written).rejects.toMatchObject({ status: 403 })
  })

  test('a token narrowed to one repository does not reach another', async () => {
    github.repository('acme/second', { private: true })
    const [installation] = github.state.installations
    const { data } = await appClient(github).rest.apps.createInstallationAccessToken({
      installation_id: installation?.id ?? 0,
      repository_ids: [repo.id],
    })
    expect(data.repositories?.map(({ name }) => name)).toEqual(['secret'])
    expect(data.token).toMatch(/^ghs_/)
    expect(data.token.length).toBeGreaterThan(40)
    const headers = { authorization: `token ${data.token}` }
    const { rest } = anonymousClient(github)
    expect((await rest.repos.get({ ...at, headers })).status).toBe(200)
    const second = rest.repos.get({ owner: 'acme', repo: 'second', headers })
    await expect(second).rejects.toMatchObject({ status: 404 })
  })

  test('what the App may not do it cannot', async () => {
    github = createSimulator({ app: { permissions: { metadata: 'read', contents: 'read' } } })
    repo = github.repository('acme/secret', { private: true })
    const { rest } = installationClient(github)
    const asked = rest.checks.create({ ...at, name: 'T', head_sha: repo.tip() })
    await expect(asked).rejects.toMatchObject({ status: 403 })
    await expect(rest.pulls.list(at)).rejects.toMatchObject({ status: 403 })
  })

  test('a token dies when it expires and with its installation', async () => {
    const take = async () => {
      const installation_id = github.state.installations[0]?.id ?? 0
      const { rest } = appClient(github)
      const { data } = await rest.apps.createInstallationAccessToken({ installation_id })
      return { authorization: `token ${data.token}` }
    }
    const { rest } = anonymousClient(github)
    const headers = await take()
    expect((await rest.repos.get({ ...at, headers })).status).toBe(200)
    github.expireTokens()
    await expect(rest.repos.get({ ...at, headers })).rejects.toMatchObject({ status: 401 })
    const fresh = await take()
    github.uninstall('acme')
    await expect(rest.repos.get({ ...at, headers: fresh })).rejects.toMatchObject({ status: 401 })
  })

  test("a token signed with another key is no App's", async () => {
    const forged = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.e30.c2lnbmVk`
    const { rest } = anonymousClient(github)
    const headers = { authorization: `bearer ${forged}` }
    await expect(rest.apps.getAuthenticated({ headers })).rejects.toMatchObject({ status: 401 })
  })
})

describe('what people may do', () => {
  beforeEach(begin)

  test.each([
    ['admin', 'admin', 'admin'],
    ['maintain', 'write', 'maintain'],
    ['write', 'write', 'write'],
    ['triage', 'read', 'triage'],
    ['read', 'read', 'read'],
  ])('%s shows as %s, with its own name beside', async (role, permission, name) => {
    repo.collaborator('ann', role)
    expect(await look('ann')).toMatchObject({ permission, role_name: name })
  })

  test('a role of their own shows what it builds on', async () => {
    repo.customRole('security-champion', 'maintain')
    repo.collaborator('ann', 'security-champion')
    expect(await look('ann')).toMatchObject({
      permission: 'write',
      role_name: 'security-champion',
      user: { permissions: { admin: false, maintain: true, push: true, triage: true, pull: true } },
    })
  })

  test('nobody in particular: none, or read where the repository is public', async () => {
    github.user('sam')
    expect(await look('sam')).toMatchObject({ permission: 'none' })
    github.repository('acme/open', {})
    expect(await look('sam', 'open')).toMatchObject({ permission: 'read' })
    await expect(look('not-a-person')).rejects.toMatchObject({ status: 404 })
  })

  test('teams are seen with the permission to see members only', async () => {
    github.organisation('acme')
    github.team('acme', 'security', ['ann'])
    const ask = (simulator: Simulator, username: string) =>
      installationClient(simulator).rest.teams.getMembershipForUserInOrg({
        org: 'acme',
        team_slug: 'security',
        username,
      })
    await expect(ask(github, 'ann')).rejects.toMatchObject({ status: 403 })
    const permissions = { metadata: 'read', members: 'read' } as const
    github = createSimulator({ app: { permissions } })
    github.repository('acme/secret', {})
    github.team('acme', 'security', ['ann'])
    expect((await ask(github, 'ann')).data.state).toBe('active')
    await expect(ask(github, 'sam')).rejects.toMatchObject({ status: 404 })
  })

  test('a renamed repository answers to its old name', async () => {
    repo.rename('hidden')
    const { data } = await installationClient(github).rest.repos.get(at)
    expect(data.full_name).toBe('acme/hidden')
    expect(data.id).toBe(repo.id)
  })
})

async function look(username: string, name = 'secret') {
  const { rest } = installationClient(github)
  const asked = { owner: 'acme', repo: name, username }
  return (await rest.repos.getCollaboratorPermissionLevel(asked)).data
}
