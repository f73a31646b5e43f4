import type { Span } from '../../shared/span.ts'
import { phrasesOf } from '../code-references.ts'
import { adversaryTitle } from '../draft/adversaries.ts'
import type { Document, Found, Rank, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { blocksBelow, type FieldValue, fieldsOfBlocks, textOf } from '../draft/fields.ts'
import { bodyOfEntry } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Status } from '../model.ts'
import { fold, type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block, Entry, Section } from '../outline/types.ts'
import { sentencesOf } from '../status/prose.ts'
import { explicit, type StatusReading, statusInWords } from '../status/status.ts'
import { takenBack, verdictBefore, verdictOfLead } from '../status/verdict-leads.ts'
import { isGeneric } from '../units/generic.ts'
import { unitsOf } from '../units/units.ts'
import { withoutEnd } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * A heading or bullet for each adversary, and in bold or behind its name whether the project stands
 * up to it:
 *
 *   ## Attackers
 *   ### A1 — A passer-by                  ### A2 — The owner of the meadow
 *   **Defended:** the tent is closed.     **Not defended.** He has the right to enter.
 *   **Not defended:** what is heard.
 *                                         - **A child.** Defended: the pegs are long.
 *
 * The adversary is the threat. Both verdicts under one heading are half of an answer. One heading
 * or bullet alone is no form.
 */

export const adversaryVerdicts: Recogniser = { name: 'adversary-verdicts', read }

interface Verdict {
  status: Status
  /** What is told behind the bold words. */
  text: string
  /** "Defended: …", and not only "held back by …". */
  isOutright?: boolean
}

interface Judged {
  heading: Phrase
  span: Span
  trail: string[]
  body: string
  phrases: Phrase[]
  verdicts: Verdict[]
  rank: Rank
}

const fewestJudged = 2

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const parent of document.outline.sections) {
    if (units.roleOf(parent) !== 'adversaries') continue
    const bullets = roleOf(parent.title) === 'adversaries' ? judgedBullets(parent) : []
    const all = [...judgedHeadings(parent), ...bullets]
    found.drafts.push(...all.map((one) => threatOf(document, one)))
  }
  return found
}

function judgedHeadings({ children }: Section): Judged[] {
  const headings = children.filter(({ kind }) => kind === 'heading')
  const all = headings.map(ofHeading)
  const judged = all.filter(({ verdicts }) => verdicts.length > 0)
  if (judged.length < fewestJudged) return []
  // What is ruled out may stand alone among adversaries of whom more is told.
  if (judged.length * 2 < headings.length && !judged.every(isRuledOut)) return []
  if (judged.length * 3 < headings.length * 2) return judged
  return all.filter(({ verdicts }, at) => verdicts.length > 0 || isUnjudged(headings[at]))
}

function ofHeading(section: Section): Judged {
  const { heading, span, trail } = section
  const phrases = phrasesOf(blocksBelow(section))
  const body = inOneLine(phrases)
  return { heading, span, trail, body, phrases, verdicts: verdictsIn(section), rank: 3 }
}

/** "A thief. Defended: the gate is locked.": half of the bullets of the list say it. */
function judgedBullets(parent: Section): Judged[] {
  return parent.blocks.flatMap((block) => {
    if (block.type !== 'list') return []
    const judged = block.entries.map((entry) => ofEntry(entry, sectionTrail(parent)))
    const said = judged.filter(({ verdicts }) => verdicts.length > 0)
    if (said.length < fewestJudged || said.length * 2 < judged.length) return []
    // "Stopped by the dog" describes whom the threats listed elsewhere come from.
    const isOutright = said.some(({ verdicts }) => verdicts.some((one) => one.isOutright === true))
    return judged.map((one) => ({ ...one, rank: isOutright ? 3 : 1 }))
  })
}

function ofEntry(entry: Entry, trail: string[]): Judged {
  const { head, restLines, span } = entry
  const [name, more] = nameAndVerdict(head.lead)
  const told = name === '' ? '' : fold(`${more} ${head.afterLead} ${bodyOfEntry(entry)}`)
  const verdicts = sentencesOf(told).flatMap((sentence) => {
    const words = sentence.replace(/^[\s:.—–-]+/, '')
    const lead = /^[^:;,.—–]{3,60}(?=[:;,.—–])/.exec(words)?.[0] ?? ''
    const answered = verdictBefore(words)
    const status = answered ?? verdictOfLead(lead)
    const text = words.slice(lead.length).replace(/^[\s:.—–-]+/, '') || words
    const isOutright = answered === null
    return status === null ? [] : [{ status: takenBack(text) ?? status, text, isOutright }]
  })
  const heading = { ...head, text: withoutEnd(name, /[\s.:。—–-]/) }
  return { heading, span, trail, body: told, phrases: [head, ...restLines], verdicts, rank: 3 }
}

/** "**The neighbour.** **Not defended.**": the bold words of both are one lead. */
function nameAndVerdict(lead: string): [string, string] {
  const [, name = '', verdict = ''] = /^(.{3,}?)[.:]\s+(\S.*)$/.exec(lead) ?? []
  return verdictOfLead(verdict) === null ? [lead, ''] : [name, `${verdict}.`]
}

/** Among adversaries with a verdict one without is open to doubt, and no less a threat. */
function isUnjudged(section: Section | undefined): boolean {
  if (section === undefined || roleOf(section.title) !== null || isGeneric(section.title))
    return false
  return section.blocks.length > 0
}

function isRuledOut({ verdicts }: Judged): boolean {
  return verdicts.every(({ status }) => status === 'out-of-scope')
}

/** Of its paragraphs and bullets, and of lines that are nothing but a verdict. */
function verdictsIn({ blocks, children }: Section): Verdict[] {
  const stated = statusIn(blocks)
  if (stated !== null) return [stated]
  const phrases = blocks.flatMap((block) => {
    if (block.type === 'paragraph') return [block.phrase]
    return block.type === 'list' ? block.entries.map(({ head }) => head) : []
  })
  const told = phrases.map(({ lead, afterLead }) => ({ lead, text: afterLead }))
  const alone = children
    .filter(({ kind }) => kind === 'bold')
    .map((child) => ({ lead: child.heading.text, text: inOneLine(phrasesOf(blocksBelow(child))) }))
  return [...told, ...alone].flatMap(({ lead, text }) => {
    const status = lead === '' ? null : (verdictOfLead(lead) ?? verdictOfLead(behind(lead)))
    const less = status === 'mitigated' ? takenBack(text) : null
    return status === null
      ? []
      : [{ status: less ?? status, text: text.replace(/^[\s:.—–-]+/, '') }]
  })
}

/** "Status: not mitigated today.", "A lost key: mitigated." say it behind what it is about. */
function behind(lead: string): string {
  return /^[^::]{3,60}[::]\s+(\S.*)$/.exec(lead)?.[1] ?? ''
}

/** "**Status:** mitigated" says it under a label. */
function statusIn(blocks: readonly Block[]): Verdict | null {
  const text = textOf(fieldsOfBlocks(blocks), 'status')
  const reading = text === null ? null : statusInWords(text)
  return reading === null ? null : { status: reading.status, text: '' }
}

function inOneLine(phrases: readonly Phrase[]): string {
  return fold(phrases.map(({ text }) => text).join(' '))
}

function threatOf(document: Document, judged: Judged): ThreatDraft {
  const { heading, span, trail, body, phrases, verdicts, rank } = judged
  const answers = verdicts.filter(({ status }) => status === 'mitigated' || status === 'partial')
  const values = answers.map(({ text }): FieldValue => {
    const lines = text === '' ? [] : [plainPhrase(text, span)]
    return { field: 'mitigation', label: 'Defended', lines, entries: [], span }
  })
  const { writtenId } = titled(heading.text)
  return threatDraft({
    recogniser: adversaryVerdicts.name,
    reason: `an adversary with a verdict, under "${trail.at(-1) ?? ''}"`,
    rank,
    title: adversaryTitle(heading),
    writtenId,
    span,
    section: trail,
    fields: { values, loose: [] },
    tie: 'label',
    legend: document.legend,
    body,
    verdict: together(verdicts),
    adversary: adversaryTitle(heading),
    phrases,
  })
}

function together(verdicts: readonly Verdict[]): StatusReading | null {
  const said = new Set(verdicts.map(({ status }) => status))
  const [only] = said
  if (only === undefined) return null
  return explicit(said.size === 1 ? only : 'partial', verdicts[0]?.text ?? '')
}
