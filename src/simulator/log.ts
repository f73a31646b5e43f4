/*
 * What was asked of the simulated GitHub, in order: the measure of what the App costs. Kinds are
 * those that GitHub charges for: reading, writing, creating content (which has a budget of its own
 * and notifies people), and taking a token.
 */
export type CallKind = 'read' | 'write' | 'content' | 'token'

export interface LogEntry {
  /** 1 for the first call. */
  number: number
  at: number
  method: string
  path: string
  /** GitHub's operation id; `graphql` with the fields asked for in `detail`. */
  operation: string | null
  detail: string[]
  kind: CallKind
  installationId: number | null
  /** 0 when the caller got no answer. */
  status: number
  /** The fault that was played, by its kind. */
  fault: string | null
}

export interface CallLog {
  entries: LogEntry[]
  /** How many calls were under way at once, at most. */
  concurrencyMax: number
  counts(): CallCounts
  clear(): void
}

/** Answers 304 cost nothing of the primary limit; they are among `read`, and counted again here. */
export interface CallCounts {
  total: number
  read: number
  write: number
  content: number
  token: number
  notModified: number
  /** Answered with a status of 400 and more, or not at all. */
  refused: number
}

export function createLog(): CallLog {
  const log: CallLog = {
    entries: [],
    concurrencyMax: 0,
    counts: () => count(log.entries),
    clear: () => {
      log.entries.length = 0
      log.concurrencyMax = 0
    },
  }
  return log
}

function count(entries: readonly LogEntry[]): CallCounts {
  const of = (kind: CallKind): number => entries.filter((entry) => entry.kind === kind).length
  return {
    total: entries.length,
    read: of('read'),
    write: of('write'),
    content: of('content'),
    token: of('token'),
    notModified: entries.filter((entry) => entry.status === 304).length,
    refused: entries.filter((entry) => entry.status >= 400 || entry.status === 0).length,
  }
}
