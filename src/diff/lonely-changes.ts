import type { Change } from './change.ts'
import { type Card, type Deck, kinds } from './deck.ts'
import { entriesHolding, isOnlyNamed, type Successors } from './links.ts'
import type { Pairing } from './pairing.ts'
import { additionDirection, removalDirection } from './strength.ts'
import { lonelyChange } from './unit.ts'

/*
 * Elements without a partner: added and removed. Not told are those that came or went as a part of
 * another (the answer in the row of a new threat), and those that exist only by being named.
 */

/** Nothing is certain that rests on finding nothing. */
const confidenceMax = 0.97

export function lonelyChanges(pairing: Pairing, successors: Successors): Change[] {
  const removed = lonely(pairing.before, successors.ofBefore).map((card) => {
    const direction = removalDirection(card.element)
    return lonelyChange(card.element, 'before', direction, whyAlone(card, pairing))
  })
  const added = lonely(pairing.after, successors.ofAfter).map((card) => {
    const direction = additionDirection(card.element)
    return lonelyChange(card.element, 'after', direction, whyAlone(card, pairing))
  })
  return [...removed, ...added]
}

function lonely(deck: Deck, partners: Successors['ofBefore']): Card[] {
  const alone = (card: Card) => !partners.has(card)
  return kinds.flatMap((kind) =>
    deck.cards[kind].filter((card) => {
      if (!alone(card) || isOnlyNamed(card, deck)) return false
      const holders = entriesHolding(card, deck)
      return holders.length === 0 || !holders.every(alone)
    }),
  )
}

function whyAlone(card: Card, pairing: Pairing): { reason: string; confidence: number } {
  const doubt = pairing.doubts.get(card)
  if (doubt === undefined) return { reason: 'nothing like it', confidence: confidenceMax }
  const confidence = 1 / (1 + Math.exp(doubt.gain))
  return {
    reason: `too unlike "${doubt.nearest.element.title}", the nearest`,
    confidence: Math.min(confidenceMax, Math.round(100 * confidence) / 100),
  }
}
