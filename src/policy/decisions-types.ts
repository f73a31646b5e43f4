import type { PlacedCommand, Target } from '../command/command.ts'
import type { PullRequestFacts } from '../pull-request/facts.ts'
import type { HeardComment } from './decisions-heard.ts'
import type { Bound, RememberedFlaw } from './decisions-memory.ts'
import type { Act, FlawKind } from './decisions-names.ts'
import type { PersonRefusal } from './decisions-person.ts'
import type { AcceptRule } from './policy.ts'
import type { Finding } from './verdict.ts'

/*
 * What is asked about people's decisions, and the answer. Plain values: the answer is part of the
 * report, is shown in replies, in the check run and in the log, and can be written to a file.
 */

export interface DecisionsInput {
  facts: Pick<
    PullRequestFacts,
    'today' | 'pull' | 'headKnownAt' | 'comments' | 'permissions' | 'ownReplies'
  >
  /** `accept:` of the policy that judges. */
  accept: AcceptRule
  /** All findings in the order in which they are shown, with `accepted` still null. */
  findings: readonly Finding[]
}

export interface Decisions {
  /** Every decision in the order in which they were made, those that do not hold too. */
  list: Decision[]
  /** Every comment that spoke to us, with what became of each of its commands. */
  comments: CommentOutcome[]
}

export interface Decision {
  act: Act
  /** Login. */
  by: string
  /** ISO time. */
  at: string
  /** Last day on which it holds, or null. */
  until: string | null
  reason: string
  url: string
  /** What was decided on, as it was then. `id` is the short form that people see. */
  bound: Bound & { id: string; rule: string | null; title: string }
  state: DecisionState
}

export type DecisionState =
  | 'holds'
  | PersonRefusal
  /** The last day is over. */
  | 'expired'
  /** The finding is now about something else: the threat, its mitigations or its code changed. */
  | 'content-changed'
  /** The finding is no longer there: nothing is left to decide. */
  | 'settled'
  /** Findings of this rule cannot be accepted (any more). */
  | 'not-acceptable'
  /** Taken back. */
  | 'withdrawn'
  /** The same person decided again on the same. */
  | 'replaced'
  /** It is itself a taking back, and took something back. */
  | 'took-back'

export interface CommentOutcome {
  heard: HeardComment
  /** One for each command that was read, in order. */
  results: CommandResult[]
  /** What the reply has to remember. */
  bound: Bound[][]
  flaws: RememberedFlaw[]
  ended: string[]
}

export interface CommandResult {
  placed: PlacedCommand
  decisions: Decision[]
  /** Names that led nowhere, and why. */
  flaws: NamingFlaw[]
}

export interface NamingFlaw {
  target: Target
  why: FlawKind
  /** Findings to offer instead, best first; empty when remembered. */
  near: Finding[]
}
