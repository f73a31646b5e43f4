/* What a route answers, and how it refuses. */

export interface Answer {
  status: number
  /** Sent as JSON; undefined for an answer without a body. */
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: Uint8Array
  headers?: Record<string, string>
}

/** Thrown by routes and actions; the exchange turns it into the answer. */
export class Refusal extends Error {
  readonly status: number
  readonly errors: unknown[] | null
  readonly headers: Record<string, string>

  constructor(
    status: number,
    message: string,
    errors: unknown[] | null = null,
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found')
}

/** GitHub's answer to a value it does not take; it names the field, not always the reason. */
export function invalid(resource: string, field: string, message: string): Refusal {
  const errors = [{ resource, field, code: 'custom', message }]
  return new Refusal(422, 'Validation Failed', errors)
}

export function refusalAnswer(refusal: Refusal): Answer {
  const body = {
    message: refusal.message,
    ...(refusal.errors === null ? {} : { errors: refusal.errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(refusal.status),
  }
  return { status: refusal.status, body, headers: refusal.headers }
}
