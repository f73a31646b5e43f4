import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  environmentOf,
  freePort,
  type ServiceProcess,
  startScript,
} from '../support/service-process.ts'
import { type BenchLine, rounded } from './line.ts'
import { type LoadResult, load, type SignedBody } from './service-load.ts'
import { bodiesOf, openStage, type Stage, webhookPath } from './service-stage.ts'
import { clock, usageOf } from './service-usage.ts'

/*
 * Acknowledgements: ours with the durable commit and a worker with full hands, against a bare
 * Probot App with nothing to do. In turns, so that whatever else the machine does meets both; the
 * middle of the rounds counts. In closed loop: who got an answer sends the next delivery.
 */
const connections = 64
const roundMs = 2_500
const rounds = 7
const warmUpMs = 3_000
const levels = { LOG_LEVEL: 'info', LOG_FORMAT: 'json', NODE_ENV: 'production' }

export async function acknowledge(): Promise<BenchLine[]> {
  const stage = await openStage({ silent: true })
  try {
    const bodies = bodiesOf(stage, 400)
    const bare = await startBare(stage)
    const own = await stage.start(levels)
    const pairs = await inTurns({ bare, own }, bodies)
    const found = lines(pairs, `own disk, fdatasync ${diskMs(stage.folder)}`)
    own.process.kill('SIGKILL')
    if (existsSync(memoryDisk)) {
      const folder = mkdtempSync(join(memoryDisk, 'threat-model-bench-'))
      const diskless = await stage.start({ ...levels, DATA_DIR: folder })
      found.push(...lines(await inTurns({ bare, own: diskless }, bodies), 'no disk to wait for'))
      diskless.process.kill('SIGKILL')
      await diskless.ended
      rmSync(folder, { recursive: true, force: true })
    }
    bare.process.kill('SIGKILL')
    await bare.ended
    return found
  } finally {
    await stage.close()
  }
}

/** Where there is one: files that no disk has to be waited for. */
const memoryDisk = '/dev/shm'

async function inTurns(
  { bare, own }: { bare: ServiceProcess; own: ServiceProcess },
  bodies: SignedBody[],
): Promise<Pair[]> {
  for (const one of [bare, own]) await measure(one, bodies, warmUpMs)
  const pairs: Pair[] = []
  for (let round = 0; round < rounds; round += 1) {
    const bareRound = await watched(bare, bodies)
    pairs.push({ bare: bareRound, own: await watched(own, bodies) })
  }
  return pairs
}

const syncs = 200

/** How long the disk takes to keep four pages, in words: it is the least a commit can take. */
function diskMs(folder: string): string {
  const path = join(folder, 'sync')
  const file = openSync(path, 'w')
  const pages = Buffer.alloc(16_384)
  const times: number[] = []
  for (let i = 0; i < syncs; i += 1) {
    writeSync(file, pages)
    const begun = performance.now()
    fdatasyncSync(file)
    times.push(performance.now() - begun)
  }
  closeSync(file)
  rmSync(path)
  times.sort((a, b) => a - b)
  const at = (share: number) => rounded(times[Math.floor(syncs * share)] ?? 0)
  return `${at(0.5)} ms, p99 ${at(0.99)} ms`
}

interface Watched extends LoadResult {
  /** Seconds that the threads of the process stood in line for a processor. */
  waitedS: number
}

interface Pair {
  bare: Watched
  own: Watched
}

async function watched(one: ServiceProcess, bodies: SignedBody[]): Promise<Watched> {
  const before = clock(one)
  const result = await measure(one, bodies, roundMs)
  return { ...result, waitedS: usageOf(before, clock(one)).waitedS }
}

function lines(pairs: Pair[], store: string): BenchLine[] {
  const own = pairs.map((pair) => pair.own)
  const bare = pairs.map((pair) => pair.bare)
  const refused = own.reduce((sum, one) => sum + one.refused, 0)
  const waits = (one: Watched) => `${Math.round((one.waitedS / roundMs) * 100_000)} %`
  // The machine's other work hits the one with two threads harder: the least disturbed round says
  // most of what the program can do.
  const [calm] = pairs.toSorted((a, b) => disturbance(a) - disturbance(b))
  if (!calm) throw new Error('nothing was measured')
  const beside = (name: string, of: (one: LoadResult) => number) =>
    `bare Probot ${name}; in the round that waited least for a processor ` +
    `(${waits(calm.own)} of the time, bare ${waits(calm.bare)}) × ${ratioOf(calm, of)}`
  const rate = middle(own, perSecond) / middle(bare, perSecond)
  const slow = middle(own, p99) / middle(bare, p99)
  return [
    {
      case: `acknowledgements, ${connections} connections; ${store}`,
      value: Math.round(middle(own, perSecond)),
      unit: '/s',
      reference: beside(String(Math.round(middle(bare, perSecond))), perSecond),
      ratio: rounded(rate),
      goal: '>= 0.9',
      met: rate >= 0.9 && refused === 0,
    },
    {
      case: `acknowledgement p99; ${store}`,
      value: rounded(middle(own, p99)),
      unit: 'ms',
      reference: beside(String(rounded(middle(bare, p99))), p99),
      ratio: rounded(slow),
      goal: '<= 1.3',
      met: slow <= 1.3,
    },
  ]
}

const perSecond = (one: LoadResult) => one.perSecond
const p99 = (one: LoadResult) => one.p99Ms

function disturbance({ own, bare }: Pair): number {
  return own.waitedS + bare.waitedS
}

function ratioOf({ own, bare }: Pair, of: (one: LoadResult) => number): number {
  return rounded(of(own) / of(bare))
}

function measure({ webhookUrl }: ServiceProcess, bodies: SignedBody[], forMs: number) {
  const port = Number(new URL(webhookUrl).port)
  return load({ port, path: webhookPath, connections, forMs, bodies })
}

function middle(results: LoadResult[], of: (one: LoadResult) => number): number {
  const sorted = results.map(of).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

async function startBare(stage: Stage): Promise<ServiceProcess> {
  const port = await freePort()
  const place = { apiUrl: stage.apiUrl, folder: '/nonexistent', port, more: levels }
  const script = join(import.meta.dirname, 'service-bare.ts')
  return startScript(script, environmentOf(stage.github, place))
}
