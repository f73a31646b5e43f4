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
    // How late it may be, beside an idle one, is measured by `npm run bench -- hostile`.
    expect(await turnsDuring(run(600))).toBeGreaterThan(10)
  })
})

/** How often the main loop comes round until `work` is done; if that is on it, not once. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  await work
  clearInterval(timer)
  return turns
}
