import type { Element, Mitigation, Threat, WrittenAcceptance } from '../threat-model/model.ts'
import type { Change, ChangeField } from './change.ts'
import { pathChanges } from './code-paths.ts'
import type { Card, Deck } from './deck.ts'
import { lines, linkDifferences, type Told } from './link-changes.ts'
import { type Successors, tiedMitigations } from './links.ts'
import { normal, normalName } from './normal.ts'
import {
  directionOf,
  mitigationDirection,
  ratingDirection,
  scopeDirection,
  statusDirection,
} from './strength.ts'
import { changeOf, type Difference, type Unit } from './unit.ts'

/*
 * Changes of what a unit states about itself: status, ratings, acceptance, categories, links. The
 * speaking element is compared; links are those of all parts of a unit together. Several values
 * stand one a line in `before` and `after`.
 */

export function fieldChanges(unit: Unit, successors: Successors, told: Told): Change[] {
  const [before, after] = [unit.before[0].element, unit.after[0].element]
  const own = ownFields(before, after, unit, successors)
  const differences = [
    ...(unit.translated ? own.filter((change) => needsNoWords(change, before, after)) : own),
    ...listDifference('code', ...pathChanges(unit, successors), 'matters'),
    ...(unit.translated ? [] : categoryDifference(unit)),
    ...linkDifferences(unit, successors, told),
  ]
  return differences.map((difference) => changeOf(unit, difference))
}

/** In a translation: a status that both versions state, a rating that both write in known words. */
function needsNoWords(change: Difference, before: Element, after: Element): boolean {
  if (before.kind !== 'threat' || after.kind !== 'threat') return change.before !== null
  if (change.field === 'status') {
    return before.statusBasis === 'explicit' && after.statusBasis === 'explicit'
  }
  return change.before !== null && change.after !== null && change.direction !== 'neutral'
}

/** A heading that both stand below names no new category, whether or not it was read as one. */
function categoryDifference({ before, after }: Unit): Difference[] {
  const [left, right] = [categoriesOf(before), categoriesOf(after)]
  const told = (own: readonly Card[], category: string) => !isHeading(own, category)
  return listDifference(
    'categories',
    left.filter((category) => told(after, category) || has(right, category)),
    right.filter((category) => told(before, category) || has(left, category)),
  )
}

function has(categories: readonly string[], category: string): boolean {
  return categories.some((other) => normalName(other) === normalName(category))
}

/** True when an element stands below a heading with these words. */
function isHeading(cards: readonly Card[], category: string): boolean {
  const name = normalName(category)
  return cards.some((card) => ` ${card.section.replaceAll('\n', ' \n ')} `.includes(` ${name} `))
}

function ownFields(
  before: Element,
  after: Element,
  unit: Unit,
  successors: Successors,
): Difference[] {
  if (before.kind === 'threat' && after.kind === 'threat') {
    const guessed = onlyImplied(before, after) && saysTheSame(unit, successors)
    return [...(guessed ? [] : status(before, after)), ...threatFields(before, after)]
  }
  if (before.kind === 'mitigation' && after.kind === 'mitigation') {
    return mitigationStatus(before, after)
  }
  if (before.kind === 'scope-note' && after.kind === 'scope-note' && before.scope !== after.scope) {
    const direction = scopeDirection(before.scope, after.scope)
    return [
      {
        kind: 'status-changed',
        field: 'scope',
        before: before.scope,
        after: after.scope,
        direction,
      },
    ]
  }
  return []
}

/** True when no word of the document states the status, on neither side. */
function onlyImplied(before: Threat, after: Threat): boolean {
  return before.statusBasis !== 'explicit' && after.statusBasis !== 'explicit'
}

/** An implied status cannot change while every word it could rest on stays. */
function saysTheSame({ before, after }: Unit, { before: left, after: right }: Successors): boolean {
  const [was, is] = [before.map((card) => card.element), after.map((card) => card.element)]
  const texts = (elements: Element[], deck: Deck) =>
    elements.flatMap((element) => [element.title, element.body, ...answersIn(element, deck)])
  return texts(was, left).map(normal).join('\n') === texts(is, right).map(normal).join('\n')
}

function answersIn(element: Element, deck: Deck): string[] {
  if (element.kind !== 'threat') return []
  return tiedMitigations(element).flatMap((id) => {
    const answer = deck.byId.get(id)?.element
    return answer === undefined ? [] : [`${answer.title} ${answer.body}`]
  })
}

function threatFields(before: Threat, after: Threat): Difference[] {
  return [
    ...rating('severity', before.severity, after.severity),
    ...rating('likelihood', before.likelihood, after.likelihood),
    ...rating('impact', before.impact, after.impact),
    ...acceptance(before.acceptance, after.acceptance),
  ]
}

function status(before: Threat, after: Threat): Difference[] {
  if (before.status === after.status) return []
  return [
    {
      kind: 'status-changed',
      field: 'status',
      before: before.status,
      after: after.status,
      direction: statusDirection(before.status, after.status),
    },
  ]
}

function mitigationStatus(before: Mitigation, after: Mitigation): Difference[] {
  if (before.status === after.status) return []
  return [
    {
      kind: 'status-changed',
      field: 'status',
      before: before.status,
      after: after.status,
      direction: mitigationDirection(before.status, after.status),
    },
  ]
}

function rating(
  field: 'severity' | 'likelihood' | 'impact',
  before: string | null,
  after: string | null,
): Difference[] {
  const [from, to] = [rated(before), rated(after)]
  if (from === to) return []
  const direction = ratingDirection(from, to)
  return [{ kind: 'severity-changed', field, before, after, direction }]
}

function rated(rating: string | null): string | null {
  return rating === null || normal(rating) === '' ? null : normal(rating)
}

function acceptance(
  before: WrittenAcceptance | null,
  after: WrittenAcceptance | null,
): Difference[] {
  const [from, to] = [acceptanceText(before), acceptanceText(after)]
  if (normal(from ?? '') === normal(to ?? '')) return []
  const direction = acceptanceDirection(before, after)
  return [{ kind: 'status-changed', field: 'acceptance', before: from, after: to, direction }]
}

/**
 * `until 2027-06-30 by @team because …`, as far as it is written; that it is accepted, the status
 * says.
 */
function acceptanceText(acceptance: WrittenAcceptance | null): string | null {
  if (acceptance === null) return null
  const { until, owner, reason } = acceptance
  const parts = [
    until === null ? '' : `until ${until}`,
    owner === null ? '' : `by ${owner}`,
    reason === null ? '' : `because ${reason}`,
  ]
  return parts.filter((part) => part !== '').join(' ') || null
}

/**
 * Accepting for longer, or without an end, is weaker. That there is an acceptance, the status
 * says.
 */
function acceptanceDirection(before: WrittenAcceptance | null, after: WrittenAcceptance | null) {
  if (before === null || after === null) return 'neutral'
  const end = (acceptance: WrittenAcceptance) => acceptance.until ?? '9999'
  if (end(before) === end(after)) return 'neutral'
  return end(after) > end(before) ? 'weaker' : 'stronger'
}

function categoriesOf(cards: readonly Card[]): string[] {
  return cards.flatMap(({ element }) => {
    if (element.kind === 'threat' || element.kind === 'attack') return element.categories
    return element.kind === 'mitigation' && element.category !== null ? [element.category] : []
  })
}

/** `matters`: losing entries is weaker, gaining them stronger, exchanging them neither. */
function listDifference(
  field: ChangeField,
  before: readonly string[],
  after: readonly string[],
  weight: 'matters' | 'neutral' = 'neutral',
): Difference[] {
  const lost = minus(before, after)
  const gained = minus(after, before)
  if (lost.length === 0 && gained.length === 0) return []
  const balance = Math.sign(gained.length) - Math.sign(lost.length)
  return [
    {
      kind: 'link-changed',
      field,
      before: lines(lost),
      after: lines(gained),
      direction: weight === 'matters' ? directionOf(balance) : 'neutral',
    },
  ]
}

function minus(list: readonly string[], other: readonly string[]): string[] {
  const known = new Set(other.map(normalName))
  const fresh = list.filter((text) => !known.has(normalName(text)))
  return [...new Map(fresh.map((text) => [normalName(text), text])).values()]
}
