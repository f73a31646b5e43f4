import { adversaryTitle } from '../draft/adversaries.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { wholeText } from '../draft/names.ts'
import { type ToldPower, toldPowers, verdictOfPower } from '../draft/told-powers.ts'
import { plainPhrase } from '../outline/phrase.ts'
import type { Section } from '../outline/types.ts'
import { unitsOf } from '../units/units.ts'

/*
 * An adversary's heading with labels that say what it can and cannot do, each with its words behind
 * it or in bullets below:
 *
 *   ### Porter                               ### Neighbour
 *   - **Can:** count parcels; delay one      **Can:** watch the screen.
 *   - **Cannot:**
 *     - open a locker                        **Cannot:** guess a code; open a locker.
 *
 * "Capabilities" beside "Cannot" describe whoever it is. Labels on lines of their own above a list
 * are read in adversary-powers.ts.
 */

export const powerLabels: Recogniser = { name: 'power-labels', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  const told = document.outline.sections
    .filter((section) => section.kind === 'heading' && units.roleOf(section) === 'adversaries')
    .map((section) => ({ section, powers: toldPowers(section.blocks) }))
  // One label that only says "can" is no form.
  const all = told.flatMap(({ powers }) => powers)
  if (all.length < fewestTold && all.every(({ can }) => can)) return found
  for (const { section, powers } of told)
    found.drafts.push(...powers.flatMap((power) => threatsOf(document, section, power)))
  return found
}

const fewestTold = 2

function threatsOf(document: Document, section: Section, power: ToldPower): ThreatDraft[] {
  const parts: EntryParts = {
    recogniser: powerLabels.name,
    reason: `what "${section.heading.text}" can or cannot do`,
    rank: 3,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: null,
    adversary: adversaryTitle(section.heading),
  }
  const told = power.words.flatMap((words) => {
    const phrase = plainPhrase(words, power.span)
    const draft = threatOfPhrase(phrase, power.span, { values: [], loose: [] }, parts)
    return draft === null ? [] : [{ ...draft, status: verdictOfPower(words, power.can) }]
  })
  const listed = power.entries.flatMap((entry) => {
    const draft = threatOfEntry(entry, parts)
    return draft === null ? [] : [{ ...draft, status: verdictOfPower(wholeText(entry), power.can) }]
  })
  return [...told, ...listed]
}
