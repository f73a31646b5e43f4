import { isThreatClass, isThreatRole } from '../draft/context.ts'
import { isBoldStart } from '../draft/entries.ts'
import { type Fields, type FieldValue, fieldsOfSection } from '../draft/fields.ts'
import { keyOf, titled } from '../identity.ts'
import type { Block, List, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { levelAlone } from '../vocabulary/levels.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, fieldOf, isAnswer, plainHeading, type Role } from '../vocabulary/vocabulary.ts'
import { namesAdversary, soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'
import { gather, isLong, type State } from './form.ts'

/*
 * Headings that only sort: what stands below them are the threats.
 *
 *   ### Attack vectors          ### Weighing              ## Non-goals
 *   **Of malware:**             - Control: a seal         **General**
 *   - A worm                    - Threats: a loaded scale - Telling the weather
 *   **Of people:**              ### Storing               **Security**
 *   - A bribe                   - Threats: mice           - Weak walls
 */

/**
 * "Encryption of letters", "Stamp signing" below the name of a class, none of which names harm:
 * they are what is done against the class, and its threats are told in their text.
 */
export function isControlOfClass({ parent, kind }: Section): boolean {
  if (parent === null || parent.kind === 'root' || kind !== 'heading') return false
  if (!isThreatClass(parent.title)) return isControlOfClass(parent)
  const beside = parent.children.slice(0, mostSiblings)
  if (beside.length < 2 || beside.some(({ title }) => soundsLikeAttack(title))) return false
  const controls = beside.filter(({ heading }) => soundsLikeControl(heading.text))
  return controls.length * 2 >= beside.length
}

/** The form of the first headings speaks for all. */
export const mostSiblings = 40

/**
 * "**Malware-based attacks:**" over bullets, below a heading under "Attack vectors" that holds
 * nothing but such groups: the bullets are the threats.
 */
export function isGroupOfAttacks(section: Section, around: Role | null, state: State): boolean {
  const { parent } = section
  if (section.kind !== 'bold' || parent === null) return false
  const isOfModel = around === null && /^\W*threat[- ]model/i.test(parent.heading.text)
  const isTold = (around === 'surfaces' && namesAttacks(parent)) || (isOfModel && tellsHarm(parent))
  if (!isThreatRole(around) && !isTold) return false
  // "Indicators:" under one attack after the other tells of each.
  if (state.facets.has(keyOf(section.title))) return false
  if (!isPlainGroup(section) || section.blocks.some(mostlyControls)) return false
  return holdsGroups(parent, state)
}

/** Bullets with a bold name each, of which some name attacks, below a part of the surface. */
function namesAttacks({ children }: Section): boolean {
  const blocks = children.flatMap((child) => child.blocks)
  const names = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const attacks = names.filter(({ head }) => soundsLikeAttack(head.lead))
  return names.every(({ head }) => head.lead !== '') && attacks.length * 4 >= names.length
}

/** Half of the bullets name attacks, in bold or not. */
const tellsHarm = rememberingOf(({ children }: Section): boolean => {
  const blocks = children.flatMap((child) => child.blocks)
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const names = entries.map(({ head }) => (head.lead === '' ? head.text : head.lead))
  return names.filter(soundsLikeAttack).length * 2 >= names.length
})

function holdsGroups(parent: Section, state: State): boolean {
  const known = state.groups.get(parent)
  if (known !== undefined) return known
  const found =
    parent.children.every(isPlainGroup) &&
    !parent.blocks.some(isLong) &&
    !gather(parent, state).values.some(({ field }) => field !== null)
  state.groups.set(parent, found)
  return found
}

function isPlainGroup({ kind, heading, blocks }: Section): boolean {
  const lists = blocks.flatMap((block) => (block.type === 'list' ? [block] : []))
  if (kind !== 'bold' || !/[::]$/.test(heading.text) || fieldOf(heading.text) !== null) return false
  return lists.some((list) => list.entries.length >= 2)
}

function mostlyControls(block: Block): boolean {
  if (block.type !== 'list') return false
  const controls = block.entries.filter((entry) => soundsLikeControl(entry.head.text))
  return controls.length * 2 > block.entries.length
}

/** "In the design" over paragraphs or bullets with a bold name each: the names are the threats. */
export function isListOfNames({ blocks }: Section): boolean {
  if (blocks.length === 1 && blocks[0]?.type === 'list') {
    const { entries } = blocks[0]
    return entries.length >= 3 && entries.every(({ head }) => head.lead !== '')
  }
  const named = blocks.filter(isBoldStart)
  return named.length >= 2 && named.length * 2 >= blocks.length
}

/**
 * "Weighing" and "Storing", each with "Threats: …", as most headings beside them: what the label
 * says are the threats, unless the heading means harm or has a level of its own.
 */
export function isPartWithThreats(section: Section, state: State): boolean {
  const siblings = (section.parent?.children ?? []).slice(0, mostSiblings)
  const isPart = (other: Section): boolean => {
    const { values } = gather(other, state)
    if (!values.some((value) => statesThreats(value))) return false
    if (isLevelled({ values, loose: [] }) || titled(other.title).writtenId !== null) return false
    return !soundsLikeAttack(other.title) || namesAdversary(other.heading.text)
  }
  const parts = siblings.filter(isPart)
  return isPart(section) && parts.length >= 2 && parts.length * 2 >= siblings.length
}

/** "Threats:"; of ways and vectors only those that have a name each. */
function statesThreats({ label, entries }: FieldValue): boolean {
  if (/^\W*threats\W*$/i.test(label)) return true
  if (!/^\W*(?:threat|attack) (?:vectors?|scenarios?)\W*$/i.test(label)) return false
  return entries.length >= 2 && entries.every(({ head }) => head.lead !== '')
}

/**
 * "High priority (before the fair)", "Critical" over bullets: how bad they are together, and no
 * name. A table or headings below speak for themselves.
 */
export function isLevelOverBullets({ kind, title, blocks, children }: Section): boolean {
  if (kind === 'admonition' || !levelAlone.test(plainHeading(title))) return false
  if (children.some((child) => child.kind === 'heading')) return false
  const isOfOthers = blocks.some(({ type }) => type === 'table' || type === 'code')
  return !isOfOthers && blocks.some((block) => block.type === 'list' && !isDescription(block))
}

/** "- Likelihood: low" tells of one threat. */
function isDescription({ entries }: List): boolean {
  const fields = entries.filter(({ head }) => head.lead !== '' && fieldOf(head.lead) !== null)
  return fields.length * 2 > entries.length
}

/** "Ledger (Tampering)" over "Threat: …": what the label says happens to the ledger. */
export function isClassOfPart({ heading }: Section, fields: Fields): boolean {
  const [, part = '', name = ''] = /^(.*\S)\s*\(([^()]{3,40})\)\W*$/.exec(heading.text) ?? []
  if (classOf(name) === null || soundsLikeAttack(part)) return false
  const stated = fields.values.filter(({ field }) => field === 'threat')
  return stated.length > 0 && stated.every(({ label }) => /^\W*threats?\W*$/i.test(label))
}

/**
 * "Theft of the seal" and "Loss of the ledger" below "Attacker models": headings that name what is
 * done, and nobody who does it.
 */
export function isAttackModel({ kind, parent }: Section, around: Role | null): boolean {
  if (around !== 'adversaries' || kind !== 'heading' || parent === null) return false
  const siblings = parent.children.slice(0, mostSiblings).filter((other) => other.kind === kind)
  const isTold = ({ blocks, heading }: Section) =>
    blocks.length > 0 && !hostileNoun.test(heading.text)
  const deeds = siblings.filter((other) => {
    const name = titled(other.title).title
    if (!isTold(other)) return false
    return deed.test(name.replace(/^(?:model|case|scenario)\s+\w{1,3}\s*[::.–—-]\s*/i, ''))
  })
  if (deeds.length >= 2 && deeds.length * 3 >= siblings.length * 2) return true
  // "Forged orders through the hatch", most of them over what is done against it.
  const named = siblings.filter(
    (other) => isTold(other) && soundsLikeAttack(titled(other.title).title),
  )
  const met = siblings.filter(isMet)
  return (
    met.length >= 2 && met.length * 2 >= siblings.length && named.length * 3 >= siblings.length * 2
  )
}

function isMet(section: Section): boolean {
  const { values } = fieldsOfSection(section)
  return (
    values.some(({ field }) => isAnswer(field)) ||
    section.children.some(({ title }) => isAnswer(fieldOf(title)))
  )
}

/** A noun of what is done, first in a title: "Compromise of the store". */
const deed = pattern(
  'i',
  String.raw`^(?:compromise|theft|loss|forgery|tampering|takeover|hijack\w*|interception|abuse`,
  '|misuse|replay|exfiltration|injection|impersonation|disclosure|denial|corruption|poisoning',
  String.raw`|spoofing)\b`,
)

const hostileNoun = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar\w+|insiders?|users?|actors?|operators?|peers?|clients?)\b`,
)

/** Parts whose headings may sort what is left out or left over. */
export function isLeftOpen(role: Role | null): boolean {
  return role !== null && leftOpen.has(role)
}

const leftOpen: ReadonlySet<Role> = new Set([
  'out-of-scope',
  'unprotected',
  'limitations',
  'residual',
  'accepted',
])

/** "General" and "Security" below "Non-goals", each over nothing but bullets. */
export function isSortOfScope({ parent }: Section): boolean {
  const siblings = (parent?.children ?? []).slice(0, mostSiblings)
  const isSort = ({ title, heading, blocks, children }: Section): boolean => {
    const [list, more] = blocks
    if (list?.type !== 'list' || more !== undefined || children.length > 0) return false
    return (
      list.entries.length >= 2 &&
      !soundsLikeAttack(title) &&
      heading.text.length <= longestSort &&
      /^\W*\w+(?: [\w/&-]+){0,4}\W*$/.test(heading.text)
    )
  }
  return siblings.length >= 2 && siblings.every(isSort)
}

/** A longer heading tells something. */
const longestSort = 80

/** A heading with an answer and a level of its own is one threat, however many its bullets. */
export function isLevelled(fields: Fields): boolean {
  return fields.values.some(({ field }) => field === 'severity' || field === 'likelihood')
}
