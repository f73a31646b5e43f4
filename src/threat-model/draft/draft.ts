import type { Problem } from '../../shared/problem.ts'
import type { Span } from '../../shared/span.ts'
import type {
  CodeReference,
  Element,
  ElementKind,
  Mitigation,
  ScopeNote,
  Threat,
  Tie,
  WrittenAcceptance,
} from '../model.ts'
import type { Outline, Section } from '../outline/types.ts'
import type { ReadingHints } from '../read-options.ts'
import type { Legend, StatusReading } from '../status/status.ts'

/*
 * What a recogniser hands over: drafts of elements, with the names other elements are called by
 * instead of ids. merge/merge.ts joins drafts that state the same element, references/references.ts
 * turns names into ids. A recogniser is a pure function of the document and knows no other
 * recogniser.
 *
 * The blocks it is given, and the fields and columns made of them, are those of the version read
 * before wherever the text is the same: it copies before it changes, and does not make points of
 * its own without `beside` (markdown/place.ts). What it remembers may depend on nothing but what it
 * is remembered by (remember.ts; docs/decisions/0017-the-head-reads-what-changed.md).
 *
 * To add one: write `recognisers/<shape>.ts` with the shape drawn at its top, export a
 * `Recogniser`, and put it into the list of recognisers/all.ts. Use `threatDraft` (draft/threat.ts)
 * for anything that has labelled fields or columns: it reads status, mitigations and the rest the
 * same way everywhere. Choose `rank` by how sure the form is:
 *
 *   3  the form itself says "this is a threat": a threat column, a `Threat:` label, a threat id
 *   2  the section says so: an entry under "Threats", a heading among threat headings
 *   1  a list that repeats or illustrates: examples, stories; dropped where rank 2 or 3 is found
 *   0  a topic that is a threat by what stands beside it; dropped where a list of threats is found
 *  -1  a candidate from prose; dropped where anything better is found
 *  -2  a paragraph that speaks of an attack; dropped where prose has as many candidates
 *
 * Where two drafts claim overlapping places, merge/merge.ts keeps the finer one of the higher rank.
 */

export interface Recogniser {
  name: string
  /** Reads after all others, to be told whether they found a list. */
  isLastResort?: true
  read(document: Document): Found
}

export interface Found {
  drafts: Draft[]
  problems: Problem[]
  /** Places in which no other recogniser may find threats: the form there leaves no doubt. */
  claims: Span[]
}

/** What every recogniser is given. */
export interface Document {
  outline: Outline
  text: string
  legend: Legend
  hints: ReadingHints
  /** Places that a recogniser before has claimed: threats found there will be dropped. */
  claimed: readonly Span[]
  /** For a last resort: what is of a rank below 0 will be dropped. */
  isListed: boolean
}

/** The name another element is called by. */
export interface Mention {
  title: string
  writtenId: string | null
  span: Span
  /** The words it was cut from at an "and", which may be one name: "Health and safety". */
  within?: string
}

export interface MitigationMention extends Mention {
  tie: Tie
  status: Mitigation['status']
  /** The group of threats it answers, for group and category ties. */
  category: string | null
  code: CodeReference[]
}

export type Rank = -2 | -1 | 0 | 1 | 2 | 3

export interface DraftBase<K extends ElementKind> {
  kind: K
  title: string
  writtenId: string | null
  span: Span
  places: Span[]
  section: string[]
  certainty: Element['certainty']
  body: string
  recogniser: string
  reason: string
  rank: Rank
}

export interface ThreatDraft extends DraftBase<'threat'> {
  scope: Threat['scope']
  attacks: Mention[]
  adversaries: Mention[]
  assets: Mention[]
  categories: string[]
  severity: string | null
  likelihood: string | null
  impact: string | null
  status: StatusReading
  acceptance: WrittenAcceptance | null
  mitigations: MitigationMention[]
  code: CodeReference[]
}

export interface MitigationDraft extends DraftBase<'mitigation'> {
  status: Mitigation['status']
  answers: Mention[]
  category: string | null
  code: CodeReference[]
}

export interface AttackDraft extends DraftBase<'attack'> {
  variantOf: string | null
  categories: string[]
}

export interface AssetDraft extends DraftBase<'asset'> {
  code: CodeReference[]
}

export interface ScopeNoteDraft extends DraftBase<'scope-note'> {
  scope: ScopeNote['scope']
}

export type PlainDraft = DraftBase<'adversary'> | DraftBase<'boundary'> | DraftBase<'assumption'>

export type Draft =
  | ThreatDraft
  | MitigationDraft
  | AttackDraft
  | AssetDraft
  | ScopeNoteDraft
  | PlainDraft

/** The trail of a section with its own title: where things that stand in it stand. */
export function sectionTrail(section: Section): string[] {
  return section.kind === 'root' ? [] : [...section.trail, section.heading.text]
}

export function nothing(): Found {
  return { drafts: [], problems: [], claims: [] }
}
