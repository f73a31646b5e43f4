import { describe, expect, test } from '@jest/globals'
import { readDelivery } from '../../../src/webhook/read.ts'
import { conversation, type Talk } from '../talk.ts'

/* Several people, too many words at once, questions, and which deliveries are about commands. */

const because = 'because the server is switched off in June'

function lastReply(talk: Talk): string {
  return talk.replies().at(-1) ?? ''
}

describe('people', () => {
  test('two approvers at the same moment are both answered, the finding is settled', async () => {
    const talk = await conversation()
    talk.tick()
    talk.pull.comment('kim', `/threat-model accept all ${because}`)
    talk.pull.comment('lee', `/threat-model accept all ${because}`)
    await talk.look()
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(2)
    await talk.say('kim', '/threat-model withdraw all')
    expect(talk.check()).toBe('action_required')
    await talk.say('lee', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
  })

  test('forty strangers do not crowd out who may accept', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    for (let i = 0; i < 40; i++) {
      talk.tick()
      talk.pull.comment(`stranger${i}`, '/threat-model status')
    }
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  test('one hundred comments in a minute are bounded and answered once', async () => {
    const talk = await conversation()
    talk.tick()
    for (let i = 0; i < 100; i++) talk.pull.comment('eve', '/threat-model status')
    for (let i = 0; i < 8; i++) await talk.look()
    expect(talk.replies()).toHaveLength(11)
    expect(lastReply(talk)).toContain('comments within a minute')
  })
})

describe('a comment of 60 KB', () => {
  const hostile: [what: string, text: string][] = [
    ['of commands', '/threat-model status\n'.repeat(2_900)],
    ['of one command', `/threat-model accept ${'x '.repeat(29_000)}because no`],
    [
      'of signs that open and never close',
      `/threat-model status\n\n${'[a](<b `c ~~d <e '.repeat(3_400)}`,
    ],
    ['of nested lists and quotes', `/threat-model status\n\n${'> - 1. '.repeat(8_500)}`],
    ['of lines that begin like a command', '/threat-modle status\n'.repeat(2_900)],
  ]
  test.each(hostile)('%s is answered once, briefly', async (_, text) => {
    const talk = await conversation()
    expect(text.length).toBeGreaterThan(55_000)
    await talk.say('eve', text)
    expect(talk.replies()).toHaveLength(1)
    expect(lastReply(talk).length).toBeLessThan(20_000)
    expect(talk.check()).toBe('action_required')
  })
})

describe('other commands', () => {
  test('explain, link and help answer with what was asked for', async () => {
    const talk = await conversation()
    await talk.say('eve', '/threat-model explain threat-removed')
    expect(lastReply(talk)).toContain('threat-removed')
    await talk.say('eve', '/threat-model explain Guessing contacts')
    expect(lastReply(talk)).toContain('is no longer in the threat model')
    await talk.say('eve', '/threat-model explain the universe')
    expect(lastReply(talk)).toContain('no rule, finding or part')
    await talk.say('eve', '/threat-model link roster/queue.go Server')
    expect(lastReply(talk)).toContain('+  "Server": ["roster/queue.go"]')
    await talk.say('eve', '/threat-model help')
    expect(lastReply(talk)).toContain('| `recheck` | look at this pull request again, now |')
    await talk.say('eve', '/threat-model recheck')
    expect(lastReply(talk)).toContain('Looked again at')
    await talk.say('eve', '/threat-model init')
    expect(lastReply(talk)).toContain('There is a threat model already')
    // Each comment has an answer of its own.
    expect(talk.replies()).toHaveLength(7)
  })
})

describe('deliveries', () => {
  const app = { id: 1, checkName: 'Threat model', policyPath: '.github/threat-model.yml' }
  const event = (body: string, more: object = {}) => ({
    id: 'd',
    event: 'issue_comment',
    receivedAt: 0,
    payload: {
      action: 'created',
      installation: { id: 3 },
      repository: { id: 1, name: 'chat', owner: { login: 'acme' }, full_name: 'acme/chat' },
      issue: { number: 7, pull_request: {} },
      comment: { body, user: { type: 'User' } },
      ...more,
    },
  })

  test.each([
    ['/threat-model status', 'pulls'],
    ['/Threat-Model status', 'pulls'],
    ['Fine.\n\n/threatmodel status', 'pulls'],
    ['@threat-model-bot status', 'pulls'],
    ['I like /threat-model', 'nowhere'],
    ['LGTM', 'nowhere'],
  ])('%j leads %s', (body, look) => {
    expect(readDelivery(event(body), app).look).toBe(look)
  })

  test('an edit that removes a command is looked at', () => {
    const changes = { body: { from: '/threat-model accept all because x' } }
    expect(readDelivery(event('Never mind.', { changes }), app).look).toBe('pulls')
  })
})
