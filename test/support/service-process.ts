import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulator } from '../../src/simulator/simulator.ts'

/* The real service as a process of its own: `src/main.ts` with an environment, and nothing else. */

export interface ServiceProcess {
  process: ChildProcess
  ended: Promise<number | null>
  webhookUrl: string
  metricsUrl: string
}

export interface Surroundings {
  /** Of the simulated GitHub, as its server says. */
  apiUrl: string
  /** For the embedded store. */
  folder: string
  port: number
  more?: Record<string, string>
}

export function environmentOf(
  { app }: Pick<Simulator, 'app'>,
  { apiUrl, folder, port, more }: Surroundings,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GHE_HOST: new URL(apiUrl).host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: folder,
    ...more,
  }
}

/**
 * Resolves when it takes deliveries; rejects with what it said when it ends before. `preload` is
 * loaded before it.
 */
export async function startProcess(
  environment: Record<string, string>,
  preload: string | null = null,
): Promise<ServiceProcess> {
  const flags = preload === null ? [] : ['--import', preload]
  return startScript(join(import.meta.dirname, '../../src/main.ts'), environment, flags)
}

/** Any script that listens on the environment's PORT; resolves once it does. */
export async function startScript(
  script: string,
  environment: Record<string, string>,
  more: string[] = [],
): Promise<ServiceProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-log-'))
  // To a file and not to us: reading it would take time from whoever measures or sends.
  const log = openSync(join(folder, 'log'), 'w')
  const flags = ['--disable-warning=ExperimentalWarning', ...more]
  const child = spawn(process.execPath, [...flags, script], {
    env: environment,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const said = () => readFileSync(join(folder, 'log'), 'utf8')
  let isOver = false
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      isOver = true
      resolve(code)
    })
  })
  while (!(await accepts(Number(environment.PORT)))) {
    if (isOver) throw new Error(`the service did not start: ${said().slice(-4_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  void ended.then(() => rmSync(folder, { recursive: true, force: true }))
  const base = `http://127.0.0.1:${environment.PORT}`
  return {
    process: child,
    ended,
    webhookUrl: `${base}/api/github/webhooks`,
    metricsUrl: `${base}/metrics`,
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

/** Jobs in the store of a service, as its metrics tell. */
export async function jobsIn(metricsUrl: string): Promise<{ waiting: number; running: number }> {
  const text = await (await fetch(metricsUrl)).text()
  const jobs = (state: string) =>
    Number(new RegExp(`^threat_model_jobs\\{state="${state}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 1)
  return { waiting: jobs('waiting'), running: jobs('running') }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
