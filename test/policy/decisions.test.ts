import { describe, expect, test } from '@jest/globals'
import { acceptanceBy } from '../../src/policy/decisions-for.ts'
import {
  finding,
  flaws,
  idOf,
  judge,
  judgeAndReply,
  replyOf,
  told,
  type World,
} from './decisions-world.ts'
import './decisions/matrix.ts'

const reading = finding('Reading the roster')
const joining = finding('Joining a room')
const people = { ann: 'maintain', bob: 'maintain', wil: 'write', eve: 'read' } as const

const because = 'because the server is switched off in June'

function world(more: Partial<World>): World {
  return { findings: [reading, joining], comments: [], people, ...more }
}

function annSays(text: string, more: Partial<World> = {}): World {
  return world({ comments: [{ by: 'ann', text }], ...more })
}

describe('what is meant', () => {
  const rows: [title: string, name: string, wanted: string[]][] = [
    ['by id', idOf(reading), ['Reading the roster']],
    ['by id in full', `${reading.fingerprint}-${reading.content}`, ['Reading the roster']],
    ['by number', '#2', ['Joining a room']],
    ['by title', 'Joining a room', ['Joining a room']],
    ['by part of a title', 'the roster', ['Reading the roster']],
    ['by id of the element', 'joining-a-room', ['Joining a room']],
    ['all', 'all', ['Reading the roster', 'Joining a room']],
    ['two names', '#1, "Joining a room"', ['Reading the roster', 'Joining a room']],
    ['the same twice', '#1, #1', ['Reading the roster']],
  ]
  test.each(rows)('%s', (_, name, wanted) => {
    const decisions = judge(annSays(`/threat-model accept ${name} ${because}`))
    expect(told(decisions)).toEqual(wanted.map((title) => `ann accept ${title} → holds`))
    expect(flaws(decisions)).toEqual([])
  })

  const wrong: [title: string, name: string, why: string][] = [
    ['an id of older content', idOf({ ...reading, content: 'ffff' }), 'content-changed'],
    ['an id of nothing', 'aaaaaa-bbbb', 'no-such-finding'],
    ['a number beyond the list', '#3', 'no-such-finding'],
    ['a title of nothing', 'Stealing the keys', 'no-such-finding'],
    ['a part of two titles', 'ing', 'several'],
    ['this, without a comment that is answered', 'this', 'no-reply'],
  ]
  test.each(wrong)('%s', (_, name, why) => {
    const decisions = judge(annSays(`/threat-model accept ${name} ${because}`))
    expect(flaws(decisions)).toEqual([why])
    expect(told(decisions)).toEqual([])
  })

  test('a near miss is offered', () => {
    const decisions = judge(annSays(`/threat-model accept "Joinin a rom" ${because}`))
    const [flaw] = decisions.comments[0]?.results[0]?.flaws ?? []
    expect(flaw?.near.map(idOf)).toEqual([idOf(joining)])
  })

  test('a reply to a line comment of ours needs no name', () => {
    const comments = [{ by: 'ann', text: `/threat-model accept ${because}`, replyTo: joining }]
    expect(told(judge(world({ comments })))).toEqual(['ann accept Joining a room → holds'])
  })

  test('notices are no part of all, and what cannot be accepted is not accepted', () => {
    const notice = finding('Empty section', { rule: 'section-empty', level: 'notice' })
    const broken = finding('The policy', { rule: 'policy-invalid' })
    const findings = [reading, notice, broken]
    const all = judge(annSays(`/threat-model accept all ${because}`, { findings }))
    expect(told(all)).toEqual(['ann accept Reading the roster → holds'])
    const one = judge(annSays(`/threat-model accept "The policy" ${because}`, { findings }))
    expect(flaws(one)).toEqual(['not-acceptable'])
  })

  test('no effect is said about changed code of an asset, and about nothing else', () => {
    const touched = finding('The roster', { rule: 'code-touches-asset', level: 'warning' })
    const findings = [reading, touched]
    const all = judge(
      annSays('/threat-model no-effect all because only logs changed', { findings }),
    )
    expect(told(all)).toEqual(['ann no-effect The roster → holds'])
    const other = judge(
      annSays('/threat-model no-effect #1 because only logs changed', { findings }),
    )
    expect(flaws(other)).toEqual(['not-acceptable'])
  })
})

describe('whose words count', () => {
  const text = `/threat-model accept all ${because}`

  test('a comment that somebody else edited decides nothing', () => {
    const comments = [{ by: 'ann', text, editedBy: 'bob', editedAt: 5 }]
    const decisions = judge(world({ comments }))
    expect(decisions.list).toEqual([])
    expect(decisions.comments[0]?.heard.hearing).toBe('edited')
  })

  test('a comment that its author edited counts as its new text, from then on', () => {
    const comments = [{ by: 'ann', text: `/threat-model accept #2 ${because}`, editedAt: 5 }]
    expect(told(judge(world({ comments })))).toEqual(['ann accept Joining a room → holds'])
    // The head came between the first words and the edit: the new words saw it.
    expect(told(judge(world({ comments, headAt: 3 })))).toEqual([
      'ann accept Joining a room → holds',
    ])
  })

  test('bots are not listened to', () => {
    const comments = [{ by: 'ann', text, bot: true }]
    expect(judge(world({ comments })).comments).toEqual([])
  })

  test('a deleted comment decides nothing', () => {
    const before = judgeAndReply(annSays(text))
    expect(judge({ ...before, comments: [] }).list).toEqual([])
  })
})

describe('who pushed the head', () => {
  const text = `/threat-model accept #1 ${because}`

  test('may not accept it, and somebody else may', () => {
    const comments = [
      { by: 'Ann', text },
      { by: 'bob', text },
    ]
    const decisions = judge(world({ comments, pusher: 'ann' }))
    expect(flaws(decisions)).toEqual(['own-push'])
    expect(told(decisions)).toEqual(['bob accept Reading the roster → holds'])
  })

  test('may not by a full id either, and may say that code has no effect as little', () => {
    const touched = finding('The roster', { rule: 'code-touches-asset', level: 'warning' })
    const full = `/threat-model accept ${reading.fingerprint}-${reading.content} ${because}`
    expect(flaws(judge(annSays(full, { pusher: 'ann' })))).toEqual(['own-push'])
    const said = '/threat-model no-effect all because only logs changed'
    const findings = [touched]
    expect(flaws(judge(annSays(said, { findings, pusher: 'ann' })))).toEqual(['own-push'])
  })

  test('may where the policy lets authors; may take back in any case', () => {
    const allowed = annSays(text, { pusher: 'ann', rule: { author: true } })
    expect(told(judge(allowed))).toEqual(['ann accept Reading the roster → holds'])
    const comments = [
      { by: 'bob', text },
      { by: 'ann', text: '/threat-model withdraw #1' },
    ]
    const taken = judge(world({ comments, pusher: 'ann' }))
    expect(told(taken).at(-1)).toBe('ann withdraw Reading the roster → took-back')
  })

  test('keeps what they decided before; what they push ends it if it changes it', () => {
    const before = judgeAndReply(annSays(text))
    const later = { ...before, pusher: 'ann', headAt: 30 }
    expect(told(judge(later))).toEqual(['ann accept Reading the roster → holds'])
    const changed = finding('Reading the roster', { content: 'second' })
    expect(told(judge({ ...later, findings: [changed] }))).toEqual([
      'ann accept Reading the roster → content-changed',
    ])
  })

  test('stays refused for that comment, whoever pushes next', () => {
    const before = judgeAndReply(annSays(text, { pusher: 'ann' }))
    expect(judge({ ...before, pusher: 'dana' }).list).toEqual([])
  })
})

describe('bound to what was decided on', () => {
  const text = `/threat-model accept #1 ${because}`
  const changed = finding('Reading the roster', { content: 'second' })

  test('when the content changes, the decision ends by itself, and comes back with it', () => {
    const before = judgeAndReply(annSays(text))
    const later = { ...before, findings: [changed, joining], headAt: 30 }
    expect(told(judge(later))).toEqual(['ann accept Reading the roster → content-changed'])
    const back = { ...before, headAt: 60 }
    expect(told(judge(back))).toEqual(['ann accept Reading the roster → holds'])
  })

  test('a push that changes nothing of it leaves the decision alone', () => {
    const before = judgeAndReply(annSays(text))
    const added = finding('A third')
    const later = { ...before, findings: [added, reading, joining], headAt: 30 }
    expect(told(judge(later))).toEqual(['ann accept Reading the roster → holds'])
  })

  test('all means those that were there, not those that a later push brings', () => {
    const before = judgeAndReply(annSays(`/threat-model accept all ${because}`))
    const later = { ...before, findings: [finding('A third'), reading, joining], headAt: 30 }
    expect(told(judge(later))).toEqual([
      'ann accept Reading the roster → holds',
      'ann accept Joining a room → holds',
    ])
  })

  test('a push between the comment and the judgement: asked again', () => {
    for (const headAt of [2, 1, null]) {
      const decisions = judge(annSays(text, { headAt }))
      expect(flaws(decisions)).toEqual(['head-newer'])
      expect(decisions.list).toEqual([])
    }
  })

  test('an id that holds the whole content needs no look at the head; a short one does', () => {
    const full = `/threat-model accept ${reading.fingerprint}-${reading.content} ${because}`
    expect(told(judge(annSays(full, { headAt: 2 })))).toEqual([
      'ann accept Reading the roster → holds',
    ])
    const short = `/threat-model accept ${idOf(reading)} ${because}`
    expect(flaws(judge(annSays(short, { headAt: 2 })))).toEqual(['head-newer'])
  })

  test('asked again stays asked again, also when the head is forced back', () => {
    const asked = judgeAndReply(annSays(text, { headAt: 2 }))
    expect(judge({ ...asked, headAt: 0 }).list).toEqual([])
  })

  test('a reply that somebody else edited binds nothing', () => {
    const before = judgeAndReply(annSays(text))
    const replies = (before.replies ?? []).map((reply) => ({ ...reply, edited: true }))
    expect(flaws(judge({ ...before, replies, headAt: 30 }))).toEqual(['head-newer'])
  })

  test('a lost reply is no harm while the head stands', () => {
    expect(told(judge({ ...judgeAndReply(annSays(text)), replies: [] }))).toEqual([
      'ann accept Reading the roster → holds',
    ])
  })

  test('new words of the author are bound anew', () => {
    const before = judgeAndReply(annSays(text))
    const comments = [{ by: 'ann', text: `/threat-model accept #2 ${because}`, editedAt: 5 }]
    expect(told(judge({ ...before, comments }))).toEqual(['ann accept Joining a room → holds'])
    expect(flaws(judge({ ...before, comments, headAt: 6 }))).toEqual(['head-newer'])
  })

  test('a change beside the commands does not unbind them', () => {
    const before = judgeAndReply(annSays(text))
    const comments = [{ by: 'ann', text: `Thanks!\n\n${text}\n\nReally.`, editedAt: 5 }]
    expect(told(judge({ ...before, comments, headAt: 6 }))).toEqual([
      'ann accept Reading the roster → holds',
    ])
  })

  test('a finding that is gone leaves nothing to decide', () => {
    const before = judgeAndReply(annSays(text))
    const [line] = told(judge({ ...before, findings: [joining] }))
    expect(line).toBe(`ann accept ${idOf(reading)} → settled`)
  })
})

describe('how long', () => {
  const text = `/threat-model accept #1 until 2026-12-31 ${because}`

  test.each([
    ['2026-11-24', 'holds'],
    ['2026-12-31', 'holds'],
    ['2027-01-01', 'expired'],
  ])('on %s: %s', (today, state) => {
    const before = judgeAndReply(annSays(text))
    expect(told(judge({ ...before, today }))).toEqual([`ann accept Reading the roster → ${state}`])
  })

  test('a date in words counts from the day it was written', () => {
    const relative = annSays(`/threat-model accept #1 until in 90 days ${because}`)
    const before = judgeAndReply(relative)
    expect(judge({ ...before, today: '2027-02-22' }).list[0]?.until).toBe('2027-02-22')
    expect(judge({ ...before, today: '2027-02-23' }).list[0]?.state).toBe('expired')
  })
})

describe('several people', () => {
  const accept = `/threat-model accept #1 ${because}`

  test('two approvers at the same moment: both count, the first is shown', () => {
    const comments = [
      { by: 'ann', text: accept, at: 1 },
      { by: 'bob', text: accept, at: 1 },
    ]
    const decisions = judge(world({ comments }))
    expect(told(decisions)).toEqual([
      'ann accept Reading the roster → holds',
      'bob accept Reading the roster → holds',
    ])
    expect(acceptanceBy(reading, decisions)?.by).toBe('ann')
  })

  test("one of them takes theirs back: the other's stands only if it was said later", () => {
    const comments = [
      { by: 'ann', text: accept },
      { by: 'ann', text: '/threat-model withdraw #1' },
      { by: 'bob', text: accept },
    ]
    const decisions = judge(world({ comments }))
    expect(told(decisions)).toEqual([
      'ann accept Reading the roster → withdrawn',
      'ann withdraw Reading the roster → took-back',
      'bob accept Reading the roster → holds',
    ])
    expect(acceptanceBy(reading, decisions)?.by).toBe('bob')
  })

  test('who may decide may take back what others decided; who may not, only their own', () => {
    const comments = [
      { by: 'ann', text: accept },
      { by: 'eve', text: '/threat-model withdraw all' },
    ]
    expect(told(judge(world({ comments })))).toEqual([
      'ann accept Reading the roster → holds',
      'eve withdraw Reading the roster → not-permitted',
    ])
    const bob = [
      { by: 'ann', text: accept },
      { by: 'bob', text: '/threat-model withdraw all' },
    ]
    expect(told(judge(world({ comments: bob })))).toEqual([
      'ann accept Reading the roster → withdrawn',
      'bob withdraw Reading the roster → took-back',
    ])
  })

  test('deleting or editing the words that took back revives nothing', () => {
    const comments = [
      { by: 'ann', text: accept, id: 1, at: 1 },
      { by: 'bob', text: '/threat-model withdraw all', id: 2, at: 2 },
    ]
    const before = judgeAndReply(world({ comments }))
    const [first] = comments
    const deleted = { ...before, comments: first ? [first] : [] }
    expect(told(judge(deleted))).toEqual(['ann accept Reading the roster → withdrawn'])
    const edited = comments.map((said) => (said.id === 2 ? { ...said, editedBy: 'wil' } : said))
    expect(told(judge({ ...before, comments: edited }))).toEqual([
      'ann accept Reading the roster → withdrawn',
    ])
    // Saying it again is a decision again.
    const again = { by: 'ann', text: accept, id: 3, at: 9 }
    expect(told(judge({ ...deleted, comments: [...deleted.comments, again] }))).toEqual([
      'ann accept Reading the roster → withdrawn',
      'ann accept Reading the roster → holds',
    ])
  })

  test('a judgement over our own replies says the same again', () => {
    const comments = [
      { by: 'ann', text: `/threat-model accept all ${because}` },
      { by: 'wil', text: `/threat-model accept #9 ${because}` },
      { by: 'bob', text: '/threat-model withdraw #2' },
      { by: 'bob', text: '/threat-model withdraw #2' },
    ]
    const first = world({ comments })
    const second = judgeAndReply(first)
    expect(told(judge(second))).toEqual(told(judge(first)))
    expect(flaws(judge(second))).toEqual(flaws(judge(first)))
    expect(judge(second).comments.map(replyOf)).toEqual(second.replies)
  })

  test('the last word of a person counts: a shorter date replaces a longer one', () => {
    const comments = [
      { by: 'ann', text: accept },
      { by: 'ann', text: `/threat-model accept #1 until 2026-12-31 ${because}` },
    ]
    const decisions = judge(world({ comments }))
    expect(acceptanceBy(reading, decisions)?.until).toBe('2026-12-31')
  })

  test('taking back nothing is said', () => {
    expect(flaws(judge(annSays('/threat-model withdraw #1')))).toEqual(['nothing-to-withdraw'])
    expect(flaws(judge(annSays('/threat-model withdraw all')))).toEqual(['nothing-to-withdraw'])
  })
})

describe('floods', () => {
  test('a hundred comments of one person in a minute: ten count, one more is answered', () => {
    const comments = Array.from({ length: 100 }, (_, i) => ({
      by: 'ann',
      text: `/threat-model accept #1 because reason number ${i}`,
      at: 1 + i / 200,
    }))
    const decisions = judge(world({ comments }))
    const hearings = decisions.comments.map(({ heard }) => heard.hearing)
    expect(hearings.filter((hearing) => hearing === 'heard').length).toBe(10)
    expect(hearings.filter((hearing) => hearing === 'flood-first').length).toBe(1)
    expect(decisions.list.length).toBe(10)
  })

  test('it stays as it is when our replies are there', () => {
    const comments = Array.from({ length: 30 }, (_, i) => ({
      by: 'ann',
      text: '/threat-model status',
      at: 1 + i / 200,
    }))
    const first = world({ comments })
    const again = judge(judgeAndReply(first))
    expect(again.comments.map(({ heard }) => heard.hearing)).toEqual(
      judge(first).comments.map(({ heard }) => heard.hearing),
    )
  })

  test('of one person’s endless comments the latest are read, and nobody else’s are lost', () => {
    const long = 'x'.repeat(60_000)
    const comments = [
      { by: 'ann', text: `/threat-model accept #1 ${because}`, at: 1 },
      ...Array.from({ length: 20 }, (_, i) => ({
        by: 'eve',
        text: `/threat-model accept #1 ${because}\n\n${long}`,
        at: 2 + i,
      })),
    ]
    const decisions = judge(world({ comments }))
    expect(decisions.comments.length).toBe(1 + 4)
    expect(told(decisions)[0]).toBe('ann accept Reading the roster → holds')
  })

  test('of one person’s many comments the latest count, and nobody else’s are lost', () => {
    const comments = [
      { by: 'ann', text: `/threat-model accept #1 ${because}`, at: 1 },
      ...Array.from({ length: 600 }, (_, i) => ({
        by: 'eve',
        text: '/threat-model status',
        at: 2 + i,
      })),
    ]
    const decisions = judge(world({ comments }))
    expect(decisions.comments.length).toBe(1 + 100)
    expect(told(decisions)).toEqual(['ann accept Reading the roster → holds'])
  })

  test('twenty in ten minutes are no flood', () => {
    const comments = Array.from({ length: 20 }, (_, i) => ({
      by: 'ann',
      text: '/threat-model status',
      at: 1 + i / 2,
    }))
    const hearings = judge(world({ comments })).comments.map(({ heard }) => heard.hearing)
    expect(hearings.every((hearing) => hearing === 'heard')).toBe(true)
  })
})
