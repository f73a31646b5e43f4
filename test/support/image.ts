import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash, createHmac, generateKeyPairSync } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { freePort } from './service-process.ts'

/*
 * Run by hand: performs the steps of the Dockerfile in a clean folder where there is no Docker, and
 * starts the result as a user without rights over anything but the volume: it has to get ready,
 * take a signed delivery, refuse one that is not, and end in order.
 *
 *   node test/support/image.ts
 *
 * It reads the Dockerfile itself, so the two cannot drift apart. What it cannot show: the base
 * images, of which it takes the Node of this machine.
 */

interface Step {
  word: string
  rest: string
}

interface Stage {
  name: string
  /** The folder that stands for `/`. */
  root: string
  workdir: string
}

const project = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'threat-model-image-'))
const image = { env: {} as Record<string, string>, cmd: [] as string[], health: [] as string[] }
const stages: Stage[] = []
const secret = 'a secret of this trial only'

try {
  for (const step of readSteps(readFileSync(join(project, 'Dockerfile'), 'utf8'))) perform(step)
  const last = present(stages.at(-1))
  console.log(`image: ${megabytes(last.root)} MB, of which packages ${packagesOf(last)} MB`)
  console.log(`digest of /app, the same for every build: ${digestOf(inside(last, '/app'))}`)
  await tryOut(last)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function readSteps(text: string): Step[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n')
  return lines
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => {
      const space = line.indexOf(' ')
      return { word: line.slice(0, space), rest: line.slice(space + 1).trim() }
    })
}

function perform({ word, rest }: Step): void {
  console.log(`${word} ${rest}`)
  const stage = stages.at(-1)
  switch (word) {
    case 'FROM':
      begin(rest)
      return
    case 'WORKDIR':
      present(stage).workdir = rest
      mkdirSync(inside(present(stage), rest), { recursive: true })
      return
    case 'COPY':
      copy(present(stage), rest.split(/\s+/))
      return
    case 'RUN':
      run(present(stage), rest)
      return
    case 'ENV':
      for (const pair of rest.split(/\s+/)) {
        const [name = '', value = ''] = pair.split('=')
        image.env[name] = value
      }
      return
    case 'CMD':
      image.cmd = JSON.parse(rest)
      return
    case 'HEALTHCHECK':
      image.health = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4))
      return
    case 'USER':
    case 'VOLUME':
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return
    default:
      throw new Error(`this script does not know ${word}`)
  }
}

function begin(rest: string): void {
  const name = rest.split(' AS ')[1] ?? 'last'
  const root = join(folder, name)
  mkdirSync(root)
  stages.push({ name, root, workdir: '/' })
  // What the base brings: a Node. That of this machine stands in.
  if (name === 'build') {
    mkdirSync(join(root, 'usr/local/bin'), { recursive: true })
    cpSync(process.execPath, join(root, 'usr/local/bin/node'))
  }
}

function copy(stage: Stage, words: string[]): void {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  const target = present(paths.pop())
  const source = from ? present(stages.find((one) => one.name === from)) : null
  for (const path of paths) {
    const at = source ? inside(source, path) : join(project, path)
    const many = paths.length > 1 || target.endsWith('/')
    const to = inside(stage, many ? join(target, path) : target)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(at, to, { recursive: true, verbatimSymlinks: true })
  }
}

/** A path of the stage, absolute or below its working directory, as a path of this machine. */
function inside(stage: Stage, path: string): string {
  return join(stage.root, resolve(stage.workdir, path))
}

function run(stage: Stage, command: string): void {
  // The only path outside the working directory that a step names.
  const local = command.replaceAll(' /data', ` ${join(stage.root, 'data')}`)
  const path = `${inside(stage, '/usr/local/bin')}:${process.env.PATH}`
  // Behind a proxy of one's own, npm needs to know whom to trust; nothing else comes from here.
  const { NODE_EXTRA_CA_CERTS } = process.env
  const env = { PATH: path, HOME: folder, ...(NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {}) }
  const cwd = inside(stage, '.')
  const done = spawnSync('sh', ['-c', local], { cwd, env, encoding: 'utf8', timeout: 300_000 })
  if (done.status === 0) return
  throw new Error(`${command} ended with ${done.status}:\n${done.stdout}${done.stderr}`)
}

async function tryOut(stage: Stage): Promise<void> {
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? { uid: 65532, gid: 65532 } : {}
  const data = join(stage.root, 'data')
  if (isRoot) chownSync(data, 65532, 65532)
  execFileSync('chmod', ['-R', 'a+rX', folder])
  const before = filesIn(stage.root)
  const port = await freePort()
  const env = { ...image.env, ...settings(), DATA_DIR: data, HOST: '127.0.0.1', PORT: String(port) }
  const node = join(stage.root, 'usr/local/bin/node')
  const child = spawn(node, image.cmd.slice(1), {
    cwd: inside(stage, '.'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  })
  const ended = new Promise<number | null>((done) => child.on('close', done))
  await new Promise<void>((ready, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Taking deliveries') && ready())
    void ended.then((code) => reject(new Error(`it ended with ${code}`)))
  })
  console.log(`started as user ${isRoot ? 65532 : process.getuid?.()}: ${image.cmd.join(' ')}`)
  const base = `http://127.0.0.1:${port}`
  await untilReady(base)
  for (const path of ['/healthz', '/readyz', '/probot', '/']) {
    console.log(`GET ${path}: ${(await fetch(base + path)).status}`)
  }
  console.log(
    `signed delivery: ${await deliver(base, secret)}, wrongly signed: ${await deliver(base, 'x')}`,
  )
  const metrics = await textOf(`${base}/metrics`)
  const jobs = metrics.matchAll(/^threat_model_jobs\{state="(?:waiting|running)"\} (\d+)$/gm)
  console.log(`jobs in its store: ${[...jobs].reduce((sum, [, count]) => sum + Number(count), 0)}`)
  execFileSync(node, image.health.slice(1), { env, ...user })
  console.log('health check: passed')
  const dead = execFileSync(node, [...image.cmd.slice(1), 'dead'], {
    cwd: inside(stage, '.'),
    env,
    encoding: 'utf8',
    ...user,
  })
  console.log(`beside it, "dead": ${dead.trim()}`)
  child.kill('SIGTERM')
  console.log(`SIGTERM: ended with ${await ended}`)
  const written = filesIn(stage.root).filter((path) => !before.includes(path))
  console.log(
    `written outside /data: ${written.filter((p) => !p.startsWith('data/')).length} files`,
  )
}

async function untilReady(base: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if ((await fetch(`${base}/readyz`)).ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it does not get ready')
}

async function textOf(address: string): Promise<string> {
  return (await fetch(address)).text()
}

/** The status that a delivery about a pull request is answered with. */
async function deliver(base: string, signedWith: string): Promise<number> {
  const body = JSON.stringify({
    action: 'opened',
    installation: { id: 1 },
    repository: { id: 2, name: 'chat', full_name: 'acme/chat', owner: { login: 'acme' } },
    pull_request: {
      number: 3,
      state: 'open',
      base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 2 } },
      head: { ref: 'change', sha: 'c'.repeat(40), repo: { id: 2 } },
    },
  })
  const signature = createHmac('sha256', signedWith).update(body).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': '00000000-0000-4000-8000-000000000001',
    'x-hub-signature-256': `sha256=${signature}`,
  }
  const response = await fetch(`${base}/api/github/webhooks`, { method: 'POST', headers, body })
  return response.status
}

/** Of names and contents. */
function digestOf(path: string): string {
  const hash = createHash('sha256')
  for (const name of filesIn(path).sort()) {
    const at = join(path, name)
    if (existsSync(at) && statSync(at).isFile()) hash.update(`${name}\0`).update(readFileSync(at))
  }
  return hash.digest('hex').slice(0, 16)
}

function settings(): Record<string, string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    APP_ID: '1',
    PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    WEBHOOK_SECRET: secret,
    // Nobody answers there: the trial must not reach GitHub.
    GHE_HOST: '127.0.0.1:9',
    GHE_PROTOCOL: 'http',
  }
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
}

function megabytes(path: string): number {
  let bytes = 0
  for (const name of filesIn(path)) {
    const at = join(path, name)
    if (existsSync(at)) bytes += statSync(at).isFile() ? statSync(at).size : 0
  }
  return Math.round(bytes / 1e6)
}

function packagesOf(stage: Stage): number {
  return megabytes(inside(stage, 'node_modules'))
}

function present<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the Dockerfile is not what this script expects')
  return found
}
