import { describe, expect, test } from '@jest/globals'
import { commitOf } from '../../../src/simulator/history.ts'
import type { Commit } from '../../../src/simulator/objects.ts'
import { policy, policyPath, withT4 } from '../support.ts'
import { conversation, type Talk, type TalkOptions } from '../talk.ts'

/*
 * `commit: true` in the policy of the base: what people order is committed to the pull request's
 * branch, by nobody who could not push, on no head but the one that was looked at, and never where
 * the App may not.
 */

const accept = '/threat-model accept T4 until 2027-06-30 because backups move to the vault'
const mayWrite = {
  checks: 'write',
  contents: 'write',
  metadata: 'read',
  pull_requests: 'write',
} as const

function talkWith(options: TalkOptions & { policy?: string } = {}): Promise<Talk> {
  const files = {
    'THREAT_MODEL.md': withT4.replace(/\| T4 .*\n/, ''),
    [policyPath]: options.policy ?? `${policy}commit: true\n`,
    'roster/list.go': 'package roster\n',
    'queue/send.go': 'package queue\n',
  }
  return conversation({ permissions: mayWrite, head: withT4, files, ...options })
}

const callsMax = 20

function lastReply(talk: Talk): string {
  return talk.replies().at(-1) ?? ''
}

function textAtHead(talk: Talk, path: string): string {
  return talk.repository.read(path, talk.pull.headSha) ?? ''
}

function commitAt(talk: Talk): Commit {
  return commitOf(talk.repository.repository.store, talk.pull.headSha)
}

describe('a lasting acceptance', () => {
  test('is committed for who may accept and push, and is judged anew', async () => {
    const talk = await talkWith()
    const before = talk.pull.headSha
    const comment = await talk.say('kim', accept)
    expect(comment.reactions.map((one) => one.content)).toEqual(['eyes', '+1'])
    expect(talk.pull.headSha).not.toBe(before)
    expect(textAtHead(talk, 'THREAT_MODEL.md')).toContain('accepted until 2027-06-30 by @kim')
    expect(lastReply(talk)).toContain('I committed that to `THREAT_MODEL.md` on this branch')
    await talk.look()
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(1)
    expect(lastReply(talk)).toContain('It stands in `THREAT_MODEL.md` now, until 2027-06-30.')
    const head = talk.pull.headSha
    await talk.look()
    expect([talk.pull.headSha, talk.replies().length]).toEqual([head, 1])
    expect(talk.github.violations).toEqual([])
  })

  test('says by whom it was asked for, and nothing of the pull request', async () => {
    const talk = await talkWith()
    await talk.say('kim', `${accept}, fixes #12 @octocat`)
    const { message, author } = commitAt(talk)
    expect(message).toMatch(/^Write down an accepted risk\n\nAsked for by kim: https:/)
    expect(author.name).toBe(talk.botLogin)
  })

  test('of two at once both are written', async () => {
    const head = `${withT4}| T5 | Dumping the memory | Server | | Open |\n`
    const talk = await talkWith({ head })
    await talk.say('kim', accept.replace('T4', 'all'))
    expect(textAtHead(talk, 'THREAT_MODEL.md').match(/accepted until/g)).toHaveLength(2)
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  const kept: [what: string, by: string, text: string, options: Parameters<typeof talkWith>[0]][] =
    [
      ['without a date', 'kim', '/threat-model accept T4 because it is far away', {}],
      ['where the policy does not say so', 'kim', accept, { policy }],
      ['by who may not accept', 'wil', accept, {}],
      ['on a fork', 'kim', accept, { fork: true }],
      ['without the permission', 'kim', accept, { permissions: { ...mayWrite, contents: 'read' } }],
    ]
  test.each(kept)('%s leaves the branch alone', async (_, by, text, options) => {
    const talk = await talkWith(options)
    const before = talk.pull.headSha
    await talk.say(by, text)
    await talk.look()
    expect(talk.pull.headSha).toBe(before)
    expect(talk.replies()).toHaveLength(1)
    expect(talk.check()).toBe(by === 'kim' ? 'success' : 'failure')
    expect(talk.github.violations).toEqual([])
  })

  test('says why where it could have been', async () => {
    const fork = await talkWith({ fork: true })
    await fork.say('kim', accept)
    expect(lastReply(fork)).toContain('I do not commit to forks')
    const reading = await talkWith({ permissions: { ...mayWrite, contents: 'read' } })
    await reading.say('kim', accept)
    expect(lastReply(reading)).toContain('the permission `contents: write`')
    expect(lastReply(reading)).toContain('```diff')
  })

  test('on a protected branch is refused by GitHub, and answered all the same', async () => {
    const talk = await talkWith()
    talk.repository.repository.protectedBranches.add('change')
    await talk.say('kim', accept)
    expect(lastReply(talk)).toContain('GitHub did not let me commit it')
    await talk.look()
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(1)
  })

  test('of a member who may accept and not push is offered as a patch', async () => {
    const talk = await talkWith({ policy: `${policy}commit: true\naccept: { users: [tess] }\n` })
    talk.repository.collaborator('tess', 'triage')
    const before = talk.pull.headSha
    await talk.say('tess', accept)
    expect(talk.pull.headSha).toBe(before)
    expect(lastReply(talk)).toContain('only for people with write access')
    expect(lastReply(talk)).toContain('```diff')
    expect(talk.check()).toBe('success')
  })

  test('of which the policy of the pull request alone says so is a patch', async () => {
    const edit = { [policyPath]: `${policy}commit: true\n` }
    const talk = await talkWith({ policy, edit })
    const before = talk.pull.headSha
    await talk.say('kim', accept)
    expect(talk.pull.headSha).toBe(before)
  })

  test('meets a push, wherever it comes in between: nothing is committed over it', async () => {
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const talk = await talkWith()
      const before = talk.pull.headSha
      talk.tick()
      talk.pull.comment('kim', accept)
      talk.github.faults.beforeCall(n, () => {
        talk.tick()
        talk.pull.push({ 'README.md': 'Hello\n' }, { message: 'In between' })
      })
      await talk.lookOn()
      await talk.lookOn()
      const { message, parents } = commitAt(talk)
      // Everything from here on comes after the commit of ours.
      if (message === 'In between' && parents[0] !== before) break
      points++
      expect({ n, message }).toEqual({ n, message: 'In between' })
      expect(talk.replies()).toHaveLength(1)
    }
    expect(points).toBeGreaterThan(3)
    expect(points).toBeLessThan(callsMax)
  })

  test('is committed once, whatever answer gets lost', async () => {
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const talk = await talkWith()
      const parent = talk.pull.headSha
      talk.tick()
      talk.pull.comment('kim', accept)
      talk.github.faults.failCall(n, { kind: 'status', status: 502, after: true })
      await talk.lookOn()
      await talk.lookOn()
      if (talk.github.faults.waiting()) break
      points++
      const { parents } = commitAt(talk)
      const found = { n, parents, check: talk.check() }
      expect(found).toEqual({ n, parents: [parent], check: 'success' })
      expect(talk.replies()).toHaveLength(1)
    }
    expect(points).toBeGreaterThan(3)
    expect(points).toBeLessThan(callsMax)
  })
})

describe('other orders', () => {
  test('link ties code in the policy of the branch', async () => {
    const talk = await talkWith()
    await talk.say('wil', '/threat-model link queue/** Server')
    expect(textAtHead(talk, policyPath)).toContain('  "Server": ["queue/**"]')
    expect(lastReply(talk)).toContain('It counts once it is merged')
    await talk.look()
    await talk.say('wil', '/threat-model link queue/** Server')
    expect(lastReply(talk)).toContain('already')
  })

  test('are patches where the policy does not ask for commits, or has a mistake', async () => {
    for (const text of [policy, `${policy}commit: true\nignored: []\n`]) {
      const talk = await talkWith({ policy: text })
      const before = talk.pull.headSha
      await talk.say('kim', '/threat-model link queue/** Server')
      expect(talk.pull.headSha).toBe(before)
      expect(lastReply(talk)).toContain('```diff')
      expect(lastReply(talk)).not.toContain('ommit to')
    }
  })

  test('link does not write back a policy of which the base has another', async () => {
    const talk = await talkWith()
    talk.repository.commit({ [policyPath]: `${policy}commit: true\nignore: [docs]\n` })
    const before = talk.pull.headSha
    await talk.say('wil', '/threat-model link queue/** Server')
    expect(talk.pull.headSha).toBe(before)
    expect(lastReply(talk)).toContain('```diff')
  })

  test('init makes a start, where the policy wants it', async () => {
    const files = { [policyPath]: 'version: 1\ncommit: true\n', 'src/auth/login.ts': 'export {}\n' }
    const edit = { 'THREAT_MODEL.md': null, 'src/auth/login.ts': 'export const a = 1\n' }
    const talk = await talkWith({ files, edit })
    await talk.say('eve', '/threat-model init')
    expect(lastReply(talk)).toContain('only for people with write access')
    await talk.say('wil', '/threat-model init')
    expect(textAtHead(talk, 'THREAT_MODEL.md')).toContain('User sessions')
    await talk.look()
    expect(talk.pull.files.map((file) => file.path)).toContain('THREAT_MODEL.md')

    const elsewhere = 'version: 1\ncommit: true\nmodels: [docs/threats.md]\n'
    const other = await talkWith({ files: { ...files, [policyPath]: elsewhere }, edit })
    await other.say('wil', '/threat-model init')
    expect(textAtHead(other, 'docs/threats.md')).toContain('User sessions')
  })

  test('of two people at once one is committed, the other gets the patch', async () => {
    const talk = await talkWith()
    talk.tick()
    talk.pull.comment('wil', '/threat-model link queue/** Server')
    talk.pull.comment('kim', accept)
    await talk.look()
    expect(talk.replies()).toHaveLength(2)
    expect(lastReply(talk)).toContain('Accepted until')
    await talk.look()
    expect(talk.check()).toBe('success')
  })

  test('on a closed pull request are not carried out', async () => {
    const talk = await talkWith()
    const before = talk.pull.headSha
    talk.pull.close()
    await talk.say('kim', accept)
    expect(talk.pull.headSha).toBe(before)
    expect(lastReply(talk)).toContain('closed')
  })
})
