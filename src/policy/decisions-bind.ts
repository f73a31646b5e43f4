import type { Command, Target } from '../command/command.ts'
import type { HeardComment } from './decisions-heard.ts'
import { type Bound, boundMax } from './decisions-memory.ts'
import { meant } from './decisions-names.ts'
import { sameLogin } from './decisions-person.ts'
import type { Decision, DecisionsInput, NamingFlaw } from './decisions-types.ts'

/*
 * Which findings a command means, once and for all.
 *
 * The first time (never on a closed pull request) it is looked up on the head that the person
 * saw; from then on our reply remembers it. Until it does, the words have to be newer than the
 * head, or people are asked again: no push can slip code under an approval. Only an id that
 * holds the whole content (128 bits) binds by itself; whoever writes the pull request could make
 * another content for a shorter one by trying.
 *
 * Whoever pushed the head is not the one to accept it, as little as the author. That is asked here,
 * about the head that was decided on: a push that comes later ends a decision only if it changes
 * what was decided on.
 */

export type DecidingCommand = Extract<Command, { targets: Target[] }>

export interface Binding {
  command: DecidingCommand
  heard: HeardComment
  /** Which of the comment's commands it is. */
  index: number
  /** Findings that this comment may still name. */
  room: number
  input: DecisionsInput
  /** All decisions before it. */
  earlier: readonly Decision[]
}

export interface Bindings {
  bound: Bound[]
  flaws: NamingFlaw[]
}

/** Hexadecimal digits of the content from which nobody can find another text for an id. */
const wholeContentDigits = 32

export function bind(binding: Binding): Bindings {
  const { command, heard, index, room } = binding
  if (heard.memory) return remembered(binding)
  const [first] = command.targets
  if (!binding.input.facts.pull.open && first) return flawed(first, 'closed')
  const bound: Bound[] = []
  const flaws: NamingFlaw[] = []
  for (const target of command.targets) {
    const found = command.name === 'withdraw' ? decided(target, binding) : named(target, binding)
    flaws.push(...found.flaws)
    bound.push(...found.bound.filter((one) => !bound.some((known) => isSame(known, one))))
  }
  if (bound.length > room && first) flaws.push({ target: first, why: 'too-many', near: [] })
  if (flaws.length + bound.length === 0 && first) {
    flaws.push({ target: first, why: index < boundMax ? 'nothing-open' : 'too-many', near: [] })
  }
  return { bound: bound.slice(0, room), flaws }
}

function isSame(a: Bound, b: Bound): boolean {
  return a.fingerprint === b.fingerprint && a.content === b.content
}

function remembered({ command, heard, index, room }: Binding): Bindings {
  const flaws = (heard.memory?.flaws ?? []).flatMap(({ command: of, target, why }) => {
    const named = of === index ? command.targets[target] : undefined
    return named ? [{ target: named, why, near: [] }] : []
  })
  return { bound: (heard.memory?.bound[index] ?? []).slice(0, room), flaws }
}

/** What a decision names. */
function named(target: Target, { command, heard, input }: Binding): Bindings {
  const replyTo = heard.comment.inReplyToFinding ?? null
  const found = meant({ act: command.name, target, findings: input.findings, replyTo })
  if (!found.ok) return flawed(target, found.why, found.near)
  if (isOwnWork(heard, input)) return flawed(target, 'own-push')
  if (!bindsByItself(target) && !sawHead(heard, input)) {
    return flawed(target, 'head-newer', found.findings)
  }
  const bound = found.findings.map(({ fingerprint, content }) => ({ fingerprint, content }))
  return { bound, flaws: [] }
}

/** The author is told so by their decision (decisions-person.ts). */
function isOwnWork({ comment }: HeardComment, { accept, facts }: DecisionsInput): boolean {
  const { author, pusher } = facts.pull
  if (accept.author || !pusher || sameLogin(comment.author, author)) return false
  return sameLogin(comment.author, pusher)
}

function bindsByItself(target: Target): boolean {
  return target.kind === 'id' && target.content.length >= wholeContentDigits
}

/** The words are newer than the head: whoever wrote them could see it. */
function sawHead(heard: HeardComment, { facts }: DecisionsInput): boolean {
  return facts.headKnownAt !== null && Date.parse(heard.at) > Date.parse(facts.headKnownAt)
}

/**
 * What a taking back names: anything decided before it, also when the finding has become another
 * or is gone. It needs no look at the head, because it can only make the verdict stricter.
 */
function decided(target: Target, { command, heard, input, earlier }: Binding): Bindings {
  const standing = earlier.filter(({ act, state }) => act !== 'withdraw' && state !== 'replaced')
  const replyTo = heard.comment.inReplyToFinding ?? null
  const found = meant({ act: command.name, target, findings: input.findings, replyTo })
  const names = new Set(found.ok ? found.findings.map((finding) => finding.fingerprint) : [])
  const about = standing.filter(({ bound }) => {
    if (target.kind === 'all') return true
    if (target.kind === 'id') return bound.fingerprint.startsWith(target.fingerprint)
    return names.has(bound.fingerprint) || (target.kind === 'this' && bound.fingerprint === replyTo)
  })
  const bound = about.map(({ bound: { fingerprint, content } }) => ({ fingerprint, content }))
  if (bound.length > 0) return { bound, flaws: [] }
  if (found.ok || target.kind === 'all') return flawed(target, 'nothing-to-withdraw')
  return flawed(target, found.why === 'content-changed' ? 'nothing-to-withdraw' : found.why)
}

function flawed(target: Target, why: NamingFlaw['why'], near: NamingFlaw['near'] = []): Bindings {
  return { bound: [], flaws: [{ target, why, near: near.slice(0, nearMax) }] }
}

/** Findings that are offered instead. */
const nearMax = 3
