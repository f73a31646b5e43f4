import type { Target } from '../command/command.ts'
import { normal } from '../diff/normal.ts'
import { nearest } from '../shared/nearest.ts'
import { shortId } from './fingerprint.ts'
import { findRule } from './rules.ts'
import type { Finding } from './verdict.ts'

/*
 * Which findings a command means. A name means one element, and all findings about it; what is
 * near a name but not it means nothing and is offered as "did you mean".
 */

export type Act = 'accept' | 'no-effect' | 'withdraw'

export type Meant =
  | { ok: true; findings: Finding[] }
  /** `near`: ids with titles to offer instead, best first. */
  | { ok: false; why: FlawKind; near: Finding[] }

/** Every way in which a name can lead nowhere, as words: replies remember them. */
export const flawKinds = [
  /** Nothing is called that. */
  'no-such-finding',
  /** The finding is there, and is about something else than was named. */
  'content-changed',
  /** Several elements have that in their title. */
  'several',
  /** "this", and the comment replies to no comment of ours. */
  'no-reply',
  /** "all", and there is nothing to decide. */
  'nothing-open',
  /** The rule's findings cannot be settled by saying so. */
  'not-acceptable',
  /** Who wrote the words has pushed the head, and may not accept their own work. */
  'own-push',
  /** The head came after the words, or it is not known when it came. */
  'head-newer',
  /** The pull request was closed when it was said. */
  'closed',
  /** More findings than one comment can decide on. */
  'too-many',
  /** There is no decision to take back. */
  'nothing-to-withdraw',
] as const

export type FlawKind = (typeof flawKinds)[number]

export interface Question {
  act: Act
  target: Target
  /** All findings, in the order in which they are shown. */
  findings: readonly Finding[]
  /** Fingerprint of the finding whose comment was answered. */
  replyTo: string | null
}

/** Offers beyond this help nobody. */
const nearMax = 3

export function meant(question: Question): Meant {
  const { target, findings, act } = question
  if (target.kind === 'all') {
    const open = findings.filter((finding) => isDecidable(finding, act) && isOpen(finding))
    return open.length > 0 ? { ok: true, findings: open } : flaw('nothing-open')
  }
  const named = namedBy(target, question)
  if (!named.ok || act === 'withdraw') return named
  const decidable = named.findings.filter((finding) => isDecidable(finding, act))
  if (decidable.length > 0) return { ok: true, findings: decidable }
  return flaw('not-acceptable', named.findings)
}

/** Whether the act can settle the finding at all. */
export function isDecidable(finding: Finding, act: Act): boolean {
  if (act === 'no-effect') return finding.rule === 'code-touches-asset'
  return findRule(finding.rule)?.acceptable === true
}

/** Loud enough that somebody has to do something about it. */
function isOpen(finding: Finding): boolean {
  return finding.level !== 'notice' && finding.level !== 'off'
}

function namedBy(target: Exclude<Target, { kind: 'all' }>, question: Question): Meant {
  const { findings, replyTo } = question
  switch (target.kind) {
    case 'this': {
      if (replyTo === null) return flaw('no-reply')
      const found = findings.filter((finding) => finding.fingerprint === replyTo)
      return found.length > 0 ? { ok: true, findings: found } : flaw('no-such-finding')
    }
    case 'number': {
      const found = findings[target.number - 1]
      return found ? { ok: true, findings: [found] } : flaw('no-such-finding')
    }
    case 'id':
      return byId(target, question)
    case 'title':
      return byTitle(target.text, findings)
  }
}

function byId(target: Extract<Target, { kind: 'id' }>, { findings, act }: Question): Meant {
  const alike = findings.filter((f) => f.fingerprint.startsWith(target.fingerprint))
  const same = alike.filter((finding) => finding.content.startsWith(target.content))
  if (same.length === 1) return { ok: true, findings: same }
  if (same.length > 1) return flaw('several', same)
  // Taking a decision back is safe whatever the finding has become.
  if (alike.length === 1 && act === 'withdraw') return { ok: true, findings: alike }
  if (alike.length > 0) return flaw('content-changed', alike)
  const id = `${target.fingerprint}-${target.content}`.slice(0, 11)
  const near = nearest(id, findings.map(shortId))
  return flaw(
    'no-such-finding',
    findings.filter((finding) => shortId(finding) === near),
  )
}

/**
 * Written id or whole title first, then a part of the title, then the rule, if it is one finding.
 */
function byTitle(text: string, findings: readonly Finding[]): Meant {
  const wanted = normal(text)
  if (wanted === '') return flaw('no-such-finding')
  const whole = findings.filter((finding) => isCalled(finding, text, wanted))
  const part = whole.length > 0 ? whole : findings.filter((f) => titleOf(f).includes(wanted))
  const found = part.length > 0 ? part : findings.filter((f) => f.rule === text.toLowerCase())
  const subjects = new Set(found.map((finding) => titleOf(finding) || finding.fingerprint))
  if (subjects.size === 1) return { ok: true, findings: found }
  if (subjects.size > 1) return flaw('several', found)
  const titles = findings.map(titleOf).filter((title) => title !== '')
  const near = nearest(wanted, titles)
  const hinted = findings.filter((finding) =>
    near === null
      ? finding.fingerprint.startsWith(text.toLowerCase()) && text.length >= 4
      : titleOf(finding) === near,
  )
  return flaw('no-such-finding', hinted)
}

function isCalled(finding: Finding, text: string, wanted: string): boolean {
  return finding.element?.id === text.toLowerCase() || titleOf(finding) === wanted
}

function titleOf(finding: Finding): string {
  return finding.element ? normal(finding.element.title) : ''
}

function flaw(why: FlawKind, near: readonly Finding[] = []): Meant {
  return { ok: false, why, near: near.slice(0, nearMax) }
}
