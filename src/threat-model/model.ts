import type { Problem } from '../shared/problem.ts'
import type { Span } from '../shared/span.ts'

/*
 * The threat model as a value: what a document says, whatever its shape.
 *
 * A *written* threat is one entry of the document. A *cell* is one attack × adversary pair that
 * written threats cover; shared, universal and by-reference entries cover many. Differences speak
 * of written threats, the matrix (coverage/) of cells.
 *
 * Elements refer to each other by `id`. Ids are derived from the written id or the title and are
 * unique within a model (the second of two equal titles gets a `-2`); nothing outside one reading
 * may rely on them meaning the same element in another version: that is what diff/match is for.
 */

export interface ThreatModel {
  /** The document's title (first heading or frontmatter), or its file name, or ''. */
  title: string
  assets: Asset[]
  adversaries: Adversary[]
  attacks: Attack[]
  threats: Threat[]
  mitigations: Mitigation[]
  boundaries: TrustBoundary[]
  assumptions: Assumption[]
  scopeNotes: ScopeNote[]
}

/** `read` returns this, always; it never throws. */
export interface Reading {
  model: ThreatModel
  /** In document order. */
  problems: Problem[]
  /** Not null when the document could not be read at all: no verdict may rest on `model`. */
  unreadable: Problem | null
}

export type Element =
  | Asset
  | Adversary
  | Attack
  | Threat
  | Mitigation
  | TrustBoundary
  | Assumption
  | ScopeNote

export type ElementKind = Element['kind']

/** What every element has. `K` is its kind. */
export interface ElementBase<K extends string> {
  kind: K
  /** Unique within the model: lower case, digits and hyphens. */
  id: string
  /** The id as the document writes it (`T-001`), or null. Ordinals are not ids. */
  writtenId: string | null
  /** The document's words without id, ordinal, emphasis and markup. */
  title: string
  /** Where it is first stated: the whole entry, starting on the line of its title. */
  span: Span
  /** Every place that states it, `span` first. */
  places: Span[]
  /** The titles of the enclosing headings, outermost first. */
  section: string[]
  /** `inferred` for candidates from prose and for elements only named by others. */
  certainty: 'stated' | 'inferred'
  /** The text under the title, markup removed, white space folded; '' when there is none. */
  body: string
  /** Which recognisers found it and why, for `parse --explain`. */
  origins: Origin[]
}

export interface Origin {
  recogniser: string
  reason: string
  line: number
}

export interface Asset extends ElementBase<'asset'> {
  code: CodeReference[]
}

export interface Adversary extends ElementBase<'adversary'> {}

export interface Attack extends ElementBase<'attack'> {
  /** The attack this one is a variant of, by id. */
  variantOf: string | null
  categories: string[]
}

export interface Threat extends ElementBase<'threat'> {
  /** How the entry covers attack × adversary cells. */
  scope: 'direct' | 'shared' | 'universal' | 'by-reference' | 'against-mitigation'
  /** Attack ids; empty for a universal threat, all of its attacks for a shared one. */
  attacks: string[]
  adversaries: string[]
  assets: string[]
  /** Lower case: STRIDE, CIA and LINDDUN words spelled out, or the document's own. */
  categories: string[]
  severity: string | null
  likelihood: string | null
  impact: string | null
  status: Status
  statusBasis: 'explicit' | 'implied' | 'none'
  /** The words the status was taken from ('' when `statusBasis` is `none`). */
  statusEvidence: string
  acceptance: WrittenAcceptance | null
  mitigations: MitigationTie[]
  code: CodeReference[]
}

export type Status =
  | 'mitigated'
  | 'partial'
  | 'accepted'
  | 'transferred'
  | 'planned'
  | 'unmitigated'
  | 'out-of-scope'
  | 'unstated'

/** How the document ties a mitigation to a threat. `group` and `category` never mean one to one. */
export type Tie = 'row' | 'label' | 'id' | 'group' | 'category'

export interface MitigationTie {
  id: string
  tie: Tie
}

/** `accepted until 2027-06-30 by @team because …`, as far as it is written. */
export interface WrittenAcceptance {
  /** ISO date, or null. */
  until: string | null
  owner: string | null
  reason: string | null
  span: Span
}

export interface Mitigation extends ElementBase<'mitigation'> {
  status: 'implemented' | 'planned' | 'unstated'
  /** Threat ids, the mirror of `Threat.mitigations`. */
  answers: string[]
  /** The group of threats it answers, in the document's words, or null. */
  category: string | null
  code: CodeReference[]
}

export interface TrustBoundary extends ElementBase<'boundary'> {}

export interface Assumption extends ElementBase<'assumption'> {}

export interface ScopeNote extends ElementBase<'scope-note'> {
  /** A limitation weakens a promise; out of scope was never promised. */
  scope: 'limitation' | 'out-of-scope' | 'in-scope'
}

/** A path of the repository that the document names. */
export interface CodeReference {
  path: string
  /** 1-based first and last line, when written. */
  lines: { first: number; last: number } | null
  /** True when the tree was given and has the path; false when given and missing; null unknown. */
  exists: boolean | null
  span: Span
}

/** The lists of a model by element kind, in the order reports use. */
export const elementLists = {
  asset: 'assets',
  adversary: 'adversaries',
  attack: 'attacks',
  threat: 'threats',
  mitigation: 'mitigations',
  boundary: 'boundaries',
  assumption: 'assumptions',
  'scope-note': 'scopeNotes',
} as const satisfies Record<ElementKind, keyof ThreatModel>

/** Every element, kind by kind, each kind in document order. */
export function elementsOf(model: ThreatModel): Element[] {
  return Object.values(elementLists).flatMap((list): Element[] => model[list])
}
