import { digest } from '../../shared/digest.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Span } from '../../shared/span.ts'
import {
  entriesOf,
  isNested,
  knownAdversaries,
  namesAdversaries,
  threatSections,
} from '../draft/attack-form.ts'
import type {
  AttackDraft,
  Document,
  Found,
  Mention,
  Recogniser,
  ThreatDraft,
} from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { labelledParts } from '../draft/leaf.ts'
import { bodyOfEntry } from '../draft/names.ts'
import { sectionsOf } from '../draft/part-roles.ts'
import { readReferences } from '../draft/same-adversaries.ts'
import { keyOf } from '../identity.ts'
import type { Threat } from '../model.ts'
import type { Entry, List, Paragraph, Section } from '../outline/types.ts'
import { rememberingWith } from '../remember.ts'

/*
 * Nested lists, attack → adversary. The attacks are listed first, without saying who executes them:
 *
 *   ## Attacks            - Reading the roster            an attack
 *                           - While it is stored          a variant of it
 *
 *   ## Threats            All attacks can be executed by: universal: every attack, for
 *                           - The host                    this adversary
 *
 *                         - Reading the roster            direct: one threat a leaf
 *                           - The server
 *                             It stores the roster.       (explanation)
 *                         - Deleting the roster           by reference: the adversaries of the
 *                           The same parties that can     attack that sentence names
 *                           read the roster can delete it.
 *
 *                         The following share these:      shared: each adversary of the list, for
 *                           - The server                  all attacks below up to a blank line or
 *                         - Joining a group               an attack with adversaries of its own
 *                         - Leaving a group
 *
 *   ### Threats against mitigations                       the same, against what was to protect
 *
 * Not read: deeper levels, which explain. Without a list of adversaries, leaves that stand under
 * several attacks are taken for adversaries.
 */

export const attackLists: Recogniser = { name: 'attack-lists', read }

function read(document: Document): Found {
  const known = knownAdversaries(document.outline)
  const sections = threatSections(document.outline)
  if (known.size === 0 || !sections.some((section) => isNested(section, known))) return nothing()
  const found = nothing()
  const attacks = sectionsOf(document.outline, 'attacks')
  for (const section of attacks) readAttacks(section, aroundIn(section, known, true), found)
  found.claims.push(...[...attacks, ...sections].map((section) => section.span))
  for (const section of sections) {
    const around = aroundIn(section, known, attacks.length > 0)
    readThreats({ section, around, found, shared: null, intro: null })
  }
  readReferences(found)
  return found
}

function readAttacks(section: Section, around: Around, found: Found): void {
  const first = new Map<string, Span>()
  const add = (entry: Entry, variantOf: string | null): void => {
    const title = entry.head.text
    const key = keyOf(variantOf === null ? title : `${variantOf} ${title}`)
    reportTwice(found.problems, first, { key, title, span: entry.span })
    found.drafts.push(attackDraft(entry, around, variantOf))
    for (const variant of entriesOf(entry.blocks)) {
      if (variantOf === null) add(variant, title)
    }
  }
  for (const entry of entriesOf(section.blocks)) add(entry, null)
}

function reportTwice(
  problems: Problem[],
  first: Map<string, Span>,
  attack: { key: string; title: string; span: Span },
): void {
  const related = first.get(attack.key)
  if (related === undefined) {
    first.set(attack.key, attack.span)
    return
  }
  const message = `"${attack.title}" is listed twice, first on line ${related.start.line}`
  problems.push(
    problem('duplicate-attack', message, attack.span, { related, subject: attack.title }),
  )
}

function attackDraft(entry: Entry, around: Around, variantOf: string | null): AttackDraft {
  return {
    kind: 'attack',
    title: entry.head.text,
    writtenId: null,
    span: entry.span,
    places: [entry.span],
    section: around.trail,
    certainty: 'stated',
    body: entry.rest,
    recogniser: attackLists.name,
    reason: `an entry under "${around.heading}"`,
    rank: 3,
    variantOf,
    categories: [],
  }
}

/** All that an attack is told of the list it stands in. */
interface Around {
  heading: string
  trail: string[]
  known: ReadonlySet<string>
  /** True when the attacks have a list of their own. */
  listed: boolean
  /** The same for the same of all these. */
  key: string
}

function aroundIn(section: Section, known: ReadonlySet<string>, listed: boolean): Around {
  const heading = section.heading.text
  const trail = sectionTrail(section)
  const key = digest([heading, String(listed), String(trail.length), ...trail, ...known])
  return { heading, trail, known, listed, key }
}

interface Reading {
  section: Section
  around: Around
  found: Found
  /** Adversaries that wait for the attacks they share. */
  shared: { intro: Paragraph; entries: Entry[] } | null
  intro: Paragraph | null
}

function readThreats(reading: Reading): void {
  for (const block of reading.section.blocks) {
    if (block.type === 'paragraph') reading.intro = block
    if (block.type !== 'list') continue
    if (areAdversaries(block, reading.around.known)) readAdversaries(reading, block)
    else readAttackEntries(reading, block)
    reading.intro = null
  }
}

function areAdversaries({ entries }: List, known: ReadonlySet<string>): boolean {
  let others = 0
  return entries.every(
    (entry) => known.has(keyOf(entry.head.text)) || ++others * 2 < entries.length,
  )
}

function readAdversaries(reading: Reading, list: List): void {
  if (reading.intro === null) return
  if (!isUniversal(reading.intro.phrase.text)) {
    reading.shared = { intro: reading.intro, entries: list.entries }
    return
  }
  for (const entry of list.entries) {
    checkAdversary(reading.around, entry, reading.found)
    const reason = `listed under "${shortened(reading.intro.phrase.text)}"`
    reading.found.drafts.push(
      threat(reading.around, entry.head.text, entry, {
        scope: 'universal',
        adversaries: [mention(entry)],
        reason,
      }),
    )
  }
}

/** "All attacks can be executed by …", and not "all the following …". */
function isUniversal(intro: string): boolean {
  const plain = intro.toLowerCase()
  return (
    /\b(?:all|any|every)\b[^.]{0,60}\b(?:attacks?|threats?)\b/.test(plain) &&
    !/\bfollowing\b|\b(?:attacks?|threats?) below\b/.test(plain)
  )
}

function readAttackEntries(reading: Reading, list: List): void {
  const shared: Entry[] = []
  let sharing = reading.shared !== null
  list.entries.forEach((entry, index) => {
    if (sharing && ((entry.gap && index > 0) || entriesOf(entry.blocks).length > 0)) sharing = false
    if (sharing) shared.push(entry)
    else {
      const { drafts, problems } = attackOf(entry, reading.around)
      reading.found.drafts.push(...drafts)
      reading.found.problems.push(...problems)
    }
  })
  if (shared.length > 0) addShared(reading, shared)
  reading.shared = null
}

function addShared(reading: Reading, attacks: Entry[]): void {
  const { shared, found, around } = reading
  if (shared === null) return
  const first = new Map<string, Span>()
  for (const entry of attacks) {
    const title = entry.head.text
    reportTwice(found.problems, first, { key: keyOf(title), title, span: entry.span })
    if (!around.listed) found.drafts.push(attackDraft(entry, around, null))
  }
  const last = attacks.at(-1)?.span.end ?? shared.intro.span.end
  const span = { start: shared.intro.span.start, end: last }
  for (const entry of shared.entries) {
    checkAdversary(around, entry, found)
    const draft = threat(around, entry.head.text, entry, {
      scope: 'shared',
      adversaries: [mention(entry)],
      reason: `shares the ${attacks.length} attacks below line ${shared.intro.span.start.line}`,
    })
    const places = [span, entry.span]
    found.drafts.push({ ...draft, span, places, attacks: attacks.map(mention) })
  }
}

/** Depends on the entry and what is told of its list, and on nothing else. */
const attackOf = rememberingWith((entry: Entry, around: Around): Found => {
  const found = nothing()
  readAttack(around, entry, found)
  return found
})

function readAttack(around: Around, entry: Entry, found: Found): void {
  const nested = entriesOf(entry.blocks)
  if (!around.listed) found.drafts.push(attackDraft(entry, around, null))
  if (nested.length === 0) {
    found.drafts.push(withoutAdversary(around, entry))
    return
  }
  for (const leaf of nested) {
    if (namesAdversaries(leaf.blocks, around.known)) readAttack(around, leaf, found)
    else {
      checkAdversary(around, leaf, found)
      found.drafts.push(direct(around, entry, leaf))
    }
  }
}

function withoutAdversary(around: Around, entry: Entry): ThreatDraft {
  const scope = againstMitigations(around) ? 'against-mitigation' : 'direct'
  const reason = 'an attack for which no adversary is named'
  const draft = threat(around, entry.head.text, entry, { scope, adversaries: [], reason })
  return { ...draft, attacks: [mention(entry)] }
}

function direct(around: Around, entry: Entry, leaf: Entry): ThreatDraft {
  const against = againstMitigations(around)
  const draft = threat(around, `${entry.head.text} / ${leaf.head.text}`, leaf, {
    scope: against ? 'against-mitigation' : 'direct',
    adversaries: [mention(leaf)],
    reason: `an adversary under the attack "${shortened(entry.head.text)}"`,
  })
  const attacks = [mention(entry)]
  // Bare names under a heading of their own are one statement, which starts at the attack's line.
  return against
    ? { ...draft, attacks, span: entry.span, places: [entry.span, leaf.span] }
    : { ...draft, attacks }
}

function againstMitigations({ heading }: Around): boolean {
  return /\bagainst (?:the )?(?:mitigations?|controls|countermeasures|defen[cs]es)\b/i.test(heading)
}

function threat(
  around: Around,
  title: string,
  entry: Entry,
  more: { scope: Threat['scope']; adversaries: Mention[]; reason: string },
): ThreatDraft {
  return {
    kind: 'threat',
    title,
    writtenId: null,
    span: entry.span,
    places: [entry.span],
    section: around.trail,
    certainty: 'stated',
    body: bodyOfEntry(entry),
    recogniser: attackLists.name,
    rank: 3,
    attacks: [],
    categories: [],
    severity: null,
    likelihood: null,
    impact: null,
    ...labelledParts(entry),
    ...more,
  }
}

function checkAdversary({ known }: Around, entry: Entry, found: Found): void {
  const name = entry.head.text
  if (known.has(keyOf(name))) return
  const message = `"${name}" is not in the list of adversaries`
  found.problems.push(problem('undefined-adversary', message, entry.span, { subject: name }))
}

function mention(entry: Entry): Mention {
  return { title: entry.head.text, writtenId: null, span: entry.span }
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`
}
