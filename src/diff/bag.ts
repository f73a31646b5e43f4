import { isCommonWord, stems, stemsOf } from './normal.ts'

/*
 * Likeness of two texts as bags of weighted stems. A stem weighs more the fewer elements have it:
 * in a list where every title holds "server", only the other words tell the entries apart. Order of
 * words is not looked at; whether two texts *mean* the same is never decided here.
 */

export type Bag = ReadonlyMap<string, number>

export interface Weights {
  /** How many texts were counted. */
  texts: number
  /** In how many of them each stem stands. */
  counts: Map<string, number>
  /** Weights that were asked for since the last count. */
  known: Map<string, number>
}

const commonWordShare = 0.15

export function bagOf(text: string): Bag {
  return bagOfStems(stems(text))
}

/** Of a text that is in normal form already. */
export function bagOfWords(normalText: string): Bag {
  return bagOfStems(stemsOf(normalText === '' ? [] : normalText.split(' ')))
}

function bagOfStems(list: readonly string[]): Bag {
  const bag = new Map<string, number>()
  for (const stem of list) bag.set(stem, (bag.get(stem) ?? 0) + 1)
  return bag
}

export function emptyWeights(): Weights {
  return { texts: 0, counts: new Map(), known: new Map() }
}

export function count(weights: Weights, bag: Bag): void {
  weights.texts++
  weights.known.clear()
  for (const stem of bag.keys()) weights.counts.set(stem, (weights.counts.get(stem) ?? 0) + 1)
}

export function weightOf(stem: string, weights: Weights): number {
  let weight = weights.known.get(stem)
  if (weight === undefined) {
    weight = Math.log(1 + (weights.texts + 1) / ((weights.counts.get(stem) ?? 0) + 1))
    if (isCommonWord(stem)) weight *= commonWordShare
    weights.known.set(stem, weight)
  }
  return weight
}

export interface Shares {
  shared: number
  left: number
  right: number
}

/** Weight of what two bags share, and of each in all. */
export function shares(left: Bag, right: Bag, weights: Weights): Shares {
  const result = { shared: 0, left: 0, right: 0 }
  for (const [stem, times] of left) {
    const weight = weightOf(stem, weights)
    result.left += weight * times
    result.shared += weight * Math.min(times, right.get(stem) ?? 0)
  }
  for (const [stem, times] of right) result.right += weightOf(stem, weights) * times
  return result
}

/** 0 (nothing in common) to 1 (the same words). */
export function likeness(left: Bag, right: Bag, weights: Weights): number {
  const { shared, left: l, right: r } = shares(left, right, weights)
  return l + r === 0 ? 0 : (2 * shared) / (l + r)
}

/** The part of `left` that is not in `right`. */
export function without(left: Bag, right: Bag): Bag {
  const rest = new Map<string, number>()
  for (const [stem, times] of left) {
    const more = times - (right.get(stem) ?? 0)
    if (more > 0) rest.set(stem, more)
  }
  return rest
}

export function union(bags: readonly Bag[]): Bag {
  const all = new Map<string, number>()
  for (const bag of bags) {
    for (const [stem, times] of bag) all.set(stem, (all.get(stem) ?? 0) + times)
  }
  return all
}

export function sizeOf(bag: Bag): number {
  let size = 0
  for (const times of bag.values()) size += times
  return size
}

/** The same stems as often, whatever common words stand between them. */
export function sameContent(left: Bag, right: Bag): boolean {
  const rest = [...without(left, right).keys(), ...without(right, left).keys()]
  return rest.every(isCommonWord)
}
