import type { ElementKind } from '../threat-model/model.ts'
import { type Bag, count, emptyWeights, shares, union, type Weights, without } from './bag.ts'
import { type Card, copyKey, type Deck, kinds, push, textBag, titleBag } from './deck.ts'
import type { Pairing } from './pairing.ts'
import { isNamedIn } from './statements.ts'
import { find, type Index, indexOf } from './word-index.ts'

/*
 * Elements that were divided or joined. The larger one is the whole, wherever it stands:
 *
 *     whole   "Reading or changing the history of a member"
 *     main    "Reading the history of a member"      its partner; it lost "changing"
 *     part    "Changing the history of a member"     alone so far; it has what was lost
 *
 * A part is taken only if the words the whole lost are found in it: a new entry that is merely like
 * an old one stays new.
 */

export interface Division {
  /** Where the whole stands: `before` for a split, `after` for a merge. */
  wholeIn: 'before' | 'after'
  whole: Card
  main: Card
  /** The others, in document order. */
  parts: Card[]
  confidence: number
}

/** Of the words of a part, how many must come from the whole; of the main part. */
const partFromWhole = 0.55
const mainFromWhole = 0.65
/** Sentences wander; a part shares words of its name with the whole, too. */
const titleFromWhole = 0.4
/** Of the words that the whole lost to get to its main part, how many are in the part. */
const lostInPart = 0.5
/** Of the whole, how much must be found in the parts together. */
const wholeKept = 0.7
/** The least share of the whole that was lost. */
const lostMin = 0.12

const wholesTried = 4
/** Words alone never make a division certain. */
const confidenceMax = 0.95

export function findDivisions(pairing: Pairing): Division[] {
  const sides = ['before', 'after'] as const
  return kinds.flatMap((kind) => sides.flatMap((side) => divisionsOf(pairing, kind, side)))
}

function divisionsOf(pairing: Pairing, kind: ElementKind, side: 'before' | 'after'): Division[] {
  const view = viewOf(pairing, side)
  const alone = view.partDeck.cards[kind].filter((card) => !view.hasPartner(card))
  if (alone.length === 0) return []
  const open = newHere(alone, view, kind)
  const wholes = view.wholeDeck.cards[kind].filter((card) => changed(card, view.partner(card)))
  const weights = weightsOf(view, kind, [...open, ...wholes])
  const index = indexOf(wholes, textBag, weights)
  const found = new Map<Card, Candidate[]>()
  for (const part of open) {
    const best = bestWhole(part, index, view, weights)
    if (best !== null) push(found, best.whole, { part, share: best.share })
  }
  return [...found].flatMap(([whole, candidates]) => {
    const main = view.partner(whole)
    const parts = main === null ? [] : partsNeeded(whole, main, candidates, weights)
    if (main === null || parts.length === 0) return []
    const confidence = Math.min(confidenceMax, Math.max(...parts.map((p) => p.share)))
    return { wholeIn: side, whole, main, parts: inOrder(parts), confidence }
  })
}

interface Candidate {
  part: Card
  share: number
}

/** The best candidates, as long as each has words of the whole that none before it has. */
function partsNeeded(
  whole: Card,
  main: Card,
  candidates: readonly Candidate[],
  weights: Weights,
): Candidate[] {
  const size = weigh(textBag(whole), weights)
  let lost = without(textBag(whole), textBag(main))
  const ranked = [...candidates].sort((a, b) => b.share - a.share || a.part.index - b.part.index)
  return ranked.filter(({ part }) => {
    const left = weigh(lost, weights)
    if (left / size < lostMin || contained(lost, textBag(part), weights) < lostInPart) return false
    lost = without(lost, textBag(part))
    return true
  })
}

function inOrder(parts: readonly Candidate[]): Card[] {
  return parts.map((candidate) => candidate.part).sort((a, b) => a.index - b.index)
}

/** What stands word for word on the other side is a copy, and what is named there is not new. */
function newHere(open: readonly Card[], view: View, kind: ElementKind): Card[] {
  const known = new Set(view.wholeDeck.cards[kind].map(copyKey))
  return open.filter((card) => {
    const key = copyKey(card)
    if (key !== null && known.has(key)) return false
    return !isNamedIn(card, view.partDeck, view.wholeDeck)
  })
}

/** The pairing seen from the side of the whole. */
interface View {
  wholeDeck: Deck
  partDeck: Deck
  partner(whole: Card): Card | null
  hasPartner(part: Card): boolean
}

function viewOf(pairing: Pairing, side: 'before' | 'after'): View {
  if (side === 'before') {
    return {
      wholeDeck: pairing.before,
      partDeck: pairing.after,
      partner: (whole) => pairing.ofBefore.get(whole)?.after ?? null,
      hasPartner: (part) => pairing.ofAfter.has(part),
    }
  }
  return {
    wholeDeck: pairing.after,
    partDeck: pairing.before,
    partner: (whole) => pairing.ofAfter.get(whole)?.before ?? null,
    hasPartner: (part) => pairing.ofBefore.has(part),
  }
}

function changed(whole: Card, main: Card | null): boolean {
  if (main === null) return false
  return whole.title !== main.title || whole.element.body !== main.element.body
}

function weightsOf(view: View, kind: ElementKind, near: readonly Card[]): Weights {
  const weights = emptyWeights()
  for (const card of near) count(weights, textBag(card))
  weights.texts = Math.max(weights.texts, Math.min(50, view.wholeDeck.cards[kind].length))
  return weights
}

function bestWhole(
  part: Card,
  index: Index,
  view: View,
  weights: Weights,
): { whole: Card; share: number } | null {
  let best: { whole: Card; share: number } | null = null
  for (const { card: whole } of find(index, textBag(part), wholesTried)) {
    const main = view.partner(whole)
    if (main === null || ofOtherAttacks(main, part)) continue
    const share = shareOfPart(whole, main, part, weights)
    if (share > (best?.share ?? 0)) best = { whole, share }
  }
  return best
}

/** Main and part stand in the same version, so their ids can be compared. */
function ofOtherAttacks(main: Card, part: Card): boolean {
  const [left, right] = [main.element, part.element]
  if (left.kind !== 'threat' || right.kind !== 'threat') return false
  const apart = (a: string[], b: string[]) => a.length > 0 && !a.some((id) => b.includes(id))
  return apart(left.attacks, right.attacks) && apart(right.attacks, left.attacks)
}

/** 0 when the three are no whole with two parts; else how well they are, up to 1. */
function shareOfPart(whole: Card, main: Card, part: Card, weights: Weights): number {
  const [w, m, p] = [textBag(whole), textBag(main), textBag(part)]
  const lost = without(w, m)
  const lostShare = weigh(lost, weights) / weigh(w, weights)
  const fromLost = contained(lost, p, weights)
  const partShare = contained(p, w, weights)
  const mainShare = contained(m, w, weights)
  const kept = contained(w, union([m, p]), weights)
  const fits =
    contained(titleBag(part), w, weights) >= titleFromWhole &&
    lostShare >= lostMin &&
    fromLost >= lostInPart &&
    partShare >= partFromWhole &&
    mainShare >= mainFromWhole &&
    kept >= wholeKept
  return fits ? (fromLost + partShare + mainShare + kept) / 4 : 0
}

/** The share of `bag` that is in `other`, by weight. */
function contained(bag: Bag, other: Bag, weights: Weights): number {
  const { shared, left } = shares(bag, other, weights)
  return left === 0 ? 0 : shared / left
}

function weigh(bag: Bag, weights: Weights): number {
  return shares(bag, new Map(), weights).left
}
