import { actorOf } from '../draft/adversaries.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { nameOf } from '../draft/names.ts'
import { entriesBelow } from '../draft/scope.ts'
import { threatDraft } from '../draft/threat.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import type { Block, Entry, Section } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { plainHeading, roleOf } from '../vocabulary/vocabulary.ts'
import { attackWords } from '../vocabulary/words.ts'

/*
 * Adversaries in scope that are told by what they try:
 *
 *   ## In-scope adversaries                              ## Out-of-scope adversaries
 *   - **A stranger on the LAN** trying to ride sessions  - **Physical access.** …
 *
 * What is out of scope is a list of threats; so is what is in scope, where it says what is tried.
 * "Goals" below an adversary are what is feared, where nothing else is listed.
 * Without a word of scope, whole sentences of what each does ("A guest who copies the list") stand
 * where the document lists fewer threats than these. Lists that only name adversaries are none:
 * those are read in elements.ts.
 */

export const adversaryAims: Recogniser = { name: 'adversary-aims', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    for (const entry of aimsIn(section))
      found.drafts.push({ ...named(threatOf(document, section, entry), entry), rank: 1 })
    if (section.kind === 'root' || roleOf(section.title) !== 'adversaries') continue
    const entries = section.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
    if (!/\bin[- ]scope\b/i.test(section.heading.text)) {
      found.drafts.push(...byDeeds(document, section, entries))
      continue
    }
    const tried = entries.filter((entry) => actorOf(entry.head) !== null)
    if (tried.length >= 2 && tried.length * 2 > entries.length)
      found.drafts.push(...tried.map((entry) => threatOf(document, section, entry)))
    else found.drafts.push(...byDeeds(document, section, entries).map(firm))
  }
  return found
}

/** What is in scope is meant, whatever else is listed. */
function firm(draft: ThreatDraft): ThreatDraft {
  return { ...draft, rank: 2 }
}

/** "**Dark gate**: put out the lamp" has a name of its own. */
function named(draft: ThreatDraft, { head }: Entry): ThreatDraft {
  return /^\s*[::—–-]/.test(head.afterLead) ? { ...draft, title: nameOf(head) } : draft
}

/** Bullets below "Goals" of an adversary, or below a sentence that tells of them. */
function aimsIn(section: Section): readonly Entry[] {
  return areGoals(section) ? aimsOf(section.blocks, true) : saidIn(section)
}

/** Where the heading does not say so: the same in base and head. */
const saidIn = rememberingBlocks((blocks) => aimsOf(blocks, false))

function aimsOf(blocks: readonly Block[], isAbout: boolean): Entry[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'list') return []
    const labelled = block.entries.filter(({ head }) => head.lead !== '' && goal.test(head.lead))
    const below = labelled.flatMap(entriesBelow)
    if (below.length >= fewestAims) return below
    if (block.entries.length < fewestAims) return []
    const saysSo = block.intro !== null && wants.test(block.intro.text)
    return isAbout || saysSo ? block.entries : []
  })
}

const fewestAims = 2

/** "- **Attacker goal:** …" over a list of its own. */
const goal =
  /^\W*(?:the )?(?:attackers?|adversar(?:y|ies))(?:['’]s?)? (?:goals?|objectives?|aims)\W*$/i

function areGoals({ title, parent }: Section): boolean {
  if (parent === null || roleOf(parent.title) !== 'adversaries') return false
  return /^(?:goals?|objectives?|aims)$/.test(plainHeading(title))
}

/** "The adversary is assumed to have two goals:" */
const wants = pattern(
  'i',
  String.raw`\b(?:adversar\w+|attackers?)\b[^.]{0,60}\b(?:goals?|aims?|objectives?|wants?|seeks?)`,
  String.raw`(?: (?:to|are|include))?\s*[::]\W*$`,
)

/** Entries of one sentence each, of which most say what somebody does. */
function byDeeds(document: Document, section: Section, entries: readonly Entry[]): ThreatDraft[] {
  const told = entries.filter(({ head }) => head.lead === '' && deed.test(head.text))
  if (told.length < fewestDeeds || told.length * 3 < entries.length * 2) return []
  // "Actors" may be the parts of the system, which do what they are there for.
  const harms = entries.filter(({ head }) => attackWords(head.text) > 0)
  if (isOfParties.test(section.heading.text) && harms.length * 2 < entries.length) return []
  return entries.map((entry) => ({ ...threatOf(document, section, entry), rank: 1 }))
}

const fewestDeeds = 3

const isOfParties = /^\W*(?:[\d.]+\s)?(?:the )?(?:actors|roles|parties|users|personas)\W*$/i

/** Somebody or something, and what it does: "observing the door", "who learns the word". */
const deed = pattern(
  'iu',
  String.raw`^(?:an?|the|some\w*|any\w*|other)\s(?:[^\s.::]+\s){1,8}`,
  String.raw`(?:who|that|which|\p{L}{2,}ing)\s\S+\s\S+`,
)

function threatOf(document: Document, section: Section, entry: Entry): ThreatDraft {
  return threatDraft({
    recogniser: adversaryAims.name,
    reason: `says what is tried, under "${section.heading.text}"`,
    rank: 2,
    title: entry.head.text.replace(/[\s.;]+$/, ''),
    writtenId: null,
    span: entry.span,
    section: sectionTrail(section),
    fields: { values: [], loose: [] },
    tie: 'label',
    legend: document.legend,
    body: entry.rest,
    adversary: actorOf(entry.head),
    phrases: [entry.head],
  })
}
