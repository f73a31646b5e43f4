import { listsEntries } from '../outline/lists.ts'
import type { Section } from '../outline/types.ts'
import { rememberingOf, type Text } from '../remember.ts'
import { type StatusReading, statusOfRole } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { levelAlone } from '../vocabulary/levels.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, plainHeading, type Role } from '../vocabulary/vocabulary.ts'
import { roleAmongActors } from './roles.ts'
import { toldOfAll } from './told-of-all.ts'

/*
 * What the headings around a place say about everything below them: which part of the model it is,
 * which class of threats, and whether they carry a verdict ("What it does not protect against").
 */

export interface Context {
  /** Of the nearest heading that names a part, its own included; null when none does. */
  role: Role | null
  /** The words of the heading that names the part. */
  named: string | null
  /** True when that is the section's own heading. */
  isOwn: boolean
  /** STRIDE, LINDDUN or CIA class of the nearest heading that names one. */
  category: string | null
  /** What that heading says of everything under it. */
  status: StatusReading | null
}

const strideClasses = new Set([
  'spoofing',
  'tampering',
  'repudiation',
  'information-disclosure',
  'denial-of-service',
  'elevation-of-privilege',
  'linking',
  'identifying',
  'non-repudiation',
  'detecting',
  'data-disclosure',
  'unawareness',
  'non-compliance',
  'initial-access',
  'defense-evasion',
  'credential-access',
  'lateral-movement',
  'command-and-control',
  'exfiltration',
])

/** True for a heading that is a class of threats and so says that threats stand below it. */
export function isThreatClass(title: Text): boolean {
  const name = classOf(title)
  return name !== null && strideClasses.has(name)
}

export const contextOf = rememberingOf((section: Section): Readonly<Context> => {
  let category: string | null = null
  let told: StatusReading | null = null
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent) {
    category ??= classOf(at.title)
    // Beside a list of its own the sentence is about that list, and no part below.
    if (at === section || !at.blocks.some(listsEntries)) told ??= toldOfAll(at)
    const role = roleAmongActors(at)
    if (role === null || (isTitle(at) && !isThreatRole(role))) continue
    const said = statusOf(role, at)
    const status = said?.status === 'out-of-scope' ? said : (told ?? said)
    const named = at.heading.text
    const isOwn = at === section
    return { role, named, isOwn, category: category ?? classAbove(at), status }
  }
  const threats = category !== null && strideClasses.has(category)
  return { role: threats ? 'threats' : null, named: null, isOwn: false, category, status: told }
})

/** The one heading everything stands under: "Scorecard and residual risks" names the document. */
function isTitle({ parent, children }: Section): boolean {
  return parent?.kind === 'root' && parent.children.length === 1 && children.length > 1
}

function classAbove(section: Section): string | null {
  for (let at = section.parent; at !== null && at.kind !== 'root'; at = at.parent) {
    const name = classOf(at.title)
    if (name !== null) return name
  }
  return null
}

/** "Threat classes (blocked)" says in brackets how all of them stand. */
function statusOf(role: Role, section: Section): StatusReading | null {
  const said = statusOfRole(standingOf(role, section), section.heading.text)
  if (said !== null || !isThreatRole(role)) return said
  return statusInTitle(section.title)?.reading ?? null
}

/**
 * What is not defended against, in a section that calls such things out of scope, or says of all of
 * them that they are accepted.
 */
export function standingOf(role: Role, section: Section): Role {
  if (role !== 'unprotected' && role !== 'limitations') return role
  const texts = section.blocks.flatMap((block) =>
    block.type === 'paragraph' ? [block.phrase.text] : [],
  )
  if (texts.some((text) => accepts.test(text))) return 'accepted'
  const told = toldOfAll(section)?.status
  if (told === 'accepted' || told === 'out-of-scope' || told === 'planned') return told
  const isRuledOut = [section.heading.text, ...texts].some((text) =>
    /\bout[- ]of[- ]scope\b|\bnon-goals?\b/i.test(text),
  )
  return isRuledOut && role === 'unprotected' ? 'out-of-scope' : role
}

const accepts = pattern(
  'i',
  String.raw`(?:^|[.:]\s+)(?:these|they|all of (?:these|them|the above)|the (?:above|following))`,
  String.raw`(?: \w+)? (?:are|have been) (?:\w+,? ){0,2}accepted\b`,
)

/** Parts in which an entry is a threat, and the heading says how it stands. */
const scopeRoles: ReadonlySet<Role> = new Set([
  'out-of-scope',
  'non-findings',
  'unprotected',
  'limitations',
  'residual',
  'accepted',
  'protected',
  'misuse',
  'resolved',
])

export function isScopeRole(role: Role | null): boolean {
  return role !== null && scopeRoles.has(role)
}

/** Parts in which an entry is a threat because the heading says "threats". */
export function isThreatRole(role: Role | null): boolean {
  return role === 'threats' || role === 'attacks'
}

/** The class, or the heading of the group the section forms among threats; lower case. */
export function categoriesOf(section: Section, context: Context): string[] {
  return categoriesBelow(section.heading.text, context)
}

/** The same for what stands below a heading of these words. */
export function categoriesBelow(heading: string, context: Context): string[] {
  if (context.category !== null) return [context.category]
  const isGroup = context.named !== null && !context.isOwn && isThreatRole(context.role)
  if (!isGroup) return []
  // "Ledger (Tampering)" is of the class.
  const bracket = classOf(/\(([^()]{3,40})\)\W*$/.exec(heading)?.[1] ?? '')
  if (bracket !== null) return [bracket]
  const words = heading.replace(/^[\s\d.)§]+|^[A-Z][.)]\s+|[\s::]+$/g, '').toLowerCase()
  return words.length <= 80 && !levelAlone.test(plainHeading(heading)) ? [words] : []
}
