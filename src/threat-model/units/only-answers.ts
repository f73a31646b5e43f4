import { isScopeRole, isThreatRole } from '../draft/context.ts'
import type { MitigationMention } from '../draft/draft.ts'
import { type FieldValue, textOfValue } from '../draft/fields.ts'
import { controlsForAll } from '../draft/group-controls.ts'
import { valueOfSection } from '../draft/section-values.ts'
import { idOf, titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { sentencesOf } from '../status/prose.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, fieldOf, isAnswer, roleOf } from '../vocabulary/vocabulary.ts'
import type { Unit } from './form.ts'
import type { Units } from './units.ts'

/*
 * Parts of the whole document beside each other: one list of threats, and the only list of controls
 * somewhere below it, which answers them all.
 *
 *   ## Thieves and accidents      whatever the part is called, its list is read as threats
 *   - a stolen key
 *   ## Existing controls          the only part that answers
 *   - two locks
 *   ## Residual risks             what remains, or is not looked at, is no other list of threats
 *   - the baker is careless
 *
 * Below several lists of threats controls answer none in particular.
 */

export function onlyAnswers(
  section: Section,
  units: Units,
  isMeant: (field: Field | null) => boolean = isAnswer,
): MitigationMention[] {
  const beside = section.parent?.children ?? []
  if (beside.length > mostBeside) return []
  const behind = beside.slice(beside.indexOf(section) + 1)
  const only = behind.find(answers)
  if (only === undefined || !isMeant(answerOfPart(only))) return []
  // What is recommended farther down is of the whole document.
  if (only !== behind[0] && answerOfPart(only) !== 'mitigation') return []
  const parts = partsOf(only)
  if (parts.length === 0) return []
  const isAlone = beside.every((other) => other === section || !listsThreats(other, units))
  if (!isAlone || beside.some((other) => other !== only && rivals(other, only))) return []
  const values = parts.map((part) => valueOfSection(part, 'mitigation'))
  const controls = controlsForAll(values, only.heading.text)
  if (!values.some(saysDone) && !doneParts.test(only.heading.text)) return controls
  return controls.map((control) =>
    control.status === 'unstated' ? { ...control, status: 'implemented' as const } : control,
  )
}

/** The part itself with its one list, or what stands below it, with one list each. */
function partsOf(section: Section): Section[] {
  const { children } = section
  if (children.length === 0) return listsIn(section) === 1 ? [section] : []
  // What is recommended below "P1" and "P2" is sorted by how urgent it is.
  if (answerOfPart(section) !== 'mitigation') return []
  const areLists = children.every(
    (child) => child.children.length === 0 && listsIn(child) === 1 && roleOf(child.title) === null,
  )
  return areLists && children.length <= mostBelow && listsIn(section) === 0 ? children : []
}

const mostBelow = 8

/** "User controls" beside "Mitigations" is called so as a part only, and answers no threat. */
function rivals(other: Section, only: Section): boolean {
  return answers(other) && (fieldOfPart(only) === null || fieldOfPart(other) !== null)
}

/** More parts than this are no outline of one list and its answers. */
const mostBeside = 40

function answers(section: Section): boolean {
  return isAnswer(answerOfPart(section))
}

/** How a part answers; "Next steps" and "Roadmap" are of the whole project. */
export function answerOfPart(section: Section): Field | null {
  const field = fieldOfPart(section)
  if (field === 'planned' && !plansControls.test(section.heading.text)) return null
  // "Default controls", "Mitigation strategies" are called so as parts only.
  if (field === null) return roleOf(section.title) === 'mitigations' ? 'mitigation' : null
  return isAnswer(field) ? field : null
}

const plansControls = /\b(?:mitigat|control|counter-?measure|defen[cs]e|protection)/i

/** "5. Controls" is called like "Controls", where it is a part of a threat model. */
export function fieldOfPart({ title }: Section): Field | null {
  const field = fieldOf(title)
  return field !== null || roleOf(title) === null ? field : fieldOf(titled(title).title)
}

function listsIn({ blocks }: Section): number {
  return blocks.filter(({ type }) => type === 'list').length
}

function listsThreats(section: Section, units: Units): boolean {
  const field = fieldOfPart(section)
  if (field === 'threat') return true
  if (ratesById(section)) return false
  const role = units.roleOf(section)
  if (field === 'residual' || isScopeRole(role)) return false
  return isThreatRole(role) || holding.has(units.unitOf(section))
}

/** "| T1 | Medium | High |" rates what is told elsewhere. */
function ratesById({ blocks }: Section): boolean {
  const [table] = blocks
  if (table?.type !== 'table' || blocks.length > 1) return false
  return table.rows.every(({ cells }) => idOf(cells[0]?.phrase.text ?? '') !== null)
}

const holding: ReadonlySet<Unit> = new Set(['threat', 'group', 'values', 'entries', 'tool'])

/** "Controls against these, which have been implemented:" above the list. */
function saysDone(value: FieldValue): boolean {
  const intro = textOfValue({ ...value, entries: [] })
  return sentencesOf(intro).some((sentence) => done.test(sentence) && !doubtful.test(sentence))
}

const done = pattern(
  'i',
  String.raw`\b(?:have|has) (?:all |already )*been (?:implemented|deployed|put in place)\b`,
  String.raw`|\b(?:are|is) (?:all |already |currently |now )*(?:implemented|in place|enforced)\b`,
  // "The proxy mitigates these through:"
  String.raw`|^(?!(?:you|users?|operators?)\b)(?:[\w-]+ ){1,4}(?:mitigates|prevents|counters`,
  '|stops) (?:these|them|all of (?:these|them)|the above)(?: (?:threats|risks|attacks))?',
  String.raw` (?:through|by|with|via|using)\b`,
)

/** "Implemented controls", "5. Controls implemented" */
const doneParts = pattern(
  'i',
  String.raw`^\W*(?:\d{1,2}[.)]\s)?(?:(?:already |currently )?implemented (?:security )?`,
  '(?:controls|mitigations|defen[cs]es|countermeasures)',
  '|(?:security )?(?:controls|mitigations|defen[cs]es|countermeasures)',
  String.raw` (?:already |currently )?(?:implemented|in place))\W*$`,
)

const doubtful = pattern(
  'i',
  String.raw`\b(?:not|should|must|will|would|could|may|might|if|some|many|most(?:ly)?`,
  String.raw`|part(?:ly|ially)|once|when|until|planned)\b`,
)
