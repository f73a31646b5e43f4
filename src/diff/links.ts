import type { Threat } from '../threat-model/model.ts'
import type { Card, Deck } from './deck.ts'
import type { Pairing } from './pairing.ts'
import type { Division } from './parts.ts'

/*
 * Links compared through the pairs, never by id: an id of one version means nothing in the other. A
 * link that went or came together with the element at its other end is not told again: that the
 * element was removed or added says it. Elements that are only named by others (an asset that
 * stands in no list, only in a column) are the reverse case: they exist through their links, so the
 * links are told and the element is not.
 */

export interface LinkDifference {
  lost: Card[]
  gained: Card[]
}

/** Which elements of the other version an element has become, in both directions. */
export interface Successors {
  before: Deck
  after: Deck
  ofBefore: Map<Card, Card[]>
  ofAfter: Map<Card, Card[]>
}

export function successorsOf(pairing: Pairing, divisions: readonly Division[]): Successors {
  const ofBefore = new Map<Card, Card[]>()
  const ofAfter = new Map<Card, Card[]>()
  for (const { before, after } of pairing.ofBefore.values()) {
    ofBefore.set(before, [after])
    ofAfter.set(after, [before])
  }
  for (const { wholeIn, whole, main, parts } of divisions) {
    const [ofWhole, ofPart] = wholeIn === 'before' ? [ofBefore, ofAfter] : [ofAfter, ofBefore]
    ofWhole.set(whole, [main, ...parts])
    for (const part of parts) ofPart.set(part, [whole])
  }
  return { before: pairing.before, after: pairing.after, ofBefore, ofAfter }
}

export interface LinkEnd {
  /** Ids in their own version. */
  ids: readonly string[]
  /** What the element says, in normal form: a name in it was not lost. */
  words: string
}

export function compareLinks(
  left: LinkEnd,
  right: LinkEnd,
  successors: Successors,
): LinkDifference {
  const [before, after] = [left.ids, right.ids]
  const { ofBefore, ofAfter } = successors
  const now = new Set(after)
  const then = new Set(before)
  return {
    lost: cardsOf(before, successors.before).filter((card) => {
      const partners = ofBefore.get(card) ?? []
      if (partners.length === 0) return wentByName(card, successors.before, right.words)
      return !partners.some((other) => now.has(other.element.id))
    }),
    gained: cardsOf(after, successors.after).filter((card) => {
      const partners = ofAfter.get(card) ?? []
      if (partners.length === 0) return wentByName(card, successors.after, left.words)
      return !partners.some((other) => then.has(other.element.id))
    }),
  }
}

/** Of an element without a partner: it exists through this link, and its name is gone. */
function wentByName(card: Card, deck: Deck, words: string): boolean {
  return isOnlyNamed(card, deck) && !` ${words} `.includes(` ${card.title} `)
}

function cardsOf(ids: readonly string[], deck: Deck): Card[] {
  return [...new Set(ids)].flatMap((id) => deck.byId.get(id) ?? [])
}

/** True for an element that the document never lists, only names from others. */
export function isOnlyNamed(card: Card, deck: Deck): boolean {
  const { kind, certainty, id } = card.element
  if (certainty === 'stated' || kind === 'threat' || kind === 'mitigation') return false
  return (deck.referrers.get(id)?.length ?? 0) > 0
}

/**
 * The threats whose entries a mitigation is part of (a cell of the row, a field under the heading).
 * Empty for a mitigation with an entry of its own.
 */
export function entriesHolding(card: Card, deck: Deck): Card[] {
  if (card.element.kind !== 'mitigation') return []
  const { id } = card.element
  const threats = (deck.referrers.get(id) ?? []).flatMap((name) => deck.byId.get(name) ?? [])
  const inside = threats.every(({ element }) => element.kind === 'threat' && holds(element, id))
  return inside ? threats : []
}

function holds(threat: Threat, mitigation: string): boolean {
  return threat.mitigations.some((tied) => {
    return tied.id === mitigation && (tied.tie === 'row' || tied.tie === 'label')
  })
}

export function tiedMitigations(threat: Threat): string[] {
  return threat.mitigations.map((tied) => tied.id)
}
