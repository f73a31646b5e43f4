import type { ThreatModel } from '../threat-model/model.ts'
import { movedAnswer } from './answer-changes.ts'
import { sameContent, union } from './bag.ts'
import type { Change, Comparison, Match } from './change.ts'
import { type Card, type Deck, deckOf, kinds, textBag } from './deck.ts'
import { fieldChanges } from './field-changes.ts'
import { successorsOf } from './links.ts'
import { lonelyChanges } from './lonely-changes.ts'
import { pairDecks } from './match.ts'
import { notesOf } from './notes.ts'
import type { Pair, Pairing } from './pairing.ts'
import { type Division, findDivisions } from './parts.ts'
import { renumbering } from './renumbering.ts'
import { mapSections, moved, type SectionMap } from './sections.ts'
import { termsOf } from './terms.ts'
import { type Glasses, textChanges } from './text-changes.ts'
import { withoutTwins } from './twins.ts'
import { changeOf, type Unit } from './unit.ts'

/*
 * Two readings → what changed in meaning. Matching comes first and alone (match.ts, parts.ts); here
 * the pairs are read off, field by field, and what stands on one side only is added or removed.
 * What follows from another change is not told again: the links of a removed element, the answers
 * in the row of a new threat.
 *
 * Matching sees the two versions in an order of its own, so that compare(b, a) pairs exactly as
 * compare(a, b) does.
 *
 * With the two texts, what only one reading found is looked up in the other document before it is
 * called added or removed.
 */
/** Both documents as text, when the caller has them: see statements.ts. */
export interface Texts {
  before: string
  after: string
}

export function compare(
  before: ThreatModel,
  after: ThreatModel,
  texts: Texts | null = null,
): Comparison {
  const pairing = pairBothWays(
    deckOf(before, texts?.before ?? null),
    deckOf(after, texts?.after ?? null),
  )
  const divisions = findDivisions(pairing)
  const successors = successorsOf(pairing, divisions)
  const units = unitsOf(pairing, divisions)
  const sections = mapSections(pairing)
  const glasses: Glasses = {
    terms: termsOf(pairing.before, pairing.after),
    renumber: renumbering(pairing),
  }
  const answers = units.flatMap((unit) => movedAnswer(unit, successors) ?? [])
  const told = new Set(answers.flatMap((answer) => answer.cards))
  const lonely = lonelyChanges(pairing, successors)
  const changes = [
    ...divisions.filter(isTold).map((division) => divisionChange(division, pairing)),
    ...units.flatMap((unit) => [
      ...textChanges(unit, successors, glasses),
      ...fieldChanges(unit, successors, told),
      ...sectionChange(unit, pairing, sections),
    ]),
    ...answers.map((answer) => answer.change),
    ...lonely.changes,
  ]
  const matches = matchesOf(pairing)
  return {
    before,
    after,
    changes: inOrder(withoutTwins(changes)),
    matches,
    notes: notesOf(lonely.restated, pairing),
  }
}

function pairBothWays(before: Deck, after: Deck): Pairing {
  if (!standsAfter(before, after)) return pairDecks(before, after)
  const turned = pairDecks(after, before)
  const pairs = [...turned.ofBefore.values()].map((pair): Pair => {
    return { ...pair, before: pair.after, after: pair.before }
  })
  return {
    before,
    after,
    ofBefore: new Map(pairs.map((pair) => [pair.before, pair])),
    ofAfter: new Map(pairs.map((pair) => [pair.after, pair])),
    doubts: turned.doubts,
    hurried: turned.hurried,
    translation: turnedAround(turned.translation),
  }
}

function turnedAround(translation: Pairing['translation']): Pairing['translation'] {
  return translation === null ? null : { from: translation.to, to: translation.from }
}

/** Some order of models that depends on what they say; equal ones stand in either. */
function standsAfter(left: Deck, right: Deck): boolean {
  for (const kind of kinds) {
    const [a, b] = [left.cards[kind], right.cards[kind]]
    if (a.length !== b.length) return a.length > b.length
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [sortKey(a[i]), sortKey(b[i])]
      if (x !== y) return x > y
    }
  }
  return false
}

function sortKey(card: Card | undefined): string {
  if (card === undefined) return ''
  const { writtenId, title, body } = card.element
  return `${title}\0${body}\0${writtenId ?? ''}\0${card.section}`
}

function unitsOf(pairing: Pairing, divisions: readonly Division[]): Unit[] {
  const parts = new Map<Card, Card[]>()
  for (const division of divisions) parts.set(division.main, division.parts)
  const pairs = [...pairing.ofBefore.values()].filter((pair) => {
    return pair.how !== 'unchanged' || parts.has(pair.before) || parts.has(pair.after)
  })
  return pairs.map((pair) => ({
    before: [pair.before, ...(parts.get(pair.before) ?? [])],
    after: [pair.after, ...(parts.get(pair.after) ?? [])],
    reason: pair.reason,
    confidence: pair.confidence,
    translated: pair.how === 'translated',
  }))
}

/** A control that was cut at another comma is the same control. */
function isTold({ whole, main, parts }: Division): boolean {
  if (whole.element.kind !== 'mitigation') return true
  return !sameContent(textBag(whole), union([main, ...parts].map(textBag)))
}

function divisionChange(division: Division, pairing: Pairing): Change {
  const { wholeIn, whole, main, parts, confidence } = division
  const split = wholeIn === 'before'
  const unit: Unit = {
    before: [split ? whole : main],
    after: [split ? main : whole],
    reason: 'its words are found in the parts together',
    translated: false,
    confidence: Math.round(confidence * 100) / 100,
  }
  const titles = [main, ...parts].map((card) => card.element.title)
  const change = changeOf(unit, {
    kind: split ? 'split' : 'merged',
    field: null,
    before: split ? whole.element.title : titles.join('\n'),
    after: split ? titles.join('\n') : whole.element.title,
    direction: 'neutral',
    others: parts.map((card) => card.element.title),
  })
  const pair = split ? pairing.ofBefore.get(whole) : pairing.ofAfter.get(whole)
  const previousTitle = (pair?.before ?? unit.before[0]).element.title
  return { ...change, previousTitle }
}

function sectionChange(unit: Unit, pairing: Pairing, sections: SectionMap): Change[] {
  const pair = pairing.ofBefore.get(unit.before[0])
  const { element } = unit.after[0]
  // A mitigation moves with the threat it answers; that is told as a link.
  if (pair === undefined || element.kind === 'mitigation' || !moved(pair, sections)) return []
  const trail = (card: Card) => card.element.section.join(' › ')
  return [
    changeOf(unit, {
      kind: 'moved',
      field: 'section',
      before: trail(pair.before),
      after: trail(pair.after),
      direction: 'neutral',
    }),
  ]
}

/** By kind of element, then by line: where it stands now, or where it stood. */
function inOrder(changes: Change[]): Change[] {
  const line = (change: Change) => (change.afterSpan ?? change.beforeSpan)?.start.line ?? 0
  const rank = (change: Change) => kinds.indexOf(change.element)
  return changes.sort((a, b) => rank(a) - rank(b) || line(a) - line(b))
}

function matchesOf(pairing: Pairing): Match[] {
  return [...pairing.ofBefore.values()].map(({ before, after, reason, confidence }) => {
    return { before: before.element, after: after.element, reason, confidence }
  })
}
