import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildSchema, parse, validate } from 'graphql'
import nock from 'nock'
import { earlierQuery, filesQuery, type Look, lookQuery } from '../../../src/github/look-query.ts'
import { mutationOf } from '../../../src/github/mutation.ts'
import { createWriter } from '../../../src/github/writer.ts'
import type { LineComment, Output } from '../../../src/publish/output.ts'
import type { Target } from '../../../src/publish/writer.ts'
import { apiAt, apiUrl, pull } from '../support.ts'

const target: Target = { pull, nodes: { pull: 'P1', repository: 'R1' }, head: 'h' }
const check = { name: 'Threat model' }
const comment: LineComment = {
  path: 'a.md',
  side: 'LEFT',
  line: 4,
  startLine: 2,
  body: 'said',
  fingerprint: 'f',
}
const start: Output = { do: 'start-check', headSha: 'h', title: 't', summary: 's' }
const review: Output = { do: 'create-review', headSha: 'h', comments: [comment] }
const summary: Output = { do: 'create-summary', body: 'sum' }
const conclusion: Output = {
  do: 'conclude-check',
  check: 'C1',
  headSha: 'h',
  conclusion: 'action_required',
  title: 't',
  summary: 's',
  annotations: [
    {
      path: 'a.md',
      startLine: 3,
      endLine: 3,
      columns: { start: 1, end: 5 },
      level: 'warning',
      title: 't',
      message: 'm',
    },
    {
      path: 'a.md',
      startLine: 3,
      endLine: 4,
      columns: { start: 1, end: 5 },
      level: 'failure',
      title: 't',
      message: 'm',
    },
  ],
  actions: [{ label: 'l', description: 'd', identifier: 'i' }],
}
const others: Output[] = [
  {
    do: 'resolve-comments',
    threads: [
      { threadId: 'T1', commentNodeId: 'c1', how: 'resolve' },
      { threadId: 'T2', commentNodeId: 'c2', how: 'minimise' },
    ],
  },
  { do: 'update-summary', nodeId: 'c3', body: 'b' },
  { do: 'add-annotations', check: 'C1', title: 't', summary: 's', annotations: [] },
  { do: 'abandon-check', check: 'C1' },
]

describe('every document is valid by the published schema', () => {
  const path = join(import.meta.dirname, '../../../src/simulator/schema.graphql')
  const schema = buildSchema(readFileSync(path, 'utf8'), { assumeValidSDL: true })
  const look: Look = {
    owner: 'o',
    name: 'n',
    number: 1,
    before: 'b',
    head: 'h',
    policyPath: 'p',
    beforePaths: ['x'],
    headPaths: ['y', 'z'],
    folders: true,
    app: { id: 1, checkName: 'c' },
  }

  const whole = { comments: null, reviews: null, threads: null }

  test.each<[string, string]>([
    ['the look', lookQuery(look).document],
    ['a look with a token', lookQuery({ ...look, folders: false, app: null }).document],
    ['a look for nothing new', lookQuery({ ...look, beforePaths: [], headPaths: [] }).document],
    ['further files', filesQuery(look).document],
    ['earlier comments', earlierQuery(look, { ...whole, comments: 'a' }).document],
    ['earlier reviews', earlierQuery(look, { ...whole, reviews: 'a' }).document],
    ['earlier threads', earlierQuery(look, { ...whole, threads: 'b' }).document],
    ['all writes', mutationOf(target, [start, review, summary, ...others], check).document],
    ['a conclusion', mutationOf(target, [conclusion], check).document],
  ])('%s', (_, document) => {
    expect(validate(schema, parse(document)).map((error) => error.message)).toEqual([])
  })

  test('and holds no text of anybody: all of it is in variables', () => {
    const { document } = mutationOf(target, [review, summary], check)
    expect(document).not.toMatch(/said|sum\b|a\.md/)
    expect(lookQuery({ ...look, headPaths: ['") { evil }'] }).document).not.toContain('evil')
  })
})

describe('what is sent', () => {
  test('a comment stands on its side, a range begins before it ends', () => {
    const { variables, contents } = mutationOf(target, [review, summary], check)
    expect(variables.m0).toMatchObject({
      event: 'COMMENT',
      commitOID: 'h',
      threads: [{ line: 4, side: 'LEFT', startLine: 2, startSide: 'LEFT' }],
    })
    expect(contents).toBe(3)
  })

  test('columns only where a note has one line', () => {
    const { variables } = mutationOf(target, [conclusion], check)
    expect(variables.m0).toMatchObject({
      checkRunId: 'C1',
      conclusion: 'ACTION_REQUIRED',
      output: {
        annotations: [
          { location: { startLine: 3, endLine: 3, startColumn: 1, endColumn: 5 } },
          { location: { startLine: 3, endLine: 4 } },
        ],
      },
    })
    expect(JSON.stringify(variables)).not.toMatch(/"endLine":4,"startColumn"/)
  })

  test('a new run says which pull request it is for', () => {
    const { variables } = mutationOf(target, [start], check)
    expect(variables.m0).toMatchObject({ externalId: '5/7', headSha: 'h', name: 'Threat model' })
  })
})

describe('what is answered', () => {
  const write = (outputs: Output[]) => createWriter(apiAt(), check, Date.now).write(target, outputs)
  const reply = (data: object, errors?: object[]) =>
    nock(apiUrl)
      .post('/graphql')
      .reply(200, errors ? { data, errors } : { data })
  const reviewed = (bodies: string[]) => ({
    pullRequestReview: {
      comments: { nodes: bodies.map((body) => ({ body })) },
      pullRequest: { headRefOid: 'newer' },
    },
  })

  test('tells the run that was begun and the head that was seen', async () => {
    reply({ m0: { checkRun: { id: 'C9' } }, m1: reviewed(['said']) })
    expect(await write([start, review])).toEqual({
      ok: true,
      value: { head: 'newer', commit: null, startedCheck: 'C9', dropped: [], refused: [] },
    })
  })

  test('shows which comments of a review were left out', async () => {
    reply({ m0: reviewed([]) })
    expect(await write([review])).toMatchObject({ ok: true, value: { dropped: [comment] } })
  })

  test('a comment that is refused for good is noted, the rest counts', async () => {
    const errors = [{ type: 'FORBIDDEN', path: ['m1'], message: 'conversation is locked' }]
    reply({ m0: { checkRun: { id: 'C9' } }, m1: null }, errors)
    const written = await write([start, summary])
    expect(written).toMatchObject({ ok: true, value: { startedCheck: 'C9' } })
    expect(written.ok && written.value.refused[0]).toContain('conversation is locked')
  })

  test('a comment that may succeed later is a failure', async () => {
    const errors = [{ path: ['m1'], message: 'Something went wrong' }]
    reply({ m0: { checkRun: { id: 'C9' } }, m1: null }, errors)
    expect(await write([start, summary])).toMatchObject({
      ok: false,
      failure: { kind: 'unavailable' },
    })
  })

  test('a check run that is refused is a failure', async () => {
    const errors = [{ type: 'FORBIDDEN', path: ['m0'], message: 'no checks: write' }]
    reply({ m0: null }, errors)
    expect(await write([conclusion])).toMatchObject({ ok: false, failure: { kind: 'forbidden' } })
  })

  test('a write that got no answer is sent once, whatever it did', async () => {
    let sent = 0
    nock(apiUrl)
      .post('/graphql')
      .times(5)
      .reply(() => {
        sent++
        return [502, 'Bad gateway']
      })
    expect(await write([summary])).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
    expect(sent).toBe(1)
    nock.cleanAll()
  })

  test('a comment about a file goes through REST and is not sent twice either', async () => {
    const scope = nock(apiUrl)
      .post('/repos/acme/chat/pulls/7/comments', {
        commit_id: 'h',
        path: 'a.md',
        subject_type: 'file',
        body: 'b',
      })
      .reply(201, {})
    const output: Output = {
      do: 'create-file-comment',
      headSha: 'h',
      comment: { path: 'a.md', body: 'b', fingerprint: 'f' },
    }
    expect(await write([output])).toMatchObject({ ok: true, value: { refused: [] } })
    scope.done()
    nock(apiUrl)
      .post('/repos/acme/chat/pulls/7/comments')
      .reply(422, { message: 'Validation Failed' })
    expect(await write([output])).toMatchObject({
      ok: true,
      value: { refused: [expect.anything()] },
    })
  })
})
