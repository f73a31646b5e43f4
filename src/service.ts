import { createApp, createProbot } from './app.ts'
import { type EvaluateParts, evaluate } from './evaluate.ts'
import type { Client } from './github/client.ts'
import { createGitHub, type GitHub } from './github/github.ts'
import { createNarrowClients } from './github/narrow.ts'
import { keyRefusal, watchKey } from './github/own-key.ts'
import { createRecoveryReader } from './github/recovery-reader.ts'
import { giveUp } from './give-up.ts'
import { type IdleWatch, watchIdle } from './idle.ts'
import type { Job } from './job/job.ts'
import type { JobRules } from './job/machine.ts'
import { openJobStore } from './job/open.ts'
import type { JobStore } from './job/store.ts'
import { startWorker } from './job/worker.ts'
import type { Log } from './log.ts'
import { createPace, type Pace, type PaceRules } from './pace.ts'
import { policyPath } from './policy/defaults.ts'
import { createReportPages, type ReportPages } from './report-pages.ts'
import { createReviewer, type Reviewer } from './reviewer.ts'
import type { Settings } from './settings.ts'
import { sweepRepository } from './sweep.ts'
import { createServer, type WebServer } from './web/server.ts'
import { createServiceMetrics, type ServiceMetrics } from './web/service-metrics.ts'
import { type RecoveryParts, startRecovery } from './webhook/recovery.ts'

/*
 * The service: settings and the outside world in, a running server out. `main.ts` gives it the real
 * world; the demo and the tests give it the simulator's `fetch`:
 *
 *   const service = await startService(settings, { fetch: github.fetch, log, recovery: false })
 *   await github.deliver(sendTo(service.webhookUrl))   // signed deliveries over real HTTP
 *   await service.idle()                               // until nothing is left to do now
 *   await service.stop()
 *
 * Port 0 in the settings takes any free port; `storePath` ':memory:' keeps the jobs in memory.
 */
export interface Service {
  url: string
  webhookUrl: string
  jobs: JobStore
  metrics: ServiceMetrics
  server: WebServer
  /** Resolves when every delivery taken so far has been evaluated. For the demo and the tests. */
  idle(): Promise<void>
  /** Takes nothing more, lets jobs in hand end, closes the store. In order, within the deadline. */
  steps: { name: string; stop(leftMs: number): Promise<void> }[]
  stop(deadlineMs?: number): Promise<void>
}

export interface ServiceParts {
  log: Log
  /** Everything sent to GitHub goes through it. */
  fetch?: typeof fetch
  /** False: no rounds for lost deliveries, as in tests that count requests. */
  recovery?: boolean
  /** True: does not start with a key that GitHub refuses. */
  checkKey?: boolean
  /** In the place of the threads that judge. */
  reviewer?: Reviewer
  /** Where waits differ from the usual, as in tests that do not want to wait. */
  jobRules?: Partial<JobRules>
  pace?: PaceRules
  /** Epoch ms. */
  now?(): number
}

export const checkName = 'Threat model'
const usualStopMs = 10_000
/** Between two runs of a pull request that is pushed to while it is looked at. */
const restMs = 5_000

/** Starts everything; resolves when deliveries are taken. Throws one plain line when it cannot. */
export async function startService(settings: Settings, parts: ServiceParts): Promise<Service> {
  const now = parts.now ?? Date.now
  const jobs = await openJobStore({
    databaseUrl: settings.databaseUrl,
    path: settings.storePath,
    rules: { restMs, ...parts.jobRules },
  })
  const metrics = createServiceMetrics(jobs)
  const watch = watchIdle(jobs, now)
  const world = await connect(settings, { ...parts, now, jobs: watch.jobs, metrics })
  const refusal = parts.checkKey ? await keyRefusal(world.appClient, settings.appId) : null
  if (refusal !== null) {
    await jobs.close()
    throw new Error(refusal)
  }
  const reviewer = parts.reviewer ?? createReviewer(parts.log)
  const pages = pagesOf({ settings, world, reviewer, log: parts.log, now })
  const work = { settings, parts: { ...parts, now }, world, watch, metrics, reviewer, pages }
  const worker = startJobs(work)
  const rounds = { store: watch.jobs, log: parts.log, now, observe: metrics.recovery }
  const recovery = parts.recovery === false ? null : recover(world, rounds)
  const server = createServer({
    webhook: {
      path: settings.webhookPath,
      secrets: settings.webhookSecrets,
      bodyBytesMax: settings.bodyBytesMax,
      receive: world.receive,
      observe: metrics.delivery,
    },
    probes: {
      ready: () => jobs.probe(),
      metrics: () => metrics.text(),
      metricsToken: settings.metricsToken,
    },
    ...(pages.route ? { pages: pages.route } : {}),
    log: parts.log,
  })
  const steps = [
    { name: 'server', stop: (leftMs: number) => server.stop(leftMs) },
    { name: 'recovery', stop: async () => recovery?.stop() },
    { name: 'worker', stop: (leftMs: number) => worker.stop(leftMs) },
    { name: 'reviewer', stop: () => reviewer.stop() },
    { name: 'store', stop: () => jobs.close() },
  ]
  const stop = async (deadlineMs = usualStopMs) => {
    for (const step of steps) await step.stop(deadlineMs)
  }
  const url = await listen(server, settings).catch(async (error) => {
    // Jobs are being worked on already; without deliveries that would go on unseen.
    await stop()
    throw error
  })
  return {
    url,
    webhookUrl: `${url}${settings.webhookPath}`,
    jobs,
    metrics,
    server,
    idle: () => watch.idle(),
    steps,
    stop,
  }
}

async function listen(server: WebServer, { host, port }: Settings): Promise<string> {
  try {
    const taken = await server.listen(port, host)
    return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${taken}`
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new Error(`Nothing can listen on ${host}:${port} (${code}): set HOST and PORT.`)
  }
}

interface World {
  github: GitHub
  pace: Pace
  appClient: Client
  own: { id: number; checkName: string }
  receive(delivery: { id: string; name: string; payload: object }): Promise<void>
}

async function connect(
  settings: Settings,
  parts: ServiceParts & { now(): number; jobs: JobStore; metrics: ServiceMetrics },
): Promise<World> {
  const { appId, privateKey, apiUrl, webhookSecrets } = settings
  const counted = countedFetch(parts)
  const [secret = ''] = webhookSecrets
  const probot = await createProbot({ appId, privateKey, secret, apiUrl, fetch: counted })
  const own = { id: appId, checkName }
  const { now } = parts
  const app = await probot.auth()
  const narrow = createNarrowClients({ app, baseUrl: apiUrl, fetch: counted, now })
  const github = createGitHub({
    client: async (id, repository) => (repository ? narrow(id, repository) : probot.auth(id)),
    appId,
    check: { name: checkName },
    now,
  })
  const { jobs, log } = parts
  const pace = createPace(now, parts.pace)
  await probot.load(createApp({ jobs, github, app: { ...own, policyPath }, pace, now, log }))
  return {
    github,
    pace,
    appClient: app,
    own,
    receive: (delivery) => probot.receive(delivery as Parameters<typeof probot.receive>[0]),
  }
}

/** Tells the metrics of every answer, and the log when the key is no longer taken. */
function countedFetch(parts: ServiceParts & { metrics: ServiceMetrics }): typeof fetch {
  const { fetch: send = fetch, metrics, log } = parts
  const keyAnswered = watchKey((isRefused) => {
    metrics.keyRefused(isRefused)
    if (isRefused) log.error({}, "GitHub refuses the App's key: jobs wait")
    else log.info({}, "GitHub takes the App's key again")
  })
  return async (input, init) => {
    try {
      const response = await send(input, init)
      keyAnswered(input instanceof Request ? input.url : String(input), response.status)
      const remaining = response.headers.get('x-ratelimit-remaining')
      metrics.github({
        status: response.status,
        remaining: remaining === null ? null : Number(remaining),
        resource: response.headers.get('x-ratelimit-resource') ?? 'none',
      })
      return response
    } catch (error) {
      metrics.github({ status: 0, remaining: null, resource: 'none' })
      throw error
    }
  }
}

interface JobParts {
  settings: Settings
  parts: ServiceParts & { now(): number }
  world: World
  watch: IdleWatch
  metrics: ServiceMetrics
  reviewer: Reviewer
  pages: ReportPages
}

function pagesOf(parts: {
  settings: Settings
  world: World
  reviewer: Reviewer
  log: Log
  now(): number
}): ReportPages {
  const { publicUrl, privateKey } = parts.settings
  const { github } = parts.world
  return createReportPages({
    ...parts,
    publicUrl,
    privateKey,
    entrance: ({ installationId, pull }) =>
      github.installation(installationId, undefined, pull.repository.id),
    today: () => dateOf(parts.now()),
  })
}

function startJobs({ settings, parts, world, watch, metrics, reviewer, pages }: JobParts) {
  const { github } = world
  const today = () => dateOf(parts.now())
  const entrance = ({ installationId, pull }: Job, signal: AbortSignal) =>
    github.installation(installationId, signal, pull.repository.id)
  const evaluateParts: EvaluateParts = {
    entrance,
    review: reviewer.review,
    today,
    sweep: (job, own) => sweepRepository({ jobs: watch.jobs }, job, own),
    log: parts.log,
    detailsUrl: pages.detailsUrl,
    observe: (report) => metrics.verdict(report.verdict),
  }
  return startWorker({
    store: watch.jobs,
    evaluate: (job, signal) => evaluate(evaluateParts, job, signal),
    giveUp: async (job, signal) => giveUp(await entrance(job, signal), job, today()),
    log: parts.log,
    random: Math.random,
    settings: { concurrency: settings.concurrency },
    observe: metrics.worker,
  })
}

function dateOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

function recover(world: World, rounds: Omit<RecoveryParts, 'reader'>) {
  const { github, appClient, own } = world
  const reader = createRecoveryReader({
    app: github.forClient(appClient),
    installation: (id) => github.api(id),
    own,
  })
  return startRecovery({ reader, ...rounds })
}
