import type { Change } from './change.ts'
import type { Card, Deck } from './deck.ts'
import type { Successors } from './links.ts'

/*
 * One entry of a document may be read as two elements: a row as an adversary and as the threat it
 * poses. What happens to the entry is one thing and is told once, of the more telling element.
 */

/** The element a change is told of, the most telling first. */
const telling: Change['element'][] = [
  'threat',
  'mitigation',
  'scope-note',
  'asset',
  'adversary',
  'attack',
  'boundary',
  'assumption',
]

/** True when the same entry is also another kind of element, and that one is still there. */
export function hasTwin(card: Card, deck: Deck, partners: Successors['ofBefore']): boolean {
  const line = card.element.span.start.line
  return (deck.byLine.get(line) ?? []).some((twin) => {
    return (
      twin.element.kind !== card.element.kind && twin.title === card.title && partners.has(twin)
    )
  })
}

export function withoutTwins(changes: readonly Change[]): Change[] {
  const first = new Map<string, Change>()
  for (const change of changes) {
    const known = first.get(keyOf(change))
    if (known === undefined || rank(change) < rank(known)) first.set(keyOf(change), change)
  }
  return changes.filter((change) => first.get(keyOf(change))?.element === change.element)
}

function rank(change: Change): number {
  return telling.indexOf(change.element)
}

/** Equal for the same change of the same entry. */
function keyOf(change: Change): string {
  const { kind, field, title, before, after, beforeSpan, afterSpan } = change
  const lines = [beforeSpan?.start.line, afterSpan?.start.line]
  return JSON.stringify([kind, field, title, before, after, lines])
}
