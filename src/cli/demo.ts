import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../log.ts'
import { type Service, startService } from '../service.ts'
import { readSettings, type Settings } from '../settings.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { sendTo } from '../simulator/deliveries.ts'
import type { PullHandle } from '../simulator/pull-handle.ts'
import { createSimulator, type Simulator } from '../simulator/simulator.ts'
import type { Args, Command } from './command.ts'
import { demoPage, demoText } from './demo-views.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { sampleChanges, sampleFiles } from './sample.ts'

/*
 * The main job, watched from outside: the real service (settings, store, web server, worker, the
 * Probot function) runs in this process with the simulator in GitHub's place. A person opens a pull
 * request there, GitHub's signed delivery arrives over HTTP, and what stands on the pull request
 * afterwards is shown. No network beyond this machine, nothing to register.
 */

export const demoCommand: Command = {
  name: 'demo',
  summary: 'watch the App answer a sample pull request on a simulated GitHub',
  help: `Usage: threat-model demo [--open [--port N]]

Starts the App as in production, with a simulated GitHub in this process: a sample repository, a
pull request, signed deliveries over HTTP on this machine. Prints what a person would see on the
pull request, and how many requests to GitHub it took.

  --open     then serve the same as a page that looks like the pull request, until Ctrl-C
  --port N   port of the page (default: any free one)
`,
  options: { open: { type: 'boolean' }, port: { type: 'string' } },
  run,
}

/** What happened, for the views. */
export interface Demo {
  github: Simulator
  pull: PullHandle
  repository: string
  deliveries: number
  /** From the first delivery to the concluded check. */
  elapsedMs: number
}

async function run(args: Args, io: Io): Promise<number> {
  const port = Number(args.text('port') ?? '0')
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    return refuse(io, `--port takes a number up to 65535, not "${args.text('port')}"`)
  }
  const demo = await playDemo()
  if (!demo.ok) return refuse(io, demo.failure.message)
  io.stdout(demoText(demo.value, { color: io.color }))
  if (args.flag('open')) await serve(demoPage(demo.value), port, io)
  return exitStatus.fine
}

/** Opens the sample pull request and waits until the App has answered. */
export async function playDemo(): Promise<Outcome<Demo>> {
  const folder = await mkdtemp(join(tmpdir(), 'threat-model-demo-'))
  const github = createSimulator()
  const settings = demoSettings(github, folder)
  if (!settings.ok) return settings
  const warnings: string[] = []
  const log = createLog((line) => void warnings.push(line), 'warn', Date.now)
  const service = await startService(settings.value, { fetch: github.fetch, log, recovery: false })
  try {
    const demo = await openPullRequest(github, service)
    if (demo.pull.checks.length > 0) return ok(demo)
    return failed('unavailable', `the App did not answer:\n${warnings.join('')}`)
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openPullRequest(github: Simulator, service: Service): Promise<Demo> {
  const send = sendTo(service.webhookUrl)
  const repository = github.repository('larder/larder', { files: sampleFiles })
  await github.deliver(send)
  await service.idle()
  github.log.clear()

  repository.branch('share-lists', { edit: sampleChanges, author: 'robin' })
  const title = 'Share a list by address'
  const pull = repository.openPullRequest({ head: 'share-lists', author: 'robin', title })
  const startedAt = performance.now()
  let deliveries = await github.deliver(send)
  await service.idle()
  const elapsedMs = performance.now() - startedAt
  // What the App wrote sets off deliveries of its own, which it has to take calmly.
  deliveries += await github.deliver(send)
  await service.idle()
  return { github, pull, repository: repository.name, deliveries, elapsedMs }
}

/** Read as in production, from an environment. */
function demoSettings(github: Simulator, folder: string): Outcome<Settings> {
  const reading = readSettings({
    environment: {
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      PORT: '0',
    },
    readFile: () => '',
    nodeVersion: process.version,
  })
  if (reading.ok) return ok(reading.settings)
  return failed('rejected', reading.faults.join('\n'))
}

/** Serves one page on this machine until the process is interrupted. */
async function serve(page: string, port: number, io: Io): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    response.end(page)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  io.stdout(`\nThe pull request as a page: http://127.0.0.1:${actual}/  (Ctrl-C ends)\n`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  server.close()
}
