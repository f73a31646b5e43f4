import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../log.ts'
import type { Reviewer } from '../reviewer.ts'
import { type Service, startService } from '../service.ts'
import { readSettings, type Settings } from '../settings.ts'
import { nearest } from '../shared/nearest.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { sendTo } from '../simulator/deliveries.ts'
import type { PullHandle } from '../simulator/pull-handle.ts'
import { createSimulator, type Simulator } from '../simulator/simulator.ts'
import type { Args, Command } from './command.ts'
import { type Demo, demoPage, demoText } from './demo-views.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import {
  type Sample,
  type SampleName,
  type SampleStep,
  sampleMaintainer,
  samples,
} from './sample.ts'

/*
 * The main job, watched from outside: the real service (settings, store, web server, worker, the
 * Probot function) runs in this process with the simulator in GitHub's place. A person opens a pull
 * request there, GitHub's signed delivery arrives over HTTP, and what stands on the pull request
 * afterwards is shown. No network beyond this machine, nothing to register.
 */

export const demoCommand: Command = {
  name: 'demo',
  summary: 'watch the App answer a sample pull request on a simulated GitHub',
  help: `Usage: threat-model demo [--situation NAME] [--open [--port N]]

Starts the App as in production, with a simulated GitHub in this process: a sample repository, a
pull request, signed deliveries over HTTP on this machine. Prints what a person would see on the
pull request, and how many requests to GitHub it took.

  --situation NAME  which pull request (default: everything):
${situationList()}
  --open            then serve the same as a page that looks like the pull request, until Ctrl-C
  --port N          port of the page (default: any free one)
`,
  options: {
    situation: { type: 'string' },
    open: { type: 'boolean' },
    port: { type: 'string' },
  },
  run,
}

function situationList(): string {
  const list = Object.entries(samples)
  return list.map(([name, { about }]) => `      ${name.padEnd(12)} ${about}`).join('\n')
}

async function run(args: Args, io: Io): Promise<number> {
  const port = Number(args.text('port') ?? '0')
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    return refuse(io, `--port takes a number up to 65535, not "${args.text('port')}"`)
  }
  const name = args.text('situation') ?? 'everything'
  if (!isSample(name)) {
    const meant = nearest(name, Object.keys(samples))
    const hint = meant ? `Did you mean "${meant}"?` : 'See: threat-model demo --help'
    return refuse(io, `there is no situation "${name}". ${hint}`)
  }
  const demo = await playDemo(name)
  if (!demo.ok) return refuse(io, demo.failure.message)
  io.stdout(demoText(demo.value, { color: io.color }))
  if (args.flag('open')) await serve(demoPage(demo.value), port, io)
  return exitStatus.fine
}

function isSample(name: string): name is SampleName {
  return Object.hasOwn(samples, name)
}

/**
 * Opens a sample pull request and waits until the App has answered everything in it. A reviewer
 * takes the place of the threads that judge, which take a moment to start.
 */
export async function playDemo(
  name: SampleName = 'everything',
  reviewer?: Reviewer,
): Promise<Outcome<Demo>> {
  const folder = await mkdtemp(join(tmpdir(), 'threat-model-demo-'))
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const github = createSimulator({ now })
  const settings = demoSettings(github, folder)
  if (!settings.ok) return settings
  const warnings: string[] = []
  const log = createLog((line) => void warnings.push(line), 'warn', now)
  const parts = { fetch: github.fetch, log, recovery: false, now, ...(reviewer && { reviewer }) }
  const service = await startService(settings.value, parts)
  try {
    const demo = await openPullRequest({ github, service, clock }, samples[name])
    if (demo.pull.checks.length > 0) return ok(demo)
    return failed('unavailable', `the App did not answer:\n${warnings.join('')}`)
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Stage {
  github: Simulator
  service: Service
  /** Ms that the simulated GitHub is ahead: people take their time, and nobody waits for them. */
  clock: { ahead: number }
}

const minuteMs = 60_000

async function openPullRequest({ github, service, clock }: Stage, sample: Sample): Promise<Demo> {
  const send = sendTo(service.webhookUrl)
  const settle = async () => {
    const deliveries = await github.deliver(send)
    await service.idle()
    return deliveries
  }
  const repository = github.repository('larder/larder', { files: sample.files })
  repository.collaborator(sampleMaintainer, 'maintain')
  await settle()
  github.log.clear()

  repository.branch('work', { edit: sample.changes, author: 'robin' })
  const pull = repository.openPullRequest({ head: 'work', author: 'robin', title: sample.title })
  const startedAt = performance.now()
  let deliveries = await settle()
  for (const step of sample.afterwards) {
    clock.ahead += minuteMs
    take(pull, step)
    deliveries += await settle()
  }
  const elapsedMs = performance.now() - startedAt
  // What the App wrote sets off deliveries of its own, which it has to take calmly.
  deliveries += await settle()
  return { github, pull, repository: repository.name, deliveries, elapsedMs }
}

function take(pull: PullHandle, step: SampleStep): void {
  if (step.do === 'push') pull.push(step.changes)
  else pull.comment(step.author, step.body)
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
