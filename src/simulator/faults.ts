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

export interface Faults {
  /** Plays `fault` on the n-th call from now; 1 is the next one. */
  failCall(n: number, fault: Fault): void
  /** Plays `fault` on the next `times` calls of an operation ("checks/create", "graphql"). */
  failOperation(operation: string, fault: Fault, times?: number): void
  /** True while a planned fault has not been played. */
  waiting(): boolean
  clear(): void
  /** For the exchange: the fault to play on this call, which is then used up. */
  take(entry: LogEntry): Fault | null
}

export function createFaults(): Faults {
  let calls = 0
  const byNumber = new Map<number, Fault>()
  let byOperation: { operation: string; fault: Fault; times: number }[] = []
  return {
    failCall: (n, fault) => void byNumber.set(calls + n, fault),
    failOperation: (operation, fault, times = 1) =>
      void byOperation.push({ operation, fault, times }),
    waiting: () => byNumber.size > 0 || byOperation.length > 0,
    clear: () => {
      byNumber.clear()
      byOperation = []
    },
    take: (entry) => {
      calls += 1
      const numbered = byNumber.get(calls)
      byNumber.delete(calls)
      if (numbered) return numbered
      const planned = byOperation.find(({ operation }) => operation === entry.operation)
      if (!planned) return null
      planned.times -= 1
      byOperation = byOperation.filter(({ times }) => times > 0)
      return planned.fault
    },
  }
}
