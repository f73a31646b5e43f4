import { describe, expect, test } from '@jest/globals'
import { tokenClient } from '../../../src/github/client.ts'
import { personsReader } from '../../../src/github/github.ts'
import { review } from '../../../src/review.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'
import { createFlow, withT4 } from '../support.ts'

/* The same reader with a person's token: for trying the program before anything is installed. */

function readerFor(github: Simulator, token: string) {
  const client = tokenClient({ token, baseUrl: 'https://api.github.com', fetch: github.fetch })
  return personsReader(client, Date.now)
}

function open(isPrivate = false) {
  const flow = createFlow()
  flow.repository.repository.private = isPrivate
  flow.repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
  flow.repository.openPullRequest({ head: 'more', author: 'sam' })
  return flow
}

/** Of the repository only the name is known. */
const pull = { repository: { id: 0, owner: 'acme', name: 'chat' }, number: 1 }

describe('with a person’s token', () => {
  test('the same report comes out, and nothing is written', async () => {
    const { github } = open()
    const gathered = await readerFor(github, github.personalToken('kim')).read(pull, '2026-11-24')
    if (!gathered.ok) throw new Error(gathered.failure.message)
    expect(review(gathered.value.facts)).toMatchObject({ verdict: 'fail' })
    expect(github.log.counts()).toMatchObject({ write: 0, content: 0, token: 0 })
    expect(github.violations).toEqual([])
  })

  test.each([
    ['a wrong token', 'forbidden', false, () => 'ghp_wrong'],
    ['a private repository', 'gone', true, (github: Simulator) => github.personalToken('kim')],
  ])('%s is %s', async (_, kind, isPrivate, token) => {
    const { github } = open(isPrivate)
    const gathered = await readerFor(github, token(github)).read(pull, '2026-11-24')
    expect(gathered).toMatchObject({ ok: false, failure: { kind } })
    expect(gathered.ok ? '' : gathered.failure.message).toContain('acme/chat#1')
  })

  test('a limit says how long to wait', async () => {
    const { github } = open()
    github.faults.failCall(1, { kind: 'primary-limit', resetAfterSeconds: 60 })
    const gathered = await readerFor(github, github.personalToken('kim')).read(pull, '2026-11-24')
    expect(gathered).toMatchObject({ ok: false, failure: { kind: 'rate-limited' } })
    expect(gathered.ok ? '' : gathered.failure.message).toMatch(/wait \d+ s/)
  })
})
