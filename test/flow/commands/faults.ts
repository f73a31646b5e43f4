import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../../src/simulator/faults.ts'
import { effort } from '../../support/effort.ts'
import { withoutT2, withT4 } from '../support.ts'
import { conversation, type Talk } from '../talk.ts'

/*
 * The fault sweep and the race sweep over one accepted comment: whatever call fails, and wherever a
 * push comes in between, what stands in the end is what stands without the fault, and nothing is
 * accepted that nobody saw.
 */

const accept = '/threat-model accept all because the server is switched off in June'
const callsMax = 30

const faults: [string, Fault][] = [
  ['is answered 502 before it had its effect', { kind: 'status', status: 502 }],
  ['is answered 502 after it had its effect', { kind: 'status', status: 502, after: true }],
  ['is cut after it had its effect', { kind: 'cut', after: true }],
  ['meets a secondary limit', { kind: 'secondary-limit', retryAfterSeconds: 0 }],
]

async function begin(): Promise<Talk> {
  const talk = await conversation()
  talk.tick()
  talk.pull.comment('kim', accept)
  return talk
}

function standing(talk: Talk): object {
  return {
    check: talk.check(),
    replies: talk.replies(),
    reactions: talk.pull.comments.flatMap((one) => one.reactions.map((each) => each.content)),
  }
}

describe('an accepted comment', () => {
  const half = faults.filter((_, at) => at % 2 === 1)
  test.each(effort(half, faults))('is answered as ever when a call %s', async (_name, fault) => {
    const untouched = await begin()
    await untouched.lookOn()
    const want = standing(untouched)
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const talk = await begin()
      talk.github.faults.failCall(n, fault)
      await talk.lookOn()
      if (talk.github.faults.waiting()) break
      points++
      expect({ n, ...standing(talk) }).toEqual({ n, ...want })
    }
    expect(points).toBeGreaterThan(3)
    expect(points).toBeLessThan(callsMax)
  })

  test('accepts nothing that a push brings, wherever the push comes in between', async () => {
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const talk = await begin()
      let pushed = false
      talk.github.faults.beforeCall(n, () => {
        pushed = true
        talk.tick()
        const both = `${withoutT2}${withT4.split('\n').at(-2)}\n`
        talk.pull.push({ 'THREAT_MODEL.md': both })
      })
      await talk.lookOn()
      if (!pushed) break
      points++
      await talk.lookOn()
      expect({ n, check: talk.check() }).toEqual({ n, check: 'failure' })
      expect(talk.replies()).toHaveLength(1)
    }
    expect(points).toBeGreaterThan(3)
  })

  test('accepts nothing of an older head that is forced back meanwhile', async () => {
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const talk = await conversation({ head: withT4 })
      const older = talk.pull.headSha
      talk.tick()
      talk.pull.push({ 'THREAT_MODEL.md': withoutT2 })
      await talk.look()
      talk.tick()
      talk.pull.comment('kim', accept)
      let pushed = false
      talk.github.faults.beforeCall(n, () => {
        pushed = true
        talk.tick()
        talk.forceBack(older)
      })
      await talk.lookOn()
      if (!pushed) break
      points++
      await talk.lookOn()
      expect({ n, check: talk.check() }).toEqual({ n, check: 'failure' })
    }
    expect(points).toBeGreaterThan(3)
  })
})
