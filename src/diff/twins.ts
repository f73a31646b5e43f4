import type { Change } from './change.ts'
import { type Card, type Deck, push } from './deck.ts'
import type { Successors } from './links.ts'
import { normal } from './normal.ts'

/*
 * One entry of a document may be read as two elements: a row as an adversary and as the threat it
 * poses, a bullet as the control it begins with and as the whole of what it says. What happens to
 * the entry is one thing and is told once: of the more telling element, in the longer words.
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
  return withoutShorter(
    changes.filter((change) => first.get(keyOf(change))?.element === change.element),
  )
}

/** More changes at one place than this are not compared with each other. */
const atOnePlaceMax = 30

/** Without changes whose words are the beginning of another change of its kind at its place. */
function withoutShorter(changes: readonly Change[]): Change[] {
  const byPlace = new Map<string, Change[]>()
  for (const change of changes) push(byPlace, placeOf(change), change)
  const shorter = new Set<Change>()
  for (const group of byPlace.values()) {
    if (group.length < 2 || group.length > atOnePlaceMax) continue
    const words = group.map((change) => [normal(change.before ?? ''), normal(change.after ?? '')])
    group.forEach((change, i) => {
      const inAnother = group.some((_, k) => k !== i && isPart(words[i], words[k], i > k))
      if (inAnother) shorter.add(change)
    })
  }
  return changes.filter((change) => !shorter.has(change))
}

/** `equalCounts`: of two that say the same, one goes. */
function isPart(part: string[] = [], whole: string[] = [], equalCounts: boolean): boolean {
  const same = part.every((text, i) => text === whole[i])
  if (same) return equalCounts
  return part.every((text, i) => `${whole[i] ?? ''} `.startsWith(text === '' ? '' : `${text} `))
}

function placeOf({ kind, field, element, beforeSpan, afterSpan }: Change): string {
  const lines = [beforeSpan?.start.line, afterSpan?.start.line]
  return JSON.stringify([kind, field, element, lines])
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
