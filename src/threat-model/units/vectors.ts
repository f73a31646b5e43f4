import { type Fields, textOf } from '../draft/fields.ts'
import { titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { ways } from './evidence.ts'
import { gather, type State } from './form.ts'
import { hasAnswer } from './pairs.ts'

/*
 * "Description:", "Vectors:" and "Mitigations:" below a heading: the vectors are ways of one attack
 * where the headings name attacks or their descriptions tell of one, and are the threats where the
 * headings name parts of a system.
 */

export function vectorsTellHow(section: Section, fields: Fields, state: State): boolean {
  if (!hasForm(fields)) return false
  const siblings = (section.parent?.children ?? []).slice(0, maxSiblings)
  const alike = siblings.filter((other) => hasForm(gather(other, state)))
  const attacks = alike.filter((other) => tellsOfAttack(other, state))
  return attacks.length * 2 > alike.length
}

const maxSiblings = 40

function hasForm(fields: Fields): boolean {
  const stated = fields.values.filter(({ field }) => field === 'threat')
  const isOfVectors = stated.every(({ label }) => ways.test(plainLabel(label)))
  return (
    isOfVectors &&
    stated.length === 1 &&
    textOf(fields, 'description') !== null &&
    hasAnswer(fields)
  )
}

function tellsOfAttack(section: Section, state: State): boolean {
  if (soundsLikeAttack(titled(section.title).title)) return true
  return soundsLikeAttack(textOf(gather(section, state), 'description') ?? '')
}
