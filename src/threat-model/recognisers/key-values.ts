import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { fieldsOfBlocks, isKeyValue } from '../draft/fields.ts'
import { surroundingsOf } from '../draft/surroundings.ts'
import { threatDraft } from '../draft/threat.ts'
import type { Section, Table } from '../outline/types.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'

/*
 * A table for each threat, whose header is its id and its name, and whose rows are its labels:
 *
 *   | V-1        | The gate stands open at night |
 *   |------------|-------------------------------|
 *   | Element    | Gate                          |
 *   | Mitigation | A bolt                        |
 *
 * One such table may be of anything; two are a form.
 */

export const keyValues: Recogniser = { name: 'key-values', read }

function read(document: Document): Found {
  const tables: { section: Section; table: Table }[] = []
  for (const section of [document.outline.root, ...document.outline.sections]) {
    for (const block of section.blocks)
      if (block.type === 'table' && isNamed(block)) tables.push({ section, table: block })
  }
  if (tables.length < 2) return nothing()
  return { ...nothing(), drafts: tables.map((one) => threatOf(document, one)) }
}

/** "V001" is an id here, whatever version it could be elsewhere. */
const numbered = /^[A-Z]{1,12}(?:[-_. ][A-Z]{1,12})?[-_. #]?\d{1,4}$/i

/** An id and a name over labels, one of which answers. */
function isNamed(table: Table): boolean {
  const [id, name] = table.header.map(({ phrase }) => phrase.text)
  if (id === undefined || !numbered.test(id.trim()) || !isKeyValue(table)) return false
  if ((name ?? '').split(' ').length < 2) return false
  const labels = table.rows.map(({ cells }) => fieldOf(cells[0]?.phrase.text ?? ''))
  return labels.some((field) => field === 'mitigation' || field === 'recommended')
}

function threatOf(
  document: Document,
  { section, table }: { section: Section; table: Table },
): ThreatDraft {
  const { trail, legend, context } = surroundingsOf(section, document)
  const [id, name] = table.header
  return threatDraft({
    recogniser: keyValues.name,
    reason: 'a table whose header is an id and a name, over labels',
    rank: 3,
    title: name?.phrase.text ?? '',
    writtenId: id?.phrase.text.trim() ?? null,
    span: table.span,
    section: trail,
    fields: fieldsOfBlocks([table]),
    tie: 'label',
    legend,
    heading: context.status,
    phrases: table.rows.flatMap(({ cells }) => cells.map((cell) => cell.phrase)),
  })
}
