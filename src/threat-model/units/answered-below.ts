import type { Draft, MitigationMention } from '../draft/draft.ts'
import { tieByName } from '../draft/entries.ts'
import { groupControls } from '../draft/group-controls.ts'
import type { Block, Section } from '../outline/types.ts'
import type { Field } from '../vocabulary/vocabulary.ts'
import { onlyAnswers } from './only-answers.ts'
import type { Units } from './units.ts'

/**
 * "**Mitigations:**" below a table that names none answers every row of it; so does the only part
 * of the document that has controls, where the table is the only list of threats.
 */
export function answeredBelow(drafts: Draft[], section: Section, units: Units): Draft[] {
  if (section.kind === 'root' || !drafts.some(({ kind }) => kind === 'threat')) return drafts
  if (drafts.some((draft) => draft.kind === 'threat' && draft.mitigations.length > 0)) return drafts
  const own = listedControls(units, section)
  const { parent, kind } = section
  const isLabel = kind === 'bold' && parent !== null && parent.kind !== 'root'
  const near = own.length === 0 && isLabel ? listedControls(units, parent) : own
  const group =
    near.length === 0 && isOneTable(section) ? onlyAnswers(section, units, isDone) : near
  if (group.length === 0) return drafts
  // What is remembered of a table is nobody's to change.
  const copies = drafts.map((draft) =>
    draft.kind === 'threat' ? { ...draft, mitigations: [...draft.mitigations] } : draft,
  )
  tieByName(
    copies.filter((draft) => draft.kind === 'threat'),
    group,
  )
  return copies
}

/** What is recommended below a table names what it is for. */
function isDone(field: Field | null): boolean {
  return field === 'mitigation'
}

/** A part of the document that is one table and nothing else. */
function isOneTable({ kind, blocks, children }: Section): boolean {
  if (kind !== 'heading' || children.length > 0) return false
  return blocks.filter(({ type }) => type === 'table').length === 1 && blocks.every(isTableOrText)
}

function isTableOrText({ type }: Block): boolean {
  return type === 'table' || type === 'paragraph'
}

/** Bullets without ids, which would say themselves what they answer. */
function listedControls(units: Units, section: Section): MitigationMention[] {
  const { values, loose } = units.fieldsOf(section)
  const listed = values.filter(({ entries, lines }) => entries.length > 0 || lines.length === 0)
  const controls = groupControls({ values: listed, loose }, section)
  return controls.some(({ writtenId }) => writtenId !== null) ? [] : controls
}
