import { assign, type Edge } from './assignment.ts'
import { bagOf, emptyWeights, likeness } from './bag.ts'
import type { Direction } from './change.ts'
import { normal, sentences, stems, ticks } from './normal.ts'
import type { Renumber } from './renumbering.ts'
import { directionOf } from './strength.ts'
import { compareWording, type Terms } from './wording.ts'

/*
 * A text and its later version as the sentences that changed. Sentences that only changed places
 * say nothing; of the rest each is set beside what became of it, and those are grouped by
 * direction, so that one strengthened sentence cannot hide a weakened one.
 */

export interface Context {
  aboutControls: boolean
  terms: Terms
  /** True for a sentence that is an element of its own, and told there. */
  isToldBefore(sentence: string): boolean
  isToldAfter(sentence: string): boolean
  renumber: Renumber
}

export interface BodyChange {
  /** One sentence a line, in the document's words; null when all of them are new. */
  before: string | null
  after: string | null
  direction: Direction
  phrases: { before: string; after: string } | null
}

/** Two sentences less alike than this are one that went and one that came. */
const sameSentenceMin = 0.34
/** More changed sentences than this are set side by side in order. */
const pairedMax = 60

export function sameText(before: string, after: string): boolean {
  if (before === after) return true
  if (normal(before) !== normal(after)) return false
  const [left, right] = [ticks(before), ticks(after)]
  return left === right || left === '' || right === ''
}

/** Empty when the two say the same in other order or form. */
export function compareBodies(before: string, after: string, context: Context): BodyChange[] {
  if (sameText(context.renumber(before), after)) return []
  const changed = changedSentences(before, after, context.renumber)
  const gone = changed.gone.filter((sentence) => !context.isToldBefore(sentence))
  const come = changed.come.filter((sentence) => !context.isToldAfter(sentence))
  if (sameText(gone.join(' '), come.join(' '))) return []
  const { aboutControls, terms } = context
  const stemsBefore = new Set(stems(before))
  const stemsAfter = new Set(stems(after))
  const judged = sideBySide(gone, come).map((row) => {
    const wording = compareWording({
      before: row.before ?? '',
      after: row.after ?? '',
      stemsBefore,
      stemsAfter,
      aboutControls,
      terms,
    })
    return { ...row, direction: directionOf(wording.balance), phrases: wording.phrases }
  })
  return grouped(judged, { gone, come })
}

interface Sentences {
  gone: string[]
  come: string[]
}

function changedSentences(before: string, after: string, renumber: Renumber): Sentences {
  const left = sentences(before)
  const right = sentences(after)
  const key = (sentence: string) => `${normal(sentence)}\0${ticks(sentence)}`
  const leftKeys = left.map((sentence) => key(renumber(sentence)))
  const rightKeys = right.map(key)
  return { gone: minus(left, leftKeys, rightKeys), come: minus(right, rightKeys, leftKeys) }
}

/** `list` without one entry for each equal key of the other side. */
function minus(list: string[], keys: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const key of others) counts.set(key, (counts.get(key) ?? 0) + 1)
  return list.filter((_, i) => {
    const key = keys[i] ?? ''
    const left = counts.get(key) ?? 0
    counts.set(key, left - 1)
    return left <= 0
  })
}

interface Row {
  before: string | null
  after: string | null
}

function sideBySide(gone: string[], come: string[]): Row[] {
  if (gone.length > pairedMax || come.length > pairedMax) {
    const longer = Math.max(gone.length, come.length)
    return Array.from({ length: longer }, (_, i) => {
      return { before: gone[i] ?? null, after: come[i] ?? null }
    })
  }
  const chosen = assign(likelyPairs(gone, come))
  const partner = new Map(chosen.map((edge) => [edge.row, edge.column]))
  const taken = new Set(partner.values())
  const rows = gone.map((before, i): Row => {
    return { before, after: come[partner.get(i) ?? -1] ?? null }
  })
  const fresh = come.filter((_, j) => !taken.has(j)).map((after): Row => ({ before: null, after }))
  return [...rows, ...fresh]
}

function likelyPairs(gone: string[], come: string[]): Edge[] {
  const weights = emptyWeights()
  const left = gone.map(bagOf)
  const right = come.map(bagOf)
  const single = gone.length === 1 && come.length === 1
  return left.flatMap((bag, row) =>
    right.map((other, column) => {
      const alike = likeness(bag, other, weights)
      const near = 0.02 * (1 - Math.abs(row - column) / pairedMax)
      return { row, column, gain: alike >= (single ? 0.2 : sameSentenceMin) ? alike + near : 0 }
    }),
  )
}

type Judged = Row & Omit<BodyChange, keyof Row>

function grouped(rows: Judged[], order: Sentences): BodyChange[] {
  const directions: Direction[] = ['weaker', 'stronger', 'neutral']
  return directions.flatMap((direction) => {
    const same = rows.filter((row) => row.direction === direction)
    if (same.length === 0) return []
    const phrases = firstPhrases(same)
    const [gone, come] = [same.map((row) => row.before), same.map((row) => row.after)]
    return {
      before: lines(gone, order.gone),
      after: lines(come, order.come),
      direction,
      phrases,
    }
  })
}

/** Of several, the same one whichever version is called the earlier. */
function firstPhrases(rows: readonly Judged[]): BodyChange['phrases'] {
  const key = ({ before, after }: { before: string; after: string }) => {
    return [before, after].sort().join('\n')
  }
  const all = rows.flatMap((row) => row.phrases ?? [])
  return all.sort((a, b) => (key(a) < key(b) ? -1 : 1))[0] ?? null
}

/** In the order of the document. */
function lines(texts: readonly (string | null)[], order: readonly string[]): string | null {
  const some = texts.filter((text) => text !== null)
  const place = new Map(order.map((text, i) => [text, i]))
  some.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
  return some.length === 0 ? null : some.join('\n')
}
