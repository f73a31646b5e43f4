import { join } from 'node:path'
import { findPostgres, startPostgres } from '../support/postgres-server.ts'
import {
  environmentOf,
  freePort,
  type ServiceProcess,
  startScript,
} from '../support/service-process.ts'
import type { BenchLine } from './line.ts'
import { type LoadResult, load, type SignedBody, signAll } from './service-load.ts'
import { concluded, concludedIn, memoryMb, openStage, type Stage } from './service-stage.ts'

/*
 * The service as its operator sees it: how fast it acknowledges, whether a burst is worked off and
 * how close to the ideal, what it needs, and whether one installation can hold up another.
 * Everything over HTTP, the service in its own process, the reference measured in the same run.
 */
const webhookPath = '/api/github/webhooks'
const loadMs = 6_000
const connections = 64
/** Of `pull_request.synchronize` as GitHub sends it. */
const bodyBytes = 23_700
const latencyMs = 200

/** All cases, or those whose name holds `only`. Prints nothing. */
export async function service(only = ''): Promise<BenchLine[]> {
  const cases: [string, () => Promise<BenchLine[]>][] = [
    ['acknowledge', acknowledge],
    ['burst: 500', () => burst(500)],
    ['burst: 5,000', () => burst(5_000)],
    ['memory', memory],
    ['noise', noise],
    ['scaling', scaling],
    ['spread', spread],
  ]
  const lines: BenchLine[] = []
  for (const [name, run] of cases) {
    if (name.includes(only)) lines.push(...(await run()))
  }
  return lines
}

/** Ours with the durable commit and a worker with full hands, bare Probot with nothing to do. */
async function acknowledge(): Promise<BenchLine[]> {
  const stage = await openStage({ silent: true })
  try {
    const bodies = bodiesOf(stage, 400)
    const ours: LoadResult[] = []
    const theirs: LoadResult[] = []
    const levels = { LOG_LEVEL: 'info', LOG_FORMAT: 'json', NODE_ENV: 'production' }
    const bare = await startBare(stage, levels)
    const own = await stage.start(levels)
    // In turns, so that whatever else the machine does meets both.
    for (let round = 0; round < 3; round += 1) {
      theirs.push(await measure(bare, bodies))
      ours.push(await measure(own, bodies))
    }
    bare.process.kill('SIGKILL')
    return acknowledgeLines(median(ours), median(theirs))
  } finally {
    await stage.close()
  }
}

function acknowledgeLines(ours: LoadResult, theirs: LoadResult): BenchLine[] {
  const rate = ours.perSecond / theirs.perSecond
  const slow = ours.p99Ms / theirs.p99Ms
  return [
    {
      case: 'acknowledgements, 64 connections',
      value: Math.round(ours.perSecond),
      unit: '/s',
      reference: `bare Probot ${Math.round(theirs.perSecond)}`,
      ratio: round(rate),
      goal: '>= 0.9',
      met: rate >= 0.9 && ours.refused === 0,
    },
    {
      case: 'acknowledgement p99',
      value: round(ours.p99Ms),
      unit: 'ms',
      reference: `bare Probot ${round(theirs.p99Ms)}`,
      ratio: round(slow),
      goal: '<= 1.3',
      met: slow <= 1.3,
    },
  ]
}

function measure({ webhookUrl }: ServiceProcess, bodies: SignedBody[]): Promise<LoadResult> {
  const port = Number(new URL(webhookUrl).port)
  return load({ port, path: webhookPath, connections, forMs: loadMs, bodies })
}

function median(results: LoadResult[]): LoadResult {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new Error('nothing was measured')
  return middle
}

async function startBare(stage: Stage, levels: Record<string, string>): Promise<ServiceProcess> {
  const port = await freePort()
  const place = { apiUrl: stage.apiUrl, folder: '/nonexistent', port, more: levels }
  return startScript(
    join(import.meta.dirname, 'service-bare.ts'),
    environmentOf(stage.github, place),
  )
}

/** `count` deliveries about different pull requests, of the size and shape of real ones. */
function bodiesOf({ github }: Stage, count: number, owner = 'acme'): SignedBody[] {
  const repository = github.repository(`${owner}/code`, { files: { 'README.md': '# Code\n' } })
  repository.branch('change', { edit: { 'a.txt': 'a' } })
  repository.openPullRequest({ head: 'change', author: 'sam' }).tell('synchronize')
  const sample = github.take().find(({ body }) => body.includes('"synchronize"'))
  if (!sample) throw new Error('the simulator sent no synchronize')
  const payload = JSON.parse(sample.body)
  payload.pull_request.body = 'x'.repeat(Math.max(0, bodyBytes - sample.body.length))
  const bodies = Array.from({ length: count }, (_, i) => {
    payload.number = i + 1
    payload.pull_request.number = i + 1
    return JSON.stringify(payload)
  })
  return signAll(bodies, github.app.webhookSecret)
}

/** Pull requests in many installations, all told at once, GitHub at 200 ms a call. */
async function burst(count: number): Promise<BenchLine[]> {
  const owners = count / 10
  const stage = await openStage({ latencyMs })
  try {
    const bodies = openPulls(stage, owners, 10)
    const own = await stage.start({ LOG_LEVEL: 'error' })
    const port = Number(new URL(own.webhookUrl).port)
    await warmUp(stage, own)
    stage.github.log.clear()
    const before = concludedIn(stage)
    const begun = performance.now()
    const forMs = 60_000
    const options = { port, path: webhookPath, connections, forMs, countMax: count, bodies }
    const told = await load(options)
    const answered = (await concluded(stage, before + count, count * secondsEach * 1000)) - before
    const tookMs = performance.now() - begun
    const calls = stage.github.log.counts().total
    const ideal = (calls * latencyMs) / concurrency
    const ratio = tookMs / ideal
    return [
      {
        case: `${count} deliveries at once: concluded`,
        value: answered,
        unit: 'checks',
        reference: `${told.answers - told.refused} acknowledged of ${count}`,
        ratio: round(answered / count),
        goal: '= 1',
        met: answered === count && told.refused === 0,
      },
      {
        case: `${count} deliveries at once: to the last`,
        value: round(tookMs / 1000),
        unit: 's',
        reference: `${calls} calls × ${latencyMs} ms ÷ ${concurrency} = ${round(ideal / 1000)} s`,
        ratio: round(ratio),
        goal: '<= 1.3',
        met: ratio <= 1.3,
      },
    ]
  } finally {
    await stage.close()
  }
}

/** A burst meets a service that has been running: its threads are started, its code is compiled. */
async function warmUp(stage: Stage, { webhookUrl }: ServiceProcess): Promise<void> {
  const bodies = openPulls(stage, 1, 12, 'warm')
  const before = concludedIn(stage)
  const options = { port: Number(new URL(webhookUrl).port), path: webhookPath, connections: 12 }
  await load({ ...options, forMs: 10_000, countMax: bodies.length, bodies })
  await concluded(stage, before + bodies.length, 30_000)
}

/** The service's usual number of jobs at once. */
const concurrency = 40
/** After so long for each delivery a case is given up; the ideal is a fortieth of it. */
const secondsEach = 1

const model = `# Threat model

## Assets

- The ledger

## Threats

### Somebody changes the ledger

Asset: The ledger
Code: \`src/ledger.ts\`
Mitigation: changes are signed
`

/** `each` pull requests in a repository of each of `owners`; returns what tells of them. */
function openPulls(
  { github }: Stage,
  owners: number,
  each: number,
  prefix = 'owner',
): SignedBody[] {
  for (let o = 0; o < owners; o += 1) {
    const repository = github.repository(`${prefix}${o}/code`, {
      files: { 'THREAT_MODEL.md': model, 'src/ledger.ts': 'export {}\n', 'README.md': '# Code\n' },
    })
    for (let p = 0; p < each; p += 1) {
      repository.branch(`change-${p}`, { edit: { [`docs/${p}.md`]: `# ${p}\n` } })
      repository.openPullRequest({ head: `change-${p}`, author: 'sam' })
    }
  }
  const told = github.take().filter(({ body }) => body.includes('"action":"opened"'))
  return told.map(({ body, headers }) => ({
    body,
    signature: headers['x-hub-signature-256'] ?? '',
  }))
}

/** 10,000 waiting jobs against the same 10,000 deliveries folded into one. */
async function memory(): Promise<BenchLine[]> {
  const count = 10_000
  const many = await memoryAfter(count, count)
  const one = await memoryAfter(count, 1)
  const ratio = many.after / one.after
  return [
    {
      case: `resident memory with ${count} waiting jobs`,
      value: Math.round(many.after),
      unit: 'MB',
      reference: `with one: ${Math.round(one.after)} MB; at the start ${Math.round(one.before)} MB`,
      ratio: round(ratio),
      goal: '<= 1.15',
      met: ratio <= 1.15,
    },
  ]
}

async function memoryAfter(deliveries: number, pulls: number) {
  const stage = await openStage({ silent: true })
  try {
    const bodies = bodiesOf(stage, pulls)
    const own = await stage.start({ LOG_LEVEL: 'error' })
    const before = memoryMb(own)
    const port = Number(new URL(own.webhookUrl).port)
    const forMs = 120_000
    await load({ port, path: webhookPath, connections, forMs, countMax: deliveries, bodies })
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    return { before, after: memoryMb(own) }
  } finally {
    await stage.close()
  }
}

/** One installation with 5,000 jobs, and then another with a single one. */
async function noise(): Promise<BenchLine[]> {
  const stage = await openStage({ latencyMs })
  try {
    const [single] = openPulls(stage, 1, 1, 'alone')
    const [quiet] = openPulls(stage, 1, 1, 'quiet')
    const noisy = bodiesOf(stage, 5_000, 'noisy')
    const own = await stage.start({ LOG_LEVEL: 'error' })
    if (!single || !quiet) throw new Error('no delivery')
    const alone = await timeOf(stage, own, single, 'alone0/code')
    const port = Number(new URL(own.webhookUrl).port)
    const forMs = 120_000
    await load({ port, path: webhookPath, connections, forMs, countMax: 5_000, bodies: noisy })
    const beside = await timeOf(stage, own, quiet, 'quiet0/code')
    const delay = beside - alone
    return [
      {
        case: 'a single job beside 5,000 of another installation',
        value: round(beside / 1000),
        unit: 's',
        reference: `alone ${round(alone / 1000)} s`,
        ratio: round(beside / alone),
        goal: 'at most 1 s later',
        met: delay <= 1_000,
      },
    ]
  } finally {
    await stage.close()
  }
}

/** From a delivery to the concluded check, in ms. */
async function timeOf(stage: Stage, own: ServiceProcess, body: SignedBody, name: string) {
  const repository = stage.github.state.repositories.find(
    (one) => `${one.owner.login}/${one.name}` === name,
  )
  const port = Number(new URL(own.webhookUrl).port)
  const begun = performance.now()
  const once = { connections: 1, forMs: 10_000, countMax: 1, bodies: [body] }
  await load({ port, path: webhookPath, ...once })
  while (!repository?.checkRuns.some((run) => run.conclusion !== null)) {
    if (performance.now() - begun > 120_000) return Number.POSITIVE_INFINITY
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return performance.now() - begun
}

/** The same work by one process and by two, on one PostgreSQL database. */
async function scaling(): Promise<BenchLine[]> {
  const bin = findPostgres()
  if (bin === null) return []
  const server = startPostgres(bin)
  try {
    const one = await workOff(1, server.createDatabase())
    const two = await workOff(2, server.createDatabase())
    const ratio = one / two
    return [
      {
        case: '400 jobs by two processes on PostgreSQL',
        value: round(two / 1000),
        unit: 's',
        reference: `by one: ${round(one / 1000)} s`,
        ratio: round(ratio),
        goal: '>= 1.8',
        met: ratio >= 1.8,
      },
    ]
  } finally {
    server.remove()
  }
}

async function workOff(processes: number, databaseUrl: string): Promise<number> {
  const stage = await openStage({ latencyMs })
  try {
    const bodies = openPulls(stage, 40, 10)
    const more = { LOG_LEVEL: 'error', DATABASE_URL: databaseUrl, CONCURRENCY: '10' }
    const services: ServiceProcess[] = []
    for (let i = 0; i < processes; i += 1) services.push(await stage.start(more))
    const [first] = services
    if (!first) throw new Error('no process')
    const port = Number(new URL(first.webhookUrl).port)
    const begun = performance.now()
    const options = { port, path: webhookPath, connections, forMs: 60_000, bodies }
    await load({ ...options, countMax: bodies.length })
    await concluded(stage, bodies.length, bodies.length * secondsEach * 1000)
    return performance.now() - begun
  } finally {
    await stage.close()
  }
}

/** Ten installations with one event each against one installation with one. */
async function spread(): Promise<BenchLine[]> {
  const stage = await openStage({ latencyMs })
  try {
    const own = await stage.start({ LOG_LEVEL: 'error' })
    const port = Number(new URL(own.webhookUrl).port)
    const timeOfAll = async (owners: number, prefix: string) => {
      const bodies = openPulls(stage, owners, 1, prefix)
      const before = concludedIn(stage)
      const begun = performance.now()
      const options = { port, path: webhookPath, connections: owners, forMs: 10_000, bodies }
      await load({ ...options, countMax: owners })
      await concluded(stage, before + owners, 60_000)
      return performance.now() - begun
    }
    await timeOfAll(1, 'warm')
    const one = await timeOfAll(1, 'one')
    const ten = await timeOfAll(10, 'ten')
    const ratio = ten / one
    return [
      {
        case: 'ten installations with one event each',
        value: round(ten / 1000),
        unit: 's',
        reference: `one installation ${round(one / 1000)} s`,
        ratio: round(ratio),
        goal: '<= 1.2',
        met: ratio <= 1.2,
      },
    ]
  } finally {
    await stage.close()
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
