import type { Element, MitigationTie } from '../threat-model/model.ts'
import type { ChangeField } from './change.ts'
import type { Card } from './deck.ts'
import { compareLinks, type LinkEnd, type Successors, tiedMitigations } from './links.ts'
import { normal } from './normal.ts'
import { directionOf } from './strength.ts'
import type { Difference, Unit } from './unit.ts'

/*
 * Changes of what a threat is tied to: attacks, adversaries, assets, mitigations. The links of all
 * parts of a unit are compared together; several values stand one a line.
 */

/** Mitigations that moved to another threat are told once, as that (see answer-changes.ts). */
export type Told = ReadonlySet<Card>

export function linkDifferences(unit: Unit, successors: Successors, told: Told): Difference[] {
  const fields: [ChangeField, (element: Element) => string[]][] = [
    ['attacks', attacksOf],
    ['adversaries', (element) => (element.kind === 'threat' ? element.adversaries : [])],
    ['assets', (element) => (element.kind === 'threat' ? element.assets : [])],
    ['mitigations', (element) => (element.kind === 'threat' ? tiedMitigations(element) : [])],
  ]
  const derived = isByReference(unit) && wordsOf(unit.before) === wordsOf(unit.after)
  return fields.flatMap(([field, idsOf]) => {
    if (derived && (field === 'attacks' || field === 'adversaries')) return []
    const end = (cards: readonly Card[]): LinkEnd => {
      return { ids: cards.flatMap((card) => idsOf(card.element)), words: wordsOf(cards) }
    }
    const { lost, gained } = compareLinks(end(unit.before), end(unit.after), successors)
    const untold = (cards: Card[], own: Unit['before'], other: Unit['before']) => {
      return cards.filter((card) => !told.has(card) && !isMadeExact(card, own, other))
    }
    const less = untold(lost, unit.before, unit.after)
    return linkDifference(field, titles(less), titles(untold(gained, unit.after, unit.before)))
  })
}

/**
 * True for a control of a whole group of threats, when the other version says which threat each
 * control answers, this one among them: the list was made exact, nothing was lost.
 */
function isMadeExact(card: Card, own: Unit['before'], other: Unit['before']): boolean {
  if (card.element.kind !== 'mitigation') return false
  const ties = (cards: Unit['before']) =>
    cards.flatMap(({ element }) => (element.kind === 'threat' ? element.mitigations : []))
  const loose = (tie: MitigationTie) => tie.tie === 'group' || tie.tie === 'category'
  const ofCard = ties(own).filter((tie) => tie.id === card.element.id)
  return ofCard.every(loose) && ties(other).some((tie) => !loose(tie))
}

/** "The same entities that …": its adversaries are those of another threat, and change with it. */
function isByReference({ before, after }: Unit): boolean {
  return [...before, ...after].some(({ element }) => {
    return element.kind === 'threat' && element.scope === 'by-reference'
  })
}

function wordsOf(cards: readonly Card[]): string {
  return normal(cards.map(({ element }) => `${element.title} ${element.body}`).join(' '))
}

function attacksOf(element: Element): string[] {
  if (element.kind === 'threat') return element.attacks
  return element.kind === 'attack' && element.variantOf !== null ? [element.variantOf] : []
}

function titles(cards: readonly Card[]): string[] {
  return cards.map((card) => card.element.title)
}

function linkDifference(field: ChangeField, lost: string[], gained: string[]): Difference[] {
  if (lost.length === 0 && gained.length === 0) return []
  const balance = gained.length - lost.length
  const direction = field === 'mitigations' ? directionOf(balance) : 'neutral'
  return [{ kind: 'link-changed', field, before: lines(lost), after: lines(gained), direction }]
}

export function lines(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join('\n')
}
