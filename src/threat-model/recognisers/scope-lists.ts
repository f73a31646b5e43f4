import { isScopeRole, isThreatRole, standingOf } from '../draft/context.ts'
import { meantBy } from '../draft/denied-controls.ts'
import type { Document, Draft, Found, Recogniser } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, isContents, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { isListOfThreats } from '../draft/listed-threats.ts'
import {
  denies,
  drawsLine,
  endsInNot,
  entriesBelow,
  handedOn,
  heldOff,
  isArea,
  isMissingFeature,
  isNoRisk,
  listsAttacks,
  listsMore,
  namesOutside,
  protects,
  saysOutside,
  speaksOfAttacks,
  tellsOther,
  withoutBrackets,
  withoutClass,
} from '../draft/scope.ts'
import { isAmongActors, keptOut } from '../draft/scope-actors.ts'
import {
  defendedIn,
  deniedIn,
  type ScopeLine,
  scopeLabelOf,
  scopeLineOf,
} from '../draft/scope-lines.ts'
import { scopeNote } from '../draft/scope-notes.ts'
import { isNamed, isRemark } from '../draft/scope-starts.ts'
import { explainsStatement } from '../draft/statements.ts'
import { rememberingEntries } from '../outline/keep.ts'
import { isWhollyBold, plainPhrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Outline, Paragraph, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { explicit, statusOfRole } from '../status/status.ts'
import { isOtherHalf } from '../units/form.ts'
import { isGeneric } from '../units/generic.ts'
import { tabulatesThreats } from '../units/judged-tables.ts'
import { isOfPart, isThreatHeading, ownOnly, unitIn } from '../units/scope-units.ts'
import { unitsOf } from '../units/units.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { countsFlaws } from '../vocabulary/policies.ts'
import { classOf, fieldOf, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Lists whose heading or introduction says how everything on them stands:
 *
 *   ## What it does not protect against      unmitigated
 *   ## Out of scope                          out of scope; features among them are scope notes
 *   ## Guarantees                            mitigated: each promise is a threat that is met
 *   ## Known limitations                     unmitigated
 *   ## Residual risks                        accepted, by implication
 *   The proxy does not defend against:       the same, from a sentence above the list
 *
 * "Out of scope" alone mixes attacks with features and platforms: there only entries that name harm
 * are threats. Headings under such a heading are read as heading threats.
 */

export const scopeLists: Recogniser = { name: 'scope-lists', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    const unit = section.kind === 'root' ? 'none' : unitIn(section, units)
    if (unit === 'threat' || unit === 'label' || unit === 'values') continue
    if (unit === 'facet' && !isOfPart(section, units)) continue
    const role = unit === 'none' ? ownOnly(section) : units.roleOf(section)
    const holdsThreats = section.children.some((child) => isThreatHeading(units.unitOf(child)))
    const { blocks } = section
    readSection({ document, section, role, blocks, holdsThreats }, found.drafts)
  }
  return found
}

/** "Traffic analysis remains out of scope" among assumptions is a threat that is ruled out. */
function addRuledOut(block: Block, place: Place, drafts: Draft[]): void {
  if (block.type !== 'list') return
  const { document, section } = place
  const parts = partsFor({ document, section, role: 'out-of-scope', title: section.heading.text })
  for (const entry of block.entries) {
    const text = entry.head.text
    const denied = deniedIn(text)
    if (denied !== null) addNames(ruledOutBy(denied, place), entry.span, place, drafts)
    if (!saysOutside.test(text) || !soundsLikeAttack(text)) continue
    const own = { ...parts, heading: explicit('out-of-scope', text) }
    if (addOutside(entry, own, drafts)) continue
    const draft = threatOfEntry(entry, own)
    if (draft !== null) drafts.push(draft)
  }
}

/** "Floods, stolen keys, and bribed guards are outside this model" names three. */
function addOutside(entry: Entry, parts: EntryParts, drafts: Draft[]): boolean {
  const names = namesOutside(entry.head.text)
  for (const name of names) {
    const phrase = plainPhrase(name, entry.span)
    const draft = threatOfPhrase(phrase, entry.span, { values: [], loose: [] }, parts)
    if (draft !== null) drafts.push(draft)
  }
  return names.length > 0
}

interface Place {
  document: Document
  section: Section
  role: Role | null
  blocks: readonly Block[]
  /** Threats stand in sub-sections: its own lists need an introduction to be more. */
  holdsThreats: boolean
}

function readSection(place: Place, drafts: Draft[]): void {
  const { document, section, role, blocks } = place
  for (const block of blocks) {
    if (block.type === 'quote' || explainsStatement(section, block)) continue
    if (block.type === 'paragraph' && readLine(block, place, drafts)) continue
    if (block.type === 'list' && readLabels(block, place, drafts)) continue
    // Whatever the part, what counts as a vulnerability is looked at.
    if (block.type === 'list' && countsFlaws(introOf(block)) && ofScope(role)) {
      addFlaws(block, place, drafts)
      continue
    }
    const near = drawsLine(section, introOf(block)) ? 'out-of-scope' : introduced(block, role)
    const meant = meantBy(block, near ?? role)
    if (meant === 'assumptions') addRuledOut(block, place, drafts)
    if (meant === 'in-scope' && block.type === 'list') addInScope(block, place, drafts)
    if (!isScopeRole(meant) || meant === null) continue
    if (near === null && !isDirect(section, role)) continue
    if (near === null && place.holdsThreats && !isOwnList(block, place)) continue
    const title = near === null ? titleOf(section) : introOf(block)
    readBlock(block, { document, section, role: meant, title }, drafts)
  }
}

/** Attacks right below "Out of scope", above headings that are threats. */
function isOwnList(block: Block, { section, role }: Place): boolean {
  if (block.type !== 'list' || block.entries.length < fewestOwn || role === null) return false
  if (roleOf(section.title) !== role || block.intro !== null) return false
  return speaksOfAttacks(block, role)
}

const fewestOwn = 4

/** "**Out of scope:** a lost key; a flood; theft." is a list in a line. */
function readLine({ phrase, span }: Paragraph, place: Place, drafts: Draft[]): boolean {
  const line = scopeLineOf(phrase)
  if (line !== null && limitsControl(line, place)) return false
  if (line !== null) addNames(ruledOutBy(line, place), span, place, drafts)
  const met = line?.role === 'unprotected' ? defendedIn(phrase.text) : null
  if (met !== null) addNames(met, span, place, drafts)
  return line !== null && line.names.length > 0
}

/** "What this does not provide:" below a control tells how far that control goes. */
function limitsControl({ title }: ScopeLine, { document, section }: Place): boolean {
  if (!/\bnot provide\b/i.test(title)) return false
  return unitsOf(document.outline).roleOf(section) === 'mitigations'
}

/** What is not defended against, among what is no goal or taken for granted, is out of scope. */
function ruledOutBy(line: ScopeLine, { role }: Place): ScopeLine {
  const isOutside = role === 'out-of-scope' || role === 'assumptions'
  return isOutside && line.role === 'unprotected' ? { ...line, role: 'out-of-scope' } : line
}

/** "- **In scope:** …", "- **Out of scope:** …": every bullet is a part of its own. */
function readLabels(list: List, place: Place, drafts: Draft[]): boolean {
  const lines = scopeLabels(list)
  if (lines.every((line) => line === null)) return false
  for (const [at, entry] of list.entries.entries()) {
    const line = lines[at] ?? null
    if (line === null || isToldElsewhere(line.role, place)) continue
    addNames(line, entry.span, place, drafts)
    const scope = { ...place, role: line.role, title: line.title, isLabel: true }
    if (isScopeRole(line.role)) for (const block of entry.blocks) readBlock(block, scope, drafts)
  }
  const others = list.entries.filter((_, at) => lines[at] === null)
  if (others.length > 0) readSection({ ...place, blocks: [{ ...list, entries: others }] }, drafts)
  return true
}

const scopeLabels = rememberingEntries(({ head }) => scopeLabelOf(head))

/** A part of the document that is called so has the whole of it. */
function isToldElsewhere(role: Role, { document, section }: Place): boolean {
  const named = headingsBy(document.outline).get(role) ?? 0
  return named > (roleOf(section.heading.text) === role ? 1 : 0)
}

const headingsBy = rememberingOf(({ sections }: Outline) => {
  const counts = new Map<Role | null, number>()
  for (const { heading } of sections) {
    const role = roleOf(heading.text)
    counts.set(role, (counts.get(role) ?? 0) + 1)
  }
  return counts
})

function addNames(line: ScopeLine, span: Entry['span'], place: Place, drafts: Draft[]): void {
  const { document, section } = place
  const { role, title } = line
  const parts = partsFor({ document, section, role, title, isLabel: true })
  for (const name of line.names.slice(0, mostNames)) {
    const words = plainPhrase(name.replace(/^(?:and|or) /, ''), span)
    const draft = threatOfPhrase(words, span, { values: [], loose: [] }, parts)
    if (draft !== null) drafts.push(draft)
  }
}

const mostNames = 20

/** The role that a list's own introduction gives it. */
function introduced(block: Block, around: Role | null): Role | null {
  const intro = introOf(block)
  if (intro === '' || !endsInColon(intro)) return null
  const near = roleOfIntro(intro)
  if (/\bnot (?:assume|consider|model)\W*$/i.test(intro) && !namesAttackers(block)) return null
  // "These will not be addressed:" under "Out of scope" says nothing new.
  if (around === 'out-of-scope' && near === 'unprotected' && leavesOut.test(intro)) return null
  // "These attackers are outside:" under "Out of scope" says whom it is about.
  if (around === 'out-of-scope' && near === 'adversaries') return null
  // What a part guarantees names its controls, unless it is told by the attacks.
  const isPromise = near === 'protected' && around === null && !meets.test(intro)
  if (isPromise && block.type === 'list' && !namesAttackers(block)) return null
  // "These risks remain:" under "Residual risks" says nothing new.
  return isScopeRole(around) && isThreatRole(near) ? null : near
}

const meets = pattern(
  'i',
  String.raw`\b(?:against|attacks?|threats?|risks?|bugs|mitigated|adversar\w+|attackers?`,
  '|prevents?|mitigates?|stops?',
  String.raw`|blocks?|resists?|closed?|fixed|resolved|handled|addressed|flaws?|vulnerabilit\w+)\b`,
)

const leavesOut = /\bnot (?:be )?(?:addressed|implemented|included|supported|handled|done)\W*$/i

/** "We do not assume:" over what an attacker would need; or over what nature would. */
function namesAttackers(block: Block): boolean {
  if (block.type !== 'list') return false
  const attacks = block.entries.filter(({ head }) => soundsLikeAttack(head.text))
  return attacks.length * 2 > block.entries.length
}

function introOf(block: Block): string {
  return block.type === 'list' ? (block.intro?.text ?? '') : ''
}

/** Lists deep under the heading explain; only its own lists and those of plain groups count. */
function isDirect(section: Section, role: Role | null): boolean {
  if (roleOf(section.title) === role || isOtherHalf(section)) return true
  return section.parent !== null && roleOf(section.parent.title) === role
}

function titleOf(section: Section): string {
  const own = roleOf(section.title)
  return own === null && section.parent !== null && !isOtherHalf(section)
    ? section.parent.heading.text
    : section.heading.text
}

interface Scope {
  document: Document
  section: Section
  role: Role
  /** The heading or introduction that gives the role. */
  title: string
  /** True where the line itself gives it, whatever the section says. */
  isLabel?: boolean
}

function readBlock(block: Block, scope: Scope, drafts: Draft[]): void {
  const parts = partsFor(scope)
  if (block.type === 'list' && !isContents(block) && !tellsOther(block, scope)) {
    const heading = handedOn(block) ?? parts.heading
    parts.heading = heading
    const all =
      isListOfThreats(scope) || speaksOfAttacks(block, scope.role) || endsInNot.test(scope.title)
    for (const entry of block.entries) addEntry(entry, scope, { ...parts, all }, drafts)
  }
  if (block.type !== 'paragraph' || block.phrase.lead === '' || isWhollyBold(block.phrase)) return
  if (roleOf(block.phrase.lead) !== null || isGeneric(block.phrase.lead)) return
  if (classOf(block.phrase.lead) === null && fieldOf(block.phrase.lead) !== null) return
  if (!isNamed(block, scope.section) || isRemark(block, scope.section)) return
  if (isOtherHalf(scope.section) && !denies.test(block.phrase.lead)) return
  const phrase = scope.role === 'protected' ? withoutClass(block.phrase) : block.phrase
  const draft = threatOfPhrase(phrase, block.span, { values: [], loose: [] }, parts)
  if (draft !== null) drafts.push(draft)
}

function addEntry(
  entry: Entry,
  scope: Scope,
  parts: EntryParts & { all: boolean },
  drafts: Draft[],
): void {
  // Among assumptions an entry is no threat: those that it names are.
  const isAssumed = /\bassumptions?\b/i.test(scope.section.heading.text)
  if (isAssumed && addOutside(entry, parts, drafts)) return
  if (isNoRisk(entry.head.text, scope.role, scope.section.heading.text)) return
  const opens = heldOff.test(entry.head.text)
  const inner = opens || listsMore.test(entry.head.text) ? entriesBelow(entry) : []
  const isLeft = scope.role === 'out-of-scope' || scope.role === 'unprotected'
  const isPromise = isLeft && (protects.test(entry.head.text) || isArea(entry, scope))
  if (inner.length > 0) {
    const all = opens || isPromise || parts.all || soundsLikeAttack(entry.head.text)
    for (const one of inner) addEntry(one, scope, { ...parts, all }, drafts)
    return
  }
  const text = `${withoutBrackets(entry.head.text)} ${entry.rest}`
  const isMeant = parts.all || isPromise || soundsLikeAttack(text)
  if (isMeant && !isMissingFeature(entry.head.text, scope)) {
    const draft = threatOfEntry(entry, parts)
    if (draft !== null) drafts.push(draft)
    return
  }
  if (scope.role !== 'resolved') drafts.push(scopeNote(entry, scope.section, 'out-of-scope'))
}

function partsFor({ document, section, role, title, isLabel }: Scope): EntryParts {
  const standing = isLabel === true ? role : standingOf(role, section)
  // "In scope" over what a table of threats goes through names its subjects.
  const isSummary = role === 'in-scope' && tabulatesThreats(document.outline)
  return {
    recogniser: scopeLists.name,
    reason: `an entry under "${title.slice(0, 80)}"`,
    rank: illustrates(section) || isSummary ? 1 : 2,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: statusOfRole(standing, title),
  }
}

/** "Out of scope" below "Examples" shows what the document rules out elsewhere. */
function illustrates(section: Section): boolean {
  const above = section.trail.map((title) => roleOf(title))
  return above.includes('examples')
}

/** What a policy takes as a vulnerability is a threat; what it merely covers is a note. */
function addInScope(list: List, place: Place, drafts: Draft[]): void {
  const { document, section } = place
  if (isAmongActors(section)) {
    const scope = { document, section, role: 'protected' as const, isLabel: true }
    const met = partsFor({ ...scope, title: section.heading.text })
    for (const entry of keptOut(list)) drafts.push(...[threatOfEntry(entry, met) ?? []].flat())
    return
  }
  if (!listsAttacks(list)) {
    addNotes(list, section, 'in-scope', drafts)
    return
  }
  addFlaws(list, place, drafts)
}

/** Each is a threat that is looked at, and nothing says yet how it stands. */
function addFlaws(list: List, { document, section }: Place, drafts: Draft[]): void {
  const title = introOf(list) === '' ? section.heading.text : introOf(list)
  const parts = partsFor({ document, section, role: 'in-scope', title, isLabel: true })
  for (const entry of list.entries) {
    const draft = threatOfEntry(entry, parts)
    if (draft !== null) drafts.push(draft)
  }
}

/** Below "Threats" and outside any part the list is read as one of threats. */
function ofScope(role: Role | null): boolean {
  return role === 'in-scope' || isScopeRole(role)
}

function addNotes(
  list: List,
  section: Section,
  scope: 'in-scope' | 'out-of-scope',
  drafts: Draft[],
): void {
  for (const entry of list.entries) drafts.push(scopeNote(entry, section, scope))
}
