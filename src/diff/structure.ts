import type { Element } from '../threat-model/model.ts'
import { type Card, codeOf, kinds } from './deck.ts'
import { languageOf } from './language.ts'
import { openAfter, openBefore, type Pairing, pairUp } from './pairing.ts'

/*
 * A document that was translated. No word tells which threat is which, so the order does, helped
 * by what translators leave alone: ids, paths, numbers, names in capitals, and what kind of
 * thing stands there.
 *
 *     before   A  B  C  D        aligned in order; C has no partner: its numbers and its status are
 *     after    a  b     d        nobody's, so it was removed in passing
 *
 * That the sentences still say the same is not checked and cannot be: the comparison says so.
 */

/** Longer lists are followed by id only: the table below is their product. */
const alignedMax = 600
const confidence = 0.7

/** The two languages, or null when the versions are in one. */
export function translationOf(pairing: Pairing): { from: string; to: string } | null {
  const open = kinds.some(
    (kind) => openBefore(pairing, kind).length > 0 && openAfter(pairing, kind).length > 0,
  )
  if (!open) return null
  const [from, to] = [languageOf(pairing.before), languageOf(pairing.after)]
  return from === null || to === null || from === to ? null : { from, to }
}

export function pairByStructure(pairing: Pairing): void {
  for (const kind of kinds) {
    const [before, after] = [openBefore(pairing, kind), openAfter(pairing, kind)]
    const pairs =
      before.length > alignedMax || after.length > alignedMax
        ? byId(before, after)
        : align(before, after)
    for (const [left, right] of pairs) {
      const reason = 'the same place in a translated document'
      pairUp(pairing, { before: left, after: right, reason, confidence, how: 'translated' })
    }
  }
}

function byId(before: readonly Card[], after: readonly Card[]): [Card, Card][] {
  const known = new Map(after.map((card) => [card.element.writtenId, card]))
  return before.flatMap((card): [Card, Card][] => {
    const id = card.element.writtenId
    const other = id === null ? undefined : known.get(id)
    return other === undefined ? [] : [[card, other]]
  })
}

/** The alignment in order that is worth most. */
function align(before: readonly Card[], after: readonly Card[]): [Card, Card][] {
  const marks = { before: before.map(marksOf), after: after.map(marksOf) }
  const worth = (i: number, j: number) => {
    const [left, right] = [marks.before[i], marks.after[j]]
    return left === undefined || right === undefined ? 0 : likeness(left, right)
  }
  const best = table(before.length, after.length, worth)
  const pairs: [Card, Card][] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    const here = best[i]?.[j] ?? 0
    const [left, right] = [before[i], after[j]]
    const paired = worth(i, j) + (best[i + 1]?.[j + 1] ?? 0)
    if (left && right && worth(i, j) > 0 && here === paired) {
      pairs.push([left, right])
      i++
      j++
    } else if ((best[i + 1]?.[j] ?? 0) >= (best[i]?.[j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}

/** Worth of the best alignment of the rests from (i, j) on. */
function table(rows: number, columns: number, worth: (i: number, j: number) => number) {
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  for (let i = rows - 1; i >= 0; i--) {
    const row = best[i] ?? new Float64Array()
    const below = best[i + 1] ?? row
    for (let j = columns - 1; j >= 0; j--) {
      const paired = worth(i, j) > 0 ? worth(i, j) + (below[j + 1] ?? 0) : 0
      row[j] = Math.max(paired, below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return best
}

interface Marks {
  id: string | null
  /** Numbers, names in capitals, code: what stays in any language. */
  names: Set<string>
  /** Values that a reader derives without reading sentences. */
  values: string[]
  length: number
}

function marksOf({ element }: Card): Marks {
  const text = `${element.title} ${element.body}`
  const names = text.match(/\p{N}[\p{L}\p{N}.]*|\p{Lu}{2,}[\p{Lu}\p{N}]*|\w+[_/.]\w+/gu) ?? []
  const paths = codeOf(element).map((code) => code.path)
  return {
    id: element.writtenId,
    names: new Set([...names, ...paths]),
    values: valuesOf(element),
    length: text.length,
  }
}

function valuesOf(element: Element): string[] {
  if (element.kind === 'scope-note') return [element.scope]
  if (element.kind !== 'threat') return []
  const { status, mitigations, attacks, adversaries } = element
  return [status, ...[mitigations, attacks, adversaries].map((list) => String(list.length))]
}

/** Above 0 when the two may be the same; any two of a kind may, unless something speaks against. */
function likeness(left: Marks, right: Marks): number {
  let worth = 1
  if (left.id !== null && right.id !== null) worth += left.id === right.id ? 4 : -2
  const shared = [...left.names].filter((name) => right.names.has(name)).length
  const all = left.names.size + right.names.size - shared
  if (all > 0) worth += shared === 0 ? -0.6 : (4 * shared) / all
  worth += 0.4 * left.values.filter((value, i) => value === right.values[i]).length
  const [shorter, longer] = [left.length, right.length].sort((a, b) => a - b)
  if (shorter !== undefined && longer !== undefined) worth += shorter / Math.max(1, longer)
  return worth
}
