import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../src/simulator/server.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { integrity, pause } from './crash-parent.ts'
import { environmentOf, freePort, jobsIn, startProcess } from './service-process.ts'

/*
 * The whole service as its own process, or several on one database, killed again and again while
 * people push and comment on a simulated GitHub. In the end every pull request with an acknowledged
 * delivery must have a concluded check on the head of that delivery or on a later one, and no
 * comment twice.
 */
export interface ServiceTrial {
  kills: number
  /** On one database. */
  processes?: number
  /** `postgres://…`; null for the embedded store. */
  databaseUrl?: string | null
  /** The wall clock of every process jumps to and fro. */
  clockJumps?: boolean
}

export interface ServiceVerdict {
  kills: number
  acked: number
  refused: number
  /** What stands on the pull requests in the end: so much could have been wrong. */
  comments: number
  checks: number
  /** Pull requests with an acknowledged delivery and no conclusion for it: must be 0. */
  unconcluded: string[]
  /** Comments of ours that stand there more than once: must be 0. */
  doubled: string[]
  sound: string
  violations: string[]
}

export interface Stage {
  github: Simulator
  pulls: Watched[]
  /** Of the processes; a delivery goes to any of them, dead or alive, as a balancer does it. */
  webhookUrls: string[]
  acked: number
  refused: number
  /** How often each status was answered; 0 stands for no answer. */
  statuses: Map<number, number>
}

interface Watched {
  name: string
  pull: ReturnType<ReturnType<Simulator['repository']>['openPullRequest']>
  /** Heads in the order they were pushed. */
  heads: string[]
  /** The newest head that an acknowledged delivery told of; -1 before the first. */
  told: number
}

const repositories = 12
const pullsEach = 10

/** The threat model that the pull requests are judged by. */
const model = `# Threat model

## Assets

- The ledger

## Threats

### Somebody changes the ledger

Asset: The ledger
Code: \`src/ledger.ts\`

### Somebody reads the ledger

Asset: The ledger
Mitigation: access is logged
`

export async function serviceTrial(trial: ServiceTrial): Promise<ServiceVerdict> {
  const { kills, databaseUrl = null } = trial
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-service-'))
  const github = createSimulator({ latencyMs: 20 })
  const server = await listen(github)
  const lives = await livesOf(trial, github, { apiUrl: server.apiUrl, folder })
  const webhookUrls = lives.map(({ environment }) => webhookUrlOf(environment))
  const stage = stageOf(github, webhookUrls)
  try {
    for (let done = 0; done < kills; done += lives.length) await oneLife(stage, lives)
    const [last] = lives
    if (last) await lastLife(stage, last)
    const sound = databaseUrl === null ? integrity(join(folder, 'jobs.sqlite')) : 'ok'
    return judge(stage, kills, sound)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pull requests to work on, and where their deliveries go. */
export function stageOf(github: Simulator, webhookUrls: string[]): Stage {
  const pulls = openPulls(github)
  return { github, pulls, webhookUrls, acked: 0, refused: 0, statuses: new Map() }
}

/** How one of the processes is started. */
export interface Life {
  environment: Record<string, string>
  preload: string | null
}

export async function livesOf(
  { processes = 1, databaseUrl = null, clockJumps = false }: ServiceTrial,
  github: Simulator,
  place: { apiUrl: string; folder: string },
): Promise<Life[]> {
  const more: Record<string, string> = databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }
  const preload = clockJumps ? join(import.meta.dirname, 'crash-clock.ts') : null
  const lives: Life[] = []
  for (let i = 0; i < processes; i += 1) {
    const port = await freePort()
    lives.push({ environment: environmentOf(github, { ...place, port, more }), preload })
  }
  return lives
}

export function webhookUrlOf({ PORT }: Record<string, string>): string {
  return `http://127.0.0.1:${PORT}/api/github/webhooks`
}

const lifeMsMax = 1_500

/** All of them are started, and killed one after the other, each at a random moment. */
async function oneLife(stage: Stage, lives: Life[]): Promise<void> {
  const services = await Promise.all(
    lives.map(({ environment, preload }) => startProcess(environment, preload)),
  )
  let alive = true
  const people = peopleAtWork(stage, () => alive)
  for (const service of services) {
    await pause(Math.random() * lifeMsMax)
    service.process.kill('SIGKILL')
    await service.ended
  }
  alive = false
  await people
}

/** Nobody pushes any more; the service works until its store is empty. */
export async function lastLife(stage: Stage, { environment }: Life): Promise<void> {
  const service = await startProcess(environment)
  stage.webhookUrls = [service.webhookUrl]
  try {
    for (let looks = 0; looks < 200; looks += 1) {
      await send(stage)
      // Metrics are answered from memory for a second.
      await pause(1_200)
      if (await isIdle(service.metricsUrl)) break
    }
    service.process.kill('SIGTERM')
    await service.ended
  } finally {
    service.process.kill('SIGKILL')
  }
}

async function isIdle(metricsUrl: string): Promise<boolean> {
  const { waiting, running } = await jobsIn(metricsUrl)
  return waiting + running === 0
}

export async function peopleAtWork(stage: Stage, alive: () => boolean): Promise<void> {
  let step = 0
  while (alive()) {
    const watched = stage.pulls[Math.floor(Math.random() * stage.pulls.length)]
    if (watched) act(watched, step)
    step += 1
    await send(stage)
    await pause(Math.random() * 30)
  }
}

function act({ pull, heads }: Watched, step: number): void {
  if (step % 5 === 4) {
    pull.comment('sam', '/threat-model status')
    return
  }
  const text = `export const version = ${Math.random()}\n`
  heads.push(pull.push({ 'src/ledger.ts': text }, { author: 'sam' }))
}

/** Everything that waits, at once; what was not acknowledged stays failed, as on GitHub. */
async function send(stage: Stage): Promise<void> {
  await Promise.all(
    stage.github.take().map(async (delivery) => {
      const { headers, body } = delivery
      const signal = AbortSignal.timeout(10_000)
      const any = Math.floor(Math.random() * stage.webhookUrls.length)
      const url = stage.webhookUrls[any] ?? ''
      const status = await fetch(url, { method: 'POST', headers, body, signal }).then(
        (response) => response.status,
        () => 0,
      )
      const noted = stage.github.state.deliveries.find((one) => one.guid === delivery.id)
      if (noted) noted.statusCode = status
      stage.statuses.set(status, (stage.statuses.get(status) ?? 0) + 1)
      if (status >= 200 && status < 300) noteAcked(stage, body)
      else stage.refused += 1
    }),
  )
}

function noteAcked(stage: Stage, body: string): void {
  stage.acked += 1
  const payload = JSON.parse(body)
  const name = `${payload.repository?.full_name}#${payload.number ?? payload.issue?.number}`
  const watched = stage.pulls.find((one) => one.name === name)
  const head = payload.pull_request?.head?.sha
  if (watched && head) watched.told = Math.max(watched.told, watched.heads.indexOf(head))
}

export function judge(stage: Stage, kills: number, sound: string): ServiceVerdict {
  const unconcluded = stage.pulls
    .filter((one) => one.told >= 0 && !isConcluded(stage.github, one))
    .map((one) => one.name)
  return {
    kills,
    acked: stage.acked,
    refused: stage.refused,
    comments: stage.pulls.flatMap(ownTexts).length,
    checks: stage.github.state.repositories.flatMap((one) => one.checkRuns).length,
    unconcluded,
    doubled: stage.pulls.flatMap(doubledOf),
    sound,
    violations: [...new Set(stage.github.violations)],
  }
}

/** Some head that is as new as the delivery has a concluded run of ours. */
function isConcluded(github: Simulator, { name, heads, told }: Watched): boolean {
  const repository = github.state.repositories.find(
    (one) => `${one.owner.login}/${one.name}` === name.split('#')[0],
  )
  const newEnough = new Set(heads.slice(told))
  return (repository?.checkRuns ?? []).some(
    (run) => newEnough.has(run.headSha) && run.conclusion !== null,
  )
}

/** A comment of ours that stands more than once on one pull request. */
function doubledOf(watched: Watched): string[] {
  const texts = ownTexts(watched)
  return texts.filter((text, i) => texts.indexOf(text) < i).map(() => watched.name)
}

/** Our comments in the conversation, and the unresolved ones on lines with their place. */
function ownTexts({ pull }: Watched): string[] {
  const isOwn = ({ author }: { author: { login: string } }) => author.login.endsWith('[bot]')
  const comments = pull.comments.filter(isOwn).map((one) => one.body)
  const lines = pull.threads
    .filter((thread) => thread.resolvedBy === null)
    .flatMap((thread) => thread.comments.slice(0, 1).filter(isOwn))
    .map((one) => one.body)
  return [...comments, ...lines]
}

function openPulls(github: Simulator): Watched[] {
  const found: Watched[] = []
  for (let r = 0; r < repositories; r += 1) {
    const name = `owner${r}/code`
    const repository = github.repository(name, {
      files: { 'THREAT_MODEL.md': model, 'src/ledger.ts': 'export const version = 0\n' },
    })
    for (let p = 0; p < pullsEach; p += 1) {
      const branch = `change-${p}`
      repository.branch(branch, { edit: { 'src/ledger.ts': `export const version = ${p + 1}\n` } })
      const pull = repository.openPullRequest({ head: branch, author: 'sam' })
      found.push({ name: `${name}#${p + 1}`, pull, heads: [repository.tip(branch)], told: -1 })
    }
  }
  return found
}
