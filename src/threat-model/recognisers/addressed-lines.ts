import { controlsOf, mentionsOf } from '../draft/controls.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { firstClause, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { unitsOf } from '../draft/units.ts'
import { isThreatTable } from '../draft/units-evidence.ts'
import { titled } from '../identity.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { explicit, implied, type StatusReading, statusOfRole } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Controls of a part, and below them in one line what they answer and what they do not:
 *
 *   ### The front door
 *   - The lock is changed every year
 *   - A bell rings in the kitchen
 *   - **Threats addressed:** a copied key, a guest who stays, and a broken pane     each a threat
 *   - **Residual:** the window beside it; the cat                                   one, accepted
 *
 * Only where the document has no other list of threats: there such lines cite it.
 */

export const addressedLines: Recogniser = { name: 'addressed-lines', read }

/** Where so many threats have a heading each, the lines cite them. */
const mostTold = 3

function read(document: Document): Found {
  const found = nothing()
  if (listsThreats(document)) return found
  const { sections } = document.outline
  const lists = sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.type === 'list' ? [{ section, list: block }] : [])),
  )
  const named = lists.filter(({ list }) => list.entries.some((entry) => lineOf(entry) !== null))
  const around = new Set(named.map(({ section }) => section.parent))
  for (const { section, list } of lists)
    if (around.has(section.parent)) found.drafts.push(...ofList(document, section, list))
  return found
}

function listsThreats({ outline }: Document): boolean {
  const units = unitsOf(outline)
  const { sections } = outline
  if (sections.some(({ blocks }) => blocks.some(isThreatTable))) return true
  if (sections.some((section) => listing.has(units.unitOf(section)))) return true
  return sections.filter((section) => units.unitOf(section) === 'threat').length >= mostTold
}

const listing: ReadonlySet<string> = new Set(['values', 'entries', 'tool'])

interface Named {
  title: string
  entry: Entry
  status: StatusReading
  group: MitigationMention[]
}

function ofList(document: Document, section: Section, list: List): ThreatDraft[] {
  const lines = list.entries.map(lineOf)
  const controls = list.entries.filter(({ head }) => !labels.test(head.text))
  const group = mentionsOf(
    controlsOf(answersOf(list, controls), 'unstated'),
    'group',
    section.heading.text,
  )
  const named = list.entries.flatMap((entry, at): Named[] => {
    const line = lines[at] ?? null
    if (line === null) return remainder(entry)
    const status = explicit('mitigated', entry.head.text)
    return namesIn(line).map((title) => ({ title, entry, status, group }))
  })
  return named.map((one) => threatOf(document, section, one))
}

function lineOf(entry: Entry): string | null {
  return addressed.exec(textOf(entry))?.[1] ?? null
}

function answersOf({ span }: List, entries: Entry[]) {
  return { field: 'mitigation' as const, label: '', lines: [], entries, span }
}

function textOf({ head, rest }: Entry): string {
  return `${head.text} ${rest}`.trim()
}

const addressed = pattern(
  'i',
  String.raw`^(?:threats|risks|attacks)(?: \w+)? (?:addressed|mitigated|covered|countered`,
  String.raw`|prevented|handled|stopped|closed)(?: here)?\s*[::]\s+(.{3,1500})$`,
)

/** Bullets that are no controls. */
const labels = pattern(
  'i',
  String.raw`^(?:(?:threats|risks|attacks)(?: \w+)? \w+|residual(?: risks?)?|finding|note|gaps?`,
  String.raw`|limitations?)\b[^::]{0,60}[::.—–-]`,
)

const mostNames = 30
/** More words are no name. */
const longestName = 16

/** Names between semicolons, or between commas outside brackets. */
function namesIn(line: string): string[] {
  const plain = line.replace(/\s*\([^()]{0,300}\)/g, '').replace(/\.\s.*$|\.$/, '')
  const parts = plain.includes(';') ? plain.split(/;\s+/) : plain.split(/,\s+(?:and\s+)?/)
  return parts
    .map((part) => trimmed(part.replace(/^(?:and|or) /, '')))
    .filter((part) => /\p{L}{3}/u.test(part) && part.split(' ').length <= longestName)
    .filter((part) => titled(part).writtenId === null && classOf(part) === null)
    .slice(0, mostNames)
}

/** "**Residual (non-goals):** the window; the cat" */
function remainder(entry: Entry): Named[] {
  const [, label = '', words = ''] = residual.exec(textOf(entry)) ?? []
  const title = trimmed(firstClause(words.split(/;\s/)[0] ?? ''))
  if (title.split(' ').length < 2) return []
  const bracket = /\(([^()]+)\)/.exec(label)?.[1] ?? ''
  const status = statusOfRole(roleOf(bracket), bracket) ?? implied('accepted', label)
  return [{ title, entry, status, group: [] }]
}

const residual = /^(residual(?: risks?)?(?: \([^()]{3,60}\))?)\s*[::]\s+(.{5,1500})$/i

function threatOf(document: Document, section: Section, { title, entry, status, group }: Named) {
  return {
    ...threatDraft({
      recogniser: addressedLines.name,
      reason: `named by a line of "${section.heading.text}"`,
      rank: 2,
      title,
      writtenId: null,
      span: entry.span,
      section: sectionTrail(section),
      fields: { values: [], loose: [] },
      tie: 'label',
      legend: document.legend,
      body: '',
      group,
      phrases: [entry.head],
    }),
    status,
  }
}
