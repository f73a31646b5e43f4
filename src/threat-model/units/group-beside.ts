import { isThreatRole } from '../draft/context.ts'
import type { MitigationMention } from '../draft/draft.ts'
import type { Fields, FieldValue } from '../draft/fields.ts'
import { controlsForAll } from '../draft/group-controls.ts'
import { valueOfSection } from '../draft/section-values.ts'
import { keyOf } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { isAnswer, roleOf } from '../vocabulary/vocabulary.ts'
import { isDocumentTitle } from './form.ts'
import { answerOfPart, fieldOfPart, onlyAnswers } from './only-answers.ts'
import type { Units } from './units.ts'

/*
 * The controls that answer a whole list of threats, where they stand beside it:
 *
 *   ### Upload            ### Threats            ### Upload          ## Threats
 *   #### Threats          - a forged badge       - a forged badge    ### Upload
 *   - a forged badge      ### Mitigations        ### Mitigations     - a forged badge
 *   #### Mitigations      - seals                - seals             ## Controls
 *   - seals                                      ### Download …      ### Upload
 *                                                ### Mitigations     - seals
 */

/** What labels in a section answer, for all that it lists. */
export function ownGroup(fields: Fields, section: Section): MitigationMention[] {
  const answers = fields.values.filter(({ field }) => isAnswer(field))
  return controlsForAll(answers, section.heading.text)
}

/** Answers stand right beside what they answer. */
const mostBeside = 6

/**
 * "Mitigations:" beside "Threats:" under one heading, up to the next "Threats:". Parts of the whole
 * document stand beside each other, and do not answer each other.
 */
export function groupBeside(section: Section, units: Units): MitigationMention[] {
  const siblings = section.parent?.children ?? []
  if (section.parent === null) return []
  if (fieldOfPart(section) !== 'threat' && !isOfPart(section)) {
    const named = namesake(section)
    if (named.length > 0) return named
    const inTurn = answersInTurn(section)
    if (inTurn.length > 0) return inTurn
    const isBelow = fieldOfPart(section.parent) === 'threat'
    return onlyAnswers(isBelow ? section.parent : section, units)
  }
  if (section.parent.kind === 'root' || isDocumentTitle(section.parent))
    return onlyAnswers(section, units)
  const values: FieldValue[] = []
  const at = siblings.indexOf(section) + 1
  for (const sibling of siblings.slice(at, at + mostBeside)) {
    if (fieldOfPart(sibling) === 'threat') break
    const field = answerOfPart(sibling)
    // What is planned beside a list meets nothing on it yet.
    if (field === 'planned' && fieldOfPart(section) !== 'threat') continue
    if (field !== null) values.push(valueOfSection(sibling, field))
  }
  return ownGroup({ values, loose: [] }, section.parent)
}

/** "#### Threat landscape" and "#### Controls" below one part of the system. */
function isOfPart({ kind, title, parent }: Section): boolean {
  if (kind !== 'heading' || parent?.kind !== 'heading' || isDocumentTitle(parent)) return false
  return isThreatRole(roleOf(title)) && roleOf(parent.title) === null
}

/**
 * "### Mitigations" right below each of several parts, as high as they are, answers the part above
 * it; not the parts of the whole document, and not below the last alone, which may be for all.
 */
export function answersInTurn(section: Section): MitigationMention[] {
  const { parent } = section
  if (parent === null || parent.kind === 'root' || isDocumentTitle(parent)) return []
  const siblings = parent.children
  const at = siblings.indexOf(section)
  const answering = siblings[at + 1]
  if (at < 0 || answering === undefined || !answers(answering) || answers(section)) return []
  const [before, next, behindNext] = [siblings[at - 1], siblings[at + 2], siblings[at + 3]]
  const isFirst = next !== undefined && !answers(next) && answers(behindNext)
  if (!isFirst && !answers(before)) return []
  return ownGroup({ values: [valueOfSection(answering, 'mitigation')], loose: [] }, answering)
}

function answers(section: Section | undefined): boolean {
  const field = section === undefined ? null : answerOfPart(section)
  return field === 'mitigation' || field === 'recommended'
}

/** "Cellar" below "Controls" answers what stands below "Cellar" under "Threats". */
function namesake({ heading, parent }: Section): MitigationMention[] {
  if (parent === null || !isThreatRole(roleOf(parent.title))) return []
  const beside = (parent.parent?.children ?? []).slice(0, mostBeside * 2)
  const answering = beside.filter((other) => roleOf(other.title) === 'mitigations')
  const found = answering
    .flatMap(({ children }) => children.slice(0, mostNamesakes))
    .find((child) => isNamesake(child.heading.text, heading.text))
  if (found === undefined) return []
  return ownGroup({ values: [valueOfSection(found, 'mitigation')], loose: [] }, found)
}

/** "KMS" is the namesake of "Key management system". */
function isNamesake(name: string, other: string): boolean {
  return keyOf(name) === keyOf(other) || isShortFor(name, other) || isShortFor(other, name)
}

function isShortFor(short: string, name: string): boolean {
  if (!/^\p{Lu}{2,6}$/u.test(short) || name.length > longestName) return false
  const letters = name.match(/(?<![\p{L}\p{N}])\p{L}/gu) ?? []
  return letters.join('').toUpperCase() === short
}

const longestName = 80

const mostNamesakes = 40
