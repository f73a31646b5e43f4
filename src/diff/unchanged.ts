import type { Element, Threat } from '../threat-model/model.ts'
import { type Card, codeOf, type Deck, kinds, push, referencesOf } from './deck.ts'
import { type Pairing, pairUp } from './pairing.ts'

/*
 * Elements that say the same in every word and field, and name the same. This is the first and
 * cheapest step: of a large model with a small change it settles nearly everything, and what it
 * settles is not looked at again. It compares texts as written and builds no long keys.
 */

/** Of elements with one title, so many are tried; the rest is left to the next step. */
const triesMax = 40

export function pairUnchanged(pairing: Pairing): void {
  const { before, after } = pairing
  for (const kind of kinds) {
    const waiting = new Map<string, Card[]>()
    for (const card of after.cards[kind]) push(waiting, shortKey(card.element), card)
    for (const card of before.cards[kind]) {
      const group = waiting.get(shortKey(card.element))
      const at = group === undefined ? -1 : indexOfSame(card, group, before, after)
      const found = group?.[at]
      if (group === undefined || found === undefined) continue
      group.splice(at, 1)
      const reason = 'same in every word'
      pairUp(pairing, { before: card, after: found, reason, confidence: 1, how: 'unchanged' })
    }
  }
}

function shortKey({ title, body, writtenId }: Element): string {
  return `${body.length} ${writtenId ?? ''} ${title}`
}

function indexOfSame(card: Card, group: readonly Card[], before: Deck, after: Deck): number {
  const tries = Math.min(group.length, triesMax)
  for (let i = 0; i < tries; i++) {
    const other = group[i]
    if (other !== undefined && sameInAll(card, other, before, after)) return i
  }
  return -1
}

function sameInAll(left: Card, right: Card, before: Deck, after: Deck): boolean {
  const [a, b] = [left.element, right.element]
  return (
    a.title !== '' &&
    a.body === b.body &&
    left.section === right.section &&
    sameFields(a, b) &&
    sameList(pathsOf(a), pathsOf(b)) &&
    sameList(namesOf(a, before), namesOf(b, after))
  )
}

function sameFields(a: Element, b: Element): boolean {
  switch (a.kind) {
    case 'threat':
      return b.kind === 'threat' && sameThreat(a, b)
    case 'mitigation':
      return b.kind === 'mitigation' && a.status === b.status && a.category === b.category
    case 'attack':
      return b.kind === 'attack' && sameList(a.categories, b.categories)
    case 'scope-note':
      return b.kind === 'scope-note' && a.scope === b.scope
    default:
      return true
  }
}

function sameThreat(a: Threat, b: Threat): boolean {
  const [x, y] = [a.acceptance, b.acceptance]
  return (
    a.status === b.status &&
    a.severity === b.severity &&
    a.likelihood === b.likelihood &&
    a.impact === b.impact &&
    sameList(a.categories, b.categories) &&
    (x === null) === (y === null) &&
    x?.until === y?.until &&
    x?.owner === y?.owner &&
    x?.reason === y?.reason
  )
}

function pathsOf(element: Element): string[] {
  return codeOf(element).map((reference) => reference.path)
}

/** Titles of what it names; of a mitigation those of the threats it answers. */
function namesOf(element: Element, deck: Deck): string[] {
  const answered = element.kind === 'mitigation' ? deck.referrers.get(element.id) : undefined
  const ids = answered ?? referencesOf(element)
  return ids.map((id) => deck.byId.get(id)?.element.title ?? '')
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
