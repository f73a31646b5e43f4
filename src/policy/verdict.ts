import type { ElementKind } from '../threat-model/model.ts'

/*
 * What a judgement is made of, as plain values: findings with their places, levels and acceptances,
 * the verdict over all of them, and the conclusion that GitHub is given.
 */

export type Mode = 'advisory' | 'enforce'

/** What this pull request deserves. Only what it brings can fail it. */
export type Verdict =
  | 'pass'
  | 'warn'
  | 'fail'
  | 'needs-acceptance'
  | 'not-applicable'
  | 'cannot-tell'

/** The conclusion of the check run, in GitHub's words. */
export type Conclusion = 'success' | 'neutral' | 'failure' | 'action_required'

export type Level = 'error' | 'warning' | 'notice' | 'off'

/** `acceptance`: fails until a permitted person accepts it. */
export type RuleLevel = Level | 'acceptance'

export interface Finding {
  rule: string
  level: RuleLevel
  /** Rule and element identity, never wording or line: the same flaw keeps its fingerprint. */
  fingerprint: string
  /** Digest of what a decision about this finding would be bound to. */
  content: string
  element: { kind: ElementKind; id: string; title: string } | null
  /** One sentence: what is the case. Plain text; writers escape it. */
  message: string
  /** One sentence: why it matters here. */
  why: string
  /** One sentence: what to do next. */
  next: string
  place: Place | null
  suggestion: Suggestion | null
  /** Not null when a permitted person accepted it and the acceptance still holds. */
  accepted: Acceptance | null
}

/** Lines are 1-based. LEFT is the base side of the diff: what was removed. */
export interface Place {
  path: string
  side: 'LEFT' | 'RIGHT'
  line: number
  endLine: number
  /** For LEFT: the head line that stands where the line stood, for annotations; null when none. */
  headLine?: number | null
  /** For RIGHT, when it is a part of one line: first and last column, 1-based. */
  columns?: { start: number; end: number }
}

/** Replaces whole lines of the head's document. */
export interface Suggestion {
  path: string
  startLine: number
  endLine: number
  replacement: string
}

export interface Acceptance {
  by: string
  at: string
  until: string | null
  reason: string
  /** Address of the comment, or the line of the model, that holds it. */
  source: string
}
