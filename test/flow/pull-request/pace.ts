import { describe, expect, test } from '@jest/globals'
import { createPace } from '../../../src/pace.ts'

const repository = { id: 1, owner: 'acme', name: 'chat' }

describe('the pace of looks at a pull request', () => {
  const start = () => {
    const clock = { now: 1_000_000 }
    const pace = createPace(() => clock.now)
    return { clock, look: (number = 1) => pace.delayMs({ repository, number }) }
  }

  test('a push is looked at at once, the rest of a burst together', () => {
    const { clock, look } = start()
    expect(look()).toBe(0)
    clock.now += 500
    expect(look()).toBe(9_500)
    clock.now += 500
    expect(look()).toBe(9_000)
  })

  test('a hundred pushes in a minute are few looks', () => {
    const { clock, look } = start()
    const due = new Set<number>()
    for (let i = 0; i < 100; i++) {
      due.add(clock.now + look())
      clock.now += 600
    }
    expect(due.size).toBeLessThanOrEqual(4)
  })

  test('after a rest the next push is looked at at once again', () => {
    const { clock, look } = start()
    look()
    clock.now += 11_000
    expect(look()).toBe(0)
  })

  test('one pull request does not slow another', () => {
    const { look } = start()
    look(1)
    expect(look(2)).toBe(0)
  })
})
