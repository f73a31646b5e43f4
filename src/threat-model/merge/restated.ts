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

export interface Told {
  draft: Draft
  /** Who found it in each of its places, and in which part of the document. */
  origins: readonly Origin[]
  sections: readonly (readonly string[])[]
}

/** Each row with the threat it restates. */
export function restated<M extends Told>(threats: readonly M[]): Map<M, M> {
  const found = new Map<M, M>()
  const { tables, beside } = tablesOf(threats)
  if (tables.size > mostTables) return found
  for (const [table, all] of tables) {
    const rows = all.filter((one) => isRow(one) && !found.has(one))
    if (all.length < fewestRows || all.length > mostRows || rows.length === 0) continue
    const isResumed = rows[0]?.sections.some(isSummary) ?? false
    // A table that answers its rows is more than a summary.
    if (!isResumed && rows.filter(isAnswered).length * 2 > rows.length) continue
    const inOthers = isResumed
      ? [...tables].flatMap(([key, more]) => (key === table ? [] : more))
      : []
    const own = new Set(all)
    const others = [...beside, ...new Set(inOthers)].filter(
      (other) => !own.has(other) && !found.has(other),
    )
    const pairs = nearestPairs(rows, others, leastLike)
    const known = pairs.size + all.length - rows.length
    if (pairs.size === 0 || known * 2 < all.length || known < fewestPairs) continue
    // Where most rows restate, a row that is less near to what is told at length does so, too.
    const areMost = known * 3 >= all.length * 2
    const farther = areMost ? fartherPairs(rows, beside, pairs) : new Map<M, M>()
    for (const [row, other] of [...pairs, ...farther]) found.set(row, other)
  }
  return found
}

interface Tables<M> {
  /** The rows of each; one joined by id or name with what is told elsewhere is among them. */
  tables: Map<string, M[]>
  /** What no table has. */
  beside: M[]
}

function tablesOf<M extends Told>(threats: readonly M[]): Tables<M> {
  const tables = new Map<string, M[]>()
  const beside: M[] = []
  for (const threat of threats) {
    const keys = tablesOfOne(threat)
    if (keys.size === 0) beside.push(threat)
    for (const key of keys) {
      const rows = tables.get(key)
      if (rows === undefined) tables.set(key, [threat])
      else rows.push(threat)
    }
  }
  return { tables, beside }
}

function tablesOfOne({ origins, sections }: Told): Set<string> {
  const rows = sections.filter((section, at) => mayRow(origins[at]?.recogniser ?? '', section))
  return new Set(rows.map(tableOf))
}

function fartherPairs<M extends Told>(rows: M[], beside: M[], pairs: Map<M, M>): Map<M, M> {
  const told = new Set(pairs.values())
  const left = rows.filter((row) => !pairs.has(row))
  const open = beside.filter((other) => !told.has(other))
  return nearestPairs(left, open, lessLike)
}

const fewestRows = 3
/** Longer tables are the register and sum up nothing. */
const mostRows = 100
const fewestPairs = 2
/** A document of more tables is a catalogue. */
const mostTables = 60

function isRow({ origins, sections }: Told): boolean {
  return origins.every(({ recogniser }, at) => mayRow(recogniser, sections[at] ?? []))
}

function isAnswered({ draft }: Told): boolean {
  return draft.kind === 'threat' && draft.mitigations.length > 0
}

/** A row of a table, or a bullet below "High risks" of a summary. */
function mayRow(recogniser: string, section: readonly string[]): boolean {
  if (recogniser === 'register-table') return true
  return listing.has(recogniser) && isSummary(section)
}

const listing: ReadonlySet<string> = new Set(['surface-lists', 'scope-lists'])

function isSummary(section: readonly string[]): boolean {
  return section.slice(1).some(sumsUp)
}

/** The part it stands in: of a summary the whole, "High risks" and "Low risks" together. */
function tableOf(section: readonly string[]): string {
  const resumed = section.findIndex((title, depth) => depth > 0 && sumsUp(title))
  return (resumed < 0 ? section : section.slice(0, resumed + 1)).join('\n')
}

const sumsUp = remembering((title) => roleOf(title) === 'residual' || summing.test(title))

const summing = pattern(
  'i',
  String.raw`\b(?:summary|overview|at a glance|consolidated|recap|matrix|rankings?|heat ?map`,
  String.raw`|remediation|risk assessment)\b`,
  String.raw`|^\W*(?:critical|high|medium|low)(?:[- ]\w+)? (?:risks?|threats?)\b`,
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
  (
    'an the of to in on and or is are by for with that can be any via from at as into its it ' +
    'attack attacks threat threats risk risks finding'
  ).split(' '),
)
