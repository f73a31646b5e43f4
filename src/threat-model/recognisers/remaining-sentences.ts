import { standingOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatOfPhrase } from '../draft/entries.ts'
import { plainPhrase } from '../outline/phrase.ts'
import type { Paragraph, Section } from '../outline/types.ts'
import { statusOfRole } from '../status/status.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { isAdvice, soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * What remains, told in sentences under a heading that says so:
 *
 *   ## Residual risks
 *   The gate is not guarded at night. Guards must be paid. Bribed guards can open it, so pay them.
 *   └ a threat                        └ advice             └ a threat
 *
 * Only where nothing but plain paragraphs stand below the heading. A sentence is a threat when it
 * says what can happen, what is not done or what is let in; advice, and what goes on from the
 * sentence before, is none.
 */

export const remainingSentences: Recogniser = { name: 'remaining-sentences', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    const role = remains(section)
    if (role === null) continue
    const unit = units.unitOf(section)
    if (unit !== 'none' && unit !== 'group' && unit !== 'entries') continue
    const told = section.blocks.flatMap((block) =>
      block.type === 'paragraph' ? threatsIn(document, section, role, block) : [],
    )
    found.drafts.push(...told)
  }
  return found
}

/** The role of a heading over nothing but plain paragraphs that tells what remains. */
function remains(section: Section): Role | null {
  const { kind, heading, title, blocks, children } = section
  if (kind !== 'heading' || children.length > 0 || blocks.length === 0) return null
  const role = roleOf(title)
  if (role === null || !left.has(role) || !several.test(heading.text)) return null
  return blocks.every(isPlain) ? role : null
}

const left: ReadonlySet<Role> = new Set(['residual', 'limitations', 'accepted', 'unprotected'])
const several = /\b(?:risks|limitations|limits|gaps|weaknesses|exposures|caveats|trade-?offs)\b/i

function isPlain(block: Section['blocks'][number]): boolean {
  return block.type === 'paragraph' && block.phrase.lead === '' && !/[::]$/.test(block.phrase.text)
}

function threatsIn(
  document: Document,
  section: Section,
  role: Role,
  { phrase, span }: Paragraph,
): ThreatDraft[] {
  const parts = {
    recogniser: remainingSentences.name,
    reason: `a sentence under "${section.heading.text}"`,
    rank: 2 as const,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: statusOfRole(standingOf(role, section), section.heading.text),
  }
  const sentences = phrase.text.split(/(?<=[.!?])\s+(?=[\p{Lu}`"])/u).slice(0, mostSentences)
  return sentences.flatMap((sentence) => {
    const text = statementIn(sentence)
    if (text === null) return []
    const draft = threatOfPhrase(plainPhrase(text, span), span, { values: [], loose: [] }, parts)
    return draft === null ? [] : [draft]
  })
}

const mostSentences = 20

/** The sentence, or the clause behind a semicolon that says what remains. */
function statementIn(sentence: string): string | null {
  const clauses = sentence.split(/;\s+/)
  const first = clauses.findIndex(saysWhatRemains)
  return first < 0 ? null : clauses.slice(first).join('; ')
}

function saysWhatRemains(text: string): boolean {
  if (text.length < shortest || goesOn.test(text) || isAdvice(text)) return false
  const modal = anyModal.exec(text)?.[0]
  if (modal !== undefined) return may.test(modal)
  return open.test(text) || (soundsLikeAttack(text) && !/\bnot\b/i.test(text))
}

const shortest = 20

const goesOn = pattern(
  'i',
  '^(?:it|they|these|this|that|those|such|we|you|see|for|note|nothing|none|better|future|until',
  '|if|when|where|an? (?:future|later|external)|operators?|users? (?:should|must)',
  String.raw`|each|every)\b`,
)

const anyModal = pattern(
  'i',
  String.raw`\b(?:can(?:not|['’]t)?|could|may|might|must|should|shall|will|would|needs?`,
  String.raw`|requires?|recommended|planned)\b`,
)

const may = /^(?:can|could|may|might)/i

const open = pattern(
  'i',
  String.raw`\b(?:(?:is|are|remains?) (?:\w+ )?(?:outside|beyond|vulnerable|exposed|visible`,
  String.raw`|possible|un\w{3,}ed)`,
  String.raw`|(?:is|are|was|were) (?:\w+ )?not (?:\w+ )?(?:\w{2,}ed|shown|hidden|known|proven|an?`,
  ' (?:sandbox|boundary|security boundary|guarantee|substitute|replacement))',
  '|(?:permits?|allows?|exposes?|reveals?|leaks?|lacks?|trusts?|relies on|rely on',
  String.raw`|depends? on)\b)`,
)
