/** What a route answers. The body is whole: nothing this service serves is large. */
export interface Answer {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

export function plain(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` }
}
