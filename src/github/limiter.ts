import { type Failure, type Outcome, ok } from '../shared/outcome.ts'
import { contentPerHour, contentPerMinute, contentShare } from './limits.ts'

/*
 * How fast one installation may go. Each has its own: when GitHub tells one to wait, the others go
 * on. Nothing sleeps in here: who comes too early is told how long to wait, and the job store
 * brings the job back then, also after a restart.
 *
 * Creating content has a budget of its own, which is the real ceiling of an installation (80 a
 * minute, 500 an hour, shared with everybody else who writes there).
 */
export interface Limiter {
  /** A failure while GitHub has us wait. */
  mayAsk(doing: string): Outcome<void>
  /** Takes `count` from the content budget, or says when there will be enough. */
  mayCreate(count: number, doing: string): Outcome<void>
  /** GitHub said: nothing before `ms` have passed. */
  pause(ms: number): void
  /** Runs one after the other: GitHub wants writes to be serial. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

const minuteMs = 60_000
const hourMs = 3_600_000

export function createLimiter(now: () => number): Limiter {
  const windows = [
    { spanMs: minuteMs, max: Math.floor(contentPerMinute * contentShare) },
    { spanMs: hourMs, max: Math.floor(contentPerHour * contentShare) },
  ]
  let pausedUntil = 0
  let created: number[] = []
  let last: Promise<unknown> = Promise.resolve()

  function contentWaitMs(count: number): number {
    const at = now()
    created = created.filter((time) => time > at - hourMs)
    const waits = windows.map(({ spanMs, max }) => {
      const inside = created.filter((time) => time > at - spanMs)
      const over = inside.length + Math.min(count, max) - max
      const frees = inside[over - 1]
      return frees === undefined ? 0 : frees + spanMs - at
    })
    return Math.max(...waits)
  }

  return {
    mayAsk(doing) {
      const wait = pausedUntil - now()
      if (wait <= 0) return ok(undefined)
      const failure: Failure = { ...waitFor(doing, wait), pausesInstallation: true }
      return { ok: false, failure }
    },
    mayCreate(count, doing) {
      const wait = count === 0 ? 0 : contentWaitMs(count)
      if (wait > 0) return { ok: false, failure: waitFor(doing, wait) }
      const at = now()
      for (let i = 0; i < count; i++) created.push(at)
      return ok(undefined)
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, now() + ms)
    },
    inTurn(work) {
      const turn = last.then(work, work)
      last = turn.catch(() => {})
      return turn
    },
  }
}

function waitFor(doing: string, ms: number): Failure {
  const seconds = Math.ceil(ms / 1000)
  const message = `did not ${doing}: this installation waits ${seconds} s`
  return { kind: 'rate-limited', message, retryAfterMs: ms }
}
