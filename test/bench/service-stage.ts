import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

/* What the service is measured on: a simulated GitHub, or one that never answers, and processes. */

export interface Stage {
  github: Simulator
  apiUrl: string
  /** Starts the service; `more` is added to its environment. */
  start(more?: Record<string, string>): Promise<ServiceProcess>
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
    async start(more = {}) {
      const data = join(folder, `data-${more.DATA_NAME ?? 'one'}`)
      const port = await freePort()
      const place = { apiUrl: server.apiUrl, folder: data, port, more }
      const service = await startProcess(environmentOf(github, place))
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

/** Resident memory of a process in MB. */
export function memoryMb({ process: child }: ServiceProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}
