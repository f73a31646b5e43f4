import type { State } from './state.ts'

/* Ids and times as GitHub writes them. */

export function takeId(state: State): number {
  state.nextId += 1
  return state.nextId
}

/** Seconds are all the precision GitHub's times have. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString('base64url')}`
}

/** The kind and number inside a node id of ours; null for anything else. */
export function readNodeId(text: string): { kind: string; id: number } | null {
  const decoded = Buffer.from(text.slice(text.indexOf('_') + 1), 'base64url').toString()
  const match = /^([A-Za-z]+):(\d+)$/.exec(decoded)
  return match?.[1] && match[2] ? { kind: match[1], id: Number(match[2]) } : null
}
