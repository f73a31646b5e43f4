import { asHeadings, asList, asOneTable, asTables, seedShaped } from './documents.ts'
import { type ReaderName, readers } from './readers.ts'

/*
 * Measures readers on one document, in a process of its own:
 *
 *     node --expose-gc reading-child.ts
 * '{"readers":["ours"],"shape":"list","threats":1000,"times":3}'
 *
 * Prints one line of JSON: for each reader the median of its processor times in ms (which do not
 * count what other processes take), and the most memory the process ever had. Several readers take
 * turns, so that they meet the same neighbours; the least time would tell who was lucky, for the
 * processor is twice as fast at times. For the memory of one it has to be alone. All of them have
 * read small documents before, of the seed's shape and of the one asked for: measured is reading,
 * as in a service that runs, and not the compiling of the readers. With `base`, that reader has
 * just read the base of the pull request of which the text is the head: the same with one threat
 * reworded.
 */

export interface Measurement {
  readers: ReaderName[]
  shape: keyof typeof shapes
  threats: number
  times: number
  base?: ReaderName | undefined
}

export interface Measured {
  ms: number[]
  peakMb: number
}

const shapes = {
  seed: seedShaped,
  list: asList,
  heading: asHeadings,
  table: asTables,
  oneTable: asOneTable,
}
/**
 * How often a reader reads small documents before. A short text is read in less time than the
 * compilers need for what is called often: a service has nothing left to compile when it has read
 * some hundred of them, and the share of a reader with many functions falls until then.
 */
const warmUps = { seed: 200, others: 16 }
const warmUpThreats = 200

const asked: Measurement = JSON.parse(process.argv[2] ?? '')
const { text } = shapes[asked.shape](asked.threats)
const times = asked.shape === 'seed' ? warmUps.seed : warmUps.others
for (const warmUp of [seedShaped().text, shapes[asked.shape](warmUpThreats).text]) {
  for (let i = 0; i < times; i++) for (const reader of asked.readers) readers[reader](warmUp)
}
// A full collection throws away compiled code, too: only where memory is what is asked for.
if (asked.times === 1) globalThis.gc?.()
const rounds = Array.from({ length: asked.times }, () => asked.readers.map(measure))
const measured: Measured = {
  ms: asked.readers.map((_, i) => median(rounds.map((round) => round[i] ?? 0))),
  peakMb: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(measured))

function measure(reader: ReaderName): number {
  if (asked.base) readers[asked.base](otherwise(text))
  globalThis.gc?.({ type: 'minor' })
  const start = process.cpuUsage()
  readers[reader](text)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The text with the threat in its middle worded differently. */
function otherwise(text: string): string {
  const at = text.indexOf('case', text.length / 2)
  return `${text.slice(0, at)}another ${text.slice(at)}`
}
