import { phrasesOf } from '../code-references.ts'
import { adversaryTitle } from '../draft/adversaries.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * A heading for each adversary over sentences of what that adversary can do. Where the document
 * lists nothing else, each adversary is a threat:
 *
 *   ## Adversaries
 *   ### Stolen shed key
 *   Opens the shed, and can copy the plans. Cannot open the safe inside.
 */

export const adversaryProse: Recogniser = { name: 'adversary-prose', read }

function read(document: Document): Found {
  const found = nothing()
  for (const parent of document.outline.sections) {
    if (roleOf(parent.title) !== 'adversaries') continue
    const named = parent.children.filter(isNamed)
    const told = named.filter(tellsPowers)
    if (told.length < fewestTold || told.length * 2 < named.length) continue
    found.drafts.push(...named.map((section) => threatOf(document, section)))
  }
  return found
}

const fewestTold = 2

function isNamed({ kind, title, blocks }: Section): boolean {
  if (kind !== 'heading' || roleOf(title) !== null || fieldOf(title) !== null) return false
  return blocks.some(({ type }) => type === 'paragraph')
}

function tellsPowers({ blocks }: Section): boolean {
  return blocks.some((block) => block.type === 'paragraph' && power.test(block.phrase.text))
}

/** "Can replay …", "Reads the key", "Anyone with the link can decrypt it" */
const power = pattern(
  'i',
  String.raw`\b(?:can(?:not|['’]t)?|could|able to|tries to|attempts to)\s+\w{3,}`,
  String.raw`|^(?:sees|reads|holds|has|gets|learns|controls|observes|runs|sits|owns)\b`,
)

function threatOf(document: Document, section: Section): ThreatDraft {
  const fields = unitsOf(document.outline).fieldsOf(section)
  return threatDraft({
    ...titled(section.title),
    recogniser: adversaryProse.name,
    reason: `what the adversary can do, under "${section.trail.at(-1) ?? ''}"`,
    rank: -1,
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    legend: document.legend,
    adversary: adversaryTitle(section.heading),
    phrases: phrasesOf(section.blocks),
  })
}
