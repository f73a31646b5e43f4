import { isThreatClass, isThreatRole } from '../draft/context.ts'
import { fieldsOfSection } from '../draft/fields.ts'
import { keyOf, titled } from '../identity.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import type { Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { type Field, fieldOf, isAnswer, plainLabel, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isGeneric, scene } from './generic.ts'

/*
 * A heading with the labels of its siblings is one of them, whatever its words could name; so is
 * one over nothing but plain text among threats.
 *
 *   ### Forged coins                ### Supply chain risks
 *   **Impact:** …                   **Impact:** …                 a threat, and no part that lists
 *   **Mitigation:** …               **Mitigation:** …             threats
 */

/** Siblings looked at. */
const mostSiblings = 40

/** True when a sibling of plain words has the same answer, and another label in common. */
export function isLikeSiblings(section: Section): boolean {
  const { kind, parent } = section
  if (kind !== 'heading' || parent === null) return false
  const own = labelsOf(section)
  if (![...own.values()].some(isAnswer)) return false
  return parent.children
    .slice(0, mostSiblings)
    .some((other) => other !== section && isPlain(other) && sharesLabels(own, other))
}

function sharesLabels(own: ReadonlyMap<string, Field | null>, other: Section): boolean {
  if (other.kind !== 'heading') return false
  const common = [...labelsOf(other)].filter(([label]) => own.has(label))
  const isAnswered = common.some(([, field]) => isAnswer(field))
  return isAnswered && common.length >= Math.min(2, own.size)
}

/** "2. Accepted trade-off: open mail" among others of the kind says of itself how it stands. */
export function isVerdictAmongVerdicts({ kind, title, parent }: Section): boolean {
  return kind === 'heading' && parent !== null && accepts(title) && holdsAccepted(parent)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const holdsAccepted = rememberingOf(
  ({ children }: Section) => children.filter((child) => accepts(child.title)).length >= 2,
)

const accepts = remembering((title) => accepted.test(titled(title).title))
const accepted = /^accepted (?:risk|trade-?off|limitation|weakness)\s*[::—–-]\s*\S/i

/**
 * "- Aim: …", "- Ways: …" below this heading and below others beside it: whatever the words mean,
 * they label something of each.
 */
export function hasLabelsOfSiblings(section: Section): boolean {
  const { kind, depth, parent } = section
  const own = leadsOf(section)
  if (kind !== 'heading' || parent === null || own.size < 2) return false
  const siblings = parent.children.slice(0, mostSiblings)
  const alike = siblings.filter(
    (other) => other !== section && other.depth === depth && sharesLeads(own, leadsOf(other)),
  )
  return alike.length >= 2
}

function sharesLeads(own: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const common = [...own].filter((lead) => other.has(lead)).length
  return common >= 2 && common * 2 > Math.max(own.size, other.size)
}

/** The words before a colon that every bullet of its one list begins with, or none. */
const leadsOf = rememberingBlocks((blocks): ReadonlySet<string> => {
  const lists = blocks.filter((block) => block.type === 'list')
  const heads = lists.length === 1 ? (lists[0]?.entries ?? []).map(({ head }) => head.text) : []
  const leads = heads.slice(0, mostLabels).map((text) => leadAtStart.exec(text)?.[1] ?? '')
  const isForm = leads.every((lead) => lead !== '' && !soundsLikeAttack(lead))
  return isForm ? new Set(leads.map(keyOf)) : new Set()
})

/** Bullets looked at. */
const mostLabels = 12
const leadAtStart = /^([^::]{2,40})[::]\s/

/** "Vectors" and "Related weaknesses" below this heading as below others tell of one threat. */
export function isToldLikeSiblings(section: Section): boolean {
  const { kind, parent } = section
  const own = labelsOf(section)
  if (kind !== 'heading' || parent === null || own.size < 2) return false
  const alike = parent.children.slice(0, mostSiblings).filter((other) => {
    const common = [...labelsOf(other)].filter(([label, field]) => own.has(label) && tells(field))
    return other !== section && other.kind === 'heading' && common.length >= 2
  })
  return alike.length >= 2
}

function tells(field: Field | null): boolean {
  return field !== null && ofOne.has(field)
}

const ofOne: ReadonlySet<Field> = new Set<Field>([
  'threat',
  'description',
  'category',
  'impact',
  'severity',
  'likelihood',
])

/** "Denial of service" with the labels of "Replay of coins" and "Bribed clerk" is one of them. */
export function isClassAmongNames(section: Section): boolean {
  if (section.kind !== 'heading' || section.parent === null) return false
  const own = labelsOf(section)
  if (own.size < 2) return false
  const siblings = section.parent.children.slice(0, mostSiblings)
  const named = siblings.filter((other) => !isThreatClass(other.title) && isPlain(other))
  const alike = named.filter((other) => sharesLabels(own, other))
  return alike.length >= 2 && alike.length * 2 >= siblings.length
}

function isPlain({ title }: Section): boolean {
  return roleOf(title) === null && fieldOf(title) === null && !isGeneric(title)
}

/** Labels in its text, and bold lines or headings below it that are one. */
const labelsOf = rememberingOf((section: Section): ReadonlyMap<string, Field | null> => {
  const labels = new Map<string, Field | null>()
  for (const { label, field } of fieldsOfSection(section).values)
    labels.set(plainLabel(label), field)
  for (const child of section.children.slice(0, mostSiblings)) {
    const field = fieldOf(child.title)
    if (field !== null) labels.set(plainLabel(child.heading.text), field)
  }
  labels.delete('')
  return labels
})

/** "Supply chain risks" over a paragraph, among threats, is one; "Threats" is not. */
export function isToldInProse({ kind, heading, title, blocks, children }: Section, words: number) {
  const isPlain = blocks.every((block) => block.type === 'paragraph' && block.phrase.lead === '')
  if (kind === 'details' || blocks.length === 0 || children.length > 0 || !isPlain) return false
  if (scene.test(heading.text)) return true
  const role = roleOf(title)
  if (role === 'adversaries') return words >= 2 && !actors.test(heading.text)
  return isThreatRole(role) ? words >= 3 : role === 'unprotected' && words >= 5
}

/** "Threat actors" heads a list of them; "Local network attackers" is one kind. */
const actors =
  /\b(?:threat|actors?|agents?|sources|adversary|models?|profiles?|types|classes|capabilities)\b/i
