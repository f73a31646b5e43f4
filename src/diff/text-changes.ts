import { bagOf, sizeOf, without } from './bag.ts'
import { compareBodies, sameText } from './body-changes.ts'
import type { Change } from './change.ts'
import { normal, words } from './normal.ts'
import { directionOf } from './strength.ts'
import { changeOf, type Difference, type Unit } from './unit.ts'
import { compareWording } from './wording.ts'

/*
 * Changes of a unit's title and body. A title that keeps two thirds of its words was reworded, else
 * the element was renamed. Words that only moved from the title to the body (a heading became a
 * heading and a sentence) are no change.
 */

const keptWhenReworded = 2 / 3

export function textChanges(unit: Unit): Change[] {
  const [before, after] = [unit.before[0].element, unit.after[0].element]
  const divided = unit.before.length > 1 || unit.after.length > 1
  if (!divided && sameWhole(before, after)) return []
  const aboutControls = after.kind !== 'threat' && after.kind !== 'attack'
  const bodies = compareBodies(bodyOf(unit.before), bodyOf(unit.after), aboutControls)
  const title = divided ? [] : titleChange(unit, aboutControls)
  const body = bodies.map((change): Difference => ({ kind: 'reworded', field: 'body', ...change }))
  return [...title, ...body].map((difference) => changeOf(unit, difference))
}

function bodyOf(cards: Unit['before']): string {
  return cards.map((card) => card.element.body).join('\n')
}

interface Texts {
  title: string
  body: string
}

function sameWhole(before: Texts, after: Texts): boolean {
  if (before.title === after.title && before.body === after.body) return true
  if (!sameText(before.title, after.title)) {
    return normal(`${before.title} ${before.body}`) === normal(`${after.title} ${after.body}`)
  }
  return sameText(before.body, after.body)
}

function titleChange(unit: Unit, aboutControls: boolean): Difference[] {
  const [left, right] = [unit.before[0].element, unit.after[0].element]
  if (sameText(left.title, right.title)) return []
  const wording = compareWording({
    before: left.title,
    after: right.title,
    wordsBefore: new Set(words(`${left.title} ${left.body}`)),
    wordsAfter: new Set(words(`${right.title} ${right.body}`)),
    aboutControls,
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
