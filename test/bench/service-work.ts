import { findPostgres, startPostgres } from '../support/postgres-server.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { type BenchLine, rounded } from './line.ts'
import { load, type SignedBody } from './service-load.ts'
import {
  concluded,
  concludedIn,
  openPulls,
  openStage,
  type Stage,
  webhookPath,
} from './service-stage.ts'
import { type Clocked, clock, usageOf } from './service-usage.ts'

/*
 * Deliveries worked off to the concluded check, GitHub at 200 ms a call. Every case begins with a
 * service that has been running: its threads are started, its code is compiled, its first look for
 * lost deliveries is over. Only then are the pull requests opened.
 */
const latencyMs = 200
/** The service's usual number of jobs at once. */
const concurrency = 40
const connections = 64
/** After so long for each delivery a case is given up; the ideal is a fortieth of it. */
const secondsEach = 1

/** Pull requests in many installations, all told at once. */
export async function burst(count: number): Promise<BenchLine[]> {
  const stage = await openStage({ latencyMs })
  try {
    const own = await stage.start({ LOG_LEVEL: 'error' })
    await warmUp(stage, [own])
    const run = await workOff(stage, [own], openPulls(stage, { owners: count / 10, each: 10 }))
    const ideal = (run.calls * latencyMs) / concurrency / 1000
    const ratio = run.tookS / ideal
    return [
      {
        case: `${count} deliveries at once: concluded`,
        value: run.concluded,
        unit: 'checks',
        reference: `${run.acked} acknowledged of ${count}`,
        ratio: rounded(run.concluded / count),
        goal: '= 1',
        met: run.concluded === count && run.acked === count,
      },
      {
        case: `${count} deliveries at once: to the last`,
        value: rounded(run.tookS),
        unit: 's',
        reference:
          `${run.calls} calls × ${latencyMs} ms ÷ ${concurrency} = ${rounded(ideal)} s; ` +
          run.usage,
        ratio: rounded(ratio),
        goal: '<= 1.3',
        met: ratio <= 1.3,
      },
    ]
  } finally {
    await stage.close()
  }
}

interface Run {
  tookS: number
  acked: number
  concluded: number
  calls: number
  /** In words. */
  usage: string
}

/** Sends all bodies to the first of the services and waits for as many new conclusions. */
async function workOff(
  stage: Stage,
  services: ServiceProcess[],
  bodies: SignedBody[],
): Promise<Run> {
  stage.github.log.clear()
  const count = bodies.length
  const already = concludedIn(stage)
  const before = { own: services.map(clock), github: clock(null) }
  const begun = performance.now()
  const told = await tell(services[0], bodies)
  const now = await concluded(stage, already + count, count * secondsEach * 1000 + 30_000)
  const tookS = (performance.now() - begun) / 1000
  const used = services.map((one, i) => usageOf(before.own[i] ?? clock(one), clock(one)))
  return {
    tookS,
    acked: told.answers - told.refused,
    concluded: now - already,
    calls: stage.github.log.counts().total,
    usage: inWords(used, usageOf(before.github, clock(null))),
  }
}

function inWords(services: Clocked[], github: Clocked): string {
  const seconds = (value: number) => value.toFixed(1)
  const ran = services.map((one) => seconds(one.ranS)).join(' + ')
  const waited = services.map((one) => seconds(one.waitedS)).join(' + ')
  return (
    `processor: service ${ran} s, GitHub ${seconds(github.ranS)} s; ` +
    `waited ${waited} and ${seconds(github.waitedS)} s`
  )
}

function tell(service: ServiceProcess | undefined, bodies: SignedBody[]) {
  if (!service) throw new Error('no process')
  const port = Number(new URL(service.webhookUrl).port)
  const many = Math.min(connections, bodies.length)
  const options = { port, path: webhookPath, connections: many, forMs: 120_000 }
  return load({ ...options, countMax: bodies.length, bodies })
}

/** More at once than any of them has threads, so that each of them starts all of its threads. */
async function warmUp(stage: Stage, services: ServiceProcess[]): Promise<void> {
  for (const [i, service] of services.entries()) {
    const bodies = openPulls(stage, { owners: 4, each: 6, prefix: `warm${i}-` })
    await workOff(stage, [service], bodies)
  }
}

/** One installation with 5,000 jobs, and then another with a single one. */
export async function noise(): Promise<BenchLine[]> {
  const stage = await openStage({ latencyMs })
  try {
    const own = await stage.start({ LOG_LEVEL: 'error' })
    await warmUp(stage, [own])
    const alone = await timeOfOne(stage, own, 'alone')
    const noisy = openPulls(stage, { owners: 1, each: 5_000, prefix: 'noisy' })
    const quiet = openPulls(stage, { owners: 1, each: 1, prefix: 'quiet' })
    await tell(own, noisy)
    const beside = await timeOf(stage, own, quiet, 'quiet0/code')
    return [
      {
        case: 'a single job beside 5,000 of another installation',
        value: rounded(beside),
        unit: 's',
        reference: `alone ${rounded(alone)} s`,
        ratio: rounded(beside / alone),
        goal: 'at most 1 s later',
        met: beside - alone <= 1,
      },
    ]
  } finally {
    await stage.close()
  }
}

function timeOfOne(stage: Stage, own: ServiceProcess, prefix: string): Promise<number> {
  const bodies = openPulls(stage, { owners: 1, each: 1, prefix })
  return timeOf(stage, own, bodies, `${prefix}0/code`)
}

const lookEveryMs = 5
const patienceMs = 120_000

/** From a delivery to the concluded check in that repository, in seconds. */
async function timeOf(stage: Stage, own: ServiceProcess, bodies: SignedBody[], name: string) {
  const repository = stage.github.state.repositories.find(
    (one) => `${one.owner.login}/${one.name}` === name,
  )
  const begun = performance.now()
  await tell(own, bodies)
  while (!repository?.checkRuns.some((run) => run.conclusion !== null)) {
    if (performance.now() - begun > patienceMs) return Number.POSITIVE_INFINITY
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  return (performance.now() - begun) / 1000
}

/**
 * The same work by one process and by two, on one PostgreSQL database. Each process takes its own
 * tokens and reads each repository's tree once: with many jobs of each that is little.
 */
export async function scaling(): Promise<BenchLine[]> {
  const bin = findPostgres()
  if (bin === null) return []
  const server = startPostgres(bin)
  try {
    const one = await byProcesses(1, server.createDatabase())
    const two = await byProcesses(2, server.createDatabase())
    const ratio = one.tookS / two.tookS
    return [
      {
        case: '1,000 jobs by two processes on PostgreSQL, 10 at a time each',
        value: rounded(two.tookS),
        unit: 's',
        reference:
          `by one: ${rounded(one.tookS)} s (${one.calls} calls; ${one.usage}); ` +
          `by two: ${two.calls} calls; ${two.usage}`,
        ratio: rounded(ratio),
        goal: '>= 1.8',
        met: ratio >= 1.8,
      },
    ]
  } finally {
    server.remove()
  }
}

async function byProcesses(processes: number, databaseUrl: string): Promise<Run> {
  const stage = await openStage({ latencyMs })
  try {
    const more = { LOG_LEVEL: 'error', DATABASE_URL: databaseUrl, CONCURRENCY: '10' }
    const services: ServiceProcess[] = []
    for (let i = 0; i < processes; i += 1) services.push(await stage.start(more))
    await warmUp(stage, services)
    return await workOff(stage, services, openPulls(stage, { owners: 40, each: 25 }))
  } finally {
    await stage.close()
  }
}

const spreadRounds = 3

/** Ten installations with one event each against one installation with one. */
export async function spread(): Promise<BenchLine[]> {
  const stage = await openStage({ latencyMs })
  try {
    const own = await stage.start({ LOG_LEVEL: 'error' })
    await warmUp(stage, [own])
    const runs = { one: [] as Run[], ten: [] as Run[] }
    for (let i = 0; i < spreadRounds; i += 1) {
      const one = openPulls(stage, { owners: 1, each: 1, prefix: `one${i}-` })
      runs.one.push(await workOff(stage, [own], one))
      const ten = openPulls(stage, { owners: 10, each: 1, prefix: `ten${i}-` })
      runs.ten.push(await workOff(stage, [own], ten))
    }
    const best = (list: Run[]) => list.toSorted((a, b) => a.tookS - b.tookS)[0]
    const [one, ten] = [best(runs.one), best(runs.ten)]
    if (!one || !ten) return []
    const ratio = ten.tookS / one.tookS
    return [
      {
        case: 'ten installations with one event each',
        value: rounded(ten.tookS),
        unit: 's',
        reference: `one installation ${rounded(one.tookS)} s; ${ten.usage}`,
        ratio: rounded(ratio),
        goal: '<= 1.2',
        met: ratio <= 1.2,
      },
    ]
  } finally {
    await stage.close()
  }
}
