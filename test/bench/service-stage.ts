import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../src/simulator/server.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import {
  environmentOf,
  freePort,
  type ServiceProcess,
  startProcess,
} from '../support/service-process.ts'
import { type SignedBody, signAll } from './service-load.ts'

/* What the service is measured on: a simulated GitHub, or one that never answers, and processes. */

export interface Stage {
  github: Simulator
  apiUrl: string
  /** For files of the services. */
  folder: string
  /** Starts the service; `more` is added to its environment, `preload` is loaded before it. */
  start(more?: Record<string, string>, preload?: string): Promise<ServiceProcess>
  close(): Promise<void>
}

export interface StageOptions {
  latencyMs?: number
  /** A GitHub that takes every request and never answers: only the service itself is measured. */
  silent?: boolean
}

export async function openStage({ latencyMs = 0, silent = false }: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-bench-'))
  const github = createSimulator({ latencyMs })
  const server = silent ? await listenSilently() : await listen(github)
  const processes: ServiceProcess[] = []
  return {
    github,
    apiUrl: server.apiUrl,
    folder,
    async start(more = {}, preload) {
      const data = join(folder, `data-${more.DATA_NAME ?? 'one'}`)
      const port = await freePort()
      const place = { apiUrl: server.apiUrl, folder: data, port, more }
      const service = await startProcess(environmentOf(github, place), preload)
      processes.push(service)
      return service
    },
    async close() {
      for (const one of processes) one.process.kill('SIGKILL')
      await Promise.all(processes.map((one) => one.ended))
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listenSilently() {
  const server = createServer((request) => request.resume())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    apiUrl: `http://127.0.0.1:${port}/api/v3`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * Waits until `count` different commits have a concluded check run; resolves with how many have.
 * What the service says of itself is not asked: only what stands on GitHub counts.
 */
export async function concluded(stage: Stage, count: number, maxMs: number): Promise<number> {
  const until = performance.now() + maxMs
  for (;;) {
    const now = concludedIn(stage)
    if (now >= count || performance.now() > until) return now
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function concludedIn({ github }: Stage): number {
  let count = 0
  for (const repository of github.state.repositories) {
    const runs = repository.checkRuns.filter((run) => run.conclusion !== null)
    count += new Set(runs.map((run) => run.headSha)).size
  }
  return count
}

export const webhookPath = '/api/github/webhooks'
/** Of `pull_request.synchronize` as GitHub sends it. */
const bodyBytes = 23_700

/** `count` deliveries about different pull requests, of the size and shape of real ones. */
export function bodiesOf({ github }: Stage, count: number): SignedBody[] {
  const repository = github.repository('acme/code', { files: { 'README.md': '# Code\n' } })
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

const model = `# Threat model

## Assets

- The ledger

## Threats

### Somebody changes the ledger

Asset: The ledger
Code: \`src/ledger.ts\`
Mitigation: changes are signed
`

export interface PullsWanted {
  /** Accounts, each with an installation and one repository. */
  owners: number
  each: number
  /** Of the accounts' names. */
  prefix?: string
}

/**
 * Opens pull requests; returns what tells of them. Accounts take turns, as they do on GitHub: one
 * after the other, the first hands would all wait for the writes of one installation, which go one
 * by one.
 */
export function openPulls(
  { github }: Stage,
  { owners, each, prefix = 'owner' }: PullsWanted,
): SignedBody[] {
  const repositories = Array.from({ length: owners }, (_, o) =>
    github.repository(`${prefix}${o}/code`, {
      files: { 'THREAT_MODEL.md': model, 'src/ledger.ts': 'export {}\n', 'README.md': '# Code\n' },
    }),
  )
  for (let p = 0; p < each; p += 1) {
    for (const repository of repositories) {
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
