import type { Element } from '../threat-model/model.ts'
import { bagOf, sizeOf, without } from './bag.ts'
import { type Context, compareBodies, sameText } from './body-changes.ts'
import type { Change } from './change.ts'
import type { Deck } from './deck.ts'
import { type Successors, tiedMitigations } from './links.ts'
import { normal, normalName, stems, ticks } from './normal.ts'
import type { Renumber } from './renumbering.ts'
import { directionOf } from './strength.ts'
import { differBySpelling } from './typos.ts'
import { changeOf, type Difference, type Unit } from './unit.ts'
import { compareWording, type Terms } from './wording.ts'

/*
 * Changes of a unit's title and body. A title that keeps two thirds of its words was reworded,
 * else the element was renamed. No change are: words that only moved from the title to the body
 * (a heading became a heading and a sentence), a title made of the names of an attack and an
 * adversary, and a sentence of the body that names a mitigation. Those names are elements, and
 * told as such.
 */

const keptWhenReworded = 2 / 3

/** What all texts of a comparison are seen through. */
export interface Glasses {
  terms: Terms
  renumber: Renumber
}

export function textChanges(unit: Unit, successors: Successors, glasses: Glasses): Change[] {
  const [before, after] = [unit.before[0].element, unit.after[0].element]
  if (unit.translated) return []
  const divided = unit.before.length > 1 || unit.after.length > 1
  if (!divided && sameWhole(before, after, glasses.renumber)) return []
  if (!divided && sameButSpelling(before, after, glasses.renumber)) return []
  const answers = {
    before: answersOf(unit.before, successors.before),
    after: answersOf(unit.after, successors.after),
  }
  const context: Context = {
    aboutControls: after.kind !== 'threat' && after.kind !== 'attack',
    ...glasses,
    isToldBefore: (sentence) => isAnswer(sentence, answers.before),
    isToldAfter: (sentence) => isAnswer(sentence, answers.after),
  }
  const silent =
    divided || (isComposed(before, successors.before) && isComposed(after, successors.after))
  const bodies = compareBodies(bodyOf(unit.before), bodyOf(unit.after), context)
  const title = silent ? [] : titleChange(unit, context)
  const body = bodies.map((change): Difference => ({ kind: 'reworded', field: 'body', ...change }))
  return [...title, ...body].map((difference) => changeOf(unit, difference))
}

function bodyOf(cards: Unit['before']): string {
  return cards.map((card) => card.element.body).join('\n')
}

/** Normal titles of the mitigations that a unit's threats name. */
function answersOf(cards: Unit['before'], deck: Deck): string[] {
  return cards.flatMap(({ element }) => {
    const ids = element.kind === 'threat' ? tiedMitigations(element) : []
    return ids.flatMap((id) => deck.byId.get(id)?.title ?? [])
  })
}

/** A sentence that is a mitigation, give or take a label. */
function isAnswer(sentence: string, answers: readonly string[]): boolean {
  const text = normal(sentence)
  return answers.some((answer) => {
    return answer.length >= text.length * answerShare && ` ${text} `.includes(` ${answer} `)
  })
}

/** Of a sentence, how much its mitigation must be. */
const answerShare = 0.8

/** True for "attack / adversary": the document has no name of its own for such a threat. */
function isComposed(element: Element, deck: Deck): boolean {
  if (element.kind !== 'threat') return false
  const names = [...element.attacks, ...element.adversaries].map((id) => {
    return deck.byId.get(id)?.element.title ?? ''
  })
  const title = normal(element.title)
  return (
    names.length > 0 && (title === normal(names.join(' ')) || names.map(normal).includes(title))
  )
}

interface Texts {
  title: string
  body: string
}

function sameWhole(before: Texts, after: Texts, renumber: Renumber): boolean {
  if (before.title === after.title && before.body === after.body) return true
  const [title, body] = [renumber(before.title), renumber(before.body)]
  if (!sameName(title, after.title)) {
    return normal(`${title} ${body}`) === normal(`${after.title} ${after.body}`)
  }
  return sameText(body, after.body)
}

function sameButSpelling(before: Texts, after: Texts, renumber: Renumber): boolean {
  const was = renumber(`${before.title}\n${before.body}`)
  const is = `${after.title}\n${after.body}`
  return ticks(was) === ticks(is) && differBySpelling(was, is)
}

function sameName(before: string, after: string): boolean {
  return sameText(before, after) || normalName(before) === normalName(after)
}

function titleChange(unit: Unit, context: Context): Difference[] {
  const { aboutControls, terms, renumber } = context
  const [left, right] = [unit.before[0].element, unit.after[0].element]
  if (sameName(renumber(left.title), right.title)) return []
  const wording = compareWording({
    before: left.title,
    after: right.title,
    stemsBefore: new Set(stems(`${left.title} ${left.body}`)),
    stemsAfter: new Set(stems(`${right.title} ${right.body}`)),
    aboutControls,
    terms,
  })
  return [
    {
      kind: keptWords(left.title, right.title) >= keptWhenReworded ? 'reworded' : 'renamed',
      field: 'title',
      before: left.title,
      after: right.title,
      direction: directionOf(wording.balance),
      phrases: wording.phrases,
    },
  ]
}

/** The share of the longer text's words that the other has too; every word counts the same. */
function keptWords(before: string, after: string): number {
  const [left, right] = [bagOf(before), bagOf(after)]
  const lost = sizeOf(without(left, right))
  return (sizeOf(left) - lost) / Math.max(sizeOf(left), sizeOf(right), 1)
}
