import type { Change } from './change.ts'
import { type Card, type Deck, kinds } from './deck.ts'
import { entriesHolding, isOnlyNamed, type Successors } from './links.ts'
import type { Pairing } from './pairing.ts'
import { isStatedIn, sectionIn } from './statements.ts'
import { additionDirection, removalDirection } from './strength.ts'
import { hasTwin } from './twins.ts'
import { lonelyChange, restatedElsewhere } from './unit.ts'

/*
 * Elements without a partner: added and removed. Not told are those that came or went as a part of
 * another (the answer in the row of a new threat), and those that exist only by being named.
 */

/** Nothing is certain that rests on finding nothing. */
const confidenceMax = 0.97

export interface LonelyChanges {
  changes: Change[]
  /** Elements read on one side only although both documents say them in the same place. */
  restated: number
}

export function lonelyChanges(pairing: Pairing, successors: Successors): LonelyChanges {
  const { before, after } = pairing
  const removed = lonely(before, successors.ofBefore)
  const added = lonely(after, successors.ofAfter)
  const changes = [
    ...removed.map((card) => restated(card, 'before', pairing) ?? gone(card, pairing)),
    ...added.map((card) => restated(card, 'after', pairing) ?? come(card, pairing)),
  ]
  const told = changes.filter((change) => change !== 'restated')
  return { changes: told, restated: changes.length - told.length }
}

/** Null when the other document does not say it. */
function restated(
  card: Card,
  side: 'before' | 'after',
  { before, after }: Pairing,
): Change | 'restated' | null {
  const [own, other] = side === 'before' ? [before, after] : [after, before]
  if (!isStatedIn(card, own, other)) return null
  const [here, there] = [sectionIn(card, own), sectionIn(card, other)]
  if (here === there) return 'restated'
  return restatedElsewhere(card.element, side, { here: here ?? '', there: there ?? '' })
}

function gone(card: Card, pairing: Pairing): Change {
  const direction = removalDirection(card.element)
  return lonelyChange(card.element, 'before', direction, whyAlone(card, pairing))
}

function come(card: Card, pairing: Pairing): Change {
  const direction = additionDirection(card.element)
  return lonelyChange(card.element, 'after', direction, whyAlone(card, pairing))
}

function lonely(deck: Deck, partners: Successors['ofBefore']): Card[] {
  const alone = (card: Card) => !partners.has(card)
  return kinds.flatMap((kind) =>
    deck.cards[kind].filter((card) => {
      if (!alone(card) || isOnlyNamed(card, deck) || hasTwin(card, deck, partners)) return false
      const holders = entriesHolding(card, deck)
      return holders.length === 0 || !holders.every(alone)
    }),
  )
}

function whyAlone(card: Card, pairing: Pairing): { reason: string; confidence: number } {
  const doubt = pairing.doubts.get(card)
  const { ofBefore, ofAfter } = pairing
  const taken = doubt && (ofBefore.has(doubt.nearest) || ofAfter.has(doubt.nearest))
  if (doubt === undefined || taken) return { reason: 'nothing like it', confidence: confidenceMax }
  const confidence = 1 / (1 + Math.exp(doubt.gain))
  return {
    reason: `too unlike "${doubt.nearest.element.title}", the nearest`,
    confidence: Math.min(confidenceMax, Math.round(100 * confidence) / 100),
  }
}
