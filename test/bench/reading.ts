import { spawnSync } from 'node:child_process'
import { type BenchLine, shown } from './line.ts'
import type { ReaderName } from './readers.ts'
import type { Measured, Measurement } from './reading-child.ts'

/*
 * How long reading takes, beside what the same text costs in the bare parser and in two others.
 * Small texts are read by all of them in turns, in one process, many times, and the median counts;
 * on large ones each has a process of its own, and its peak memory is told. Times are processor
 * time. Ratios are worth more than milliseconds.
 *
 * The newest micromark is quadratic in the number of lists: a process that takes longer than the
 * limit is ended, and counts as having needed just that long. The limit leaves room to be beaten by
 * as much as the goal asks for.
 */

const limitSeconds = 50
/** What a process takes before it measures. */
const warmUpSeconds = 8
/** Somewhat more than the 15 times of the goal. */
const limitTimesOurs = 16
const seedTimes = 121
/** What 1,000 threats take is short enough to be disturbed. */
const smallTimes = 5
/** A head is read so fast that compiling shows in the first. The base, too, is read again. */
const headTimes = 7
/** Up to so many threats, readers take turns in one process. */
const turnsMax = 1_000
const growthMax = 10

type Shape = Measurement['shape']
type Asked = Omit<Measurement, 'readers' | 'times'>

interface Reference {
  reader: ReaderName
  name: string
  /** The most that ours may be of it, or null when it is only shown. */
  goal: number | null
}

const bare: Reference = { reader: 'pinned', name: 'bare fromMarkdown', goal: null }
const newest: Reference = { reader: 'newest', name: 'bare fromMarkdown, newest', goal: null }
const others: Reference[] = [
  { reader: 'commonmark', name: 'commonmark.js (no tables)', goal: null },
  { reader: 'markdownIt', name: 'markdown-it', goal: null },
]

/** All cases, or those whose name holds `only`. */
export async function reading(only = ''): Promise<BenchLine[]> {
  const shapes = ['list', 'table', 'heading'] as const
  const cases: [string, (name: string) => BenchLine[]][] = [
    ['seed-shaped', seedCase],
    ...shapes.flatMap((shape): typeof cases => [
      [`${shape} 1000`, (name) => sizeCase(name, { shape, threats: 1_000 })],
      [`${shape} 10000`, (name) => sizeCase(name, { shape, threats: 10_000 })],
      [`${shape} 1000 to 8000`, (name) => growthCase(name, shape)],
      [`${shape} 10000, head after base`, (name) => headCase(name, shape)],
    ]),
  ]
  return cases.filter(([name]) => name.includes(only)).flatMap(([name, run]) => run(name))
}

function seedCase(name: string): BenchLine[] {
  const references = [{ ...bare, goal: 1.3 }, newest, ...others]
  return compare(name, { shape: 'seed', threats: 0 }, references)
}

function sizeCase(name: string, asked: Asked): BenchLine[] {
  const isTheSlowOne = asked.shape === 'heading' && asked.threats === 10_000
  const goal = isTheSlowOne ? 1 / 15 : null
  return compare(name, asked, [bare, { ...newest, goal }, ...others])
}

function compare(name: string, asked: Asked, references: Reference[]): BenchLine[] {
  const [ours, ...theirs] = measureEach(asked, ['ours', ...references.map((one) => one.reader)])
  const times = references.map((reference, i) =>
    line({ case: name, unit: 'ms', value: ours?.ms ?? 0, other: theirs[i]?.ms ?? 0, reference }),
  )
  if (asked.threats <= turnsMax) return times
  const peaks = { value: ours?.peakMb ?? 0, other: theirs[0]?.peakMb ?? 0 }
  return [...times, line({ case: `${name}, peak memory`, unit: 'MB', ...peaks, reference: bare })]
}

/** Eight times the threats: 8 would be linear. */
function growthCase(name: string, shape: Shape): BenchLine[] {
  const readers: ReaderName[] = ['ours', 'pinned']
  const small = measureEach({ shape, threats: 1_000 }, readers)
  const large = measureEach({ shape, threats: 8_000 }, readers)
  const [value = 0, other = 0] = large.map(({ ms }, i) => ms / (small[i]?.ms ?? 0))
  const figures = line({ case: name, unit: 'times', value, other, reference: bare })
  return [{ ...figures, goal: `value at most ${growthMax}`, met: value <= growthMax }]
}

function headCase(name: string, shape: Shape): BenchLine[] {
  const asked = { shape, threats: 10_000 }
  return (['ours', 'tree'] as const).map((reader) => {
    const [base, head] = [
      measure({ ...asked, readers: [reader], times: headTimes }, limitSeconds),
      measure(
        { ...asked, readers: [`${reader}Again`], base: reader, times: headTimes },
        limitSeconds,
      ),
    ]
    const what = reader === 'ours' ? name : `${name}, tree only`
    const reference = { reader, name: 'the base', goal: 0.1 }
    const figures = { value: head.ms[0] ?? 0, other: base.ms[0] ?? 0 }
    return line({ case: what, unit: 'ms', ...figures, reference })
  })
}

function line(figures: {
  case: string
  unit: string
  value: number
  other: number
  reference: Reference
}): BenchLine {
  const { value, other, reference, unit } = figures
  const ratio = value / other
  return {
    case: figures.case,
    value,
    unit,
    reference: `${reference.name} ${shown(other)} ${unit}`,
    ratio,
    goal: reference.goal === null ? 'shown' : `at most ${shown(reference.goal)}`,
    met: reference.goal === null || ratio <= reference.goal,
  }
}

interface Figures {
  ms: number
  peakMb: number
}

function measureEach(asked: Asked, readers: ReaderName[]): Figures[] {
  if (asked.threats > turnsMax) {
    let limit = limitSeconds
    return readers.map((reader) => {
      const { ms, peakMb } = measure({ ...asked, readers: [reader], times: 1 }, limit)
      const [took = 0] = ms
      if (reader === 'ours') limit = Math.max(limit, Math.ceil((took * limitTimesOurs) / 1_000))
      return { ms: took, peakMb }
    })
  }
  const times = asked.shape === 'seed' ? seedTimes : smallTimes
  const { ms, peakMb } = measure({ ...asked, readers, times }, limitSeconds)
  return ms.map((one) => ({ ms: one, peakMb }))
}

function measure(asked: Measurement, limit: number): Measured {
  const script = new URL('./reading-child.ts', import.meta.url).pathname
  const command = [process.execPath, ...process.execArgv, script, JSON.stringify(asked)]
  const limited = `ulimit -t ${limit + warmUpSeconds} && exec "$@"`
  const child = spawnSync('sh', ['-c', limited, 'sh', ...command], { encoding: 'utf8' })
  if (child.signal !== null) return { ms: [limit * 1_000], peakMb: Number.NaN }
  if (child.status !== 0) throw new Error(`measuring failed: ${child.stderr}`)
  return JSON.parse(child.stdout)
}
