import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ChildOrders } from './crash-child.ts'

/*
 * Starts crash-child.ts, listens to what it says, and kills it. What it said is kept over all its
 * lives in a `Story`, which tells in the end what was promised and not done.
 */
export interface Story {
  acked: Set<string>
  /** Deliveries that an evaluation knew of when it began. */
  seen: Set<string>
  /** Runs that knew of a delivery an earlier run had known of already. */
  repeated: number
  runs: number
  refused: number
  lost: number
}

export function newStory(): Story {
  return { acked: new Set(), seen: new Set(), repeated: 0, runs: 0, refused: 0, lost: 0 }
}

const defaults: ChildOrders = {
  path: '',
  databaseUrl: null,
  prefix: 'p0',
  add: 0,
  work: false,
  evaluateMs: 0,
  leaseMs: 200,
  concurrency: 16,
  untilEmpty: false,
  inFlight: 64,
  dieAt: null,
  clockJumps: false,
}

export interface Child {
  process: ChildProcess
  /** Resolves when it has opened its store; rejects when it ended before. */
  opened: Promise<void>
  /** Resolves with its exit code, null when it was killed. Everything it said is known by then. */
  ended: Promise<number | null>
  /** What it wrote to its standard error. */
  complaints(): string
}

export interface StartOptions {
  orders: Partial<ChildOrders>
  story: Story
  /** Put in front of the command, as `['bash', '-c', 'ulimit …; exec "$@"', '-']`. */
  wrapper?: string[]
}

export function startChild({ orders, story, wrapper = [] }: StartOptions): Child {
  const script = join(import.meta.dirname, 'crash-child.ts')
  const flags = ['--disable-warning=ExperimentalWarning']
  const told = JSON.stringify({ ...defaults, ...orders })
  const [program = '', ...args] = [...wrapper, process.execPath, ...flags, script, told]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let rest = ''
  let complaints = ''
  let markOpen = () => {}
  const open = new Promise<void>((resolve) => {
    markOpen = resolve
  })
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk)
  })
  child.stdout?.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === 'open') markOpen()
      listen(story, line)
    }
  })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code))
  })
  const early = ended.then(() => Promise.reject(new Error(`it did not open: ${complaints}`)))
  early.catch(() => undefined)
  return {
    process: child,
    opened: Promise.race([open, early]),
    ended,
    complaints: () => complaints,
  }
}

function listen(story: Story, line: string): void {
  const [word, subject = '', ...causes] = line.split(' ')
  if (word === 'acked') story.acked.add(subject)
  if (word === 'ran') noteRun(story, causes)
  if (word === 'refused') story.refused += 1
  if (word === 'lost') story.lost += 1
}

function noteRun(story: Story, causes: string[]): void {
  story.runs += 1
  if (causes.some((delivery) => story.seen.has(delivery))) story.repeated += 1
  for (const delivery of causes) story.seen.add(delivery)
}

/** Deliveries that were acknowledged, and no evaluation that knew of them ever ended. */
export function unkept(story: Story): string[] {
  return [...story.acked].filter((delivery) => !story.seen.has(delivery))
}

/** What SQLite itself says of the file: `ok`, or what is wrong with it. */
export function integrity(path: string): string {
  const db = new DatabaseSync(path)
  try {
    return String(db.prepare('pragma integrity_check').get()?.integrity_check)
  } finally {
    db.close()
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
