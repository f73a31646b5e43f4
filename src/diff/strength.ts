import type { Element, Mitigation, ScopeNote, Status } from '../threat-model/model.ts'
import type { Direction } from './change.ts'

/*
 * What counts as weaker: the document promises less protection, or says less about what can go
 * wrong. Stronger is the reverse, always, so that a change and its undoing are opposites.
 */

const statusStrength: Record<Status, number> = {
  mitigated: 5,
  partial: 4,
  transferred: 3,
  planned: 2,
  accepted: 1,
  unmitigated: 1,
  unstated: 1,
  'out-of-scope': 0,
}

const mitigationStrength: Record<Mitigation['status'], number> = {
  implemented: 2,
  unstated: 1,
  planned: 0,
}

const scopeStrength: Record<ScopeNote['scope'], number> = {
  'in-scope': 2,
  limitation: 1,
  'out-of-scope': 0,
}

export function statusDirection(before: Status, after: Status): Direction {
  return directionOf(statusStrength[after] - statusStrength[before])
}

export function mitigationDirection(
  before: Mitigation['status'],
  after: Mitigation['status'],
): Direction {
  return directionOf(mitigationStrength[after] - mitigationStrength[before])
}

export function scopeDirection(before: ScopeNote['scope'], after: ScopeNote['scope']): Direction {
  return directionOf(scopeStrength[after] - scopeStrength[before])
}

/** Ratings in the words people use, lowest first. */
const ratings: string[][] = [
  ['none', 'no', 'negligible', 'info', 'informational', 'information', 'na'],
  ['very low', 'minimal', 'minor', 'rare', 'unlikely', 'trivial', 'insignificant'],
  ['low'],
  ['low medium', 'low to medium', 'medium low'],
  ['medium', 'moderate', 'possible', 'mid', 'med'],
  ['medium high', 'medium to high', 'high medium'],
  ['high', 'major', 'likely', 'serious', 'significant', 'important'],
  ['very high', 'critical', 'severe', 'certain', 'almost certain', 'extreme', 'catastrophic'],
]

/** Both are normal forms; null: not rated. A rating that was taken away hides a danger. */
export function ratingDirection(before: string | null, after: string | null): Direction {
  if (after === null) return 'weaker'
  if (before === null) return 'stronger'
  const [score, newScore] = [scoreOf(before), scoreOf(after)]
  if (score !== null && newScore !== null) return directionOf(newScore - score)
  const [from, to] = [rank(before), rank(after)]
  return from === null || to === null ? 'neutral' : directionOf(to - from)
}

/** "7.5" (in normal form `7_5`) is compared with other numbers, never with "high". */
function scoreOf(rating: string): number | null {
  const number = /^[0-9]+(?:_[0-9]+)?/.exec(rating)?.[0]
  return number === undefined ? null : Number(number.replace('_', '.'))
}

function rank(rating: string): number | null {
  const exact = ratings.findIndex((words) => words.includes(rating))
  if (exact >= 0) return exact
  const first = rating.split(' ', 1)[0] ?? ''
  const loose = ratings.findIndex((words) => words.includes(first))
  return loose < 0 ? null : loose
}

/**
 * Of an element that appears. What names a danger or a protection strengthens; an exclusion takes a
 * danger out of sight, an assumption rests the model on something: neither is one or the other.
 */
export function additionDirection(element: Element): Direction {
  switch (element.kind) {
    case 'assumption':
      return 'neutral'
    case 'scope-note':
      return element.scope === 'out-of-scope' ? 'neutral' : 'stronger'
    default:
      return 'stronger'
  }
}

export function removalDirection(element: Element): Direction {
  return opposite(additionDirection(element))
}

export function opposite(direction: Direction): Direction {
  if (direction === 'neutral') return direction
  return direction === 'weaker' ? 'stronger' : 'weaker'
}

export function directionOf(balance: number): Direction {
  if (balance === 0) return 'neutral'
  return balance < 0 ? 'weaker' : 'stronger'
}
