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
import { type Clocked, clock, usageOf } from './service-usage.ts'

/*
 * Acknowledgements: ours with the durable commit and a worker with full hands, against a bare
 * Probot App with nothing to do. In turns, so that whatever else the machine does meets both; the
 * middle round of each counts. In closed loop: who got an answer sends the next delivery.
 */
const connections = 64
const roundMs = 4_000
const rounds = 7
const warmUpMs = 3_000
const levels = { LOG_LEVEL: 'info', LOG_FORMAT: 'json', NODE_ENV: 'production' }

export async function acknowledge(): Promise<BenchLine[]> {
  const stage = await openStage({ silent: true })
  try {
    const bodies = bodiesOf(stage, 400)
    const bare = await startBare(stage)
    const own = await stage.start(levels)
    for (const one of [bare, own]) await measure(one, bodies, warmUpMs)
    const ours: LoadResult[] = []
    const theirs: LoadResult[] = []
    const waits = { own: 0, bare: 0 }
    for (let round = 0; round < rounds; round += 1) {
      const before = { bare: clock(bare), own: clock(own) }
      theirs.push(await measure(bare, bodies, roundMs))
      waits.bare += waited(bare, before.bare)
      ours.push(await measure(own, bodies, roundMs))
      waits.own += waited(own, before.own)
    }
    bare.process.kill('SIGKILL')
    await bare.ended
    return lines(ours, theirs, waits)
  } finally {
    await stage.close()
  }
}

/** Seconds that the threads of a process stood in line for a processor. */
function waited(one: ServiceProcess, before: Clocked): number {
  return usageOf(before, clock(one)).waitedS
}

function lines(
  ours: LoadResult[],
  theirs: LoadResult[],
  waits: { own: number; bare: number },
): BenchLine[] {
  const own = { rate: middle(ours, (one) => one.perSecond), p99: middle(ours, (one) => one.p99Ms) }
  const bare = {
    rate: middle(theirs, (one) => one.perSecond),
    p99: middle(theirs, (one) => one.p99Ms),
  }
  const rate = own.rate / bare.rate
  const slow = own.p99 / bare.p99
  const refused = ours.reduce((sum, one) => sum + one.refused, 0)
  const share = (seconds: number) => `${Math.round((seconds / rounds / roundMs) * 100_000)} %`
  return [
    {
      case: `acknowledgements, ${connections} connections`,
      value: Math.round(own.rate),
      unit: '/s',
      reference:
        `bare Probot ${Math.round(bare.rate)}; waited for a processor: ours ` +
        `${share(waits.own)} of the time, bare ${share(waits.bare)}`,
      ratio: rounded(rate),
      goal: '>= 0.9',
      met: rate >= 0.9 && refused === 0,
    },
    {
      case: 'acknowledgement p99',
      value: rounded(own.p99),
      unit: 'ms',
      reference: `bare Probot ${rounded(bare.p99)}`,
      ratio: rounded(slow),
      goal: '<= 1.3',
      met: slow <= 1.3,
    },
  ]
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
