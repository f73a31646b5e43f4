import type { LogEntry } from './log.ts'

/*
 * Things that go wrong on the way to GitHub and back, played on purpose: the n-th call from now, or
 * the next calls of an operation. A fault `after` has its effect first and loses the answer: the
 * case in which a repeated POST posts twice.
 */
export type Fault =
  | { kind: 'status'; status: 500 | 502 | 503 | 504; after?: boolean }
  /** No answer: the connection is cut, or the caller's own signal ends the wait. */
  | { kind: 'cut'; after?: boolean }
  /** Waits until the caller's signal aborts; without a signal it is cut at once. */
  | { kind: 'timeout'; after?: boolean }
  | { kind: 'primary-limit'; resetAfterSeconds: number }
  | { kind: 'secondary-limit'; status?: 403 | 429; retryAfterSeconds: number }
  | { kind: 'slow'; ms: number }
  /** One field of a GraphQL document fails; what stands before and after it has its effect. */
  | { kind: 'field'; field: string }

export interface Faults {
  /** Plays `fault` on the n-th call from now; 1 is the next one. */
  failCall(n: number, fault: Fault): void
  /** Plays `fault` on the next `times` calls of an operation ("checks/create", "graphql"). */
  failOperation(operation: string, fault: Fault, times?: number): void
  /** Does something just before the n-th call from now: a push that comes in between. */
  beforeCall(n: number, act: () => void): void
  beforeOperation(operation: string, act: () => void): void
  /** True while a planned fault has not been played. */
  waiting(): boolean
  clear(): void
  /** For the exchange: the fault to play on this call, which is then used up. */
  take(entry: LogEntry): Fault | null
}

interface Plan<T> {
  byNumber: Map<number, T>
  byOperation: { operation: string; value: T; times: number }[]
}

export function createFaults(): Faults {
  let calls = 0
  const faults: Plan<Fault> = { byNumber: new Map(), byOperation: [] }
  const acts: Plan<() => void> = { byNumber: new Map(), byOperation: [] }
  return {
    failCall: (n, fault) => void faults.byNumber.set(calls + n, fault),
    failOperation: (operation, fault, times = 1) =>
      void faults.byOperation.push({ operation, value: fault, times }),
    beforeCall: (n, act) => void acts.byNumber.set(calls + n, act),
    beforeOperation: (operation, act) =>
      void acts.byOperation.push({ operation, value: act, times: 1 }),
    waiting: () => faults.byNumber.size > 0 || faults.byOperation.length > 0,
    clear: () => {
      for (const plan of [faults, acts]) {
        plan.byNumber.clear()
        plan.byOperation.length = 0
      }
    },
    take: (entry) => {
      calls += 1
      takeFrom(acts, calls, entry)?.()
      return takeFrom(faults, calls, entry)
    },
  }
}

/** What is planned for this call, if anything; it is then used up. */
function takeFrom<T>(plan: Plan<T>, call: number, entry: LogEntry): T | null {
  const numbered = plan.byNumber.get(call)
  plan.byNumber.delete(call)
  if (numbered !== undefined) return numbered
  const planned = plan.byOperation.find(({ operation }) => operation === entry.operation)
  if (!planned) return null
  planned.times -= 1
  if (planned.times <= 0) plan.byOperation.splice(plan.byOperation.indexOf(planned), 1)
  return planned.value
}
