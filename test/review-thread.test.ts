import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startThread, type Thread, type ThreadOptions } from '../src/review-thread.ts'

const module = new URL('./support/thread-module.ts', import.meta.url)
const started: { stop(): Promise<void> }[] = []

function thread<I, O>(name: string, limits: Partial<ThreadOptions> = {}): Thread<I, O> {
  const made = startThread<I, O>({ module, name, ...limits })
  started.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()))
})

describe('a thread', () => {
  test('answers, and stays for the next call', async () => {
    const { run } = thread<number, number>('countCalls')
    expect(await run(2)).toEqual({ ok: true, value: 2 })
    expect(await run(3)).toEqual({ ok: true, value: 5 })
  })

  test('answers one call after the other, in order', async () => {
    const { run } = thread<number, number>('spin')
    const outcomes = await Promise.all([run(60), run(0), run(20)])
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([1, 2, 3])
  })

  test('rejects what takes too long, and starts anew', async () => {
    const { run } = thread<number, number>('spin', { deadlineMs: 1_500 })
    expect(await run(0)).toEqual({ ok: true, value: 1 })
    const [slow, next] = await Promise.all([run(60_000), run(0)])
    expect(slow).toMatchObject({ ok: false, failure: { kind: 'rejected' } })
    expect(slow).toMatchObject({ failure: { message: expect.stringContaining('1500 ms') } })
    expect(next).toEqual({ ok: true, value: 1 })
  })

  test('rejects what takes too much memory, and starts anew', async () => {
    const { run } = thread<number, number>('hoard', { memoryMb: 40 })
    const outcome = await run(4_000)
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'rejected' } })
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('memory') } })
    expect(await run(1)).toEqual({ ok: true, value: 1 })
  })

  test('rejects what throws, and goes on', async () => {
    const { run } = thread<string, never>('complain')
    expect(await run('a')).toMatchObject({
      failure: { kind: 'rejected', message: expect.stringContaining('this is wrong: a') },
    })
    expect((await run('b')).ok).toBe(false)
  })

  test('rejects what cannot be cloned, and a function that is not there', async () => {
    const { run } = thread<unknown, number>('countCalls')
    expect(await run(() => 1)).toMatchObject({ ok: false, failure: { kind: 'rejected' } })
    expect(await thread('nothing').run(1)).toMatchObject({ failure: { kind: 'rejected' } })
  })

  test('is unavailable once it was stopped, and while too many wait', async () => {
    const { run, stop } = thread<number, number>('spin')
    const running = run(60_000)
    const waiting = Array.from({ length: 300 }, () => run(0))
    expect(await waiting.at(-1)).toMatchObject({ failure: { kind: 'unavailable' } })
    await new Promise((resolve) => setTimeout(resolve, 200))
    await stop()
    expect(await running).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
    expect(await waiting[0]).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  })

  test('leaves the main loop alone while it works', async () => {
    const { run } = thread<number, number>('spin', { deadlineMs: 30_000 })
    await run(0)
    const idle = await delayDuring(new Promise((resolve) => setTimeout(resolve, 600)))
    const busy = await delayDuring(run(600))
    // Three times what it is without work, and room for what else the machine does.
    expect(busy.typicalMs).toBeLessThan(3 * idle.typicalMs + 20)
    expect(busy.longestMs).toBeLessThan(3 * idle.longestMs + 200)
  })
})

/** How late the main loop is, every 5 ms, until `work` is done. */
async function delayDuring(
  work: Promise<unknown>,
): Promise<{ typicalMs: number; longestMs: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 5 })
  histogram.enable()
  await work
  histogram.disable()
  return { typicalMs: histogram.percentile(90) / 1e6, longestMs: histogram.max / 1e6 }
}
