import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { fieldsOfEntry } from '../draft/entries.ts'
import type { Fields, FieldValue } from '../draft/fields.ts'
import { nameOf } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { isThreatTable } from '../units/evidence.ts'
import { unitsOf } from '../units/units.ts'
import { plainLabel, type Role } from '../vocabulary/vocabulary.ts'

/*
 * Places in a list, each with what may happen there under a label of its own:
 *
 *   ## Trust boundaries
 *   1. **Yard → kitchen**                       the place, and no threat
 *      - Entry: the back door
 *      - Risk: mud on the floor, stolen pots    the threat
 *      - Controls: a mat, a bell                what answers it
 *
 * One label below one place explains it; the form counts where most places of a list have it.
 */

/** Where so many threats have a heading each, what stands below a place is told there. */
const mostTold = 3

export const placeLabels: Recogniser = { name: 'place-labels', read }

const places: ReadonlySet<Role> = new Set(['boundaries', 'surfaces', 'assets'])

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  if (document.outline.sections.some((section) => section.blocks.some(isThreatTable))) return found
  const told = document.outline.sections.filter((section) => units.unitOf(section) === 'threat')
  if (told.length >= mostTold) return found
  for (const section of document.outline.sections) {
    const role = units.roleOf(section)
    if (role === null || !places.has(role) || units.unitOf(section) !== 'none') continue
    for (const block of section.blocks)
      if (block.type === 'list') found.drafts.push(...ofList(document, section, block))
  }
  return found
}

function ofList(document: Document, section: Section, { entries }: List): ThreatDraft[] {
  const told = entries.map((entry) => ({ entry, fields: fieldsOfEntry(entry) }))
  const labelled = told.filter(({ fields }) => fields.values.some(namesThreats))
  if (labelled.length < 2 || labelled.length * 2 < entries.length) return []
  return labelled.flatMap(({ entry, fields }) => ofPlace(document, section, entry, fields))
}

function namesThreats({ label, lines, entries }: FieldValue): boolean {
  const isNamed = /^(?:(?:main|key|primary|top|possible|potential) )?(?:threats?|risks?|attacks?)$/
  return isNamed.test(plainLabel(label)) && lines.length + entries.length > 0
}

function ofPlace(
  document: Document,
  section: Section,
  entry: Entry,
  fields: Fields,
): ThreatDraft[] {
  const own: Fields = { values: fields.values.filter((value) => !namesThreats(value)), loose: [] }
  return fields.values.filter(namesThreats).flatMap((value) =>
    phrasesIn(value).map((phrase) =>
      threatDraft({
        recogniser: placeLabels.name,
        reason: `the label "${value.label}" of "${entry.head.text.slice(0, 80)}"`,
        rank: 2,
        ...titled(nameOf(phrase)),
        span: phrase.span,
        section: sectionTrail(section),
        fields: own,
        tie: 'label',
        legend: document.legend,
        body: phrase.text,
        heading: contextOf(section).status,
        phrases: [phrase],
      }),
    ),
  )
}

function phrasesIn({ lines, entries }: FieldValue): Phrase[] {
  return entries.length > 0 ? entries.map(({ head }) => head) : lines.slice(0, 1)
}
