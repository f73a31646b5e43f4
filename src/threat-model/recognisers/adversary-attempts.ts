import { adversaryTitle } from '../draft/adversaries.ts'
import type { Document, Found, Recogniser } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatOfEntry } from '../draft/entries.ts'
import { groupControls } from '../draft/group-controls.ts'
import { hostile } from '../draft/powers.ts'
import { explainsStatement } from '../draft/statements.ts'
import type { List, Section } from '../outline/types.ts'
import { unitsOf } from '../units/units.ts'
import { lastSentence } from '../vocabulary/clauses.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * What an adversary tries, below the sentence that says so. Whether it succeeds is not said:
 *
 *   ### A2: Hostile tenant
 *   A tenant with a valid key attempts to:
 *   - read the letters of another tenant
 *   Primary controls:
 *   - one shelf for each tenant                     answers all of the above
 */

export const adversaryAttempts: Recogniser = { name: 'adversary-attempts', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    const unit = units.unitOf(section)
    // Below a threat the attempts are the ways to it.
    if (unit === 'threat' || unit === 'label' || unit === 'values' || unit === 'facet') continue
    for (const block of section.blocks) {
      if (block.type !== 'list' || !opensAttempts(block, section)) continue
      if (!explainsStatement(section, block)) addAttempts(document, section, block, found)
    }
  }
  return found
}

function addAttempts(document: Document, section: Section, list: List, found: Found): void {
  const parts = {
    recogniser: adversaryAttempts.name,
    reason: `what is tried, under "${section.heading.text}"`,
    rank: 1 as const,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: null,
    adversary: isAdversary(section) ? adversaryTitle(section.heading) : null,
    group: groupControls(unitsOf(document.outline).fieldsOf(section), section),
  }
  for (const entry of list.entries) {
    const draft = threatOfEntry(entry, parts)
    if (draft !== null) found.drafts.push(draft)
  }
}

function opensAttempts({ intro, entries }: List, section: Section): boolean {
  if (intro === null || entries.length < fewestAttempts) return false
  const tried = attempts.exec(lastSentence(intro.text.slice(-longestIntro)))
  return tried !== null && (isAdversary(section) || hostile.test(tried[1] ?? ''))
}

const fewestAttempts = 2
const longestIntro = 300

/** A heading in the part that tells of adversaries. */
function isAdversary({ parent }: Section): boolean {
  return parent !== null && parent.kind !== 'root' && roleOf(parent.title) === 'adversaries'
}

/** "A tenant attempts to:", "Somebody tries to change the ledger by:" */
const attempts = pattern(
  'i',
  String.raw`^([^::]{0,200}\b)(?:attempts?|tries|try|seeks?|aims?|wants?|hopes?|intends?) to`,
  String.raw`(?:\s[^\s::]+){0,14}\s*[::]\W*$`,
)
