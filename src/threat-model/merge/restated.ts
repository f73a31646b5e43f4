import type { Draft } from '../draft/draft.ts'
import { keyOf } from '../identity.ts'
import type { Origin } from '../model.ts'
import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Threats that a table sums up in nearly the words in which they are told elsewhere:
 *
 *   | # | Title                            | Severity |      ### F2 — Lamps Left Burning (CWE-7)
 *   | 1 | Lamps left burning in the hall   | High     |      ### F1 — Forged Tickets — HIGH
 *   | 2 | Forged tickets of the ferry      | High     |
 *
 * A row and a threat told elsewhere are one where each is the nearest of the other, and where half
 * of the rows of the table have such a threat: one row alone may be near by chance.
 */

interface Told {
  draft: Draft
  origins: readonly Origin[]
}

/** Each row with the threat it restates. */
export function restated<M extends Told>(threats: readonly M[]): Map<M, M> {
  const found = new Map<M, M>()
  for (const [table, all] of Map.groupBy(threats.filter(isInTable), tableOf)) {
    if (all.length < fewestRows || all.length > mostRows) continue
    const rows = all.filter(isRow)
    const joined = all.length - rows.length
    const isResumed = isSummary(rows[0])
    const others = threats.filter(
      (other) => (isResumed || !isInTable(other)) && tableOf(other) !== table && !found.has(other),
    )
    const pairs = nearestPairs(rows, others, leastLike)
    const known = pairs.size + joined
    if (pairs.size === 0 || known * 2 < all.length || known < fewestPairs) continue
    // Where most rows restate, a row that is less near to what is told at length does so, too.
    const areMost = known * 3 >= all.length * 2
    const farther = areMost ? fartherPairs(rows, others, pairs) : new Map<M, M>()
    for (const [row, other] of [...pairs, ...farther]) found.set(row, other)
  }
  return found
}

function fartherPairs<M extends Told>(rows: M[], others: M[], pairs: Map<M, M>): Map<M, M> {
  const told = new Set(pairs.values())
  const left = rows.filter((row) => !pairs.has(row))
  const open = others.filter((other) => !told.has(other) && !isInTable(other))
  return nearestPairs(left, open, lessLike)
}

const fewestRows = 3
/** Longer tables are the register and sum up nothing. */
const mostRows = 100
const fewestPairs = 2

function isRow(one: Told): boolean {
  return one.origins.every(({ recogniser }) => mayRow(recogniser, one))
}

/** A row that is joined with what is told elsewhere by its id or name is in the table, too. */
function isInTable(one: Told): boolean {
  return one.origins.some(({ recogniser }) => mayRow(recogniser, one))
}

/** A row of a table, or a bullet below "High risks" of a summary. */
function mayRow(recogniser: string, one: Told): boolean {
  if (recogniser === 'register-table') return true
  return listing.has(recogniser) && isSummary(one)
}

const listing: ReadonlySet<string> = new Set(['surface-lists', 'scope-lists'])

function isSummary(one: Told | undefined): boolean {
  return one?.draft.section.slice(1).some(sumsUp) ?? false
}

/** The part it stands in: of a summary the whole, "High risks" and "Low risks" together. */
function tableOf({ draft }: Told): string {
  const resumed = draft.section.findIndex((title, depth) => depth > 0 && sumsUp(title))
  return (resumed < 0 ? draft.section : draft.section.slice(0, resumed + 1)).join('\n')
}

const sumsUp = remembering((title) => roleOf(title) === 'residual' || summing.test(title))

const summing = pattern(
  'i',
  String.raw`\b(?:summary|overview|at a glance|consolidated|recap|matrix|rankings?|heat ?map`,
  String.raw`|remediation|risk assessment)\b|^\W*(?:critical|high|medium|low)(?:[- ]\w+)? (?:risks?|threats?)\b`,
)

/** Pairs of which each is the one nearest of the other. */
function nearestPairs<M extends Told>(rows: M[], others: M[], least: number): Map<M, M> {
  const forth = nearest(rows, others, least)
  const back = nearest(others, rows, least)
  return new Map([...forth].filter(([row, other]) => back.get(other) === row))
}

/** For each the one other that is nearest by its words; none where several are as near. */
function nearest<M extends Told>(from: M[], to: M[], least: number): Map<M, M> {
  const index = byWord(to)
  const found = new Map<M, M>()
  for (const one of from) {
    const words = wordsOf(one.draft.title)
    const candidates = new Set(words.flatMap((word) => index.get(word) ?? []))
    let best: { entry: M; score: number } | null = null
    let isTied = false
    for (const entry of candidates) {
      const score = likeness(words, wordsOf(entry.draft.title))
      if (score < least || score < (best?.score ?? 0)) continue
      isTied = score === best?.score
      best = { entry, score }
    }
    if (best !== null && !isTied) found.set(one, best.entry)
  }
  return found
}

/** A word of many threats tells none apart. */
function byWord<M extends Told>(entries: readonly M[]): Map<string, M[]> {
  const index = new Map<string, M[]>()
  for (const entry of entries) {
    for (const word of new Set(wordsOf(entry.draft.title))) {
      const known = index.get(word)
      if (known === undefined) index.set(word, [entry])
      else if (known.length < mostOfWord) known.push(entry)
    }
  }
  return index
}

const mostOfWord = 40

const leastLike = 0.6
const lessLike = 0.4

/** How much of the words of two names is common, from 0 to 1; a name within the other is enough. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const common = a.filter((word) => b.some((other) => areAlike(word, other))).length
  const score = a.length + b.length === 0 ? 0 : (2 * common) / (a.length + b.length)
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const isWithin = common === short.length && long.length - short.length <= mostAdded
  return isWithin && (short.length >= 2 || (short[0]?.length ?? 0) >= stem)
    ? Math.max(score, leastLike)
    : score
}

/** "auth" is short for "authentication". */
function areAlike(a: string, b: string): boolean {
  return (
    a === b ||
    (a.length >= stem - 1 && b.startsWith(a)) ||
    (b.length >= stem - 1 && a.startsWith(b))
  )
}

/** Words that a name may have beyond another to be the same threat. */
const mostAdded = 4

const stem = 5

/** The first letters of the words of substance, without what stands in brackets and the level. */
const wordsOf = remembering((title): readonly string[] => {
  const bare = title.replace(/\([^()]{1,80}\)/g, ' ').replace(level, '')
  const words = keyOf(bare)
    .split(' ')
    .filter((word) => word.length >= 2 && !plain.has(word))
  return [...new Set(words.map((word) => word.slice(0, stem)))]
})

const level = /\s*[—–-]\s*(?:critical|very high|high|medium|moderate|low|info\w*)\s*$/i

const plain: ReadonlySet<string> = new Set(
  'an the of to in on and or is are by for with that can be any via from at as into its it attack attacks threat threats risk risks finding'.split(
    ' ',
  ),
)
