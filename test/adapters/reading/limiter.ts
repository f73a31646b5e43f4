import { describe, expect, test } from '@jest/globals'
import { createLimiter } from '../../../src/github/limiter.ts'

describe('the budget for creating content', () => {
  test('lets 60 through in a minute and tells when there is room again', () => {
    let now = 0
    const limiter = createLimiter(() => now)
    for (let i = 0; i < 60; i++) {
      expect(limiter.mayCreate(1, 'comment').ok).toBe(true)
      now += 100
    }
    expect(limiter.mayCreate(1, 'comment')).toMatchObject({
      ok: false,
      failure: { kind: 'rate-limited', retryAfterMs: 54_000 },
    })
    now += 54_000
    expect(limiter.mayCreate(1, 'comment').ok).toBe(true)
  })

  test('lets 375 through in an hour', () => {
    let now = 0
    const limiter = createLimiter(() => now)
    let created = 0
    while (now < 3_600_000) {
      if (limiter.mayCreate(1, 'comment').ok) created++
      now += 1_000
    }
    expect(created).toBe(375)
  })

  test('asks for nothing when nothing is created, and lets a large review through once', () => {
    const limiter = createLimiter(() => 0)
    expect(limiter.mayCreate(0, 'check').ok).toBe(true)
    expect(limiter.mayCreate(100, 'review').ok).toBe(true)
    expect(limiter.mayCreate(1, 'comment').ok).toBe(false)
    expect(limiter.mayCreate(0, 'check').ok).toBe(true)
  })
})

test('writes of one installation go one after the other, also after a failed one', async () => {
  const limiter = createLimiter(() => 0)
  const order: string[] = []
  const work = (name: string, fails: boolean) => async () => {
    order.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    order.push(`${name} ends`)
    if (fails) throw new Error(name)
  }
  const first = limiter.inTurn(work('a', true)).catch(() => {})
  await Promise.all([first, limiter.inTurn(work('b', false))])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})
