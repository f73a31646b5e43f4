import { phrasesOf } from '../code-references.ts'
import { contextOf, isThreatRole } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import type { FieldValue } from '../draft/fields.ts'
import { firstSentence } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import type { Block, Entry, List, Paragraph, Section } from '../outline/types.ts'
import { unitsOf } from '../units/units.ts'
import { endsInColon } from '../vocabulary/intro.ts'
import { fieldOf, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'

/*
 * A sentence that says what may happen, and bullets below it that say what is to be done:
 *
 *   ## Broker
 *   A thief listens to all letters on the way.     the threat
 *   - Letters should be sealed                     its controls
 *   - The broker should sit apart
 *   A guest opens letters of others.               the next one
 *   - …
 *
 * Two pairs of a section at least, most of them about harm unless the heading says "threats", or
 * more all over the document. A
 * sentence with a colon introduces its bullets, and bullets that are no controls explain.
 */

export const answeredParagraphs: Recogniser = { name: 'answered-paragraphs', read }

interface Pair {
  told: Paragraph
  answers: List
}

const fewestPairs = 2
/** So many pairs are the form of the document, wherever they stand. */
const formPairs = 6
/** A longer paragraph is an essay. */
const longest = 400

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  const all = document.outline.sections.flatMap((section) => {
    const pairs = pairsIn(section)
    if (pairs.length === 0) return []
    const role = units.roleOf(section)
    const isPart = role !== null && !isThreatRole(role)
    const isLabelled = units.fieldsOf(section).values.some(({ field }) => field !== null)
    return isPart || isLabelled ? [] : { section, pairs, among: isThreatRole(role) }
  })
  const total = all.flatMap(({ pairs }) => pairs)
  const isForm = total.length >= formPairs && isAboutHarm(total, false)
  for (const { section, pairs, among } of all) {
    if (!isForm && (pairs.length < fewestPairs || !isAboutHarm(pairs, among))) continue
    for (const pair of pairs) found.drafts.push(threatOf(document, section, pair))
  }
  return found
}

const pairsIn = rememberingBlocks((blocks): readonly Pair[] => {
  const pairs: Pair[] = []
  for (const [at, answers] of blocks.entries()) {
    const told = blocks[at - 1]
    if (answers.type !== 'list' || told === undefined || !isStatement(told)) continue
    if (mostlyControls(answers.entries)) pairs.push({ told, answers })
  }
  return pairs
})

function isStatement(block: Block): block is Paragraph {
  if (block.type !== 'paragraph' || block.phrase.lead !== '') return false
  const { text } = block.phrase
  if (text.length > longest || text.split(' ').length < 5 || endsInColon(text)) return false
  return fieldOf(text) === null && roleOf(text) === null && !soundsLikeControl(text)
}

function mostlyControls(entries: readonly Entry[]): boolean {
  const controls = entries.filter(({ head }) => isToBeDone(head.text))
  return controls.length * 2 >= entries.length
}

function isToBeDone(text: string): boolean {
  return soundsLikeControl(text) || /\b(?:should|must|shall|needs? to)\b/i.test(text)
}

function isAboutHarm(pairs: readonly Pair[], among: boolean): boolean {
  const hostile = pairs.filter(({ told }) => soundsLikeAttack(told.phrase.text))
  return among ? hostile.length > 0 : hostile.length * 2 > pairs.length
}

function threatOf(document: Document, section: Section, { told, answers }: Pair): ThreatDraft {
  const { text } = told.phrase
  const name = titled(firstSentence(text))
  const own: FieldValue = {
    field: 'mitigation',
    label: '',
    lines: [],
    entries: answers.entries,
    span: answers.span,
  }
  return threatDraft({
    recogniser: answeredParagraphs.name,
    reason: `a sentence above its controls, under "${section.heading.text}"`,
    rank: 3,
    ...name,
    span: { start: told.span.start, end: answers.span.end },
    section: sectionTrail(section),
    fields: { values: [own], loose: [] },
    tie: 'label',
    legend: document.legend,
    body: text.slice(name.title.length),
    heading: contextOf(section).status,
    phrases: [told.phrase, ...phrasesOf([answers])],
  })
}
