import type { Document, Found, Recogniser, ThreatDraft } from '../draft.ts'
import { nothing, sectionTrail } from '../draft.ts'
import { actorOf } from '../draft-adversaries.ts'
import { threatDraft } from '../draft-threat.ts'
import type { Entry, Section } from '../outline-types.ts'
import { roleOf } from '../vocabulary.ts'

/*
 * Adversaries in scope that are told by what they try:
 *
 *   ## In-scope adversaries                              ## Out-of-scope adversaries
 *   - **A stranger on the LAN** trying to ride sessions  - **Physical access.** …
 *
 * What is out of scope is a list of threats; so is what is in scope, where it says what is tried.
 * Lists that only name adversaries are none: those are read in elements.ts.
 */

export const adversaryAims: Recogniser = { name: 'adversary-aims', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    if (!isInScope(section)) continue
    const entries = section.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
    const tried = entries.filter((entry) => actorOf(entry.head) !== null)
    if (tried.length < 2 || tried.length * 2 <= entries.length) continue
    found.drafts.push(...tried.map((entry) => threatOf(document, section, entry)))
  }
  return found
}

function isInScope({ kind, heading }: Section): boolean {
  return (
    kind !== 'root' &&
    /\bin[- ]scope\b/i.test(heading.text) &&
    roleOf(heading.text) === 'adversaries'
  )
}

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
