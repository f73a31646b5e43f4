import type { Span } from '../shared/span.ts'
import type { Element, ElementKind, ThreatModel } from '../threat-model/model.ts'

/*
 * A change of meaning between two readings of a threat model. Pure form (order, depth, emphasis,
 * numbering, line breaks …) makes no change. Laws, held by property tests:
 *
 *   compare(a, a) = []      compare(b, a) mirrors compare(a, b)      apply(a, compare(a, b)) = b
 */
export interface Change {
  kind: ChangeKind
  element: ElementKind
  /** Id in the model where the element still (or first) exists: after, or before when removed. */
  id: string
  title: string
  /** Set when the title differs: renamed, and split or merged from another. */
  previousTitle: string | null
  /** Which part changed, for reworded, moved and link-changed; null where the kind says it all. */
  field: ChangeField | null
  /** The part before and after as text for people; null on the side where it does not exist. */
  before: string | null
  after: string | null
  beforeSpan: Span | null
  afterSpan: Span | null
  direction: Direction
  /** Why the two sides are taken for the same element, or why there is no other side. */
  reason: string
  /** 0 to 1. Below `sureConfidence` people are told "probably the same as". */
  confidence: number
  /** Titles of the other elements of a split or merge. */
  others: string[]
  /** The two phrases that show a weakening in wording; null otherwise. */
  phrases: { before: string; after: string } | null
}

export const sureConfidence = 0.75

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'reworded'
  | 'renamed'
  | 'moved'
  | 'split'
  | 'merged'
  | 'status-changed'
  | 'severity-changed'
  | 'link-changed'

export type ChangeField =
  | 'title'
  | 'body'
  | 'section'
  | 'status'
  | 'severity'
  | 'likelihood'
  | 'impact'
  | 'categories'
  | 'attacks'
  | 'adversaries'
  | 'assets'
  | 'mitigations'
  | 'answers'
  | 'code'
  | 'acceptance'
  | 'scope'
  | 'id'

export type Direction = 'weaker' | 'stronger' | 'neutral'

/** Which element of `before` is which of `after`. */
export interface Match {
  before: Element
  after: Element
  reason: string
  confidence: number
}

export interface Comparison {
  before: ThreatModel
  after: ThreatModel
  changes: Change[]
  /** Every pair taken for the same element, for acceptances and reports. */
  matches: Match[]
  /** What people must know to read the changes rightly, in plain sentences; mostly empty. */
  notes: string[]
}
