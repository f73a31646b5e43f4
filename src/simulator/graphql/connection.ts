import { refuse } from './viewer.ts'

/* Lists as GraphQL pages them: `first` or `last`, at most 100, with cursors. */

export interface PageArguments {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

export interface Connection<T> {
  nodes: T[]
  totalCount: number
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

const pageSizeMax = 100

/** `name` is the field's, for GitHub's message when the size of the page is missing. */
export function connection<A, T>(
  name: string,
  list: readonly A[],
  page: PageArguments,
  show: (one: A) => T,
): Connection<T> {
  const size = pageSize(name, page)
  const start = page.after ? readCursor(page.after) + 1 : 0
  const end = page.before ? readCursor(page.before) : list.length
  const from = page.first == null ? Math.max(start, end - size) : start
  const to = page.first == null ? end : Math.min(end, start + size)
  const slice = list.slice(from, to)
  return {
    nodes: slice.map(show),
    totalCount: list.length,
    pageInfo: {
      hasNextPage: to < list.length,
      hasPreviousPage: from > 0,
      startCursor: slice.length > 0 ? cursor(from) : null,
      endCursor: slice.length > 0 ? cursor(to - 1) : null,
    },
  }
}

function pageSize(name: string, { first, last }: PageArguments): number {
  const size = first ?? last
  if (size == null) {
    const need = 'You must provide a `first` or `last` value to properly paginate'
    throw refuse('MISSING_PAGINATION_BOUNDARIES', `${need} the \`${name}\` connection.`)
  }
  if (size > pageSizeMax) {
    const asked = `Requesting ${size} records on the \`${name}\` connection`
    throw refuse('EXCESSIVE_PAGINATION', `${asked} exceeds the limit of ${pageSizeMax} records.`)
  }
  return size
}

function cursor(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64')
}

function readCursor(text: string): number {
  const index = /^cursor:v2:(\d+)$/.exec(Buffer.from(text, 'base64').toString())?.[1]
  if (index === undefined) throw refuse('INVALID_CURSOR_ARGUMENTS', `\`${text}\` is no cursor.`)
  return Number(index)
}
