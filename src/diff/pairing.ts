import type { ElementKind } from '../threat-model/model.ts'
import type { Card, Deck } from './deck.ts'

/*
 * What matching has found so far: pairs of cards, and of the cards without one the nearest miss. It
 * only grows: a later step never takes a pair of an earlier one apart.
 */

/** Two cards taken for the same element. */
export interface Pair {
  before: Card
  after: Card
  reason: string
  confidence: number
  /**
   * `unchanged`: the same in every word and field, so there is nothing to compare. `translated`: in
   * another language, so words cannot be compared.
   */
  how: 'unchanged' | 'compared' | 'translated'
}

export interface Pairing {
  before: Deck
  after: Deck
  ofBefore: Map<Card, Pair>
  ofAfter: Map<Card, Pair>
  /** For cards without a partner: the nearest one and how much spoke for it. */
  doubts: Map<Card, Doubt>
  /** Set when the two versions are in different languages. */
  translation: { from: string; to: string } | null
  /** True when so much changed that less was tried than usual. */
  hurried: boolean
}

export interface Doubt {
  nearest: Card
  gain: number
}

export function newPairing(before: Deck, after: Deck): Pairing {
  return {
    before,
    after,
    ofBefore: new Map(),
    ofAfter: new Map(),
    doubts: new Map(),
    translation: null,
    hurried: false,
  }
}

export function pairUp(pairing: Pairing, pair: Pair): void {
  pairing.ofBefore.set(pair.before, pair)
  pairing.ofAfter.set(pair.after, pair)
}

export function openBefore(pairing: Pairing, kind: ElementKind): Card[] {
  return pairing.before.cards[kind].filter((card) => !pairing.ofBefore.has(card))
}

export function openAfter(pairing: Pairing, kind: ElementKind): Card[] {
  return pairing.after.cards[kind].filter((card) => !pairing.ofAfter.has(card))
}

/** The id that an element of `before` has in `after`; null when it has no partner (yet). */
export function idAfter(pairing: Pairing, id: string): string | null {
  const card = pairing.before.byId.get(id)
  const pair = card === undefined ? undefined : pairing.ofBefore.get(card)
  return pair?.after.element.id ?? null
}

/** True when an element of `after` has a partner in `before`. */
export function hadBefore(pairing: Pairing, id: string): boolean {
  const card = pairing.after.byId.get(id)
  return card !== undefined && pairing.ofAfter.has(card)
}
