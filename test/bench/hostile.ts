import { startThread, type Thread } from '../../src/review-thread.ts'
import { hostileShapes } from '../support/hostile.ts'
import type { ReadAsked, ReadDone } from './hostile-reader.ts'
import type { BenchLine } from './line.ts'

/*
 * Every hostile shape in three sizes, read in a thread beside a real register of its size: none may
 * take more than five times as long. Told are the worst of each size, measured again for certainty,
 * and how many were read and how many refused. Processor time; a read that does not end in time
 * counts as that time.
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
  await thread.stop()
  return lines
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
