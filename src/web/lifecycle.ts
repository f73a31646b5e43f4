import type { WebLog } from './log.ts'

/*
 * How the process ends, and what does not end it. A signal stops the parts in order within one
 * deadline; a second signal does not wait. A rejection nobody waited for is a defect of one job or
 * one request: it is logged and counted, the others go on. An exception outside any promise may
 * have left anything half done: the process stops in order and lets its supervisor start it again.
 */
export interface ProcessLike {
  on(event: string, listener: (...args: unknown[]) => void): unknown
  exit(code: number): void
}

export interface StopStep {
  name: string
  stop(leftMs: number): Promise<void>
}

export interface LifecycleParts {
  process: ProcessLike
  /** In this order; each is told how much of the deadline is left. */
  steps: StopStep[]
  deadlineMs: number
  log: WebLog
  onFloatingRejection(): void
}

/** Installs the listeners. Returns what stops the process, for callers that end it themselves. */
export function keepAlive(parts: LifecycleParts): (why: string, code: number) => Promise<void> {
  const { process, log } = parts
  let stopping = false

  async function end(why: string, code: number): Promise<void> {
    if (stopping) return process.exit(1)
    stopping = true
    log.info({ why, deadlineMs: parts.deadlineMs }, 'Stopping')
    const late = await stopInOrder(parts)
    if (late.length > 0) log.error({ late }, 'Stopped by the deadline')
    process.exit(late.length > 0 && code === 0 ? 1 : code)
  }

  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void end(signal, 0))
  process.on('unhandledRejection', (reason) => {
    log.error({ stack: stackOf(reason) }, 'A rejection nobody waited for')
    parts.onFloatingRejection()
  })
  process.on('uncaughtException', (error) => {
    log.error({ stack: stackOf(error) }, 'An exception nobody caught')
    void end('uncaughtException', 1)
  })
  return end
}

/** A step that could not end, for the steps after it to end all the same. */
const shareMsMin = 500

async function stopInOrder({ steps, deadlineMs, log }: LifecycleParts): Promise<string[]> {
  const until = performance.now() + deadlineMs
  const late: string[] = []
  for (const { name, stop } of steps) {
    const leftMs = Math.max(shareMsMin, until - performance.now())
    const ended = stop(leftMs).catch((error: unknown) => {
      log.error({ step: name, stack: stackOf(error) }, 'A part did not stop well')
    })
    // A step keeps to its time by itself; the margin is for those that do not.
    if (!(await within(ended, leftMs + shareMsMin))) late.push(name)
  }
  return late
}

async function within(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const result = await Promise.race([work.then(() => true), late])
  clearTimeout(timer)
  return result
}

function stackOf(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)
}
