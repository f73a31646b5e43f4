import { adversaryNames, adversaryTitle, nameColumn } from '../draft/adversaries.ts'
import { isScopeRole, isThreatRole } from '../draft/context.ts'
import { finestDeeds, namesPowers, tellsDeeds } from '../draft/deeds.ts'
import { isDefendedAgainst } from '../draft/designed-against.ts'
import type {
  Document,
  Draft,
  Found,
  MitigationMention,
  Recogniser,
  ThreatDraft,
} from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { blocksBelow } from '../draft/fields.ts'
import { answeredByGroup, groupControls } from '../draft/group-controls.ts'
import { nameOf, wholeText } from '../draft/names.ts'
import { boldStartsAsList } from '../draft/paragraphs.ts'
import { hostile, ownPower, type Power, powerOf } from '../draft/powers.ts'
import { explainsStatement } from '../draft/statements.ts'
import { labelsPowers, looksOn, verdictOfPower } from '../draft/told-powers.ts'
import { keyOf, titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { List, Section, Table } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { explicit, unstated } from '../status/status.ts'
import { ownRole } from '../units/form.ts'
import { isGeneric } from '../units/generic.ts'
import { judgesThreats } from '../units/judged-tables.ts'
import { onlyAnswers } from '../units/only-answers.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { lastSentence } from '../vocabulary/clauses.ts'
import { opensList, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf, isAnswer, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * A heading or sentence per adversary, and what that adversary can and cannot do:
 *
 *   ### What a compromised server can achieve       ## Thief
 *   - Read the subject lines      unmitigated       **Can:**     - copy the disk       unmitigated
 *   ### What the thief cannot do                    **Cannot:**  - read the copy       mitigated
 *   - Read the notes              mitigated
 *
 * Labelled lists below an adversary are read in adversary-fields.ts; adversaries by name, with
 * threats as headings below them, in personas.ts.
 */

export const adversaryPowers: Recogniser = { name: 'adversary-powers', read }

interface Reading {
  document: Document
  units: Units
  known: ReadonlyMap<string, string>
  drafts: Draft[]
  /** What adversaries can do leads up to a table of verdicts. */
  isJudged: boolean
}

function read(document: Document): Found {
  const found = nothing()
  const known = adversaryNames(document.outline)
  const { outline } = document
  const isJudged = judgesThreats(outline)
  const reading = { document, units: unitsOf(outline), known, drafts: found.drafts, isJudged }
  for (const section of [outline.root, ...outline.sections]) {
    const power = section.kind === 'root' ? null : powerOf(section.title)
    const before = found.drafts.length
    if (power !== null) readPowers(reading, section, power)
    else readIntroduced(reading, section)
    if (found.drafts.length === before && namesPowers(section)) readDeeds(reading, section)
  }
  return found
}

/** "Attacker capabilities" over deeds: threats, where the document lists no others. */
function readDeeds(reading: Reading, section: Section): void {
  const threats: ThreatDraft[] = []
  for (const block of section.blocks) {
    if (block.type !== 'list' || !tellsDeeds(block)) continue
    for (const entry of finestDeeds(block)) {
      const draft = threatOfEntry(entry, { ...partsFor(reading, section), rank: -1 })
      if (draft !== null) threats.push(draft)
    }
  }
  if (threats.length === 0) return
  reading.drafts.push(...answeredByGroup(threats, onlyAnswers(section, reading.units)))
}

/** A heading that says "can": every bullet below is a threat. */
function readPowers(reading: Reading, section: Section, power: Power): void {
  const named = power.adversary === '' ? nameAbove(section) : power.adversary
  if (named === null || !isAdversary(reading, section, named)) return
  const lists = blocksBelow(section)
    .filter((block): block is List => block.type === 'list')
    // "This attacker cannot:" right above a list is nearer, and read with its own section.
    .filter((list) => section.blocks.includes(list) || !saysPower(list))
    .filter((list) => !saysAnswer(list))
  const started = lists.length > 0 ? null : boldStartsAsList(section.blocks)
  if (started !== null) lists.push(started)
  // Whoever it is, "any guest" is nobody in particular.
  const adversary = ofAny(section, named) ? '' : named
  for (const list of lists) readList(reading, section, list, { ...power, adversary })
  if (lists.length > 0 && power.adversary !== '' && adversary !== '')
    addAdversary(reading, section, named)
}

/** "But the lock ensures:" goes on with what is done about it. */
function saysAnswer({ intro }: List): boolean {
  const last = intro === null ? '' : lastSentence(intro.text)
  return ensures.test(last) || roleOfIntro(last) === 'mitigations'
}

const ensures = pattern(
  'i',
  String.raw`\b(?:ensures?|guarantees?|enforces?|prevents?|protects?|defends?|mitigates?)`,
  String.raw`(?: (?:that|this|it|them|against|by|with))*\s*:\W*$`,
)

function saysPower({ intro }: List): boolean {
  return intro !== null && powerOf(lastClause(intro.text)) !== null
}

function nameAbove(section: Section): string | null {
  const parent = section.parent
  return parent === null || parent.kind === 'root' ? null : adversaryTitle(parent.heading)
}

function isAdversary(reading: Reading, section: Section, name: string): boolean {
  if (/^(?:the )?(?:users?|operators?|administrators?|you|we|project|developers?)$/i.test(name))
    return false
  if (hostile.test(name) || reading.known.has(keyOf(name))) return true
  if (unnamed.test(name) && isThreatRole(reading.units.roleOf(section))) return true
  if (spies.test(section.heading.text) || ofAny(section, name)) return true
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent) {
    const role = roleOf(at.title)
    if (role === 'adversaries') return true
    if (/\b(?:attackers?|adversar\w+)\b/i.test(at.heading.text) && at !== section) return true
  }
  return (
    reading.document.outline.sections.filter((other) => powerOf(other.title) !== null).length >=
    fewestPowers
  )
}

const fewestPowers = 3

/** "Somebody with a key" is hostile where threats stand. */
const unnamed = /^(?:(?:some|any)(?:one|body)|whoever)\b/i

/** "What the relay can see" asks it of somebody who is not trusted. */
const spies = pattern(
  'i',
  String.raw`^[\W\d]*what .{2,60}? (?:can(?:not|['’]t| not)?|could|may|might) (?:still |also )?`,
  String.raw`(?:see|learn|observe|infer|deduce|find out)\b`,
)

/** "What any guest can do" tells what nothing keeps whoever is near from doing. */
function ofAny({ kind, heading }: Section, name: string): boolean {
  if (kind !== 'heading' || trusted.test(name)) return false
  return /^[\W\d]*what any(?:one|body)? .{0,60}?can(?: still)? (?:do|cause)\b/i.test(heading.text)
}

const trusted =
  /\b(?:users?|operators?|admin\w*|maintainers?|developers?|owners?|customers?|members?)$/i

/** "An attacker with the disk can:" above a list, or "Can:" in an adversary's section. */
function readIntroduced(reading: Reading, section: Section): void {
  const isThreat = reading.units.unitOf(section) === 'threat'
  // Under "Not protected against" the heading is what is open; what it allows explains it.
  if (isThreat && isScopeRole(reading.units.roleOf(section))) return
  if (isThreat && reading.units.fieldsOf(section).values.some((value) => value.field !== null))
    return
  if (tellsOfThreat(reading, section)) return
  let above: string | null = null
  const before = reading.drafts.length
  for (const block of section.blocks) {
    if (block.type === 'table') readTable(reading, section, block)
    if (block.type !== 'list') continue
    if (readVerbs(reading, section, block)) continue
    if (block.intro === null || !opensList(block.intro.text)) continue
    if (explainsStatement(section, block)) continue
    const power = powerIn(block.intro.text, section)
    // "We assume that the adversary cannot:" takes for granted, and keeps nothing out.
    if (power === null || (!power.can && assumed.test(lastSentence(block.intro.text)))) continue
    const named: string | null =
      power.adversary === '' ? (above ?? ownName(section)) : power.adversary
    const spied = named !== null && looksOn(block.intro.text, named)
    const isMeant = spied || power.isWarned === true
    if (named === null || !(isMeant || isAdversary(reading, section, named))) continue
    above = named
    readList(reading, section, block, { ...power, adversary: wholeName(reading, named) })
  }
  if (reading.drafts.length > before && isNamedByHeading(section))
    addAdversary(reading, section, ownName(section) ?? '')
}

/** "Risk" over "Attackers may:", beside "Mitigation", tells of the threat above. */
function tellsOfThreat({ units }: Reading, { kind, title, parent }: Section): boolean {
  if (kind !== 'heading' || parent?.kind !== 'heading' || fieldOf(title) === null) return false
  if (units.unitOf(parent) !== 'threat') return false
  return units.fieldsOf(parent).values.some(({ field }) => isAnswer(field))
}

/** "Nora" is short for "The one who listens (Nora)". */
function wholeName({ known }: Reading, name: string): string {
  const whole = known.get(keyOf(name))
  return whole?.endsWith(`(${name})`) === true ? whole : name
}

/** "…, the adversary can:" ends a long sentence; who it is says the heading. */
function powerIn(text: string, section: Section): Power | null {
  const last = lastSentence(text)
  const power = powerOf(namesSpeaker(text) ? lastClause(text) : last)
  const name = ownName(section)
  const isPlain = /^(?:adversary|attacker)$/i.test(power?.adversary ?? '')
  return power !== null && isPlain && name !== null && hostile.test(name)
    ? { ...power, adversary: name }
    : power
}

function lastClause(text: string): string {
  return lastSentence(text).split(/,\s+/).at(-1) ?? ''
}

function namesSpeaker(text: string): boolean {
  return speaker.test(lastClause(text).replace(/(?<!\W)\W*\bcan\W*$/, ''))
}

/** "Train-watching adversary" over what it can and cannot do. */
function isNamedByHeading({ kind, heading }: Section): boolean {
  return kind === 'heading' && /\b(?:adversary|attacker)\W*$/i.test(heading.text)
}

/** "**Can** delay messages", "**Cannot** read them": each bullet says which it is. */
function readVerbs(reading: Reading, section: Section, list: List): boolean {
  if (labelsPowers(list)) return false
  const isSaid = speaker.test(list.intro?.text ?? '')
  const verbs = list.entries.map(({ head }) => {
    const plain = isSaid ? denial.exec(head.text) : null
    return (verb.exec(head.lead) ?? plain)?.[1]
  })
  const said = verbs.filter((word) => word !== undefined)
  if (said.length < 2 || said.length * 2 <= list.entries.length) return false
  list.entries.forEach((entry, at) => {
    const word = verbs[at]
    if (word === undefined) return
    const can = !/not|n't/i.test(word)
    const text = entry.head.text.replace(/^\W*(?:can(?:not| not|'t|’t)?|may|could)\s+/i, '')
    const head = { ...entry.head, text, lead: '', afterLead: '' }
    const parts = { ...partsFor(reading, section), adversary: hostileName(section) }
    const draft = threatOfEntry({ ...entry, head }, parts)
    const verdict = verdictOfPower(wholeText({ ...entry, head }), can)
    if (draft !== null) reading.drafts.push({ ...draft, status: verdict })
  })
  return true
}

function hostileName(section: Section): string | null {
  const name = ownName(section)
  return name !== null && hostile.test(name) ? name : null
}

/** "The adversary …" above "can't read the letters". */
const speaker = /\b(?:adversary|attacker)\W*$/i
const denial = /^(can(?:not| not|'t|’t))\s/i
const verb = /^\W*(can(?:not| not|'t|’t)?|may|could)\W*$/i

/** "| Can do | Cannot do |": every filled cell is a threat, of whom the row or heading names. */
function readTable(reading: Reading, section: Section, table: Table): void {
  const header = table.header.map((cell) => cell.phrase.text)
  const powers = header.map((text) => powerOf(text))
  const said = powers.filter((power) => power !== null)
  const column = nameColumn(header)
  const isNamed = fieldOf(header[column] ?? '') === 'adversary'
  // "Capabilities" beside "Cannot" describe whoever the row names.
  if (said.length < (isNamed && said.some(({ can }) => !can) ? 1 : 2)) return
  const name = ownName(section)
  for (const [at, power] of powers.entries()) {
    if (power === null) continue
    const heading = power.adversary === '' ? name : power.adversary
    if (!isNamed && (heading === null || !isAdversary(reading, section, heading))) return
    const group = power.can ? [] : answersOf(reading, section)
    for (const row of table.rows) {
      const phrase = row.cells[at]?.phrase
      if (phrase === undefined || saysNothing(phrase.text)) continue
      const adversary = isNamed ? nameIn(row.cells[column]?.phrase) : heading
      const parts = { ...partsFor(reading, section), adversary, group }
      const draft = threatOfPhrase(phrase, phrase.span, { values: [], loose: [] }, parts)
      const status = verdictOfPower(phrase.text, power.can)
      if (draft !== null) reading.drafts.push({ ...draft, status })
    }
  }
}

function nameIn(cell: Phrase | undefined): string | null {
  return cell === undefined || cell.text === '' ? null : titled(nameOf(cell)).title
}

function ownName(section: Section): string | null {
  return section.kind === 'root' ? null : adversaryTitle(section.heading)
}

function readList(reading: Reading, section: Section, list: List, power: Power): void {
  const group = power.can ? [] : answersOf(reading, section)
  const isAssumed = power.can && assumed.test(lastSentence(list.intro?.text ?? ''))
  for (const entry of list.entries) {
    if (sameAsOther.test(entry.head.text)) continue
    const own = ownPower(entry, power)
    // What he is assumed not to do keeps nothing out.
    if (isAssumed && !own.can) continue
    const told = isAssumed ? unstated : verdictOfPower(wholeText(entry), own.can)
    const isMet = told.status === 'unmitigated' && isDefendedAgainst(section)
    const verdict = isMet ? explicit('mitigated', wholeText(entry)) : told
    const draft = threatOfEntry(entry, {
      ...partsFor(reading, section),
      adversary: power.adversary,
      group,
    })
    const leadsUp = reading.isJudged || describes(reading, section, list)
    const rank = power.can && leadsUp ? -1 : 3
    if (draft !== null) reading.drafts.push({ ...draft, status: verdict, rank })
  }
}

/** "We assume that the thief can:" says what is tried, and not that it succeeds. */
const assumed = /\b(?:as|pre)sum\w+\b/i

/** "Do anything the thief could" and "All of class B" repeat what is listed elsewhere. */
const sameAsOther = pattern(
  'i',
  String.raw`^\W*(?:(?:do )?(?:anything|everything) (?:that )?(?:\S+ ){1,8}(?:can|could)(?: do)?`,
  String.raw`|all of (?:class|level|tier|type) \w+)\W*$`,
)

/** "The model includes attackers who can:" says whom the threats listed elsewhere come from. */
function describes({ units, document }: Reading, section: Section, { intro }: List): boolean {
  const words = intro?.text ?? ''
  if (/\bcapabilities\s*$/i.test(section.heading.text)) return true
  if (/\b(?:who|that|which)\W*$/i.test(words)) return true
  const clause = namesSpeaker(words) ? '' : words
  if (/\b(?:model|consider\w*|includes?|ability to|capable of)\b/i.test(clause)) return true
  if (!may.test(words)) return false
  if (ownRole(section) !== 'adversaries' && !isGeneric(section.title)) return false
  return document.outline.sections.some((other) => listsAttacks(other, units))
}

/** "It may:" allows for anything, where what it does is listed in a part of its own. */
const may = pattern(
  'i',
  String.raw`\b(?:it|they|(?:the )?(?:attacker|adversary|actor|adversarie)s?) (?:may|might)`,
  String.raw`(?: (?:attempt|try|seek|want) to)?\W*$`,
)

function listsAttacks(section: Section, units: Units): boolean {
  const unit = units.unitOf(section)
  return isThreatRole(ownRole(section)) && (unit === 'entries' || unit === 'group')
}

/** What the section labels as mitigation is why the adversary cannot. */
function answersOf(reading: Reading, section: Section): MitigationMention[] {
  if (section.kind === 'root') return []
  return groupControls(reading.units.fieldsOf(section), section)
}

function partsFor(reading: Reading, section: Section): EntryParts {
  return {
    recogniser: adversaryPowers.name,
    reason: `what the adversary of "${section.heading.text}" can or cannot do`,
    rank: 3,
    section: sectionTrail(section),
    legend: reading.document.legend,
    categories: [],
    heading: null,
  }
}

function addAdversary(reading: Reading, section: Section, name: string): void {
  reading.drafts.push({
    kind: 'adversary',
    title: name,
    writtenId: null,
    span: section.span,
    places: [section.span],
    section: section.trail,
    certainty: 'stated',
    body: '',
    recogniser: adversaryPowers.name,
    reason: 'a heading with what it can do below',
    rank: 2,
  })
}
