import type { ElementKind } from '../threat-model/model.ts'
import { count, emptyWeights, likeness, type Weights } from './bag.ts'
import { type Card, textBag, titleBag } from './deck.ts'
import type { Part } from './evidence.ts'
import { openAfter, openBefore, type Pairing } from './pairing.ts'
import { find, type Index, indexOf } from './word-index.ts'

/*
 * The words of one kind of element, made ready for finding likely pairs: how rare each is, where
 * the open elements of `after` have it, and how alike titles are in this document anyway. Of a
 * large model a sample speaks for the settled elements, so that the cost follows the change and
 * not the model.
 */

export interface Table {
  kind: ElementKind
  weights: Weights
  openText: Index
  openTitles: Index
  /** How many are tried for each card, by words and by place. */
  tries: Tries
  /** What the indexes answered for a card of `before`: asked once, used every round. */
  alike: Map<Card, Card[]>
  openIds: Map<string, Card[]>
  /** See `Scene.wordings`. */
  wordings: Map<Card, Map<Card, Part[]>>
  /** How alike each open title is to one that is settled as something else: 0 to 1. */
  noise: Map<Card, number>
}

export interface Tries {
  byText: number
  byTitle: number
  byPlace: number
}

/** Settled elements that are looked at, beside the neighbours of the open ones. */
const sampleMax = 600
/** So many above and below an open element: lists of like entries stand together. */
const neighbours = 6
const noiseNeighbours = 4
/** Of fewer open elements than this, on both sides together, many are tried for each. */
const openMany = 6_000
const ofSome: Tries = { byText: 8, byTitle: 6, byPlace: 6 }
const ofMany: Tries = { byText: 3, byTitle: 2, byPlace: 2 }
/** Of elements with one id, an author's mistake, so many are tried. */
const sameIdMax = 4

/** Null when one side has no open element of the kind. */
export function tableOf(pairing: Pairing, kind: ElementKind): Table | null {
  const before = openBefore(pairing, kind)
  const after = openAfter(pairing, kind)
  if (before.length === 0 || after.length === 0) return null
  const samples = {
    before: sampleOf(pairing.before.cards[kind], (card) => pairing.ofBefore.has(card)),
    after: sampleOf(pairing.after.cards[kind], (card) => pairing.ofAfter.has(card)),
  }
  const weights = emptyWeights()
  for (const card of [...samples.before, ...samples.after]) count(weights, titleBag(card))
  for (const card of [...before, ...after]) count(weights, textBag(card))
  return {
    kind,
    weights,
    openText: indexOf(after, textBag, weights),
    openTitles: indexOf(after, titleBag, weights),
    tries: before.length + after.length < openMany ? ofSome : ofMany,
    alike: new Map(),
    openIds: idsOf(after),
    wordings: new Map(),
    noise: new Map([
      ...noiseOf(before, samples.after, weights),
      ...noiseOf(after, samples.before, weights),
    ]),
  }
}

/** True when so much changed that less was tried than usual. */
export function isHurried({ tries }: Table): boolean {
  return tries === ofMany
}

/** Open cards of `after` that share rare words with one of `before`, in text or title. */
export function alikeIn(table: Table, before: Card): Card[] {
  let found = table.alike.get(before)
  if (found === undefined) {
    const byText = find(table.openText, textBag(before), table.tries.byText)
    const byTitle = find(table.openTitles, titleBag(before), table.tries.byTitle)
    found = [...byText, ...byTitle].map((hit) => hit.card)
    table.alike.set(before, found)
  }
  return found
}

/** Settled cards: evenly spread ones, and those near open ones. */
function sampleOf(cards: readonly Card[], isSettled: (card: Card) => boolean): Card[] {
  const stride = Math.max(1, Math.floor(cards.length / sampleMax))
  let lastOpen = Number.NEGATIVE_INFINITY
  const nextOpen = distanceToNextOpen(cards, isSettled)
  return cards.filter((card, i) => {
    if (!isSettled(card)) {
      lastOpen = i
      return false
    }
    return i % stride === 0 || i - lastOpen <= neighbours || (nextOpen[i] ?? 0) <= neighbours
  })
}

function distanceToNextOpen(
  cards: readonly Card[],
  isSettled: (card: Card) => boolean,
): Float64Array {
  const distances = new Float64Array(cards.length)
  let next = Number.POSITIVE_INFINITY
  for (let i = cards.length - 1; i >= 0; i--) {
    const card = cards[i]
    if (card !== undefined && !isSettled(card)) next = i
    distances[i] = next - i
  }
  return distances
}

function idsOf(cards: readonly Card[]): Map<string, Card[]> {
  const ids = new Map<string, Card[]>()
  for (const card of cards) {
    const id = card.element.writtenId
    if (id !== null) ids.set(id, [...(ids.get(id) ?? []), card].slice(0, sameIdMax))
  }
  return ids
}

function noiseOf(
  open: readonly Card[],
  settled: readonly Card[],
  weights: Weights,
): [Card, number][] {
  const index = indexOf(settled, titleBag, weights)
  return open.map((card) => {
    const near = find(index, titleBag(card), noiseNeighbours)
    const alike = near.map((found) => likeness(titleBag(card), titleBag(found.card), weights))
    return [card, Math.max(0, ...alike)]
  })
}
