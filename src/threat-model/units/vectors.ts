import { isThreatRole } from '../draft/context.ts'
import { type Fields, textOf } from '../draft/fields.ts'
import { titled } from '../identity.ts'
import type { Block, Section } from '../outline/types.ts'
import { plainLabel, roleOf } from '../vocabulary/vocabulary.ts'
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

/** "T-3 Replay" over "Vector:", "Technique:" and "Impact:" has its name, and is told by these. */
export function namedAndTold({ kind, title }: Section, { values }: Fields): boolean {
  if (kind !== 'heading' || titled(title).writtenId === null) return false
  const stated = values.filter(({ field }) => field === 'threat')
  const isHow = stated.every(({ label }) => how.test(plainLabel(label)))
  return isHow && stated.length >= 1 && values.some(({ field }) => field === 'impact')
}

const how = /^(?:(?:attack )?(?:vectors?|techniques?|methods?|paths?|steps?|scenarios?))$/

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

/**
 * "### Threat landscape" over bold names, and "### Controls" beside it, below a part of a system:
 * the names are the threats. Below the name of an attack they would be ways of it.
 */
export function isPartOverNames({ title }: Section, inside: readonly Section[]): boolean {
  if (titled(title).writtenId !== null) return false
  if (soundsLikeAttack(titled(title).title) && !defence.test(title.text)) return false
  return inside.some(
    (child) =>
      child.kind === 'heading' &&
      isThreatRole(roleOf(child.title)) &&
      child.blocks.some(listsNames),
  )
}

/** "Supply chain defence" is no attack. */
const defence = /\b(?:defen[cs]es?|protections?|security|hardening)\W*$/i

function listsNames(block: Block): boolean {
  if (block.type !== 'list' || block.entries.length < 2) return false
  return block.entries.every(({ head: { lead, afterLead } }) => lead !== '' && afterLead !== '')
}
