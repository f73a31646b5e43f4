import { phrasesOf } from '../code-references.ts'
import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { namesNone } from '../draft/entries.ts'
import { blocksBelow, type FieldValue, fieldsOfBlocks } from '../draft/fields.ts'
import { firstSentence, nameOf, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { rememberingEntries } from '../outline/keep.ts'
import { fold } from '../outline/phrase.ts'
import type { Entry, List, Outline, Paragraph, Section } from '../outline/types.ts'
import { closed } from '../units/evidence.ts'
import { isGeneric } from '../units/generic.ts'
import { isOfHandling } from '../units/handling.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { attackWords, controlWords, isAdvice, soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Candidates from essays, where no form says "this is a threat":
 *
 *   ## Timing attacks             a heading that names an attack, with a text
 *   **Prompt injection.** text    a paragraph that begins with such a name in bold
 *   - An attacker who … can …     a bullet with an attacker as its subject
 *   I-2. Devices are not trusted. a paragraph with an id, among others of the kind, that names an
 *                                 attack or what is not trusted
 *
 * All of low rank and `certainty: inferred`: they stand only where no other recogniser found a
 * threat, and they never carry a status beyond what a heading says outright.
 */

export const prose: Recogniser = { name: 'prose', isLastResort: true, read }

/** An essay with more candidates than this is a list in disguise, and not read as prose. */
const maxCandidates = 60

function read(document: Document): Found {
  const found = nothing()
  if (document.isListed) return found
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    const role = units.roleOf(section)
    // What is planned may be told of a threat.
    if (role !== null && role !== 'planned' && closed.has(role)) continue
    if (isOfHandling(section)) continue
    const heading = fromHeading(document, section)
    if (heading !== null) found.drafts.push(heading)
    else found.drafts.push(...fromBlocks(document, section))
    if (found.drafts.length >= maxCandidates) break
  }
  return found
}

function fromHeading(document: Document, section: Section): ThreatDraft | null {
  const { title, writtenId } = titled(section.title)
  // "Public zone (untrusted)" is a place.
  const named = title.replace(/\s*\([^()]{1,40}\)$/, '')
  if (roleOf(title) !== null || !soundsLikeAttack(named) || section.children.length > 0) return null
  if (isGeneric(title) || namesControls.test(title) || isStrength(title)) return null
  const phrases = phrasesOf(blocksBelow(section))
  if (phrases.length === 0) return null
  const body = fold(phrases.map((phrase) => phrase.text).join(' '))
  return candidate(document, section, {
    title: trimmed(title),
    writtenId,
    span: section.span,
    body,
  })
}

/** "Mitigation of side channels", "Attack detection" head what is done. */
const namesControls = pattern(
  'i',
  '(?:mitigations?|protections?|prevention|defen[cs]es?|counter-?measures?|detection|hardening',
  '|resistance|principles?|tables?|diagrams?|zones?)$|^(?:mitigation|prevention|detection',
  String.raw`|handling) (?:of|against)\b|\bcapabilit(?:y|ies)\b`,
)

/** "No forged coins" says what does not happen, "No signatures" what is missing. */
function isStrength(title: string): boolean {
  return /^no\b/i.test(title) && attackWords(title) > 0 && controlWords(title) === 0
}

function fromBlocks(document: Document, section: Section): ThreatDraft[] {
  return section.blocks.flatMap((block): ThreatDraft[] => {
    if (block.type === 'paragraph') return fromParagraph(document, section, block)
    if (block.type !== 'list') return []
    return attackersIn(block).map((entry) => fromEntry(document, section, entry))
  })
}

/** Those that tell of an attacker; where most begin with one, all of these. */
function attackersIn(list: List): Entry[] {
  const named = nameAttackers(list)
  const begun = beginWithAttackers(list)
  const count = begun.filter(Boolean).length
  const isForm = count >= fewestOfForm && count * 3 >= begun.length * 2
  if (!isForm && !named.includes(true)) return []
  return list.entries.filter((_, at) => named[at] || (isForm && begun[at]))
}

const beginWithAttackers = rememberingEntries(
  ({ head: { text } }) =>
    attackerFirst.test(text) && !/\b(?:can ?not|can['’]t|unable|assum\w+)\b/i.test(text),
)

/** "An attacker with a boat moves the buoy": somebody hostile, and what is said of them. */
const attackerFirst = pattern(
  'i',
  String.raw`^(?:an?|the|any|some) (?:[\w-]+ ){0,2}(?:attacker|adversary|intruder|thief|hacker)s?`,
  String.raw`(?: \S+){4}`,
)

const fewestOfForm = 4

const nameAttackers = rememberingEntries(({ head: { text, lead } }) => {
  if (isAdvice(text) || !attacker.test(text) || namesNone.test(lead)) return false
  return attackWords(text) > controlWords(text)
})

function fromParagraph(document: Document, section: Section, paragraph: Paragraph): ThreatDraft[] {
  const { lead, text } = paragraph.phrase
  if (isNumbered(document.outline, text)) return fromNumbered(document, section, paragraph)
  if (lead === '' || lead.length > 120 || !soundsLikeAttack(lead) || lead === text) return []
  if (asksWhom.test(lead)) return []
  const name = titled(nameOf(paragraph.phrase))
  return [candidate(document, section, { ...name, span: paragraph.span, body: text })]
}

/** "What the gate takes for untrusted" says where the line is. */
const asksWhom = /^\W*(?:what|whom?|where) .*\b(?:trusts?|trusted|untrusted)\b/i

/** Fewer paragraphs that begin with an id are no series. */
const fewestNumbered = 3

const numbered = new WeakMap<Outline, boolean>()

/** "I-2. Devices are not trusted", in a document with a series of such paragraphs. */
function isNumbered(outline: Outline, text: string): boolean {
  if (titled(text).writtenId === null) return false
  const known = numbered.get(outline) ?? hasSeries(outline)
  numbered.set(outline, known)
  return known
}

function hasSeries({ sections }: Outline): boolean {
  const begun = sections.flatMap((section) =>
    section.blocks.filter(
      (block) => block.type === 'paragraph' && titled(block.phrase.text).writtenId !== null,
    ),
  )
  return begun.length >= fewestNumbered
}

function fromNumbered(document: Document, section: Section, paragraph: Paragraph): ThreatDraft[] {
  const { title, writtenId } = titled(firstSentence(paragraph.phrase.text))
  if (!distrusts.test(title) && attackWords(title) === 0) return []
  return [candidate(document, section, { title, writtenId, span: paragraph.span, body: '' })]
}

const distrusts = /\b(?:not|never|un)[ -]?trust(?:ed|worthy)?\b/i

const attacker = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar(?:y|ies)|malicious|hostile|compromised|untrusted`,
  String.raw`|rogue|intruder)\b.{0,80}\b(?:can|could|may|might|tries|attempts|submits`,
  String.raw`|sends|injects|obtains|reads|steals|uses)\b`,
)

/** With what labels below it say: "- An attacker …" over "- **Status**: …". */
function fromEntry(document: Document, section: Section, entry: Entry): ThreatDraft {
  const { head, span, blocks } = entry
  const name = titled(nameOf(head))
  const { values } = fieldsOfBlocks(blocks)
  return candidate(document, section, { ...name, span, body: head.text, values })
}

interface Candidate {
  title: string
  writtenId: string | null
  span: ThreatDraft['span']
  body: string
  values?: readonly FieldValue[]
}

function candidate(
  document: Document,
  section: Section,
  { values = [], ...parts }: Candidate,
): ThreatDraft {
  return threatDraft({
    recogniser: prose.name,
    reason: `its words name an attack, under "${section.heading.text}"`,
    rank: -1,
    section: sectionTrail(section),
    fields: { values: [...values], loose: [] },
    tie: 'label',
    legend: document.legend,
    heading: contextOf(section).status,
    ...parts,
  })
}
