import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import {
  type GraphQLField,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { githubSchema } from '../../src/simulator/graphql/schema.ts'
import { nodeId } from '../../src/simulator/ids.ts'
import { lineAt, type PullHandle } from '../../src/simulator/pull-handle.ts'
import type { RepositoryHandle } from '../../src/simulator/repository-handle.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { installationClient } from '../support/octokit.ts'

const model = '# Threats\n\n- one\n- two\n'

let github: Simulator
let repo: RepositoryHandle
let pull: PullHandle
let octokit: Octokit

beforeEach(() => begin())

afterEach(() => {
  expect(github.violations).toEqual([])
})

describe('every field of the schema has a resolver', () => {
  test.each(['pullRequest(number: 1)', 'object(oid: $head)', 'defaultBranchRef', 'owner'])(
    'below repository.%s',
    async (field) => {
      await furnished()
      const [name = ''] = field.split('(')
      const type = fieldOf('Repository', name)
      const body = selectAll(type, 4, [])
      const head = field.includes('$head') ? '($head: GitObjectID!)' : ''
      const document = `query ${head} {
        repository(owner: "acme", name: "roster") { ${field} ${body} }
      }`
      const answer = octokit.graphql(document, head ? { head: pull.headSha } : {})
      await expect(answer).resolves.toHaveProperty('repository')
    },
  )

  test('each mutation can be told apart', () => {
    const fields = githubSchema().getMutationType()?.getFields() ?? {}
    expect(Object.keys(fields).sort()).toEqual([...mutations].sort())
  })
})

describe('reading', () => {
  test('modes, text, and what is binary or cut', async () => {
    repo.commit({ 'bin.dat': new Uint8Array([0, 1]), 'long.txt': 'x'.repeat(512_001) })
    const { repository } = await octokit.graphql<{ repository: Record<string, unknown> }>(`{
      repository(owner: "acme", name: "roster") {
        link: object(expression: "main:link.md") { ... on Blob { text } }
        binary: object(expression: "main:bin.dat") { ... on Blob { text isBinary byteSize } }
        long: object(expression: "main:long.txt") { ... on Blob { isTruncated byteSize } }
        missing: object(expression: "main:nothing.md") { oid }
        root: object(expression: "main:") { ... on Tree { entries { name mode type } } }
      }
    }`)
    expect(repository).toMatchObject({
      link: { text: 'THREAT_MODEL.md' },
      binary: { text: null, isBinary: true, byteSize: 2 },
      long: { isTruncated: true, byteSize: 512_001 },
      missing: null,
    })
    expect(repository.root).toEqual({
      entries: [
        { name: 'THREAT_MODEL.md', mode: 0o100644, type: 'blob' },
        { name: 'bin.dat', mode: 0o100644, type: 'blob' },
        { name: 'link.md', mode: 0o120000, type: 'blob' },
        { name: 'long.txt', mode: 0o100644, type: 'blob' },
      ],
    })
  })

  test('a file that is not there is null, and an error beside the rest', async () => {
    const asked = octokit.graphql(`{
      repository(owner: "acme", name: "roster") {
        name
        object(expression: "main") { ... on Commit { file(path: "nothing.md") { oid } } }
      }
    }`)
    await expect(asked).rejects.toMatchObject({
      data: { repository: { name: 'roster', object: { file: null } } },
      errors: [{ type: 'NOT_FOUND', path: ['repository', 'object', 'file'] }],
    })
  })

  test("a bot's login has no [bot]; REST has it", async () => {
    await octokit.rest.issues.createComment({
      owner: 'acme',
      repo: 'roster',
      issue_number: 1,
      body: 'hello',
    })
    const { author, viewerDidAuthor } = (await comments('last: 1')).nodes[0] ?? {}
    expect(author).toEqual({ __typename: 'Bot', login: 'threat-model-bot' })
    expect(viewerDidAuthor).toBe(true)
    expect(pull.comments[0]?.author.login).toBe('threat-model-bot[bot]')
  })

  test('who edited a comment last is known', async () => {
    const comment = pull.comment('ann', 'first')
    pull.editComment(comment, 'max', 'second')
    const [found] = (await comments('first: 1')).nodes
    expect(found).toMatchObject({ author: { login: 'ann' }, editor: { login: 'max' } })
  })

  test('pages lead from the end to the start', async () => {
    for (const body of ['a', 'b', 'c']) pull.comment('ann', body)
    const last = await comments('last: 2')
    expect(last.nodes.map(({ body }) => body)).toEqual(['b', 'c'])
    expect(last.pageInfo.hasPreviousPage).toBe(true)
    const before = await comments(`last: 2, before: "${last.pageInfo.startCursor}"`)
    expect(before.nodes.map(({ body }) => body)).toEqual(['a'])
    expect(before.pageInfo.hasPreviousPage).toBe(false)
  })

  test('a page needs a size, of at most 100', async () => {
    await expect(comments('after: null')).rejects.toMatchObject({
      errors: [{ type: 'MISSING_PAGINATION_BOUNDARIES' }],
    })
    await expect(comments('first: 101')).rejects.toMatchObject({
      errors: [{ type: 'EXCESSIVE_PAGINATION' }],
    })
  })

  test('what cannot be seen is not found', async () => {
    github.repository('other/secret', { private: true })
    const asked = octokit.graphql('{ repository(owner: "other", name: "secret") { id } }')
    await expect(asked).rejects.toMatchObject({ errors: [{ type: 'NOT_FOUND' }] })
  })

  test('a query costs points by its connections', async () => {
    const asked = (first: number) =>
      octokit.graphql<{ rateLimit: { cost: number } }>(`{
        rateLimit { cost }
        repository(owner: "acme", name: "roster") {
          pullRequests(first: ${first}) { nodes { comments(first: 100) { nodes { id } } } }
        }
      }`)
    expect((await asked(1)).rateLimit.cost).toBe(1)
    expect((await asked(100)).rateLimit.cost).toBe(1)
    const deep = await octokit.graphql<{ rateLimit: { cost: number } }>(`{
      rateLimit { cost }
      repository(owner: "acme", name: "roster") {
        pullRequests(first: 50) {
          nodes { reviewThreads(first: 50) { nodes { comments(first: 10) { nodes { id } } } } }
        }
      }
    }`)
    expect(deep.rateLimit.cost).toBe(26)
  })
})

describe('writing', () => {
  test('one document does several things, in order', async () => {
    const head = pull.headSha
    await octokit.graphql(
      `mutation($repository: ID!, $pull: ID!, $head: GitObjectID!) {
        begun: createCheckRun(input: {
          repositoryId: $repository, headSha: $head, name: "Threat model", status: IN_PROGRESS
        }) { checkRun { id } }
        addComment(input: { subjectId: $pull, body: "summary" }) { clientMutationId }
      }`,
      { ...(await ids()), head },
    )
    expect(pull.checks[0]).toMatchObject({ status: 'in_progress', name: 'Threat model' })
    expect(pull.comments.map(({ body }) => body)).toEqual(['summary'])
    expect(github.log.entries.at(-1)).toMatchObject({
      kind: 'content',
      detail: ['createCheckRun', 'addComment'],
    })
  })

  test('a check run concludes with annotations', async () => {
    const { createCheckRun } = await octokit.graphql<Created>(
      `mutation($repository: ID!, $head: GitObjectID!) {
        createCheckRun(input: { repositoryId: $repository, headSha: $head, name: "T" }) {
          checkRun { id }
        }
      }`,
      { ...(await ids()), head: pull.headSha },
    )
    await octokit.graphql(
      `mutation($run: ID!) {
        updateCheckRun(input: {
          repositoryId: "unused", checkRunId: $run, conclusion: ACTION_REQUIRED,
          output: { title: "t", summary: "s", annotations: [{
            path: "a", annotationLevel: WARNING, message: "m", title: "x",
            location: { startLine: 1, endLine: 1, startColumn: 2, endColumn: 3 }
          }] }
        }) { checkRun { conclusion } }
      }`,
      { run: createCheckRun.checkRun.id },
    )
    expect(pull.checks[0]).toMatchObject({ status: 'completed', conclusion: 'action_required' })
    expect(pull.checks[0]?.annotations[0]).toMatchObject({ start_column: 2, end_column: 3 })
  })

  test('a thread outside the diff is dropped without a word', async () => {
    const { addPullRequestReview } = await octokit.graphql<Reviewed>(
      `mutation($pull: ID!) {
        addPullRequestReview(input: { pullRequestId: $pull, event: COMMENT, body: "b", threads: [
          { path: "THREAT_MODEL.md", line: 4, side: LEFT, body: "in" },
          { path: "THREAT_MODEL.md", line: 99, body: "out" }
        ] }) { pullRequestReview { comments(first: 10) { nodes { body } } } }
      }`,
      await ids(),
    )
    const { nodes } = addPullRequestReview.pullRequestReview.comments
    expect(nodes).toEqual([{ body: 'in' }])
  })

  test('a pending review is seen by nobody else until it is submitted', async () => {
    github.take()
    await octokit.graphql(
      `mutation($pull: ID!) {
        addPullRequestReviewThread(input: {
          pullRequestId: $pull, path: "THREAT_MODEL.md", subjectType: FILE, body: "whole"
        }) { thread { subjectType } }
      }`,
      await ids(),
    )
    const listed = async () => {
      const at = { owner: 'acme', repo: 'roster', pull_number: 1 }
      return (await octokit.rest.pulls.listReviewComments(at)).data.length
    }
    expect([await listed(), github.take().length]).toEqual([0, 0])
    await octokit.graphql(
      `mutation($pull: ID!) {
        submitPullRequestReview(input: { pullRequestId: $pull, event: COMMENT }) {
          pullRequestReview { state }
        }
      }`,
      await ids(),
    )
    expect([await listed(), github.take().length]).toEqual([1, 2])
  })

  test('an App resolves threads with contents: write only; minimising needs less', async () => {
    const [thread] = reviewed()
    const resolve = () =>
      octokit.graphql(
        'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { id } } }',
        { id: thread?.id },
      )
    await expect(resolve()).rejects.toMatchObject({ errors: [{ type: 'FORBIDDEN' }] })
    const { minimizeComment } = await octokit.graphql<Minimized>(
      `mutation($id: ID!) {
        minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
          minimizedComment { isMinimized minimizedReason }
        }
      }`,
      { id: thread?.comment },
    )
    expect(minimizeComment.minimizedComment).toEqual({
      isMinimized: true,
      minimizedReason: 'outdated',
    })
    begin({ contents: 'write', pull_requests: 'write', metadata: 'read' })
    const [other] = reviewed()
    await octokit.graphql(
      'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { id } } }',
      { id: other?.id },
    )
    expect(pull.threads[0]?.resolvedBy?.login).toBe('threat-model-bot[bot]')
  })

  test('a commit needs a permission, and the branch to be where it is expected', async () => {
    const before = pull.headSha
    await expect(commitNote(before)).rejects.toMatchObject({ errors: [{ type: 'FORBIDDEN' }] })
    begin({ contents: 'write', metadata: 'read', pull_requests: 'write' })
    const old = pull.headSha
    const { createCommitOnBranch } = await commitNote(old)
    expect(createCommitOnBranch.commit.oid).toBe(pull.headSha)
    expect(pull.files.map(({ path }) => path)).toContain('docs/note.md')
    await expect(commitNote(old)).rejects.toMatchObject({ errors: [{ type: 'STALE_DATA' }] })
    const fork = repo.fork('sam')
    fork.branch('theirs', { edit: { 'a.md': 'A\n' } })
    const theirs = fork.tip('theirs')
    const there = commitNote(theirs, 'sam/roster', 'theirs')
    await expect(there).rejects.toMatchObject({ errors: [{ type: 'FORBIDDEN' }] })
  })

  test('a reaction to the text of a review comes and goes', async () => {
    pull.review('ann', { body: 'Fine.' })
    const [review] = pull.pull.reviews
    const id = nodeId('PRR', review?.id ?? 0)
    const said = () => review?.reactions.map(({ content }) => content)
    const react = (field: string) =>
      octokit.graphql(
        `mutation($id: ID!) {
          ${field}(input: { subjectId: $id, content: CONFUSED }) { reaction { content } }
        }`,
        { id },
      )
    await react('addReaction')
    expect(said()).toEqual(['confused'])
    await react('removeReaction')
    expect(said()).toEqual([])
    const again = react('removeReaction')
    await expect(again).rejects.toMatchObject({ errors: [{ type: 'NOT_FOUND' }] })
  })

  test('what REST refuses with 422 is an error here', async () => {
    const asked = octokit.graphql(
      `mutation($pull: ID!) {
        addComment(input: { subjectId: $pull, body: " " }) { clientMutationId }
      }`,
      await ids(),
    )
    await expect(asked).rejects.toMatchObject({ errors: [{ type: 'UNPROCESSABLE' }] })
  })
})

describe('documents', () => {
  test('one that the schema forbids is a violation', async () => {
    const asked = octokit.graphql('{ repository(owner: "acme", name: "roster") { stars } }')
    await expect(asked).rejects.toThrow('Cannot query field "stars"')
    expect(github.violations.splice(0)).toHaveLength(1)
  })

  test('a hash must be a whole one', async () => {
    const asked = octokit.graphql(
      `query($oid: GitObjectID!) {
        repository(owner: "acme", name: "roster") { object(oid: $oid) { id } }
      }`,
      { oid: 'main' },
    )
    await expect(asked).rejects.toThrow('Could not coerce value')
  })
})

interface Committed {
  createCommitOnBranch: { commit: { oid: string } }
}

function commitNote(
  expected: string,
  repository = 'acme/roster',
  branch = 'feature',
): Promise<Committed> {
  const input = {
    branch: { repositoryNameWithOwner: repository, branchName: branch },
    expectedHeadOid: expected,
    message: { headline: 'A note' },
    fileChanges: { additions: [{ path: 'docs/note.md', contents: 'aGVsbG8K' }] },
  }
  return octokit.graphql(
    `mutation($input: CreateCommitOnBranchInput!) {
      createCommitOnBranch(input: $input) { commit { oid } }
    }`,
    { input },
  )
}

interface Created {
  createCheckRun: { checkRun: { id: string } }
}

interface Reviewed {
  addPullRequestReview: { pullRequestReview: { comments: { nodes: unknown[] } } }
}

interface Minimized {
  minimizeComment: { minimizedComment: unknown }
}

interface Commented {
  nodes: { body?: string; author?: unknown; editor?: unknown; viewerDidAuthor?: boolean }[]
  pageInfo: { startCursor: string; hasPreviousPage: boolean }
}

const mutations = [
  'addComment',
  'addPullRequestReview',
  'addPullRequestReviewThread',
  'addPullRequestReviewThreadReply',
  'addReaction',
  'createCheckRun',
  'createCommitOnBranch',
  'minimizeComment',
  'removeReaction',
  'resolveReviewThread',
  'submitPullRequestReview',
  'unminimizeComment',
  'unresolveReviewThread',
  'updateCheckRun',
  'updateIssueComment',
  'updatePullRequestReviewComment',
]

function begin(permissions?: Record<string, 'read' | 'write'>): void {
  github = createSimulator(permissions ? { app: { permissions } } : {})
  repo = github.repository('acme/roster', {
    files: { 'THREAT_MODEL.md': model, 'link.md': { symlink: 'THREAT_MODEL.md' } },
  })
  repo.branch('feature', { edit: { 'THREAT_MODEL.md': '# Threats\n\n- one\n- three\n' } })
  pull = repo.openPullRequest({ head: 'feature', author: 'sam' })
  octokit = installationClient(github)
}

/** Something of everything, so that no list is empty. */
async function furnished(): Promise<void> {
  const comment = pull.comment('ann', 'hello')
  pull.editComment(comment, 'max', 'hello again')
  reviewed()
  pull.reply(pull.threads[0] as never, 'sam', 'indeed')
  pull.resolve(pull.threads[0] as never, 'sam')
  await octokit.rest.checks.create({
    owner: 'acme',
    repo: 'roster',
    name: 'T',
    head_sha: pull.headSha,
    conclusion: 'success',
    output: {
      title: 't',
      summary: 's',
      annotations: [
        { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' },
      ],
    },
  })
  pull.queue()
}

function reviewed(): { id: string; comment: string }[] {
  const comments = [{ place: lineAt('THREAT_MODEL.md', 4), body: 'hm' }]
  pull.review('ann', { comments })
  return pull.threads.map((thread) => ({
    id: id('PRRT', thread.id),
    comment: id('PRRC', thread.comments[0]?.id ?? 0),
  }))
}

async function ids(): Promise<{ repository: string; pull: string }> {
  return { repository: id('R', repo.id), pull: id('PR', pull.pull.id) }
}

function id(kind: string, number: number): string {
  return `${kind}_${Buffer.from(`${kind}:${number}`).toString('base64url')}`
}

async function comments(page: string): Promise<Commented> {
  const { repository } = await octokit.graphql<{
    repository: { pullRequest: { comments: Commented } }
  }>(`{
    repository(owner: "acme", name: "roster") {
      pullRequest(number: 1) {
        comments(${page}) {
          nodes { body viewerDidAuthor author { __typename login } editor { login } }
          pageInfo { startCursor hasPreviousPage }
        }
      }
    }
  }`)
  return repository.pullRequest.comments
}

function fieldOf(type: string, name: string): GraphQLField<unknown, unknown> {
  const found = githubSchema().getType(type)
  const field = isObjectType(found) ? found.getFields()[name] : undefined
  if (!field) throw new Error(`no field ${type}.${name}`)
  return field
}

/** A selection of every field below, to a depth, with the arguments that are needed. */
function selectAll(
  field: GraphQLField<unknown, unknown>,
  depth: number,
  above: readonly string[],
): string {
  const type = getNamedType(field.type)
  if (!isCompositeType(type)) return ''
  if (isAbstractType(type)) {
    const possible = githubSchema().getPossibleTypes(type)
    return `{ __typename ${possible.map((one) => selectType(one.name, depth, above)).join(' ')} }`
  }
  return `{ __typename ${selectFields(type.name, depth, above, '')} }`
}

function selectType(name: string, depth: number, above: readonly string[]): string {
  return `... on ${name} { ${selectFields(name, depth, above, name)} }`
}

/** Fields get the type's name in front where types could disagree about a field. */
function selectFields(
  name: string,
  depth: number,
  above: readonly string[],
  prefix: string,
): string {
  const type = githubSchema().getType(name)
  if (!isObjectType(type)) return ''
  const selected = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type)
    const leaf = !isCompositeType(inner)
    if (!leaf && (depth === 0 || above.includes(inner.name))) return []
    const args = argumentsFor(field)
    if (args === null) return []
    const alias = prefix === '' ? '' : `${prefix}_${field.name}: `
    return [`${alias}${field.name}${args} ${selectAll(field, depth - 1, [...above, name])}`]
  })
  return selected.length > 0 ? selected.join(' ') : '__typename'
}

/** Null when a needed argument cannot be made up. */
function argumentsFor(field: GraphQLField<unknown, unknown>): string | null {
  if (field.args.some(({ name }) => name === 'first')) return '(first: 2)'
  const needed = field.args.filter(
    (one) => isNonNullType(one.type) && one.defaultValue === undefined,
  )
  const known: Record<string, string> = {
    path: '"THREAT_MODEL.md"',
    number: '1',
    qualifiedName: '"main"',
    owner: '"acme"',
    name: '"roster"',
  }
  const made = needed.map(({ name, type }) => {
    const inner = getNamedType(type)
    if (isInputObjectType(inner) || isEnumType(inner)) return null
    return known[name] === undefined ? null : `${name}: ${known[name]}`
  })
  if (made.includes(null)) return null
  if (field.name === 'object' && needed.length === 0 && field.args.length > 0) {
    return '(expression: "main:")'
  }
  return made.length > 0 ? `(${made.join(', ')})` : ''
}
