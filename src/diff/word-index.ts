import { type Bag, type Weights, weightOf } from './bag.ts'
import { type Card, push } from './deck.ts'

/*
 * An inverted index: from the stems of one text to the cards that share the rarest of them. It
 * keeps matching linear: an element is weighed against a handful of others, never against all.
 */

export interface Index {
  postings: Map<string, Card[]>
  weights: Weights
  readMax: number
}

export interface Found {
  card: Card
  /** Weight of the stems in common. */
  shared: number
}

/** Stems of a query that are looked up, the rarest first. */
const stemsMax = 12
/** A stem that more cards have is no help; of such a list only the beginning is read. */
const postingsMax = 64
/** Postings read for one query: in a document of few words, repeated, nothing is rare. */
const readMax = { few: 256, many: 64 }
const cardsMany = 3_000

export function indexOf(
  cards: readonly Card[],
  bagOf: (card: Card) => Bag,
  weights: Weights,
): Index {
  const postings = new Map<string, Card[]>()
  for (const card of cards) for (const stem of bagOf(card).keys()) push(postings, stem, card)
  return { postings, weights, readMax: cards.length < cardsMany ? readMax.few : readMax.many }
}

/** The cards with most in common with `bag`, the best first, at most `most`. */
export function find(index: Index, bag: Bag, most: number): Found[] {
  const rarest = [...bag.keys()]
    .map((stem) => ({ stem, weight: weightOf(stem, index.weights) }))
    .filter(({ stem }) => index.postings.has(stem))
    .sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1))
    .slice(0, stemsMax)
  const scores = new Map<Card, number>()
  let left = index.readMax
  for (const { stem, weight } of rarest) {
    const cards = (index.postings.get(stem) ?? []).slice(0, Math.min(postingsMax, left))
    left -= cards.length
    for (const card of cards) scores.set(card, (scores.get(card) ?? 0) + weight)
  }
  return [...scores]
    .map(([card, shared]) => ({ card, shared }))
    .sort((a, b) => b.shared - a.shared || a.card.index - b.card.index)
    .slice(0, most)
}
