import { tellsHowAttacked } from '../draft/one-threat.ts'
import type { Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { fieldOf, isAnswer, plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Headings of one form, each an attack that headings below it tell of:
 *
 *   ### Forged coins              the threat
 *   #### The mint                 tells more of it, whatever its words
 *   #### Attack description
 *   **Melted spoons:** …          tells more of it
 *   #### Mitigation
 *   #### Forged notes             behind the form: an attack of its own
 *   ### How coins are counted     among such headings, without the form: no threat
 */

export type Formed = 'threat' | 'part' | 'apart'

/** What a heading is in a form, or null where there is none, or where it stands beside it. */
export function formedAs(section: Section): Formed | null {
  const { kind, parent, heading } = section
  if (parent !== null && kind === 'heading' && holdsForms(parent)) {
    if (labelsOf(section).length > 0) return 'threat'
    return soundsLikeAttack(heading.text) ? null : 'apart'
  }
  for (let at = section; at.parent !== null; at = at.parent) {
    if (!isFormed(at.parent)) continue
    if (isBehindForm(at, at.parent)) return null
    return at === section && fieldOf(at.title) !== null ? null : 'part'
  }
  return null
}

/** "Mitigation" of a form answers its attack, with the headings below it, too. */
export function isLabelOfForm(section: Section): boolean {
  const { parent } = section
  return parent !== null && isFormed(parent) && labelsOf(parent).includes(section)
}

/** An attack told in the form, beside others. */
function isFormed(section: Section): boolean {
  const { parent } = section
  return parent !== null && holdsForms(parent) && labelsOf(section).length > 0
}

/** Half of the headings below it, and two of them, have the description and the answer. */
const holdsForms = rememberingOf(({ children }: Section): boolean => {
  const headings = children.filter(({ kind }) => kind === 'heading')
  const formed = headings.filter((child) => {
    const labels = labelsOf(child)
    return labels.some(tellsHow) && labels.some(answers)
  })
  return formed.length >= 2 && formed.length * 2 >= headings.length
})

/** The headings right below that are a part of the form. */
const labelsOf = rememberingOf(({ children }: Section): readonly Section[] =>
  children.slice(0, mostParts).filter((child) => {
    const isRisk = /^risks?$/.test(plainLabel(child.heading.text))
    return child.kind === 'heading' && (isRisk || tellsHow(child) || answers(child))
  }),
)

/** More headings right below one are no form. */
const mostParts = 40

function tellsHow({ heading }: Section): boolean {
  return tellsHowAttacked(heading.text)
}

function answers({ title }: Section): boolean {
  return isAnswer(fieldOf(title))
}

function isBehindForm({ kind, heading, span }: Section, above: Section): boolean {
  if (kind !== 'heading' || !soundsLikeAttack(heading.text)) return false
  return labelsOf(above).every((label) => label.span.start.offset < span.start.offset)
}
