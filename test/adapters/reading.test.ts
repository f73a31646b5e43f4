import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { createCache } from '../../src/github/cache.ts'
import { createComparisons } from '../../src/github/comparison.ts'
import { readBlob } from '../../src/github/documents.ts'
import { permissionFacts } from '../../src/github/permissions.ts'
import { createTrees } from '../../src/github/tree.ts'
import type { CommentFacts } from '../../src/pull-request/facts.ts'
import { apiAt, apiUrl, chat, pull, startNock, stopNock } from './support.ts'
import './reading/errors.ts'
import './reading/limiter.ts'
import './reading/writing.ts'

beforeAll(startNock)
afterAll(stopNock)

const compareUrl = '/repos/acme/chat/compare/b...h?per_page=1'
const parted = { sha: 'm', commit: { tree: { sha: 't' } } }

function fileOf(i: number) {
  return { sha: `s${i}`, filename: `f${i}`, status: 'modified', additions: 1, deletions: 0 }
}

function filesOf(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => fileOf(from + i))
}

describe('a comparison', () => {
  const create = () => createComparisons(apiAt(), createCache(1_000_000))

  test('is one request, and none the next time', async () => {
    const scope = nock(apiUrl)
      .get(compareUrl)
      .reply(200, { merge_base_commit: parted, files: filesOf(0, 3) })
    const { compare } = create()
    const first = await compare(chat, { base: 'b', head: 'h' }, pull)
    expect(first).toMatchObject({ ok: true, value: { complete: true, mergeBase: { sha: 'm' } } })
    expect(await compare(chat, { base: 'b', head: 'h' }, pull)).toEqual(first)
    scope.done()
  })

  test('of 300 files and more goes on page by page', async () => {
    const page = (number: number, files: object[]) =>
      nock(apiUrl)
        .get(`/repos/acme/chat/pulls/7/files?per_page=100&page=${number}`)
        .reply(200, files)
    nock(apiUrl)
      .get(compareUrl)
      .reply(200, { merge_base_commit: parted, files: filesOf(0, 300) })
    const pages = [
      page(1, filesOf(0, 100)),
      page(2, filesOf(100, 200)),
      page(3, filesOf(200, 300)),
      page(4, filesOf(300, 342)),
    ]
    const { compare } = create()
    const answer = await compare(chat, { base: 'b', head: 'h' }, pull)
    expect(answer).toMatchObject({ ok: true, value: { complete: true } })
    expect(answer.ok && answer.value.files).toHaveLength(342)
    for (const scope of pages) scope.done()
  })

  test('stops at 3,000 files and says that there may be more', async () => {
    nock(apiUrl)
      .get(compareUrl)
      .reply(200, { merge_base_commit: parted, files: filesOf(0, 300) })
    nock(apiUrl)
      .get(/\/pulls\/7\/files/)
      .times(30)
      .reply(200, filesOf(0, 100))
    const answer = await create().compare(chat, { base: 'b', head: 'h' }, pull)
    expect(answer).toMatchObject({ ok: true, value: { complete: false } })
    expect(answer.ok && answer.value.files).toHaveLength(3_000)
  })

  test('of a merge queue does not ask for the pull request', async () => {
    nock(apiUrl)
      .get(compareUrl)
      .reply(200, { merge_base_commit: parted, files: filesOf(0, 300) })
    const answer = await create().compare(chat, { base: 'b', head: 'h' }, null)
    expect(answer).toMatchObject({ ok: true, value: { complete: false } })
  })

  test('of branches with nothing in common has no merge base', async () => {
    nock(apiUrl).get(compareUrl).reply(404, { message: 'No common ancestor between b and h.' })
    nock(apiUrl)
      .get(/\/pulls\/7\/files/)
      .reply(200, filesOf(0, 2))
    const answer = await create().compare(chat, { base: 'b', head: 'h' }, pull)
    expect(answer).toMatchObject({ ok: true, value: { mergeBase: null } })
  })
})

describe('a tree', () => {
  test('has files, links and submodules, no folders; the models are picked out', async () => {
    const entry = (path: string, mode: string, type: string) => ({ path, mode, type, sha: path })
    const scope = nock(apiUrl)
      .get('/repos/acme/chat/git/trees/t?recursive=1')
      .reply(200, {
        truncated: false,
        tree: [
          entry('docs', '040000', 'tree'),
          entry('docs/THREATS.md', '100644', 'blob'),
          entry('link.md', '120000', 'blob'),
          entry('lib', '160000', 'commit'),
        ],
      })
    const treeOf = createTrees(apiAt(), createCache(100))
    const answer = await treeOf(chat, 't')
    expect(answer.ok && [...(answer.value?.entries.keys() ?? [])]).toEqual([
      'docs/THREATS.md',
      'link.md',
      'lib',
    ])
    expect(answer.ok && answer.value?.models).toEqual(['docs/THREATS.md'])
    await treeOf(chat, 't')
    scope.done()
  })

  test('too large to be listed is null, and is not asked for again', async () => {
    const scope = nock(apiUrl)
      .get(/\/git\/trees\/t/)
      .reply(200, { truncated: true, tree: [] })
    const treeOf = createTrees(apiAt(), createCache(100))
    expect(await treeOf(chat, 't')).toEqual({ ok: true, value: null })
    expect(await treeOf(chat, 't')).toEqual({ ok: true, value: null })
    scope.done()
  })
})

describe('a blob that GraphQL would cut', () => {
  const reply = (body: object) => nock(apiUrl).get('/repos/acme/chat/git/blobs/s').reply(200, body)
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test('comes whole', async () => {
    reply({ size: 6, encoding: 'base64', content: base64('Grüße') })
    expect(await readBlob(apiAt(), chat, 's')).toEqual({
      ok: true,
      value: { state: 'present', text: 'Grüße' },
    })
  })

  test.each([
    ['too-large', { size: 2_000_000, encoding: 'base64', content: '' }],
    ['not-text', { size: 3, encoding: 'base64', content: base64('a\0b') }],
    [
      'large-file-pointer',
      {
        size: 60,
        encoding: 'base64',
        content: base64('version https://git-lfs.github.com/spec/v1\noid sha256:0\n'),
      },
    ],
  ])('may be %s', async (reason, body) => {
    reply(body)
    expect(await readBlob(apiAt(), chat, 's')).toEqual({
      ok: true,
      value: { state: 'unreadable', reason },
    })
  })
})

describe('the permission of a person', () => {
  const comment: CommentFacts = {
    id: 1,
    place: 'conversation',
    inReplyTo: null,
    author: 'kim',
    authorIsBot: false,
    body: '/threat-model accept',
    createdAt: '',
    editedBy: null,
    url: '',
  }
  const url = '/repos/acme/chat/collaborators/kim/permission'
  const look = (teams: string[] = []) => permissionFacts(apiAt(), chat, [comment, comment], teams)
  const may = (names: string[]) => ({
    permission: 'write',
    role_name: 'security-champion',
    user: {
      permissions: Object.fromEntries(
        ['pull', 'triage', 'push', 'maintain', 'admin'].map((name) => [name, names.includes(name)]),
      ),
    },
  })

  test.each([
    ['admin', ['pull', 'triage', 'push', 'maintain', 'admin']],
    ['maintain', ['pull', 'triage', 'push', 'maintain']],
    ['write', ['pull', 'triage', 'push']],
    ['triage', ['pull', 'triage']],
    ['read', ['pull']],
    ['none', []],
  ])('is %s, also behind a role with a name of its own', async (permission, names) => {
    const scope = nock(apiUrl).get(url).reply(200, may(names))
    expect(await look()).toMatchObject({ ok: true, value: [{ login: 'kim', permission }] })
    scope.done()
  })

  test('is none for somebody unknown, and unknown when it may not be asked', async () => {
    nock(apiUrl).get(url).reply(404, { message: 'Not Found' })
    expect(await look()).toMatchObject({ ok: true, value: [{ permission: 'none' }] })
    nock(apiUrl).get(url).reply(403, { message: 'not accessible' })
    expect(await look()).toMatchObject({ ok: true, value: [{ permission: 'unknown' }] })
  })

  test('that cannot be had now is no answer: the job comes again', async () => {
    nock(apiUrl).get(url).reply(502, {})
    expect(await look()).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  })

  test('comes with the teams that the policy names', async () => {
    nock(apiUrl)
      .get(url)
      .reply(200, may(['pull']))
    nock(apiUrl).get('/orgs/acme/teams/sec/memberships/kim').reply(200, { state: 'active' })
    nock(apiUrl).get('/orgs/acme/teams/ops/memberships/kim').reply(404, { message: 'Not Found' })
    nock(apiUrl).get('/orgs/acme/teams/new/memberships/kim').reply(200, { state: 'pending' })
    expect(await look(['sec', 'ops', 'new'])).toMatchObject({
      ok: true,
      value: [{ teams: ['sec'] }],
    })
  })

  test('says when teams may not be read, instead of calling everybody a stranger', async () => {
    nock(apiUrl)
      .get(url)
      .reply(200, may(['pull']))
    nock(apiUrl)
      .get('/orgs/acme/teams/sec/memberships/kim')
      .reply(403, { message: 'Resource not accessible by integration' })
    expect(await look(['sec'])).toMatchObject({
      ok: true,
      value: [{ teams: [], teamsUnknown: true }],
    })
  })
})
