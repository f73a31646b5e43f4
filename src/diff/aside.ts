import type { ElementKind } from '../threat-model/model.ts'
import { type Card, copyKey, type Deck, kinds } from './deck.ts'
import { openAfter, openBefore, type Pairing } from './pairing.ts'
import { isNamedIn } from './statements.ts'

/*
 * Open cards that are nobody's new version. Without this a removed entry would be taken for the
 * ancestor of whatever like it the reader finds next:
 *
 *   - a copy: it says word for word what a settled card of the other version says;
 *   - a name that the other document has, too, though it is not read as an element there: what was
 *     named before is not the new name of something else.
 */
export function setAside(pairing: Pairing): Set<Card> {
  const { before, after } = pairing
  return new Set(
    kinds.flatMap((kind) => {
      const [left, right] = [openBefore(pairing, kind), openAfter(pairing, kind)]
      if (left.length === 0 || right.length === 0) return []
      const settledLeft = settledCopies(before, kind, right, (card) => pairing.ofBefore.has(card))
      const settledRight = settledCopies(after, kind, left, (card) => pairing.ofAfter.has(card))
      return [
        ...asideOf(left, { own: before, other: after, open: right, settled: settledRight }),
        ...asideOf(right, { own: after, other: before, open: left, settled: settledLeft }),
      ]
    }),
  )
}

interface OtherSide {
  own: Deck
  other: Deck
  /** Open cards of the other version. */
  open: readonly Card[]
  /** Copy keys of its settled cards. */
  settled: ReadonlySet<string>
}

function asideOf(cards: readonly Card[], side: OtherSide): Card[] {
  const openTitles = new Set(side.open.map((card) => card.title))
  return cards.filter((card) => {
    const key = copyKey(card)
    if (key !== null && side.settled.has(key)) return true
    return !openTitles.has(card.title) && isNamedIn(card, side.own, side.other)
  })
}

/** Only cards with the title of an open one can be what that is a copy of. */
function settledCopies(
  deck: Deck,
  kind: ElementKind,
  open: readonly Card[],
  isSettled: (card: Card) => boolean,
): Set<string> {
  const titles = new Set(open.map((card) => card.element.title))
  const settled = deck.cards[kind].filter((card) => {
    return titles.has(card.element.title) && isSettled(card)
  })
  return new Set(settled.flatMap((card) => copyKey(card) ?? []))
}
