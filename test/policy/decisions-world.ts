import { decisionsFor } from '../../src/policy/decisions-for.ts'
import { commentKey } from '../../src/policy/decisions-heard.ts'
import { writeMemory } from '../../src/policy/decisions-memory.ts'
import type { CommentOutcome, Decisions, DecisionsInput } from '../../src/policy/decisions-types.ts'
import { shortId } from '../../src/policy/fingerprint.ts'
import type { AcceptRule } from '../../src/policy/policy.ts'
import type { RuleId } from '../../src/policy/rule-ids.ts'
import type { Finding, RuleLevel } from '../../src/policy/verdict.ts'
import type { CommentFacts, OwnReplyFacts, Permission } from '../../src/pull-request/facts.ts'
import { digest } from '../../src/shared/digest.ts'

/*
 * A small world for the tests about decisions: one pull request by "dana", findings named by
 * their rule and title, people with permissions, comments at minutes after ten o'clock. `judge`
 * runs a judgement and keeps what our replies would remember for the next one, as GitHub would.
 */

export const defaultRule: AcceptRule = {
  permission: 'maintain',
  users: [],
  teams: [],
  author: false,
}

export function finding(title: string, more: Partial<FindingWords> = {}): Finding {
  const rule = more.rule ?? 'threat-added-unanswered'
  const fingerprint = digest([rule, title])
  const content = digest([title, more.content ?? 'first']).repeat(2)
  return {
    rule,
    level: more.level ?? 'error',
    fingerprint,
    content,
    element: { kind: 'threat', id: title.toLowerCase().replaceAll(' ', '-'), title },
    message: `${title}.`,
    why: 'It matters.',
    next: 'Answer it.',
    place: null,
    suggestion: null,
    accepted: null,
  }
}

interface FindingWords {
  rule: RuleId
  content: string
  level: RuleLevel
}

export const idOf = shortId

export interface Said {
  by: string
  text: string
  /** Minutes after ten o'clock. */
  at?: number
  id?: number
  editedBy?: string
  editedAt?: number
  replyTo?: Finding
  bot?: boolean
}

export interface World {
  findings: Finding[]
  comments: Said[]
  people: Record<string, Permission>
  teams?: Record<string, string[]>
  rule?: Partial<AcceptRule>
  /** Who pushed the head. */
  pusher?: string
  /** Minutes after ten o'clock at which the head came; null: nobody knows. */
  headAt?: number | null
  today?: string
  replies?: OwnReplyFacts[]
}

export function judge(world: World): Decisions {
  return decisionsFor(inputOf(world))
}

/** Judges, and gives the world back as it is when our replies stand on GitHub. */
export function judgeAndReply(world: World): World {
  return { ...world, replies: judge(world).comments.map(replyOf) }
}

export function replyOf(outcome: CommentOutcome): OwnReplyFacts {
  const { heard, bound, flaws, ended } = outcome
  const memory = { comment: commentKey(heard.comment), text: heard.text, bound, flaws, ended }
  const body = `Noted.\n\n${writeMemory({ ...memory, state: digest(['any']), face: '+1' })}`
  const place = 'conversation' as const
  return { nodeId: `R${heard.comment.id}`, place, body, edited: false }
}

function inputOf(world: World): DecisionsInput {
  const { findings, people, teams = {} } = world
  return {
    findings,
    accept: { ...defaultRule, ...world.rule },
    facts: {
      today: world.today ?? '2026-11-24',
      pull: {
        repository: { id: 1, owner: 'octo', name: 'larder' },
        number: 7,
        title: 'A change',
        author: 'dana',
        pusher: world.pusher ?? null,
        draft: false,
        open: true,
        fromFork: false,
      },
      headKnownAt: world.headAt === null ? null : time(world.headAt ?? 0),
      comments: world.comments.map(commentOf),
      permissions: Object.entries(people).map(([login, permission]) => ({
        login,
        permission,
        teams: teams[login] ?? [],
      })),
      ownReplies: world.replies ?? [],
    },
  }
}

function commentOf(said: Said, index: number): CommentFacts {
  return {
    id: said.id ?? index + 1,
    place: said.replyTo ? 'reply' : 'conversation',
    inReplyTo: said.replyTo ? 99 : null,
    inReplyToFinding: said.replyTo?.fingerprint ?? null,
    author: said.by,
    authorIsBot: said.bot ?? false,
    body: said.text,
    createdAt: time(said.at ?? index + 1),
    editedBy: said.editedBy ?? null,
    editedAt: said.editedAt === undefined ? null : time(said.editedAt),
    url: `https://github.example/c${said.id ?? index + 1}`,
  }
}

function time(minutes: number): string {
  return new Date(Date.UTC(2026, 10, 24, 10, 0, minutes * 60)).toISOString()
}

/** "ann accept Reading → holds" for every decision, in order. */
export function told(decisions: Decisions): string[] {
  return decisions.list.map(
    ({ by, act, bound, state }) => `${by} ${act} ${bound.title || bound.id} → ${state}`,
  )
}

/** Why names led nowhere, in order. */
export function flaws(decisions: Decisions): string[] {
  return decisions.comments.flatMap(({ results }) =>
    results.flatMap((result) => result.flaws.map(({ why }) => why)),
  )
}
