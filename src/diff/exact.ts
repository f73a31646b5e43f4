import type { ElementKind } from '../threat-model/model.ts'
import { emptyWeights, likeness } from './bag.ts'
import { bodyBag, type Card, kinds, push } from './deck.ts'
import { normal } from './normal.ts'
import { openAfter, openBefore, type Pairing, pairUp } from './pairing.ts'
import { pairUnchanged } from './unchanged.ts'

/*
 * Pairs that need no weighing, from the strictest likeness to looser ones. In an ordinary change
 * this settles nearly every element by one look-up, so that the rest may cost more. A looser level
 * takes only what is unique on both sides: two threats called "Spoofing" are left to the
 * assignment.
 */

interface Level {
  /** '' for a card that the level has nothing to say about. */
  keyOf(card: Card): string
  /** `in-order`: equal keys are interchangeable, so the first goes with the first. */
  when: 'in-order' | 'same-number' | 'unique'
  /** Texts that have nothing in common are different things even under one title. */
  readsBodies?: true
  reason: string
  confidence: number
}

const levels: Level[] = [
  {
    keyOf: (card) => [card.title, normal(card.element.body), card.section, card.family].join('\0'),
    when: 'in-order',
    reason: 'same title and text',
    confidence: 1,
  },
  {
    keyOf: (card) => [card.title, normal(card.element.body), card.family].join('\0'),
    when: 'same-number',
    reason: 'same title and text',
    confidence: 1,
  },
  {
    keyOf: (card) => wholeText(card),
    when: 'same-number',
    reason: 'same words in title and text together',
    confidence: 0.97,
  },
  {
    keyOf: (card) => [card.title, card.section, card.family].join('\0'),
    when: 'unique',
    reason: 'same title in the same section',
    confidence: 0.98,
  },
  {
    keyOf: (card) => [card.title, card.family].join('\0'),
    when: 'unique',
    readsBodies: true,
    reason: 'same title',
    confidence: 0.95,
  },
]

const bodyLikenessMin = 0.1
/** A shorter text may be exchanged as a whole. */
const bodyCharsMin = 80

/** Fewer words may stand under one title here and be the title of another thing there. */
const wholeWordsMin = 8

/** Words may wander from the title to the text when the shape changes. */
function wholeText(card: Card): string {
  const words = normal(`${card.element.title} ${card.element.body}`)
  return words.split(' ').length < wholeWordsMin ? '' : words
}

export function pairExact(pairing: Pairing): void {
  pairUnchanged(pairing)
  for (const kind of kinds) for (const level of levels) pairLevel(pairing, kind, level)
}

function pairLevel(pairing: Pairing, kind: ElementKind, level: Level): void {
  const left = groups(openBefore(pairing, kind), level)
  if (left.size === 0) return
  const right = groups(openAfter(pairing, kind), level)
  for (const [key, befores] of left) {
    const afters = right.get(key) ?? []
    if (!fits(befores, afters, level)) continue
    befores.slice(0, afters.length).forEach((before, i) => {
      const after = afters[i]
      if (after === undefined) return
      if (level.readsBodies && contradict(before, after)) return
      const { reason, confidence } = level
      pairUp(pairing, { before, after, reason, confidence, how: 'compared' })
    })
  }
}

function groups(cards: readonly Card[], level: Level): Map<string, Card[]> {
  const found = new Map<string, Card[]>()
  for (const card of cards) {
    const key = card.element.title === '' ? '' : level.keyOf(card)
    if (key !== '') push(found, key, card)
  }
  return found
}

function fits(befores: Card[], afters: Card[], level: Level): boolean {
  switch (level.when) {
    case 'in-order':
      return afters.length > 0
    case 'same-number':
      return befores.length === afters.length
    case 'unique':
      return befores.length === 1 && afters.length === 1
  }
}

function contradict(before: Card, after: Card): boolean {
  const [left, right] = [before.element.body, after.element.body]
  if (left === right || left.length < bodyCharsMin || right.length < bodyCharsMin) return false
  return likeness(bodyBag(before), bodyBag(after), emptyWeights()) < bodyLikenessMin
}
