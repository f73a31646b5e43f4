import { introducesBullets } from '../draft/areas.ts'
import { contextOf, isThreatClass, isThreatRole } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { areDefinitions } from '../draft/leads.ts'
import { bodyOfEntry } from '../draft/names.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import { fold, plainPhrase } from '../outline/phrase.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { isGeneric } from '../units/generic.ts'
import { withoutEnd } from '../vocabulary/pattern.ts'
import { classOf, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'

/*
 * Bullets that begin with a class of threats, under any heading:
 *
 *   ### Ticket machine
 *   - **Spoofing**: a copied card opens the gate        one threat, of the class, named by the text
 *     - *Mitigation*: cards are signed
 *   - **Tampering**: the price list is rewritten
 *
 * The class is no name, and the heading is the part of the system. Definitions ("Spoofing:
 * pretending to be somebody else" under "Methodology") and lists of controls by class are left out.
 */

export const classBullets: Recogniser = { name: 'class-bullets', read }

/** A document with fewer such bullets uses the class as a word like others. */
const fewestBullets = 3
/** A text shorter than this is a mark or a level. */
const fewestWords = 3

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    if (!namesClasses(section) || isClosed(section)) continue
    for (const block of section.blocks) {
      if (block.type !== 'list') continue
      const answered = answeredClasses(document, section, block)
      found.claims.push(...answered.map(({ span }) => span))
      found.drafts.push(...answered, ...ofList(document, section, block))
    }
  }
  return found.drafts.length < fewestBullets ? nothing() : found
}

const closed: ReadonlySet<Role> = new Set(['assets', 'adversaries', 'mitigations', 'other'])

function isClosed(section: Section): boolean {
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent) {
    const role = roleOf(at.title)
    if (role !== null && closed.has(role)) return true
  }
  return isGeneric(section.title)
}

function ofList(document: Document, section: Section, list: List): ThreatDraft[] {
  const flags = areNamed(list)
  if (!flags.includes(true)) return []
  const named = list.entries.filter((_, at) => flags[at])
  if (named.length === 0 || named.length * 2 < list.entries.length) return []
  const controls = named.filter((entry) => soundsLikeControl(entry.head.afterLead))
  if (controls.length * 2 > named.length) return []
  if (areDefinitions(list.entries.map((entry) => ({ entry, name: classOf(entry.head.lead) }))))
    return []
  return named.flatMap((entry) => threatOf(document, section, entry) ?? [])
}

/** "- **Spoofing:** seals" below "Threats and mitigations": the class is what is answered. */
function answeredClasses(document: Document, section: Section, list: List): ThreatDraft[] {
  if (!isThreatRole(roleOf(section.title)) || !answers.test(section.heading.text)) return []
  const flags = areNamed(list)
  const names = new Set(list.entries.map(({ head }) => classOf(head.lead)))
  if (flags.includes(false) || names.size < list.entries.length) return []
  const attacks = list.entries.filter((entry) => soundsLikeAttack(wordsOf(entry)))
  if (attacks.length * 2 > list.entries.length) return []
  return list.entries.flatMap((entry) => {
    const { head, span } = entry
    const name = plainPhrase(withoutEnd(head.lead, /[\s:.—–-]/), span)
    const lines = [plainPhrase(fold(`${wordsOf(entry)} ${bodyOfEntry(entry)}`), span)]
    const value = { field: 'mitigation' as const, label: '', lines, entries: [], span }
    const parts = { ...partsFor(document, section, entry), readsBody: false }
    return threatOfPhrase(name, span, { values: [value], loose: [] }, parts) ?? []
  })
}

const answers = /\b(?:mitigations?|controls?|defen[cs]es?|countermeasures?)\b/i

const namesClasses = rememberingBlocks((blocks) =>
  blocks.some((block) => block.type === 'list' && areNamed(block).includes(true)),
)

const areNamed = rememberingEntries(
  (entry) => isThreatClass(entry.head.lead) && says(entry) && !introducesBullets(entry),
)

function says(entry: Entry): boolean {
  return wordsOf(entry).split(' ').length >= fewestWords
}

function wordsOf(entry: Entry): string {
  return entry.head.afterLead.replace(/^[\s:.:—–-]+/, '')
}

function threatOf(document: Document, section: Section, entry: Entry): ThreatDraft | null {
  const text = wordsOf(entry)
  const head = { ...entry.head, text, lead: '', afterLead: text }
  return threatOfEntry({ ...entry, head }, partsFor(document, section, entry))
}

function partsFor(document: Document, section: Section, { head }: Entry): EntryParts {
  const name = classOf(head.lead)
  return {
    recogniser: classBullets.name,
    reason: `a bullet that begins with "${head.lead}"`,
    rank: 3,
    section: sectionTrail(section),
    legend: document.legend,
    categories: name === null ? [] : [name],
    heading: contextOf(section).status,
  }
}
