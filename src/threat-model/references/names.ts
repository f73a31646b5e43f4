import type { Mention } from '../draft/draft.ts'
import { idKey, keyOf } from '../identity.ts'
import { remembering } from '../remember.ts'

/*
 * A directory of the elements of one kind: finds the one a name means. By written id, by name, by
 * name in the other number ("External attacker" for "External attackers"), and by a name that one
 * element's alone begins with ("Roster" for "Roster (on disk)").
 */

export interface Directory {
  /** `occurrence` chooses among elements of the same name, 0 for the first. */
  find(mention: Mention, occurrence?: number): string | null
  /** Notes a name that no element has; returns a key that stands for its later id. */
  infer(mention: Mention): string
  inferred(): { key: string; mention: Mention }[]
}

interface Named {
  id: string
  writtenId: string | null
  title: string
}

/** Names beyond this many are not collected. */
const maxInferred = 2_000

export function directoryOf(elements: readonly Named[]): Directory {
  const byId = new Map<string, string>()
  const byName = new Map<string, string[]>()
  /** The same by the title as it is written, as most mentions have it. */
  const byTitle = new Map<string, string[]>()
  const byStart = new Map<string, string[]>()
  for (const element of elements) {
    if (element.writtenId !== null) byId.set(idKey(element.writtenId), element.id)
    byTitle.set(element.title, add(byName, nameKey(element.title), element.id))
    const start = startOf(element.title)
    if (start !== element.title) add(byStart, nameKey(start), element.id)
  }
  const unknown = new Map<string, { key: string; mention: Mention }>()
  return {
    find: (mention, occurrence = 0) => {
      const id = byId.size === 0 ? undefined : idOf(byId, mention)
      if (id !== undefined) return id
      if (byName.size === 0) return null
      const named = byTitle.get(mention.title) ?? byName.get(nameKey(mention.title))
      if (named !== undefined) return named[Math.min(occurrence, named.length - 1)] ?? null
      const started = byStart.size === 0 ? undefined : byStart.get(nameKey(mention.title))
      return started?.length === 1 ? (started[0] ?? null) : null
    },
    infer: (mention) => {
      const name = nameKey(mention.title)
      const known = unknown.get(name)
      if (known !== undefined) return known.key
      const key = `name ${name}`
      if (unknown.size < maxInferred) unknown.set(name, { key, mention })
      return key
    },
    inferred: () => [...unknown.values()],
  }
}

function add(map: Map<string, string[]>, key: string, id: string): string[] {
  const ids = map.get(key) ?? []
  if (ids.length === 0) map.set(key, ids)
  ids.push(id)
  return ids
}

function idOf(byId: ReadonlyMap<string, string>, { writtenId, title }: Mention) {
  const id = writtenId === null ? undefined : byId.get(idKey(writtenId))
  return id ?? byId.get(idKey(title))
}

/** The key of a name in the singular. */
const nameKey = remembering((title) => keyOf(title).replace(/(?<=[a-z]{3})s$/, ''))

/** The name before its explanation. */
const startOf = remembering((title) => title.split(/\s*[(（:—–]/, 1)[0] ?? '')
