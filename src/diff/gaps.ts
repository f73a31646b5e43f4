import type { ElementKind } from '../threat-model/model.ts'
import type { Card } from './deck.ts'
import type { Pairing } from './pairing.ts'

/*
 * Where open elements stand between settled ones:
 *
 *     before   A · x · B        x and y stand in the same gap, alone on both sides: almost as good
 *     after    A · y · B        as a name. In a gap of ten the place says little.
 */

interface Gap {
  /** Index, in `after`, of the settled element above and below; -1 and Infinity at the ends. */
  above: number
  below: number
  /** Place in the gap, 0-based. */
  rank: number
}

export interface Gaps {
  ofBefore: Map<Card, Gap>
  ofAfter: Map<Card, Gap>
  sizes: { before: Map<string, number>; after: Map<string, number> }
  /** Open cards of `after` by gap and rank. */
  members: Map<string, Card[]>
}

export function gapsOf(pairing: Pairing, kind: ElementKind): Gaps {
  const before = walk(pairing.before.cards[kind], (card) => {
    return pairing.ofBefore.get(card)?.after.index ?? null
  })
  const after = walk(pairing.after.cards[kind], (card) => {
    return pairing.ofAfter.has(card) ? card.index : null
  })
  const members = new Map<string, Card[]>()
  for (const [card, gap] of after.gaps) {
    const list = members.get(keyOf(gap))
    if (list === undefined) members.set(keyOf(gap), [card])
    else list.push(card)
  }
  const sizes = { before: before.sizes, after: after.sizes }
  return { ofBefore: before.gaps, ofAfter: after.gaps, sizes, members }
}

function walk(cards: readonly Card[], settled: (card: Card) => number | null) {
  const gaps = new Map<Card, Gap>()
  const sizes = new Map<string, number>()
  let run: Card[] = []
  let above = -1
  function close(below: number): void {
    run.forEach((card, rank) => {
      gaps.set(card, { above, below, rank })
    })
    if (run.length > 0) sizes.set(keyOf({ above, below }), run.length)
    run = []
  }
  for (const card of cards) {
    const at = settled(card)
    if (at === null) run.push(card)
    else {
      close(at)
      above = at
    }
  }
  close(Number.POSITIVE_INFINITY)
  return { gaps, sizes }
}

function keyOf(gap: { above: number; below: number }): string {
  return `${gap.above}:${gap.below}`
}

/** 0 to 1: how well the place alone speaks for the pair. */
export function placeLikeness(gaps: Gaps, before: Card, after: Card): number {
  const left = gaps.ofBefore.get(before)
  const right = gaps.ofAfter.get(after)
  if (left === undefined || right === undefined) return 0
  const sameAbove = left.above === right.above
  const sameBelow = left.below === right.below
  if (!sameAbove || !sameBelow) return sameAbove || sameBelow ? 0.25 : 0
  const here = gaps.sizes.before.get(keyOf(left)) ?? 1
  const there = gaps.sizes.after.get(keyOf(right)) ?? 1
  if (here === there && left.rank === right.rank) return 0.4 + 0.6 / Math.sqrt(here)
  return 0.8 / Math.sqrt(Math.max(here, there))
}

/** Open cards of `after` in the same gap, around the same rank; at most `most`. */
export function neighboursInGap(gaps: Gaps, before: Card, most: number): Card[] {
  const gap = gaps.ofBefore.get(before)
  if (gap === undefined) return []
  const members = gaps.members.get(keyOf(gap)) ?? []
  const start = Math.max(0, Math.min(gap.rank - Math.floor(most / 2), members.length - most))
  return members.slice(start, start + most)
}
