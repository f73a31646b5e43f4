import { compare } from '../../src/diff/compare.ts'
import { forgetTexts } from '../../src/threat-model/markdown/markdown.ts'
import type { ThreatModel } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import { randomFrom } from '../support/random.ts'
import { asHeadings, asList, asTables, type BenchDocument } from './documents.ts'
import type { BenchLine } from './line.ts'

/*
 * What comparing costs beside reading one of the two documents, in processor time of this process.
 * The head differs from the base in every hundredth threat (`1 %`) or in every one. All cases take
 * two to three minutes of it, the two tables without a common entry 70 seconds (`diff "other"`).
 */

const times = 3
/** What takes longer is measured less often, but not once: the first time is spent on compiling. */
const timesMs = 15_000
const growthMax = 10
const shapes = { list: asList, table: asTables, heading: asHeadings }
type Shape = keyof typeof shapes

/** All cases, or those whose name holds `only`. */
export async function diff(only = ''): Promise<BenchLine[]> {
  const names = Object.keys(shapes) as Shape[]
  const cases: [string, (name: string) => BenchLine][] = names.flatMap((shape): typeof cases => [
    [
      `${shape} 10000, 1 % changed`,
      (name) => besideReading(name, pairOf(shapes[shape](10_000), 100), 1),
    ],
    [
      `${shape} 1000, all changed`,
      (name) => besideReading(name, pairOf(shapes[shape](1_000), 1), 4),
    ],
    [`${shape} 1000 to 8000, 1 % changed`, (name) => growth(name, shape)],
  ])
  for (const [name, vocabulary, goal] of strangers) {
    cases.push([name, () => besideReading(name, strangersOf(vocabulary), goal)])
  }
  return cases.filter(([name]) => name.includes(only)).map(([name, run]) => run(name))
}

function besideReading(name: string, pair: Pair, goal: number): BenchLine {
  const value = least(() => compare(pair.before, pair.after, pair.texts))
  const reference = least(() => {
    forgetTexts()
    read(pair.texts.after)
  })
  const ratio = value / reference
  return {
    case: name,
    value,
    unit: 'ms',
    reference: `reading one of them, ${reference.toFixed(0)} ms`,
    ratio,
    goal: `at most ${goal} ×`,
    met: ratio <= goal,
  }
}

/** Eight times the model and eight times the change: 8 would be linear. */
function growth(name: string, shape: Shape): BenchLine {
  const [small, large] = [1_000, 8_000].map((threats) => {
    const pair = pairOf(shapes[shape](threats), 100)
    return least(() => compare(pair.before, pair.after, pair.texts))
  })
  const ratio = (large ?? 0) / Math.max(small ?? 0, 1)
  return {
    case: name,
    value: large ?? 0,
    unit: 'ms',
    reference: `1000 threats, ${(small ?? 0).toFixed(0)} ms`,
    ratio,
    goal: `at most ${growthMax} ×`,
    met: ratio <= growthMax,
  }
}

interface Pair {
  before: ThreatModel
  after: ThreatModel
  texts: { before: string; after: string }
}

function pairOf(document: BenchDocument, every: number): Pair {
  const texts = { before: document.text, after: reworded(document.text, every) }
  return { before: read(texts.before).model, after: read(texts.after).model, texts }
}

/** Two versions that share no entry, of many words or of few that repeat: nothing is easy. */
const strangers: [name: string, vocabulary: number, goal: number][] = [
  ['table 10000, other entries', 20_000, 4],
  ['table 10000, other entries of the same 400 words', 400, 8],
]

function strangersOf(vocabulary: number): Pair {
  const random = randomFrom(1)
  const phrase = (words: number) =>
    Array.from({ length: words }, () => `w${random.below(vocabulary).toString(36)}`).join(' ')
  const row = (_: unknown, i: number) =>
    `| T-${i + 1} | ${phrase(5)} | ${phrase(12)} | ${phrase(6)} |`
  const head =
    '# Strangers\n\n## Threats\n\n| ID | Threat | Description | Mitigation |\n|-|-|-|-|\n'
  const text = () => head + Array.from({ length: 10_000 }, row).join('\n')
  const texts = { before: text(), after: text() }
  return { before: read(texts.before).model, after: read(texts.after).model, texts }
}

/** Every so many-th line that names a case speaks of another one. */
function reworded(text: string, every: number): string {
  let count = 0
  return text.replace(/\bcase (\d+)/g, (whole, number: string) => {
    count++
    return count % every === 0 ? `quite another matter ${number}` : whole
  })
}

function least(work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  let sum = 0
  for (let i = 0; i < times && sum < timesMs; i++) {
    globalThis.gc?.()
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    const ms = (user + system) / 1_000
    best = Math.min(best, ms)
    sum += ms
  }
  return best
}
