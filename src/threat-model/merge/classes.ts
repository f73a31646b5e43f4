import type { Draft } from '../draft/draft.ts'
import { keyOf } from '../identity.ts'
import { classOf } from '../vocabulary/vocabulary.ts'

/*
 * Threats told by class in one part, and again by class in another:
 *
 *   - **Tampering:** the log is rewritten          | Threat          | Mitigation |
 *   - **Spoofing:** a false bell                   | Tampering (log) | Ink        |   one threat
 *   - **Repudiation:** nobody has rung             | Spoofing        | A badge    |   each
 *
 * Only where every class stands once in both: where a class stands twice, nothing says which is
 * meant.
 */

interface Stated {
  draft: Draft
}

/**
 * A matrix with a sentence for each class, and a part that tells of each class once: what both say
 * of a class is one threat.
 */
export function pairsByClass<M extends Stated>(rows: M[], told: M[]): Map<M, M> | null {
  const byClass = new Map(told.map((entry) => [classOfOne(entry), entry]))
  if (rows.length < fewestClasses || byClass.size !== rows.length) return null
  if (told.length !== rows.length) return null
  const pairs = new Map<M, M>()
  for (const row of rows) {
    const name = classOfOne(row)
    const detail = name === null ? undefined : byClass.get(name)
    if (detail === undefined || keyOf(row.draft.title).split(' ').length < sentenceWords)
      return null
    pairs.set(row, detail)
  }
  return new Set(pairs.values()).size === rows.length ? pairs : null
}

/** The rows of a table of answers by class, each with the threat that a list tells of its class. */
export function rowsOfListed<M extends Stated>(threats: readonly M[]): Map<M, M> {
  const [table, otherTable] = partsByClass(threats.filter(isRow))
  if (table === undefined || otherTable !== undefined) return new Map()
  const [list, otherList] = partsByClass(threats.filter((threat) => !isRow(threat)))
  if (list === undefined || otherList !== undefined || table.size !== list.size) return new Map()
  const pairs = [...table].map(([name, row]) => [row, list.get(name)] as const)
  return new Map(pairs.flatMap(([row, told]) => (told === undefined ? [] : [[row, told]])))
}

/** The parts of the document that tell of several classes, of each once: its threats by class. */
function partsByClass<M extends Stated>(threats: readonly M[]): Map<string, M>[] {
  return [...Map.groupBy(threats, partOf).values()].flatMap((entries) => {
    if (entries.length < fewestClasses || entries.length > mostClasses) return []
    const byClass = new Map(entries.map((entry) => [classNamed(entry), entry]))
    return byClass.size === entries.length && !byClass.has('') ? [byClass] : []
  })
}

/** The part of the document, without the heading of the class itself. */
function partOf({ draft: { section } }: Stated): string {
  const isOfClass = classOf(section.at(-1) ?? '') !== null
  return (isOfClass ? section.slice(0, -1) : section).join('\n')
}

function isRow({ draft }: Stated): boolean {
  return draft.recogniser === 'register-table'
}

/** The class of a threat by its name, before brackets or in them, or by its category; or ''. */
function classNamed(entry: Stated): string {
  const [, name, inside] = /^(.{1,200}?)\s*(?:\(([^()]{1,160})\))?$/.exec(entry.draft.title) ?? []
  return classOf(name ?? '') ?? classOf(inside ?? '') ?? classOfOne(entry) ?? ''
}

/** "Tampering" names no threat, "Tampering (of the log)" does. */
export function isClassAlone({ draft }: Stated): boolean {
  return classOf(draft.title) !== null && !/[(:—–]/.test(draft.title)
}

const fewestClasses = 3
/** No method has as many. */
const mostClasses = 40
const sentenceWords = 5

/** The one class of a threat, or null. */
function classOfOne({ draft }: Stated): string | null {
  if (draft.kind !== 'threat') return null
  const [only, second] = draft.categories
  return only === undefined || second !== undefined ? null : only
}
