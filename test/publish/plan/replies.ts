import { describe, expect, test } from '@jest/globals'
import { writeMemory } from '../../../src/policy/decisions-memory.ts'
import {
  goneOutputs,
  newRepliesMax,
  noticed,
  replyOutputs,
  waiting,
} from '../../../src/publish/replies.ts'
import type { CommentFacts, OwnReplyFacts } from '../../../src/pull-request/facts.ts'
import type { Reply } from '../../../src/report/reply.ts'

const digestOf = (digit: string) => digit.repeat(16)

function replyTo(id: number, change: Partial<Reply> & { place?: 'review' | 'reply' } = {}): Reply {
  const { place = 'conversation', ...more } = change
  const text = more.text ?? digestOf('a')
  const state = more.state ?? digestOf('b')
  const face = more.reaction ?? '+1'
  const memory = { comment: `${place}:${id}`, text, state, bound: [], flaws: [], ended: [], face }
  return {
    comment: { id, place, nodeId: `C${id}`, threadId: place === 'reply' ? 'T1' : null, url: '#' },
    reaction: face,
    body: `Said.\n\n${writeMemory(memory)}`,
    text,
    state,
    commit: null,
    ...more,
  }
}

function standing(reply: Reply, change: Partial<OwnReplyFacts> = {}): OwnReplyFacts {
  return { nodeId: 'R1', place: 'conversation', body: reply.body, edited: false, ...change }
}

function comment(id: number, author = `p${id}`): CommentFacts {
  return {
    ...{ id, place: 'conversation', inReplyTo: null, author, authorIsBot: false },
    ...{ body: '/threat-model status', editedBy: null, url: '#', nodeId: `C${id}` },
    createdAt: '2026-11-24T10:00:00Z',
  }
}

describe('replies as outputs', () => {
  test('the first answer comes with its reaction', () => {
    const reply = replyTo(1)
    expect(replyOutputs([reply], [])).toEqual([
      { do: 'add-reaction', subject: 'C1', reaction: '+1' },
      { do: 'create-reply', threadId: null, body: reply.body },
    ])
  })

  test('an answer to a line comment stands below it', () => {
    const [, output] = replyOutputs([replyTo(1, { place: 'reply' })], [])
    expect(output).toMatchObject({ do: 'create-reply', threadId: 'T1' })
  })

  test('the text of a review gets its reaction, too', () => {
    const outputs = replyOutputs([replyTo(1, { place: 'review' })], [])
    expect(outputs.map((output) => output.do)).toEqual(['add-reaction', 'create-reply'])
  })

  test('the same words in the same state are left alone, whatever the text would be now', () => {
    const reply = replyTo(1)
    expect(replyOutputs([{ ...reply, body: 'Other words.' }], [standing(reply)])).toEqual([])
  })

  test('another state rewrites the answer and leaves the reaction', () => {
    const outputs = replyOutputs([replyTo(1, { state: digestOf('c') })], [standing(replyTo(1))])
    expect(outputs.map((output) => output.do)).toEqual(['update-reply'])
    expect(outputs[0]).toMatchObject({ nodeId: 'R1', place: 'conversation' })
  })

  test('other words are answered anew, in the same place', () => {
    const changed = replyTo(1, { text: digestOf('d'), reaction: 'confused' })
    const outputs = replyOutputs([changed], [standing(replyTo(1))])
    expect(outputs).toEqual([
      { do: 'add-reaction', subject: 'C1', reaction: 'confused' },
      { do: 'remove-reaction', subject: 'C1', reaction: '+1' },
      { do: 'update-reply', nodeId: 'R1', place: 'conversation', body: changed.body },
    ])
  })

  test('the face is left alone while it is the right one', () => {
    const changed = replyTo(1, { text: digestOf('d') })
    const outputs = replyOutputs([changed], [standing(replyTo(1))])
    expect(outputs.map((output) => output.do)).toEqual(['update-reply'])
  })

  test('an answer that somebody else edited is written again', () => {
    const reply = replyTo(1)
    const outputs = replyOutputs([reply], [standing(reply, { edited: true })])
    expect(outputs).toEqual([
      { do: 'update-reply', nodeId: 'R1', place: 'conversation', body: reply.body },
    ])
  })

  test('comments of the two kinds with one number are not taken for each other', () => {
    const other = standing(replyTo(1, { place: 'reply' }), { place: 'reply' })
    const outputs = replyOutputs([replyTo(1)], [other])
    expect(outputs.map((output) => output.do)).toEqual(['add-reaction', 'create-reply'])
  })

  test('new answers are bounded; those that stand are corrected all the same', () => {
    const many = Array.from({ length: 50 }, (_, i) => replyTo(i + 1))
    const changed = replyTo(60, { state: digestOf('c') })
    const outputs = replyOutputs([...many, changed], [standing(replyTo(60))])
    const count = (what: string) => outputs.filter((output) => output.do === what).length
    expect([count('create-reply'), count('update-reply')]).toEqual([newRepliesMax, 1])
  })
})

describe('the answer to a comment that is gone', () => {
  const own = standing(replyTo(7))

  test('says so, once', () => {
    const [output, ...more] = goneOutputs({ comments: [], ownReplies: [own] })
    expect(more).toEqual([])
    expect(output).toMatchObject({ do: 'update-reply', nodeId: 'R1', place: 'conversation' })
    const body = output?.do === 'update-reply' ? output.body : ''
    expect(body).toContain('was deleted')
    expect(goneOutputs({ comments: [], ownReplies: [{ ...own, body }] })).toEqual([])
    expect(goneOutputs({ comments: [comment(7)], ownReplies: [own] })).toEqual([])
  })

  test('is left alone when the comment may only be out of sight', () => {
    const cut = { conversationCut: true } as const
    expect(goneOutputs({ ...cut, comments: [comment(8)], ownReplies: [own] })).toEqual([])
    const both = [comment(3), comment(8)]
    expect(goneOutputs({ ...cut, comments: both, ownReplies: [own] })).toHaveLength(1)
    const inThread = standing(replyTo(7, { place: 'reply' }), { place: 'reply' })
    expect(goneOutputs({ ...cut, comments: both, ownReplies: [inThread] })).toEqual([])
  })
})

describe('who waits', () => {
  test('comments without an answer, and eyes only on those answered now', () => {
    const comments = Array.from({ length: 50 }, (_, i) => comment(i + 1))
    expect(waiting({ comments, ownReplies: [] })).toHaveLength(50)
    expect(noticed(comments)).toHaveLength(newRepliesMax)
    const answered = waiting({ comments: [comment(1)], ownReplies: [standing(replyTo(1))] })
    expect(answered).toEqual([])
  })
})
