import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { startThread, type Thread } from '../../src/review-thread.ts'
import { hostileShapes } from '../support/hostile.ts'
import type { ReadAsked, ReadDone } from './hostile-reader.ts'
import type { BenchLine } from './line.ts'

/*
 * Every hostile shape in three sizes, read in a thread beside a real register of its size: none may
 * take more than five times as long. Told are the worst of each size, measured again for certainty,
 * and how many were read and how many refused. Processor time; a read that does not end in time
 * counts as that time. Last, how late timers of this process fire while the thread reads, beside an
 * idle time just before; with another process on each processor that says nothing. Both depend on
 * how many helper threads the engine has (docs/decisions/0018-one-helper-thread.md).
 */

const sizes = [25_000, 100_000, 1_000_000]
const goal = 5
const deadlineMs = 60_000
const worstShown = 6
const warmUps = 30

interface Result extends ReadDone {
  shape: string
}

/** All sizes, or the one that is written `only`. */
export async function hostile(only = ''): Promise<BenchLine[]> {
  const module = new URL('./hostile-reader.ts', import.meta.url)
  const thread = startThread<ReadAsked, ReadDone>({ module, name: 'readShape', deadlineMs })
  const lines: BenchLine[] = []
  for (let i = 0; i < warmUps; i++) await thread.run({ shape: '', chars: 10_000 })
  for (const chars of sizes.filter((size) => only === '' || only === String(size))) {
    lines.push(...(await sizeCase(thread, chars)))
  }
  if (only === '' || only === 'delay') lines.push(await delayCase(thread))
  await thread.stop()
  return lines
}

const delayGoal = 3
const delayRounds = 3
const idleMs = 1_000

/** The best of some rounds: what other processes do only makes it worse. */
async function delayCase(thread: Reader): Promise<BenchLine> {
  const rounds: { idle: number; busy: number }[] = []
  for (let i = 0; i < delayRounds; i++) {
    const idle = await latest(() => pause(idleMs))
    const busy = await latest(() => thread.run({ shape: 'short headings', chars: 100_000 }))
    rounds.push({ idle, busy })
  }
  const { idle, busy } = rounds.reduce((a, b) => (b.busy / b.idle < a.busy / a.idle ? b : a))
  return {
    case: 'delay of the main loop, 99 of 100 timers',
    value: busy,
    unit: 'ms',
    reference: `idle ${idle.toFixed(2)} ms`,
    ratio: busy / idle,
    goal: `at most ${delayGoal}`,
    met: busy / idle <= delayGoal,
  }
}

/** After how long a timer of 1 ms fires meanwhile, the latest of a hundred, in ms. */
async function latest(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  await work()
  delays.disable()
  return delays.percentile(99) / 1e6
}

type Reader = Thread<ReadAsked, ReadDone>

async function sizeCase(thread: Reader, chars: number): Promise<BenchLine[]> {
  const benign = await least(thread, '', chars)
  const results: Result[] = []
  for (const { name } of hostileShapes) results.push(await once(thread, name, chars))
  const suspects = results.toSorted((a, b) => b.ms - a.ms).slice(0, worstShown)
  const worst: Result[] = []
  for (const { shape } of suspects) worst.push(await least(thread, shape, chars))
  const refused = results.filter(({ end }) => end !== 'read').length
  const reference = `a register of ${chars} characters ${benign.ms.toFixed(0)} ms`
  return [
    ...worst
      .toSorted((a, b) => b.ms - a.ms)
      .map((result) => shapeLine(result, chars, { ms: benign.ms, reference })),
    {
      case: `${chars}: all shapes`,
      value: results.length,
      unit: 'shapes',
      reference: `${results.length - refused} read, ${refused} refused`,
      ratio: null,
      goal: 'none fails',
      met: results.every(({ end }) => end === 'read' || /line \d/.test(end)),
    },
  ]
}

function shapeLine(
  { shape, ms, end }: Result,
  chars: number,
  benign: { ms: number; reference: string },
): BenchLine {
  const ratio = ms / benign.ms
  return {
    case: `${chars}: ${shape} (${end === 'read' ? end : 'refused'})`,
    value: ms,
    unit: 'ms',
    reference: benign.reference,
    ratio,
    goal: `at most ${goal}`,
    met: ratio <= goal,
  }
}

async function least(thread: Reader, shape: string, chars: number): Promise<Result> {
  const results: Result[] = []
  for (let i = 0; i < 3; i++) results.push(await once(thread, shape, chars))
  return results.reduce((best, next) => (next.ms < best.ms ? next : best))
}

async function once(thread: Reader, shape: string, chars: number): Promise<Result> {
  const outcome = await thread.run({ shape, chars })
  if (outcome.ok) return { ...outcome.value, shape }
  return { shape, ms: deadlineMs, end: outcome.failure.message }
}
