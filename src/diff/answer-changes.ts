import type { Change } from './change.ts'
import type { Card, Deck } from './deck.ts'
import type { Successors } from './links.ts'
import { directionOf } from './strength.ts'
import { changeOf, type Unit } from './unit.ts'

/*
 * Mitigations that answer another threat than before. Told on the mitigation, once, instead of a
 * loss on one threat and a gain on another. Both threats must stand in both versions: a control
 * that lost its threat and answers a new one went nowhere by itself.
 */

export interface MovedAnswer {
  change: Change
  /** The mitigation's cards in both versions, whose links are told by this. */
  cards: Card[]
}

export function movedAnswer(unit: Unit, successors: Successors): MovedAnswer | null {
  const [before, after] = [unit.before[0], unit.after[0]]
  if (before.element.kind !== 'mitigation' || after.element.kind !== 'mitigation') return null
  const had = threatsOf(unit.before, successors.before)
  const has = threatsOf(unit.after, successors.after)
  const left = had.filter((threat) => wentAlone(threat, successors.ofBefore, has))
  const joined = has.filter((threat) => wentAlone(threat, successors.ofAfter, had))
  if (left.length === 0 || joined.length === 0) return null
  const change = changeOf(unit, {
    kind: 'moved',
    field: 'answers',
    before: titles(left),
    after: titles(joined),
    direction: directionOf(bare(joined, successors.ofAfter) - bare(left, successors.ofBefore)),
  })
  return { change, cards: [...unit.before, ...unit.after] }
}

function threatsOf(cards: readonly Card[], deck: Deck): Card[] {
  const ids = cards.flatMap((card) => deck.referrers.get(card.element.id) ?? [])
  return [...new Set(ids)].flatMap((id) => deck.byId.get(id) ?? [])
}

/** True when the threat still exists on the other side, without this mitigation. */
function wentAlone(threat: Card, successors: Successors['ofBefore'], linked: Card[]): boolean {
  const others = successors.get(threat) ?? []
  return others.length > 0 && !others.some((other) => linked.includes(other))
}

/** How many of the threats have no answer at all on the other side. */
function bare(threats: readonly Card[], successors: Successors['ofBefore']): number {
  return threats.filter((threat) => {
    return (successors.get(threat) ?? []).every(
      ({ element }) => element.kind === 'threat' && element.mitigations.length === 0,
    )
  }).length
}

function titles(cards: readonly Card[]): string {
  return cards.map((card) => card.element.title).join('\n')
}
