import { type ApplicationFunction, type Logger, Probot, ProbotOctokit } from 'probot'
import type { GitHub } from './github/github.ts'
import type { JobStore } from './job/store.ts'
import type { Pace } from './pace.ts'
import { addJobs } from './sweep.ts'
import { type OwnApp, readDelivery } from './webhook/read.ts'

/*
 * The Probot function: a delivery → where to look → jobs. No judgement and no wait for one: it
 * returns as soon as the jobs are durable, and throws when they could not be made so, which makes
 * the server answer 5xx and GitHub keep the delivery.
 */
export interface AppParts {
  jobs: Pick<JobStore, 'add'>
  github: GitHub
  app: OwnApp
  pace: Pace
  /** Epoch ms. */
  now(): number
  log: AppLog
}

export interface AppLog {
  info(fields: object, message: string): void
}

export function createApp(parts: AppParts): ApplicationFunction {
  const entrance = (id: number, repositoryId: number) =>
    parts.github.installation(id, undefined, repositoryId)
  return (app) => {
    app.onAny(async ({ id, name, payload }) => {
      const delivered = { id, event: name, payload: { ...payload }, receivedAt: parts.now() }
      const reading = readDelivery(delivered, parts.app)
      const fields = { delivery: id, event: name, look: reading.look }
      if (reading.look === 'nowhere') {
        parts.log.info({ ...fields, why: reading.why }, 'Delivery read')
        return
      }
      const added = await addJobs({ jobs: parts.jobs, entrance, pace: parts.pace }, reading)
      if (!added.ok) throw new Error(added.failure.message)
      parts.log.info({ ...fields, jobs: added.value }, 'Delivery read')
    })
  }
}

export interface ProbotSettings {
  appId: number
  privateKey: string
  secret: string
  /** `https://api.github.com` or that of an Enterprise Server. */
  apiUrl: string
  fetch?: typeof fetch
}

/**
 * Probot as we use it: for tokens and for dispatching. Its throttling has one queue for all
 * installations, and its retries repeat a POST that may have happened; both are off, which only the
 * function form does. It keeps silent: its lines hold bodies and
 * payloads, and the server logs what went wrong.
 *
 * Probot gives the client that asks for tokens no address of its own: of what it is asked directly,
 * an Enterprise Server would hear nothing and github.com everything.
 */
export async function createProbot(settings: ProbotSettings, log?: Logger): Promise<Probot> {
  const Octokit = ProbotOctokit.defaults((options: OctokitOptions) => ({
    ...options,
    ...(options.auth?.request ? { auth: askingAt(settings.apiUrl, options.auth) } : {}),
    throttle: { enabled: false },
    retry: { enabled: false },
  }))
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.secret,
    baseUrl: settings.apiUrl,
    Octokit,
    logLevel: 'fatal',
    logFormat: 'json',
    ...(log ? { log } : {}),
    ...(settings.fetch ? { request: { fetch: settings.fetch } } : {}),
  })
  return probot.ready()
}

interface OctokitOptions {
  auth?: { request?: { defaults(more: { baseUrl: string }): unknown } }
}

function askingAt(baseUrl: string, auth: NonNullable<OctokitOptions['auth']>): object {
  return { ...auth, request: auth.request?.defaults({ baseUrl }) }
}
