import { isThreatClass } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatDraft } from '../draft/threat.ts'
import type { Block, Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { explicit } from '../status/status.ts'
import { unitsOf } from '../units/units.ts'
import { plainSentences } from '../vocabulary/clauses.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classesOnly, classOf } from '../vocabulary/vocabulary.ts'

/*
 * A sentence, perhaps of a note set off from the text, that leaves out whole classes of threats:
 *
 *   > Note: these threats are not considered, as the harbour answers for them: spoofing, tampering.
 *     └ threats   └ left out                                             classes ┘
 *
 *   Spoofing and repudiation do not apply to the bell.
 *   └ classes                └ left out
 *
 * Nothing but classes: what else is out of scope is read by scope-lists.
 */

export const leftOutClasses: Recogniser = { name: 'left-out-classes', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    if (units.roleOf(section) === 'other' || units.unitOf(section) === 'threat') continue
    for (const block of section.blocks) found.drafts.push(...leftOutBy(block, section, document))
  }
  return found
}

function leftOutBy(block: Block, section: Section, document: Document): ThreatDraft[] {
  if (block.type === 'quote')
    return block.blocks
      .filter((inner) => inner.type === 'paragraph')
      .flatMap((inner) => leftOutBy(inner, section, document))
  if (block.type !== 'paragraph') return []
  const { sentence, names } = namesIn(block.phrase.text)
  return names.map((title) =>
    threatDraft({
      recogniser: leftOutClasses.name,
      reason: `a class that a sentence leaves out, under "${section.heading.text}"`,
      rank: 2,
      title,
      writtenId: null,
      span: block.span,
      section: sectionTrail(section),
      fields: { values: [], loose: [] },
      tie: 'label',
      legend: document.legend,
      body: '',
      categories: [classOf(title) ?? ''],
      heading: explicit('out-of-scope', sentence),
    }),
  )
}

interface LeftOut {
  sentence: string
  names: readonly string[]
}

/** A longer text names more than what it leaves out. */
const longest = 1_500

const namesIn = remembering((text): LeftOut => {
  if (!says.test(text)) return none
  for (const sentence of plainSentences(text.slice(0, longest))) {
    const listed = behind.exec(sentence)?.[1] ?? before.exec(sentence)?.[1] ?? ''
    const names = classesOnly(listed)
    if (names.length > 0 && names.every(isThreatClass)) return { sentence, names }
  }
  return none
})

const none: LeftOut = { sentence: '', names: [] }

const verdict =
  '(?:(?:are|is) (?:\\w+ )?(?:not (?:\\w+ )?(?:in scope|considered|covered|addressed|modell?ed' +
  '|applicable|relevant)|out[- ]of[- ]scope)|do(?:es)? not apply)'

const says = pattern('i', String.raw`\b${verdict}\b`)

/** "These threats are not considered, because …: spoofing, tampering." */
const behind = pattern(
  'i',
  String.raw`\b(?:threats?|class(?:es)?|categor(?:y|ies))\b[^:]{0,160}?\b${verdict}\b[^:]{0,300}`,
  String.raw`:\s+([^:]{5,300})$`,
)

/** "Spoofing and repudiation do not apply": nothing but the classes stands before it. */
const before = pattern('i', String.raw`^([^.:]{5,200}?)\s+${verdict}\b`)
