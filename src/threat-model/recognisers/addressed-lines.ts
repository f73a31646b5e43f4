import { controlsOf, mentionsOf } from '../draft/controls.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { firstClause, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Entry, List, Paragraph, Section } from '../outline/types.ts'
import { explicit, implied, type StatusReading, statusOfRole } from '../status/status.ts'
import { isThreatTable } from '../units/evidence.ts'
import { unitsOf } from '../units/units.ts'
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
 * The lines may be paragraphs, too. Only where the document has no other list of threats: there
 * such lines cite it.
 */

export const addressedLines: Recogniser = { name: 'addressed-lines', read }

/** Where so many threats have a heading each, the lines cite them. */
const mostTold = 3

function read(document: Document): Found {
  const found = nothing()
  if (listsThreats(document)) return found
  const parts = document.outline.sections.flatMap(partsOf)
  const named = parts.filter(({ lines }) => lines.some(({ text }) => addressed.test(text)))
  const around = new Set(named.map(({ section }) => section.parent))
  for (const part of parts)
    if (around.has(part.section.parent)) found.drafts.push(...ofPart(document, part))
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

/** Lines that stand together: in a list with the controls they speak of, or in paragraphs. */
interface Part {
  section: Section
  lines: Phrase[]
  list: List | null
}

/** The bullets of each list, and the labelled lines of the paragraphs. */
function partsOf(section: Section): Part[] {
  const lists = section.blocks.flatMap((block) => (block.type === 'list' ? [block] : []))
  const told = section.blocks.flatMap((block) => (block.type === 'paragraph' ? linesOf(block) : []))
  return [
    ...lists.map((list) => ({
      section,
      lines: list.entries.map(({ head, rest }) => plainPhrase(`${head.text} ${rest}`, head.span)),
      list,
    })),
    { section, lines: told, list: null },
  ]
}

/** A line goes on until the next label. */
function linesOf({ lines }: Paragraph): Phrase[] {
  const joined: Phrase[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last === undefined || labels.test(line.text)) joined.push(line)
    else joined[joined.length - 1] = plainPhrase(`${last.text} ${line.text}`, last.span)
  }
  return joined
}

function controlsIn({ heading }: Section, list: List): MitigationMention[] {
  const entries: Entry[] = list.entries.filter(({ head }) => !labels.test(head.text))
  const value = { field: 'mitigation' as const, label: '', lines: [], entries, span: list.span }
  return mentionsOf(controlsOf(value, 'unstated'), 'group', heading.text)
}

/** Below "Controls", the heading over the paragraphs names one. */
function controlNamedBy({ heading, headingSpan, parent }: Section): MitigationMention[] {
  if (parent === null || roleOf(parent.title) !== 'mitigations') return []
  const { title, writtenId } = titled(heading.text)
  const control = { text: title, writtenId, span: headingSpan, status: 'unstated' as const }
  return mentionsOf([control], 'group', heading.text)
}

const addressed = pattern(
  'i',
  String.raw`^(?:threats|risks|attacks)(?: \w+)? (?:addressed|mitigated|covered|countered`,
  String.raw`|prevented|handled|stopped|closed)(?: here)?\s*[::]\s+(.{3,1500})$`,
)

/** Lines that are no controls. */
const labels = pattern(
  'i',
  String.raw`^(?:(?:threats|risks|attacks)(?: \w+)? \w+|(?:residual|remaining)(?: risks?)?|finding`,
  String.raw`|note|gaps?|limitations?)\b[^::]{0,60}[::.—–-]`,
)

const residual = /^((?:residual|remaining)(?: risks?)?(?: \([^()]{3,60}\))?)\s*[::]\s+(.{5,1500})$/i

interface Named {
  title: string
  line: Phrase
  status: StatusReading
  group: MitigationMention[]
}

function ofPart(document: Document, { section, lines, list }: Part): ThreatDraft[] {
  const group = list === null ? controlNamedBy(section) : controlsIn(section, list)
  const named = lines.flatMap((line): Named[] => {
    const listed = addressed.exec(line.text)?.[1]
    if (listed === undefined) return remainder(line)
    const status = explicit('mitigated', line.text)
    return namesIn(listed).map((title) => ({ title, line, status, group }))
  })
  return named.map((one) => threatOf(document, section, one))
}

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
function remainder(line: Phrase): Named[] {
  const [, label = '', words = ''] = residual.exec(line.text) ?? []
  const title = trimmed(firstClause(words.split(/;\s/)[0] ?? ''))
  if (title.split(' ').length < 2) return []
  const bracket = /\(([^()]+)\)/.exec(label)?.[1] ?? ''
  const status = statusOfRole(roleOf(bracket), bracket) ?? implied('accepted', label)
  return [{ title, line, status, group: [] }]
}

function threatOf(document: Document, section: Section, named: Named): ThreatDraft {
  const { title, line, status, group } = named
  const draft = threatDraft({
    recogniser: addressedLines.name,
    reason: `named by a line of "${section.heading.text}"`,
    rank: 2,
    title,
    writtenId: null,
    span: line.span,
    section: sectionTrail(section),
    fields: { values: [], loose: [] },
    tie: 'label',
    legend: document.legend,
    body: '',
    group,
    phrases: [line],
  })
  return { ...draft, status }
}
