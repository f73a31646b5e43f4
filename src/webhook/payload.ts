import type { RepositoryRef } from '../shared/refs.ts'

/*
 * Careful steps into a payload. GitHub signed it, but what GitHub sends for an event changes over
 * the years and between servers; a missing part is "not there", never an exception.
 */
export type Payload = Readonly<Record<string, unknown>>

export function part(payload: unknown, ...path: string[]): unknown {
  let at = payload
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Object.hasOwn(at, step) ? (at as Payload)[step] : undefined
  }
  return at
}

export function textAt(payload: unknown, ...path: string[]): string {
  const value = part(payload, ...path)
  return typeof value === 'string' ? value : ''
}

/** 0 when it is not there: no id and no number of GitHub's is 0. */
export function numberAt(payload: unknown, ...path: string[]): number {
  const value = part(payload, ...path)
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

export function listAt(payload: unknown, ...path: string[]): unknown[] {
  const value = part(payload, ...path)
  return Array.isArray(value) ? value : []
}

/** The repository of an event, or null when it has none. */
export function repositoryIn(payload: unknown): RepositoryRef | null {
  return repositoryAt(part(payload, 'repository'))
}

/** A repository as it stands alone in lists: with `full_name`, perhaps without `owner`. */
export function repositoryAt(value: unknown): RepositoryRef | null {
  const id = numberAt(value, 'id')
  const [owner, name] = textAt(value, 'full_name').split('/')
  return id > 0 && owner && name ? { id, owner, name } : null
}
