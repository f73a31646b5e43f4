import type { Threat } from '../threat-model/model.ts'
import { type Card, push } from './deck.ts'
import { hadBefore, idAfter, openAfter, openBefore, type Pairing, pairUp } from './pairing.ts'

/*
 * Threats that are an attack by an adversary are known by the two, whatever they are called: when
 * both have been followed, so has the threat. Only cells that one open threat claims on each side.
 */

export function pairCells(pairing: Pairing): void {
  const left = new Map<string, Card[]>()
  for (const card of openBefore(pairing, 'threat')) {
    const key = cellKey(card, (id) => idAfter(pairing, id))
    if (key !== null) push(left, key, card)
  }
  if (left.size === 0) return
  const right = new Map<string, Card[]>()
  for (const card of openAfter(pairing, 'threat')) {
    const key = cellKey(card, (id) => (hadBefore(pairing, id) ? id : null))
    if (key !== null) push(right, key, card)
  }
  for (const [key, befores] of left) {
    const [before, ...more] = befores
    const [after, ...others] = right.get(key) ?? []
    if (before === undefined || after === undefined || more.length + others.length > 0) continue
    const reason = 'the same attack by the same adversary'
    pairUp(pairing, { before, after, reason, confidence: 0.95, how: 'compared' })
  }
}

/**
 * True for an attack by one adversary and the same by another: both have been followed to somebody
 * else, so however alike the words below are, these are two threats.
 */
export function areOtherCells(before: Card, after: Card, pairing: Pairing): boolean {
  const [left, right] = [before.element, after.element]
  if (left.kind !== 'threat' || right.kind !== 'threat') return false
  const [was, is] = [idsOf(left), idsOf(right)]
  if (![...was, ...is].every((list) => list.length > 0)) return false
  return was.some((ids, i) => {
    const now = is[i] ?? []
    const mapped = ids.map((id) => idAfter(pairing, id))
    const known = !mapped.includes(null) && now.every((id) => hadBefore(pairing, id))
    return known && !mapped.some((id) => id !== null && now.includes(id))
  })
}

/** Null unless all attacks and adversaries are known on both sides, and there are some of each. */
function cellKey({ element }: Card, known: (id: string) => string | null): string | null {
  if (element.kind !== 'threat') return null
  const ids = idsOf(element).map((list) => list.map(known))
  if (ids.some((list) => list.length === 0 || list.includes(null))) return null
  return ids.map((list) => [...list].sort().join(' ')).join('\n')
}

function idsOf({ attacks, adversaries }: Threat): string[][] {
  return [attacks, adversaries]
}
