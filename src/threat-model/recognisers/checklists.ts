import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatOfEntry } from '../draft/entries.ts'
import { bodyOfEntry } from '../draft/names.ts'
import type { Entry, List, Outline, Section } from '../outline/types.ts'
import { isFact } from '../status/prose.ts'
import { closed } from '../units/evidence.ts'
import { isDocumentTitle } from '../units/form.ts'
import { unitsOf } from '../units/units.ts'
import { fieldOf, roleOf } from '../vocabulary/vocabulary.ts'
import { attackWords } from '../vocabulary/words.ts'

/*
 * A threat model as a checklist: areas as headings, and below each bold names of what to look at,
 * with a question or with what may happen:
 *
 *   # Threat model                       ## Doors
 *   ## Windows                           - **Back door** — locked or on the latch?     a threat
 *   - **Forced hinges** — rusty screws   - **Keys** — copies, lost keys                a threat
 *
 * No area is judged alone. Some of the bullets ask, most ask or speak of harm, and few state what
 * is done; then every bullet of these areas is a threat, the plain ones included.
 */

export const checklists: Recogniser = { name: 'checklists', read }

const fewestAreas = 3
const fewestQuestions = 3
/** More bullets are a handbook. */
const mostBullets = 200

interface Area {
  section: Section
  list: List
}

function read(document: Document): Found {
  const found = nothing()
  const { outline } = document
  if (!/\bthreat[- ]?model/i.test(outline.title)) return found
  const areas = areasIn(outline)
  const bullets = areas.flatMap(({ list }) => list.entries)
  if (areas.length < fewestAreas || bullets.length > mostBullets || !asks(bullets)) return found
  for (const area of areas)
    for (const entry of area.list.entries) found.drafts.push(...threatOf(document, area, entry))
  return found
}

/** Headings of one level with nothing but bullets that have a bold name and a text each. */
function areasIn(outline: Outline): Area[] {
  const units = unitsOf(outline)
  const top = outline.root.children.flatMap((one) => (isDocumentTitle(one) ? one.children : [one]))
  return top.flatMap((section): Area[] => {
    const [list, more] = section.blocks
    const role = units.roleOf(section)
    if (more !== undefined || list?.type !== 'list' || section.children.length > 0) return []
    if ((role !== null && closed.has(role)) || !list.entries.every(isNamed)) return []
    return [{ section, list }]
  })
}

function isNamed({ head }: Entry): boolean {
  const isName = roleOf(head.lead) === null && fieldOf(head.lead) === null
  return head.lead !== '' && isName && /^\s*[—–:-]\s+\S/.test(head.afterLead)
}

function asks(bullets: readonly Entry[]): boolean {
  const questions = bullets.filter((entry) => /\?\W*$/.test(textOf(entry)))
  const open = bullets.filter((entry) => /\?/.test(textOf(entry)) || speaksOfHarm(entry))
  const stated = bullets.filter((entry) => isFact(textOf(entry)))
  if (questions.length < fewestQuestions || questions.length * 8 < bullets.length) return false
  return open.length * 2 >= bullets.length && stated.length * 5 <= bullets.length
}

function speaksOfHarm(entry: Entry): boolean {
  return attackWords(`${entry.head.text} ${bodyOfEntry(entry)}`) > 0
}

function textOf({ head }: Entry): string {
  return head.afterLead.replace(/^[\s:—–-]+/, '')
}

function threatOf(document: Document, { section }: Area, entry: Entry): ThreatDraft[] {
  const draft = threatOfEntry(entry, {
    recogniser: checklists.name,
    reason: `the bullets around it ask what may happen, under "${section.heading.text}"`,
    rank: 2,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: null,
  })
  return draft === null ? [] : [draft]
}
