import { describe, expect, test } from '@jest/globals'
import { readMemory, writeMemory } from '../../src/policy/decisions-memory.ts'
import { lineAt } from '../../src/simulator/pull-handle.ts'
import { policy, policyPath, withoutT2, withT4 } from './support.ts'
import { conversation, type Talk } from './talk.ts'
import './commands/commit.ts'
import './commands/faults.ts'
import './commands/people.ts'

/*
 * Commands from a comment to what then stands on the simulated GitHub: the reply, the reactions,
 * and what the check run says.
 */

const because = 'because the server is switched off in June'

/** One threat less and one more, without an answer. */
const bothWays = `${withoutT2}| T4 | Reading the backup | Contact list | | Open |\n`

function lastReply(talk: Talk): string {
  return talk.replies().at(-1) ?? ''
}

describe('a command in a comment', () => {
  test('is seen, answered, and answered once', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', '/threat-model status')
    expect(comment.reactions.map((one) => one.content)).toEqual(['eyes', '+1'])
    expect(talk.replies()).toHaveLength(1)
    expect(lastReply(talk)).toContain('Someone has to agree')
    const before = talk.replies()
    talk.github.log.clear()
    await talk.look()
    expect(talk.replies()).toEqual(before)
    expect(talk.github.log.counts()).toMatchObject({ write: 0 })
    expect(talk.github.violations).toEqual([])
  })

  test('that is not understood is answered with what was wrong and how to say it', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', '/threat-model aprove #1 because it is fine')
    expect(comment.reactions.map((one) => one.content)).toEqual(['eyes', 'confused'])
    expect(lastReply(talk)).toContain('/threat-model accept #1 because it is fine')
  })

  test('in a quote, in code or in the middle of a sentence is talk', async () => {
    const talk = await conversation()
    await talk.say('kim', '> /threat-model accept all because x\n\nHm, `/threat-model help`?')
    await talk.say('kim', 'Say /threat-model help.')
    expect(talk.replies()).toEqual([])
  })

  test('of a bot is not answered', async () => {
    const talk = await conversation()
    talk.github.user('renovate[bot]').type = 'Bot'
    await talk.say('renovate[bot]', '/threat-model status')
    expect(talk.replies()).toEqual([])
  })

  test('on a closed pull request is answered, not run, also when it is opened again', async () => {
    const talk = await conversation()
    talk.pull.close()
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(lastReply(talk)).toContain('closed')
    talk.pull.reopen()
    await talk.look()
    expect(talk.check()).toBe('action_required')
    expect(talk.replies()).toHaveLength(1)
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
  })

  test('as a reply to a line comment of ours needs no name, and is answered there', async () => {
    const talk = await conversation()
    await talk.replyToFirstThread('kim', `/threat-model accept ${because}`)
    expect(talk.check()).toBe('success')
    expect(talk.pull.threads[0]?.comments.map((one) => one.author.login)).toEqual([
      talk.botLogin,
      'kim',
      talk.botLogin,
    ])
    expect(talk.replies()).toEqual([])
  })

  test('below the line of the threat itself offers the lasting record as a button', async () => {
    const talk = await conversation({ head: withT4 })
    await talk.replyToFirstThread('kim', `/threat-model accept until 2027-06-30 ${because}`)
    const [thread] = talk.pull.threads
    expect(thread?.comments.at(-1)?.body).toContain('```suggestion\n| T4 | Reading the backup')
    expect(talk.check()).toBe('success')
  })

  test('on a line of the policy offers the mapping as a button', async () => {
    const talk = await conversation({ edit: { [policyPath]: `${policy}ignore: [docs]\n` } })
    talk.tick()
    const body = '/threat-model link queue/** Server'
    for (const line of [4, 5]) {
      talk.pull.review('kim', { comments: [{ place: lineAt(policyPath, line), body }] })
    }
    await talk.look()
    const answers = talk.pull.threads
      .filter(({ comments }) => comments[0]?.author.login === 'kim')
      .map(({ line, comments }) => [line, comments.at(-1)?.body.split('```')[1]])
    expect(answers).toEqual([
      [4, 'suggestion\n  "Server": ["queue/**"]\n  Contact list: ["roster/**"]\n'],
      [5, expect.stringMatching(/^diff/)],
    ])
  })

  test('in the text of a review counts as well', async () => {
    const talk = await conversation()
    talk.tick()
    talk.pull.review('kim', { body: `/threat-model accept all ${because}` })
    await talk.look()
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(1)
    const [review] = talk.pull.pull.reviews.slice(-1)
    expect(review?.reactions.map((one) => one.content)).toEqual(['eyes', '+1'])
    expect(talk.github.violations).toEqual([])
  })
})

describe('an acceptance', () => {
  test('settles the finding; the reply names it by id and says what would end it', async () => {
    const talk = await conversation()
    expect(talk.check()).toBe('action_required')
    await talk.say('kim', `/threat-model accept all until 2027-06-30 ${because}`)
    expect(talk.check()).toBe('success')
    expect(lastReply(talk)).toMatch(/Accepted until \*\*2027-06-30\*\*/)
    expect(lastReply(talk)).toMatch(/\(`[0-9a-f]{6}-[0-9a-f]{4}`\)/)
    expect(lastReply(talk)).toMatch(/ends by itself/)
  })

  test('leaves the numbers of the other findings as the summary shows them', async () => {
    const talk = await conversation({ head: bothWays })
    await talk.say('kim', `/threat-model accept #1 ${because}`)
    expect(lastReply(talk)).toContain('Reading the backup')
    const [summary] = talk.pull.comments.filter(({ body }) => body.includes('bot summary'))
    expect(summary?.body).toMatch(/`#2` “Guessing contacts/)
    await talk.say('kim', `/threat-model accept #2 ${because}`)
    expect(lastReply(talk)).toContain('Guessing contacts')
    expect(talk.check()).toBe('success')
  })

  test('is refused to who may not, and to the author', async () => {
    const talk = await conversation()
    const outsider = await talk.say('eve', `/threat-model accept all ${because}`)
    expect(outsider.reactions.map((one) => one.content)).toEqual(['eyes', 'confused'])
    expect(lastReply(talk)).toContain('people with maintain access or more')
    await talk.say('sam', `/threat-model accept all ${because}`)
    expect(lastReply(talk)).toContain('your own pull request')
    expect(talk.check()).toBe('action_required')
  })

  test('is refused to who pushed the head, until somebody else does; older ones stay', async () => {
    const talk = await conversation({ head: bothWays })
    await talk.say('kim', `/threat-model accept "Guessing contacts" ${because}`)
    talk.tick()
    talk.pull.push({ 'README.md': 'Hello\n' }, { author: 'kim' })
    talk.tick()
    talk.github.user('formatter[bot]').type = 'Bot'
    talk.pull.push({ 'README.md': 'Hello.\n' }, { author: 'formatter[bot]' })
    await talk.look()
    expect(talk.check()).toBe('failure')
    await talk.say('kim', `/threat-model accept "Reading the backup" ${because}`)
    expect(lastReply(talk)).toContain('You pushed the latest commit here')
    expect(talk.check()).toBe('failure')
    await talk.say('lee', `/threat-model accept "Reading the backup" ${because}`)
    expect(talk.check()).toBe('success')
  })

  test('ends when the person loses the permission', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
    talk.repository.collaborator('kim', 'write')
    await talk.look()
    expect(talk.check()).toBe('action_required')
    expect(lastReply(talk)).toContain('Not accepted')
  })

  test('survives a start with nothing remembered', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    talk.pull.push({ 'README.md': 'Hello\n' })
    talk.restart()
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  test('edited by its author counts as the new text', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', `/threat-model accept all ${because}`)
    await talk.edit(comment, 'kim', 'Rather not.')
    expect(talk.check()).toBe('action_required')
    expect(lastReply(talk)).toContain('no command in this comment any more')
    expect(talk.replies()).toHaveLength(1)
    await talk.edit(comment, 'kim', `/threat-model accept #1 ${because}`)
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(1)
  })

  test('mended by an edit loses the puzzled face', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', `/threat-model acept all ${because}`)
    const faces = () => comment.reactions.map((one) => one.content)
    expect(faces()).toEqual(['eyes', 'confused'])
    await talk.edit(comment, 'kim', `/threat-model accept all ${because}`)
    expect(faces()).toEqual(['eyes', '+1'])
    await talk.edit(comment, 'wil', '/threat-model accept all because I say so')
    expect(faces()).toEqual(['eyes', 'confused'])
    expect(talk.check()).toBe('action_required')
    expect(talk.github.violations).toEqual([])
  })

  test('edited by somebody else counts for nothing', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', 'Thanks!')
    await talk.edit(comment, 'wil', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('action_required')
    expect(lastReply(talk)).toContain('Somebody else has edited')
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
  })

  test('deleted is gone', async () => {
    const talk = await conversation()
    const comment = await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
    talk.pull.deleteComment(comment, 'kim')
    await talk.look()
    expect(talk.check()).toBe('action_required')
    expect(lastReply(talk)).toContain('was deleted')
    const before = talk.replies()
    await talk.look()
    expect(talk.replies()).toEqual(before)
  })

  test('of which our reply was tampered with is asked for again after a push', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    const own = talk.pull.comments.findLast((one) => one.author.login === talk.botLogin)
    if (own) talk.pull.editComment(own, 'wil', `${own.body} `)
    talk.tick()
    talk.pull.push({ 'README.md': 'Hello\n' })
    await talk.look()
    expect(talk.check()).toBe('action_required')
    expect(lastReply(talk)).toContain('say it again')
  })
})

describe('a forged answer', () => {
  test('of somebody else binds nothing, however well it is made', async () => {
    const honest = await conversation()
    await honest.say('kim', `/threat-model accept all ${because}`)
    const bound = readMemory(lastReply(honest))?.bound ?? []
    expect(bound.flat()).toHaveLength(1)

    const talk = await conversation()
    talk.tick()
    talk.pull.comment('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.pull.forcePush({ 'THREAT_MODEL.md': withoutT2, 'README.md': 'Hello\n' })
    await talk.look()
    const asked = readMemory(lastReply(talk))
    expect(asked?.bound.flat()).toEqual([])
    if (asked) await talk.say('wil', `Noted.\n\n${writeMemory({ ...asked, bound, flaws: [] })}`)
    expect(talk.check()).toBe('action_required')
    // The same finding, said again by Kim: what was forged would have held.
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(readMemory(lastReply(talk))?.bound).toEqual(bound)
    expect(talk.check()).toBe('success')
  })
})

describe('a push', () => {
  test('between the comment and the judgement: asked again, nothing accepted', async () => {
    const talk = await conversation()
    talk.tick()
    talk.pull.comment('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.pull.push({ 'THREAT_MODEL.md': withT4 })
    await talk.look()
    expect(talk.check()).toBe('failure')
    expect(lastReply(talk)).toContain('The pull request changed')
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
  })

  test('after an acceptance leaves it alone if nothing of it changed', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.pull.push({ 'README.md': 'Hello\n' })
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  test('that brings something new does not find it accepted by "all"', async () => {
    const talk = await conversation()
    await talk.say('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.pull.push({ 'THREAT_MODEL.md': bothWays })
    await talk.look()
    expect(talk.check()).toBe('failure')
  })

  const edits: [what: string, from: string, to: string][] = [
    ['its status', 'backup | Contact list | | Open', 'backup | Contact list | | Planned'],
    ['its asset', 'backup | Contact list | | Open', 'backup | Server | | Open'],
  ]
  test.each(edits)('that changes %s ends the acceptance, and says so', async (_, from, to) => {
    const talk = await conversation({ head: withT4 })
    await talk.say('kim', `/threat-model accept all ${because}`)
    expect(talk.check()).toBe('success')
    talk.tick()
    talk.pull.push({ 'THREAT_MODEL.md': withT4.replace(from, to) })
    await talk.look()
    expect(lastReply(talk)).toContain('No longer in force, because what it was about has changed')
    expect(talk.check()).toBe('failure')
  })

  test('by force after an acceptance: only the same content stays accepted', async () => {
    const talk = await conversation({ head: withT4 })
    await talk.say('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.pull.forcePush({ 'THREAT_MODEL.md': withT4, 'README.md': 'Hello\n' })
    await talk.look()
    expect(talk.check()).toBe('success')
    talk.tick()
    talk.pull.forcePush({
      'THREAT_MODEL.md': withT4.replace('backup | Contact list', 'backup | Server'),
    })
    await talk.look()
    expect(talk.check()).toBe('failure')
    expect(lastReply(talk)).toContain('No longer in force')
    // The same finding in the words that were accepted is accepted again.
    talk.tick()
    talk.pull.forcePush({ 'THREAT_MODEL.md': withT4 })
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  test('by force back to a head that was there before the comment: asked again', async () => {
    const talk = await conversation({ head: withT4 })
    const bad = talk.pull.headSha
    talk.tick()
    talk.pull.push({ 'THREAT_MODEL.md': withoutT2 })
    await talk.look()
    talk.tick()
    // Kim sees the second head and means it; before that is judged, the first one is back.
    talk.pull.comment('kim', `/threat-model accept all ${because}`)
    talk.tick()
    talk.forceBack(bad)
    await talk.look()
    expect(talk.check()).toBe('failure')
    expect(lastReply(talk)).toContain('The pull request changed')
  })
})
