import { phrasesOf } from '../code-references.ts'
import type { Document, Draft, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { blocksBelow } from '../draft/fields.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled, withoutOrdinal } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { unitsOf } from '../units/units.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'

/*
 * Adversaries by name, each with a heading, and what they do as headings below or as text:
 *
 *   ## Eve: one copy of the disk          the adversary
 *   Eve gets a copy once.
 *   ### Reading file names                a threat of Eve's
 *   Eve can read all names.
 *   ## Mallory: write access              no heading below: the section is the threat
 *
 * A name before a colon is an adversary when the text below uses it as the subject of "can",
 * "sees", "gets" and the like, when two headings of one level have that form, and when the document
 * speaks of adversaries at all.
 */

export const personas: Recogniser = { name: 'personas', read }

function read(document: Document): Found {
  const found = nothing()
  const named = [document.outline.root, ...document.outline.sections].flatMap(personasBelow)
  // The whole text is looked at only where somebody is found, and once.
  if (named.length === 0 || !/\b(?:adversar|attacker)/i.test(document.text)) return found
  for (const section of named) found.drafts.push(...draftsOf(document, section))
  return found
}

function personasBelow({ children }: Section): Section[] {
  const named = children.filter((child) => child.kind === 'heading' && isPersona(child))
  return named.length < 2 ? [] : named
}

const persona =
  /^([\p{Lu}][\p{L}-]{1,20}(?: [\p{Lu}][\p{L}-]{1,20})?)(?:\s*[::—–]|\s+-)\s+(.{6,})$/u
const verbs = '(?:can|cannot|could|may|sees|gets|has|knows|controls|learns|reads|is able)'

const personaIn = remembering((title) => persona.exec(withoutOrdinal(title)))

/** Text beyond this says nothing new about who the subject is. */
const examined = 8_000

function isPersona(section: Section): boolean {
  const name = personaIn(section.title)?.[1]
  if (name === undefined) return false
  const words = phrasesOf(blocksBelow(section)).map((phrase) => phrase.text)
  const text = words.join(' ').slice(0, examined)
  return [...text.matchAll(new RegExp(`\\b${name} ${verbs}\\b`, 'g'))].length >= 2
}

function draftsOf(document: Document, section: Section): Draft[] {
  const match = personaIn(section.title)
  const name = match?.[1] ?? section.heading.text
  const below = section.children.filter(
    (child) => child.kind === 'heading' && fieldOf(child.title) === null,
  )
  const threats = below.map((child) => threatOf(document, child, child.heading.text, name))
  const own = threatOf(document, section, match?.[2] ?? name, name)
  return [adversaryOf(section, name), ...(threats.length === 0 ? [own] : threats)]
}

function threatOf(
  document: Document,
  section: Section,
  title: string,
  adversary: string,
): ThreatDraft {
  const fields = unitsOf(document.outline).fieldsOf(section)
  return threatDraft({
    ...titled(title),
    recogniser: personas.name,
    reason: `a heading under the adversary "${adversary}"`,
    rank: 2,
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    legend: document.legend,
    adversary,
    phrases: phrasesOf(blocksBelow(section)),
  })
}

function adversaryOf(section: Section, name: string): Draft {
  return {
    kind: 'adversary',
    title: name,
    writtenId: null,
    span: section.span,
    places: [section.span],
    section: section.trail,
    certainty: 'stated',
    body: '',
    recogniser: personas.name,
    reason: 'a name that the text below says what it can do',
    rank: 2,
  }
}
