import { phrasesOf } from '../code-references.ts'
import { controlsOf, mentionsOf } from '../draft/controls.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatOfEntry } from '../draft/entries.ts'
import { blocksBelow, type FieldValue } from '../draft/fields.ts'
import { bodyOfEntry, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import { plainPhrase } from '../outline/phrase.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { explicit, implied, type StatusReading } from '../status/status.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Questions about what somebody can do, with their answers, as in a list of frequent questions:
 *
 *   ## Can the relay read my letters?      - **The courier**
 *   No. They are sealed …    mitigated       - Open the box?  No, it has a lock.     mitigated
 *   ## What if my phone is stolen?           - Delay it?      Yes; nothing helps.    unmitigated
 *   Whoever has it …         unstated
 *
 * A heading must name harm itself or be answered with yes or no; bullets count when two of a list
 * are questions with such an answer. Questions that are left open ("Open questions") are not read:
 * an open question is no threat.
 */

export const questions: Recogniser = { name: 'questions', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    if (isOpenList(section)) continue
    const asked = section.kind === 'heading' ? ofHeading(document, section) : null
    if (asked !== null) found.drafts.push(asked)
    for (const list of askingLists(section)) found.drafts.push(...ofList(document, section, list))
  }
  return found
}

/** Lists of questions in a section and one level below its bullets. */
const askingLists = rememberingBlocks((blocks): readonly List[] => {
  const lists = blocks.filter((block): block is List => block.type === 'list')
  return [...lists, ...lists.flatMap((list) => listsBelow(list).flat())].filter(
    (list) => askedIn(list).filter((match) => yesOrNo.test(match?.[2] ?? '')).length >= 2,
  )
})

const listsBelow = rememberingEntries(({ blocks }) =>
  blocks.filter((block): block is List => block.type === 'list'),
)

function isOpenList(section: Section): boolean {
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent) {
    if (isOpen(at.title)) return true
  }
  return false
}

const isOpen = remembering(
  (title) => /\bopen questions?\b/i.test(title) || roleOf(title) === 'other',
)

const asks = pattern(
  'i',
  '^(?:can|could|does|do|will|is|are|what (?:if|happens (?:if|when))|how (?:can|could)',
  String.raw`|who can)\b.{6,140}\?$`,
)
const isQuestion = remembering((heading) => asks.test(titled(heading).title))
const yesOrNo = /^\W*(yes|no|partly|partially|mostly|sometimes)\b/i

function ofHeading(document: Document, section: Section): ThreatDraft | null {
  if (!isQuestion(section.title)) return null
  const { title, writtenId } = titled(section.title)
  const text = phrasesOf(blocksBelow(section))[0]?.text ?? ''
  if (text === '' || !(soundsLikeAttack(title) || (yesOrNo.test(text) && isAbility(title))))
    return null
  const fields = unitsOf(document.outline).fieldsOf(section)
  const draft = threatDraft({
    ...partsFor(document, section, 2),
    title: trimmed(title),
    writtenId,
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    phrases: phrasesOf(blocksBelow(section)),
  })
  return isAbility(title) ? { ...draft, status: answered(text) ?? draft.status } : draft
}

function isAbility(title: string): boolean {
  return /^(?:can|could|who can)\b/i.test(title)
}

/** A question and the start of its answer. */
const examined = 600

const inBullet = /^\W*([^?]{6,120}\?)\W*\s(.{2,})$/

const askedIn = rememberingEntries(({ head: { text } }) =>
  text.includes('?') ? inBullet.exec(text.slice(0, examined)) : null,
)

function ofList(document: Document, section: Section, list: List): ThreatDraft[] {
  const asked = askedIn(list)
  return list.entries.flatMap((entry, at) => {
    const match = asked[at]
    return match === null || match === undefined ? [] : ofEntry(document, section, entry, match)
  })
}

function ofEntry(
  document: Document,
  section: Section,
  entry: Entry,
  match: RegExpExecArray,
): ThreatDraft[] {
  const head = { ...entry.head, lead: match[1] ?? '', afterLead: `: ${match[2] ?? ''}` }
  const parts = { ...partsFor(document, section, 3), categories: [] }
  const draft = threatOfEntry({ ...entry, head }, parts)
  if (draft === null) return []
  const status = answered(`${match[2] ?? ''} ${bodyOfEntry(entry)}`)
  const mitigations =
    draft.mitigations.length > 0 ? draft.mitigations : reasons(entry, match[2] ?? '')
  return [{ ...draft, mitigations, status: status ?? draft.status }]
}

/** "No: sealed letters" says what stops it. */
function reasons(entry: Entry, reply: string): MitigationMention[] {
  const words = /^\W*no\W+(\S.*)$/i.exec(reply)?.[1]
  if (words === undefined) return []
  const lines = [plainPhrase(words, entry.head.span)]
  const value: FieldValue = { field: 'mitigation', label: '', lines, entries: [], span: entry.span }
  return mentionsOf(controlsOf(value, 'unstated'), 'label')
}

/** "No" to "can somebody …?" means that it is met. */
function answered(text: string): StatusReading | null {
  const word = yesOrNo.exec(text)?.[1]?.toLowerCase()
  if (word === undefined) return null
  if (word === 'no') return explicit('mitigated', text)
  if (word !== 'yes') return explicit('partial', text)
  return /\b(?:mitigated|limited|reduced|detected)\b/i.test(text)
    ? implied('partial', text)
    : explicit('unmitigated', text)
}

function partsFor(document: Document, section: Section, rank: 2 | 3) {
  return {
    recogniser: questions.name,
    reason: `a question with its answer, under "${section.heading.text.slice(0, 80)}"`,
    rank,
    section: sectionTrail(section),
    legend: document.legend,
    heading: null,
  }
}
