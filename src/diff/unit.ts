import type { Element } from '../threat-model/model.ts'
import type { Change, ChangeField, ChangeKind, Direction } from './change.ts'
import type { Card } from './deck.ts'

/*
 * What is compared with what: one element with its partner, or a whole with its parts. The first
 * card of each side speaks for the unit. Every change of a unit has the reason and confidence of
 * its match.
 */
export interface Unit {
  before: [Card, ...Card[]]
  after: [Card, ...Card[]]
  reason: string
  confidence: number
  /** In another language: only what needs no words is compared. */
  translated: boolean
}

/** It was not followed as an element, only its words were found again. */
const restatedConfidence = 0.6

export interface Difference {
  kind: ChangeKind
  field: ChangeField | null
  before: string | null
  after: string | null
  direction: Direction
  phrases?: Change['phrases']
  others?: string[]
}

export function changeOf(unit: Unit, difference: Difference): Change {
  const [before, after] = [unit.before[0].element, unit.after[0].element]
  return {
    kind: difference.kind,
    element: after.kind,
    id: after.id,
    title: after.title,
    previousTitle: before.title === after.title ? null : before.title,
    field: difference.field,
    before: difference.before,
    after: difference.after,
    beforeSpan: before.span,
    afterSpan: after.span,
    direction: difference.direction,
    reason: unit.reason,
    confidence: unit.confidence,
    others: difference.others ?? [],
    phrases: difference.phrases ?? null,
  }
}

/** An element that exists on one side only. */
export function lonelyChange(
  element: Element,
  side: 'before' | 'after',
  direction: Direction,
  why: { reason: string; confidence: number },
): Change {
  const text = element.body === '' ? element.title : `${element.title}\n${element.body}`
  return {
    kind: side === 'before' ? 'removed' : 'added',
    element: element.kind,
    id: element.id,
    title: element.title,
    previousTitle: null,
    field: null,
    before: side === 'before' ? text : null,
    after: side === 'after' ? text : null,
    beforeSpan: side === 'before' ? element.span : null,
    afterSpan: side === 'after' ? element.span : null,
    direction,
    ...why,
    others: [],
    phrases: null,
  }
}

/** An element that is read on one side only, but said on both, under other headings. */
export function restatedElsewhere(
  element: Element,
  side: 'before' | 'after',
  sections: { here: string; there: string },
): Change {
  const why = { reason: 'written in both versions, read in one', confidence: restatedConfidence }
  const { here, there } = sections
  const [before, after] = side === 'before' ? [here, there] : [there, here]
  const change = lonelyChange(element, side, 'neutral', why)
  return { ...change, kind: 'moved', field: 'section', before, after }
}
