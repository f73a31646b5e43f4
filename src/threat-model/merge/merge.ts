import type { Problem } from '../../shared/problem.ts'
import { problem } from '../../shared/problem.ts'
import type { Span } from '../../shared/span.ts'
import type { Draft, DraftBase } from '../draft/draft.ts'
import { idKey, idOf, keyOf, titled } from '../identity.ts'
import type { ElementKind, Origin } from '../model.ts'
import { remembering } from '../remember.ts'
import { classOf, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isClassAlone, pairsByClass, rowsOfListed } from './classes.ts'
import { joinDrafts } from './join.ts'
import { type Keys, keysOf } from './keys.ts'
import { firmThreats } from './overlap.ts'
import { restated } from './restated.ts'

/*
 * Joins drafts that state the same element. Equal ids or equal names of one kind are one element
 * with several places:
 *
 *   ### T-2: Replay of tokens          one threat; the heading's text, the row's severity
 *   | T-2 | Token replay | High |
 *
 * Not joined: equal names that one recogniser found in different sections ("Tampering" under each
 * component), equal ids of one recogniser whose names have nothing in common (a reused id:
 * reported), attacks (a list that has one twice has a problem, not one attack).
 */

export interface Merged<D extends Draft = Draft> {
  draft: D
  /** What its id is made of; null for several drafts in one, which have to be asked together. */
  slug: string | null
  places: readonly Span[]
  origins: Origin[]
  /** The part of the document of each origin. */
  sections: (readonly string[])[]
}

export function merge(drafts: readonly Draft[]): { merged: Merged[]; problems: Problem[] } {
  const problems: Problem[] = []
  const merged: Merged[] = []
  const known: Known = { byId: indexOf(), byName: indexOf() }
  for (const draft of firmThreats(drafts)) {
    const keys = keysOf(draft)
    const earlier = earlierOf(draft, known, problems)
    const entry = earlier ?? newEntry(draft)
    if (earlier === null) merged.push(entry)
    else absorb(entry, draft)
    known.byId.add(draft.kind, keys.id, entry)
    known.byName.add(keys.space, keys.name, entry)
    known.byName.add(keys.space, keys.short, entry)
    known.byName.add('loosely', keys.loose, entry)
  }
  const named = withListedClasses(merged.filter(isNamed))
  return { merged: withRestated(withoutRepeats(named)), problems }
}

/** What a list tells of a class and a table answers by class is one threat. */
function withListedClasses(merged: Merged[]): Merged[] {
  const pairs = rowsOfListed(merged.filter(({ draft }) => draft.kind === 'threat'))
  const again = new Set<Merged>()
  for (const [row, told] of pairs) {
    const [kept, other] = isClassAlone(row) ? [told, row] : [row, told]
    absorb(kept, other.draft)
    again.add(other)
  }
  return again.size === 0 ? merged : merged.filter((entry) => !again.has(entry))
}

/** What a table sums up in nearly the words of what is told elsewhere is one threat with it. */
function withRestated(merged: Merged[]): Merged[] {
  const pairs = restated(merged.filter(({ draft }) => draft.kind === 'threat' && draft.rank >= 1))
  for (const [row, told] of pairs) absorb(told, row.draft)
  return pairs.size === 0 ? merged : merged.filter((entry) => !pairs.has(entry))
}

function newEntry(draft: Draft): Merged {
  return {
    draft,
    slug: keysOf(draft).slug,
    places: draft.places,
    origins: [originOf(draft)],
    sections: [draft.section],
  }
}

/** A table of nothing but ids names no threat that is told nowhere else. */
function isNamed({ origins }: Merged): boolean {
  return origins.some(({ recogniser }) => recogniser !== 'traceability')
}

/**
 * A summary names in other words what the document tells at length: where the threats told at
 * length are at least as many, or have the words of most of its names, what only a summary has is
 * dropped. A row with an id of its own (more than a running number) is no other wording of
 * anything.
 */
function withoutRepeats(merged: Merged[]): Merged[] {
  const threats = merged.filter(({ draft }) => draft.kind === 'threat' && draft.rank >= 2)
  const repeats = new Set(threats.filter((entry) => isRow(entry) && isNameless(entry.draft)))
  if (repeats.size === 0) return merged
  const isRuledOut = [...repeats].some(rulesOut)
  const told = threats.filter(
    (entry) => entry.origins.some(isAtLength) && (isRuledOut || !rulesOut(entry)),
  )
  const pairs = pairsByClass([...repeats], told)
  if (pairs !== null) {
    for (const [row, detail] of pairs) absorb(row, detail.draft)
    const joined = new Set(pairs.values())
    return merged.filter((entry) => !joined.has(entry))
  }
  const others = threats.filter((entry) => !repeats.has(entry) && !isPower(entry))
  const tables = Map.groupBy(repeats, ({ draft }) => draft.section.join('\n'))
  const areAllTold = told.length >= repeats.size || areToldIn([...repeats], others)
  const again = [...tables.values()].filter((rows) => {
    if (areAllTold) return !rows.every(isAnswered) || areToldIn(rows, others)
    return told.length >= rows.length && rows.every(isOnlyRated) && areToldIn(rows, told)
  })
  const dropped = new Set(toldElsewhere(again, others))
  if (dropped.size === 0) return merged
  const words = byWordOf(told)
  const headings = Map.groupBy(told, ({ draft }) => keyOf(draft.section.at(-1) ?? ''))
  for (const row of dropped) {
    const [below, second] = headings.get(keyOf(row.draft.title)) ?? []
    // "The gate" in a summary is what is told below the heading "The gate".
    const detail = below !== undefined && second === undefined ? below : toldAt(row, words)
    if (detail !== null) absorb(detail, row.draft)
  }
  return merged.filter((entry) => !dropped.has(entry))
}

/**
 * Where half of a summary has words of other threats, a row that has none is a threat of its own,
 * if it names harm or says how it stands. Where few have, the summary says it all in other words.
 */
function toldElsewhere(again: readonly Merged[][], others: readonly Merged[]): Merged[] {
  if (again.length === 0) return []
  const words = new Set(others.flatMap(({ draft }) => stems(wordsOf(draft))))
  const classes = new Set<string | null>(others.flatMap(({ draft }) => categoriesOf(draft)))
  // "DoS" sums up what is told below the name of the class.
  const isTold = ({ draft }: Merged) =>
    stems(draft.title).some((word) => words.has(word)) || classes.has(classOf(draft.title))
  return again.flatMap((rows) => {
    const told = new Set(rows.filter(isTold))
    if (rows.length < fewestRows || told.size * 2 < rows.length) return rows
    return rows.filter((row) => told.has(row) || !standsAlone(row))
  })
}

function categoriesOf(draft: Draft): readonly string[] {
  return draft.kind === 'threat' ? draft.categories : []
}

function standsAlone({ draft }: Merged): boolean {
  if (draft.kind !== 'threat') return false
  return soundsLikeAttack(draft.title) || draft.status.basis === 'explicit'
}

const fewestRows = 4

/** The first letters of all words, short names such as "XSS" among them. */
function stems(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
  return words.map((word) => word.slice(0, 5))
}

/** Threats told at length by the words of their titles; a word of many tells none apart. */
function byWordOf(told: readonly Merged[]): Map<string, Merged[]> {
  const found = new Map<string, Merged[]>()
  for (const entry of told) {
    for (const word of new Set(substance(entry.draft.title))) {
      const known = found.get(word) ?? []
      if (known.length === 0) found.set(word, known)
      if (known.length <= mostOfWord) known.push(entry)
    }
  }
  return found
}

const mostOfWord = 20

/** The one threat told at length that has the words of a summary's row, which may rate it. */
function toldAt({ draft }: Merged, told: ReadonlyMap<string, Merged[]>): Merged | null {
  const counts = new Map<Merged, number>()
  for (const word of new Set(substance(draft.title))) {
    for (const entry of told.get(word) ?? []) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  }
  const most = Math.max(0, ...counts.values())
  const [best, other] = [...counts].filter(([, count]) => count === most)
  return best !== undefined && other === undefined && most >= 2 ? best[0] : null
}

/** What ranks threats answers none of them. */
function isOnlyRated({ draft }: Merged): boolean {
  return draft.kind === 'threat' && draft.mitigations.length === 0
}

/** A matrix that says what answers each row is more than a summary, however short its names. */
function isAnswered({ draft }: Merged): boolean {
  if (draft.kind !== 'threat' || draft.mitigations.length === 0) return false
  return !draft.section.some(sumsUp)
}

/** What is told under "Out of scope" is no detail of a summary of what is in scope. */
function rulesOut({ draft }: Merged): boolean {
  return draft.kind === 'threat' && draft.status.status === 'out-of-scope'
}

/** True when half of the names share a word of substance with the titles of other threats. */
function areToldIn(rows: readonly Merged[], others: readonly Merged[]): boolean {
  if (others.length < rows.length) return false
  const words = new Set(others.flatMap(({ draft }) => substance(wordsOf(draft))))
  const found = rows.filter(({ draft }) => substance(draft.title).some((word) => words.has(word)))
  return found.length * 2 >= rows.length
}

function wordsOf(draft: Draft): string {
  return draft.kind === 'threat' ? `${draft.title} ${draft.categories.join(' ')}` : draft.title
}

/** The first letters of the longer words: "replayed" and "replay" are one. */
function substance(title: string): string[] {
  const words = keyOf(title).split(' ')
  return words.filter((word) => word.length >= 4).map((word) => word.slice(0, 5))
}

function isNameless(draft: Draft): boolean {
  const isNumbered = draft.writtenId === null || /^\d[\d.]*$/.test(draft.writtenId)
  return isNumbered && isSummary(draft)
}

function isRow(entry: Merged): boolean {
  return entry.origins.every((origin) => origin.recogniser === 'register-table')
}

/** What an adversary is able to do tells no threat of a summary at length. */
function isPower({ origins }: Merged): boolean {
  return origins.every(({ recogniser }) => recogniser === 'adversary-powers')
}

function isAtLength(origin: Origin): boolean {
  return atLength.has(origin.recogniser)
}

const atLength: ReadonlySet<string> = new Set([
  'heading-threats',
  'labelled-threats',
  'surface-lists',
])

interface Known {
  /** By the kind of the element. */
  byId: Index
  byName: Index
}

/** The first entry of each key; keys of one space are compared. */
interface Index {
  find(space: string, key: string | null): Merged | undefined
  add(space: string, key: string | null, entry: Merged): void
}

/** A map for each space: joined to one key they would be a new text for each draft. */
function indexOf(): Index {
  const spaces = new Map<string, Map<string, Merged>>()
  return {
    find: (space, key) => (key === null ? undefined : spaces.get(space)?.get(key)),
    add: (space, key, entry) => {
      if (key === null) return
      const entries = spaces.get(space) ?? new Map<string, Merged>()
      if (entries.size === 0) spaces.set(space, entries)
      if (!entries.has(key)) entries.set(key, entry)
    },
  }
}

function earlierOf(draft: Draft, known: Known, problems: Problem[]): Merged | null {
  const keys = keysOf(draft)
  const sameId = known.byId.find(draft.kind, keys.id)
  if (sameId !== undefined) {
    if (!isReused(sameId.draft, draft)) return sameId
    problems.push(reused(sameId.draft, draft))
    return null
  }
  const answered = answeredBy(draft, known) ?? citedBy(keys, known)
  if (answered !== null) return answered
  const sameName = known.byName.find(keys.space, keys.name) ?? near(draft, known)
  if (sameName === undefined) return null
  const other = sameName.draft
  if (keys.id !== null && other.writtenId !== null)
    return keys.id === idKey(other.writtenId) || isListedAgain(draft) ? sameName : null
  return standApart(other, draft) ? null : sameName
}

/** "**Threat:** in other words" below "T-3: How it is mended", where a register has T-3. */
function answeredBy(draft: Draft, known: Known): Merged | null {
  if (draft.recogniser !== 'labelled-threats' || draft.writtenId !== null) return null
  const id = titled(draft.section.at(-1) ?? '').writtenId
  const entry = known.byId.find('threat', id === null ? null : idKey(id))
  return entry !== undefined && isRow(entry) ? entry : null
}

function citedBy({ cited }: Keys, { byId }: Known): Merged | null {
  return byId.find('threat', cited) ?? null
}

/** "Replay attack" at length is the "Replay" of a table, which another recogniser read. */
function near(draft: Draft, { byName }: Known): Merged | undefined {
  const found = byName.find('loosely', keysOf(draft).loose)
  return found?.draft.recogniser === draft.recogniser ? undefined : found
}

/** One recogniser, one id, two names without a word in common; two rows of one table. */
function isReused(a: Draft, b: Draft): boolean {
  if (a.recogniser !== b.recogniser || idOf(b.title) !== null) return false
  if (areRows(a, b)) return keyOf(a.title) !== keyOf(b.title)
  if (isAnew(a.section, b.section)) return true
  const left = new Set(keyOf(a.title).split(' '))
  const right = keyOf(b.title).split(' ')
  return !right.some((word) => word.length > 3 && left.has(word))
}

/** Ids begin anew in sections of one name: "S1" below "Spoofing" of the gate, and of the tower. */
function isAnew(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') !== b.join('\n') && a.at(-1) === b.at(-1)
}

function reused(first: Draft, second: Draft): Problem {
  const id = second.writtenId ?? ''
  const message = `${id} is used twice: for "${first.title}" and for "${second.title}"`
  return problem('duplicate-id', message, second.span, { related: first.span, subject: id })
}

function areRows(a: Draft, b: Draft): boolean {
  const isTable = a.recogniser === 'register-table' && a.kind === 'threat'
  return isTable && a.section.join('\n') === b.section.join('\n')
}

/** "Tampering" under two components is two threats; in a summary and a detail section it is one. */
function standApart(a: Draft, b: Draft): boolean {
  if (a.kind === 'mitigation' || a.kind === 'adversary' || a.kind === 'asset') return false
  if (a.recogniser !== b.recogniser) return false
  if (a.kind === 'threat' && (isNumberedAgain(a, b) || isAmongAnswers(a, b))) return false
  return !isSummary(a) && !isSummary(b)
}

/** A list of names in one part, and the same names with an id each in another. */
function isNumberedAgain(a: Draft, b: Draft): boolean {
  if ((a.writtenId === null) === (b.writtenId === null)) return false
  if (a.section.join('\n') === b.section.join('\n')) return false
  return keyOf(a.title).split(' ').length >= fewestWords && classOf(a.title) === null
}

/** "Mitigations" has a row for each threat that the register above names. */
function isAmongAnswers(a: Draft, b: Draft): boolean {
  if (a.recogniser !== 'register-table' || b.recogniser !== 'register-table') return false
  const [above, below] = [a, b].map(({ section }) => roleOf(section.at(-1) ?? ''))
  return above !== 'mitigations' && below === 'mitigations'
}

/** One word ("Flooding"), and the name of a class, say the same of different things. */
const fewestWords = 2

/** "Risk register summary" numbers anew what it repeats by name. */
function isListedAgain({ kind, section }: Draft): boolean {
  return kind === 'threat' && sumsUp(section.at(-1) ?? '')
}

function isSummary(draft: Draft): boolean {
  return draft.section.some(isTable)
}

const sumsUp = remembering((title) => summing.test(title) || answering.test(title))
const isTable = remembering((title) => sumsUp(title) || rating.test(title))

const rating = /\b(?:matrix|risk rankings?|heat ?map)\b/i

const summing = /\b(?:summary|overview|at a glance|consolidated|recap)\b/i
const answering = /\bthreats? (?:meets?|to) controls?\b/i

function originOf(draft: DraftBase<ElementKind>): Origin {
  return { recogniser: draft.recogniser, reason: draft.reason, line: draft.span.start.line }
}

function absorb(earlier: Merged, draft: Draft): void {
  const places = [...earlier.places]
  for (const place of draft.places) {
    if (places.every((known) => known.start.offset !== place.start.offset)) places.push(place)
  }
  earlier.places = places
  earlier.origins.push(originOf(draft))
  earlier.sections.push(draft.section)
  earlier.draft = joinDrafts(earlier.draft, draft)
  earlier.slug = null
}
