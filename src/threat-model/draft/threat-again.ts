import type { Legend, StatusReading } from '../status/status.ts'
import type { MitigationMention, ThreatDraft } from './draft.ts'
import type { Fields, FieldValue } from './fields.ts'
import type { ThreatParts } from './threat.ts'

/*
 * The draft of a threat that was made before of the same parts. It asks no promise of a recogniser:
 * all parts are compared, words by their letters, and what comes from the outline by identity, for
 * there an unchanged text gives the same objects in base and head (outline/keep.ts). Only what
 * makes a draft of parts has to look at nothing else.
 */

interface Made {
  parts: ThreatParts
  draft: ThreatDraft
}

/** By recogniser, of which there are as many as the source has; then by the place of the threat. */
const known = new Map<string, WeakMap<object, Made>>()

export function madeBefore(parts: ThreatParts): ThreatDraft | null {
  const before = known.get(parts.recogniser)?.get(parts.span)
  return before !== undefined && areSame(before.parts, parts) ? before.draft : null
}

export function keepMade(parts: ThreatParts, draft: ThreatDraft): void {
  const own = known.get(parts.recogniser) ?? new WeakMap<object, Made>()
  known.set(parts.recogniser, own.set(parts.span, { parts, draft }))
}

function areSame(one: ThreatParts, other: ThreatParts): boolean {
  return haveSameWords(one, other) && haveSameSurroundings(one, other) && haveSameText(one, other)
}

function haveSameWords(one: ThreatParts, other: ThreatParts): boolean {
  return (
    one.title === other.title &&
    one.writtenId === other.writtenId &&
    one.body === other.body &&
    one.reason === other.reason &&
    one.rank === other.rank &&
    one.tie === other.tie &&
    one.adversary === other.adversary &&
    one.readsBody === other.readsBody
  )
}

function haveSameSurroundings(one: ThreatParts, other: ThreatParts): boolean {
  return (
    allSame(one.section, other.section) &&
    allSame(one.categories ?? [], other.categories ?? []) &&
    sameStatus(one.heading, other.heading) &&
    sameStatus(one.verdict, other.verdict) &&
    sameLegend(one.legend, other.legend) &&
    allSame(one.group ?? [], other.group ?? [], sameMention)
  )
}

function haveSameText(one: ThreatParts, other: ThreatParts): boolean {
  return sameFields(one.fields, other.fields) && allSame(one.phrases ?? [], other.phrases ?? [])
}

function sameFields(one: Fields, other: Fields): boolean {
  if (one === other) return true
  return allSame(one.values, other.values, sameValue) && allSame(one.loose, other.loose)
}

function sameValue(one: FieldValue, other: FieldValue): boolean {
  return (
    one.field === other.field &&
    one.label === other.label &&
    one.span === other.span &&
    allSame(one.lines, other.lines) &&
    allSame(one.entries, other.entries)
  )
}

type Stated = StatusReading | null | undefined

function sameStatus(one: Stated, other: Stated): boolean {
  return (
    one?.status === other?.status &&
    one?.basis === other?.basis &&
    one?.evidence === other?.evidence
  )
}

function sameLegend(one: Legend, other: Legend): boolean {
  if (one === other) return true
  return one.size === other.size && JSON.stringify([...one]) === JSON.stringify([...other])
}

function sameMention(one: MitigationMention, other: MitigationMention): boolean {
  return (
    one.title === other.title &&
    one.writtenId === other.writtenId &&
    one.within === other.within &&
    one.span === other.span &&
    one.tie === other.tie &&
    one.status === other.status &&
    one.category === other.category &&
    allSame(one.code, other.code)
  )
}

/** Pairs that are not the same object have to pass `same`. */
function allSame<T>(
  one: readonly T[],
  other: readonly T[],
  same: (one: T, other: T) => boolean = () => false,
): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at], other[at]]
    if (a !== b && (a === undefined || b === undefined || !same(a, b))) return false
  }
  return true
}
