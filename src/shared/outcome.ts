/**
 * What the world answered. Edges (GitHub, git, the store) return this; nothing throws for a reason
 * that lies outside the program.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export interface Failure {
  kind: FailureKind
  /** What was attempted, on what, and what to do: one line for a person. */
  message: string
  /** When `kind` is `rate-limited` or `unavailable`: how long to wait before the next attempt. */
  retryAfterMs?: number
  /** GitHub has the whole installation wait, not only what was attempted. */
  pausesInstallation?: true
}

export type FailureKind =
  /** A primary or secondary limit: wait, then try again. */
  | 'rate-limited'
  /** 5xx, timeout, connection refused: try again with backoff. */
  | 'unavailable'
  /** The head or base is no longer what the job was about. */
  | 'moved-on'
  /** Permission missing: no retry will help. */
  | 'forbidden'
  /** The thing does not exist (any more). */
  | 'gone'
  /** Refused as invalid: a defect of ours, or a limit we did not respect. */
  | 'rejected'

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(kind: FailureKind, message: string, retryAfterMs?: number): Outcome<never> {
  const failure: Failure = { kind, message }
  if (retryAfterMs !== undefined) failure.retryAfterMs = retryAfterMs
  return { ok: false, failure }
}
