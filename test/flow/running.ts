import { createLog } from '../../src/log.ts'
import { review } from '../../src/review.ts'
import type { Reviewer } from '../../src/reviewer.ts'
import { type Service, startService } from '../../src/service.ts'
import type { Settings } from '../../src/settings.ts'
import { ok } from '../../src/shared/outcome.ts'
import { type SignedDelivery, sendTo } from '../../src/simulator/deliveries.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import type { Flow } from './support.ts'

/* The whole service on the simulated GitHub: deliveries arrive over HTTP and pass the job store. */

const services: Service[] = []

export async function stopAll(): Promise<void> {
  for (const service of services.splice(0)) await service.stop()
}

/** Without the threads, which take a moment to start. */
export const inline: Reviewer = { review: async (facts) => ok(review(facts)), stop: async () => {} }

export interface Running {
  service: Service
  lines: string[]
  send(delivery: SignedDelivery): Promise<number>
}

export interface RunningOptions {
  secret?: string
  threads?: boolean
  publicUrl?: string
  apiUrl?: string
  now?: () => number
}

/** What a service on the simulated GitHub needs: any free port, and nothing on the disk. */
export function settingsFor({ app }: Simulator, change: Partial<Settings> = {}): Settings {
  return {
    appId: app.id,
    privateKey: app.privateKey,
    webhookSecrets: [app.webhookSecret],
    apiUrl: 'https://api.github.com',
    host: '127.0.0.1',
    port: 0,
    webhookPath: '/api/github/webhooks',
    bodyBytesMax: 1024 * 1024,
    databaseUrl: null,
    storePath: ':memory:',
    publicUrl: null,
    metricsToken: null,
    concurrency: 4,
    logLevel: 'info',
    stopMs: 1_000,
    ...change,
  }
}

export async function start(github: Simulator, options: RunningOptions = {}): Promise<Running> {
  const lines: string[] = []
  const service = await startService(
    settingsFor(github, {
      ...(options.secret ? { webhookSecrets: [options.secret] } : {}),
      ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}),
      publicUrl: options.publicUrl ?? null,
    }),
    {
      fetch: github.fetch,
      recovery: false,
      ...(options.threads ? {} : { reviewer: inline }),
      ...(options.now ? { now: options.now } : {}),
      log: createLog((line) => void lines.push(line), 'info', Date.now),
      jobRules: { backoffMs: 5, restMs: 1 },
      pace: { stepMs: 1, stepMsMax: 60_000 },
    },
  )
  services.push(service)
  return { service, lines, send: sendTo(service.webhookUrl) }
}

export async function settle({ github }: Flow, { service, send }: Running): Promise<void> {
  for (let sent = 1; sent > 0; ) {
    sent = await github.deliver(send)
    await service.idle()
  }
}
