import { classesOfValue, type Fields, isKeyValue } from '../draft/fields.ts'
import { isAnswered } from '../draft/lists.ts'
import { nameOf } from '../draft/names.ts'
import { titled } from '../identity.ts'
import type { Block, Entry, List, Section, Table } from '../outline/types.ts'
import { statusInTitle } from '../status/titles.ts'
import { type Columns, columnOf, columnsOf } from '../tables/columns.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import {
  classOf,
  type Field,
  fieldOf,
  isAnswer,
  plainHeading,
  plainLabel,
  type Role,
} from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'
import { gather, isCandidate, type State } from './form.ts'
import { scene } from './generic.ts'
import { isHandling } from './handling.ts'
import { announcesMany, isKindOfAttacks } from './kinds.ts'
import { hasAnswer } from './pairs.ts'

/*
 * What speaks for a heading being a threat when no heading "Threats" stands around it: labels only
 * threats have, siblings of the same form, siblings that name attacks; and what speaks for the unit
 * being finer than the heading: `Threat:` labels, bullets that name attacks, a table of threats.
 */

const threatFields: ReadonlySet<Field> = new Set([
  'threat',
  'impact',
  'likelihood',
  'severity',
  'residual',
  'adversary',
  'category',
  'description',
  'status',
  'acceptance',
])

/**
 * Without a heading "Threats" around, the fields must say it: an answer beside another field of
 * threats, an answer that most siblings have too, or two fields that only threats have.
 */
export function speaksForItself(section: Section, fields: Fields, state: State): boolean {
  const others = new Set(
    fields.values.map((v) => v.field).filter((f) => f !== null && threatFields.has(f)),
  )
  if (hasAnswer(fields)) {
    return (
      others.size > 0 ||
      siblingsAnswer(section, state) ||
      isFirstOfModel(section) ||
      isAttackInModel(section, state)
    )
  }
  if (likeSiblings(section, fields, state) || listsScenarios(section, fields)) return true
  return (
    ['threat', 'impact', 'likelihood', 'severity'].filter((f) => others.has(f as Field)).length >= 2
  )
}

/** An attack by its name, alone under "Threat model": whoever begins has one threat. */
function isFirstOfModel({ parent, heading }: Section): boolean {
  if (parent === null || parent.children.length > 1) return false
  return (
    /\bthreat[- ]?model/i.test(parent.heading.text) && soundsLikeAttack(titled(heading.text).title)
  )
}

/** "Compromise of the gate" over what is done about it, in a model of threats. */
function isAttackInModel({ kind, heading, depth }: Section, { outline }: State): boolean {
  if (kind !== 'heading' || depth > 2 || !/\bthreat[- ]?model/i.test(outline.title)) return false
  const { title } = titled(heading.text)
  if (/^(?:why|how|what|when|who)\b/i.test(title) || title.split(' ').length > longestName)
    return false
  return soundsLikeAttack(title) && !soundsLikeControl(title)
}

const longestName = 8

/** "Key compromise scenarios" over bullets needs no heading "Threats" around it. */
function listsScenarios({ heading }: Section, { loose }: Fields): boolean {
  const entries = loose.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const title = titled(heading.text).title
  return entries.length >= 2 && soundsLikeAttack(title) && announcesMany(title, entries)
}

function siblingsAnswer(section: Section, state: State): boolean {
  const siblings = section.parent?.children ?? []
  const answered = siblings.slice(0, maxSiblings).filter((other) => hasAnswer(gather(other, state)))
  return answered.length >= 2
}

/** Two labels of its own stand under two siblings that have answers, too: the same form. */
function likeSiblings(section: Section, fields: Fields, state: State): boolean {
  const labels = new Set(fields.values.map((value) => plainLabel(value.label)))
  if (labels.size === 0) return false
  const siblings = (section.parent?.children ?? []).slice(0, maxSiblings)
  const alike = siblings.filter((other) => {
    const theirs = gather(other, state)
    return hasAnswer(theirs) && theirs.values.some((value) => labels.has(plainLabel(value.label)))
  })
  if (alike.length >= 1) return true
  const form = formAt(section.depth, state)
  return [...labels].filter((label) => (form.get(label) ?? 0) >= fewestOfForm).length >= 2
}

/** A label is part of a document's form when this many headings of one depth carry it. */
const fewestOfForm = 3

/** How often each label stands under headings of a depth that have answers. */
function formAt(depth: number, state: State): Map<string, number> {
  const known = state.forms.get(depth)
  if (known !== undefined) return known
  const form = new Map<string, number>()
  for (const section of state.outline.sections) {
    if (section.depth !== depth) continue
    const fields = gather(section, state)
    if (!hasAnswer(fields)) continue
    for (const label of new Set(fields.values.map((value) => plainLabel(value.label)))) {
      form.set(label, (form.get(label) ?? 0) + 1)
    }
  }
  state.forms.set(depth, form)
  return form
}

const maxSiblings = 40

/** Sibling headings that all name attacks vouch for each other: "Timing attacks", "Replay". */
export function amongAttacks(section: Section, state: State): boolean {
  if (section.kind !== 'heading') return false
  const siblings = section.parent?.children ?? []
  if (!namesAttack(section, state)) return isOfSeries(section, siblings, state)
  return siblings.slice(0, maxSiblings).filter((other) => namesAttack(other, state)).length >= 2
}

/** "LLM09: Overreliance" among headings with ids of its series that name attacks. */
function isOfSeries(section: Section, siblings: readonly Section[], state: State): boolean {
  const series = seriesOf(section)
  if (series === null || section.blocks.length === 0 || !isCandidate(section, state)) return false
  const others = siblings.slice(0, maxSiblings).filter((other) => seriesOf(other) === series)
  const attacks = others.filter((other) => namesAttack(other, state))
  return attacks.length >= 2 && attacks.length * 2 > others.length
}

/** The letters of an id: "LLM" of "LLM09". */
function seriesOf(section: Section): string | null {
  const id = titled(section.title).writtenId
  return id === null ? null : (/^[a-z]{1,12}/i.exec(id)?.[0].toLowerCase() ?? null)
}

function namesAttack(section: Section, state: State): boolean {
  const title = titled(section.title).title.replace(/\b(?:attackers?|adversar\w+)\b/gi, '')
  if (!isCandidate(section, state) || !(soundsLikeAttack(title) || isWay(section))) return false
  if (isHandling(section.title)) return false
  if (introducesOthers(section.parent) || /\b(?:adversary|attacker)$/i.test(section.heading.text))
    return false
  return section.blocks.length > 0 && title.split(' ').length <= 14
}

/** "By guessing a password" below "Account takeover". */
function isWay({ heading, parent }: Section): boolean {
  if (parent === null || !/^(?:by|via|through) \w+ing\b/i.test(heading.text)) return false
  return soundsLikeAttack(parent.title)
}

/** "We consider the following attackers:" above the headings. */
function introducesOthers(parent: Section | null): boolean {
  const last = parent?.blocks.at(-1)
  if (last?.type !== 'paragraph' || !/[::]$/.test(last.phrase.text)) return false
  const role = roleOfIntro(last.phrase.text)
  return role !== null && closed.has(role)
}

/**
 * A quarter of the headings has two `Threat:` labels: then the labels are the unit of all. Labels
 * such as "Concern" need more than one such heading, where there are many.
 */
export function labelsAreUnits(section: Section, state: State): boolean {
  const siblings = (section.parent?.children ?? []).slice(0, maxSiblings)
  const counts = siblings.map((other) =>
    countStated(gather(other, state), isKindOfAttacks(plainHeading(other.title))),
  )
  const labelled = counts.filter((count) => count >= 1).length
  const several = siblings.filter((_, at) => (counts[at] ?? 0) >= 2)
  if (several.length === 0 || several.length * 4 < labelled) return false
  return several.length > 1 || labelled <= 2 || several.some((other) => saysThreat(other, state))
}

function saysThreat(section: Section, state: State): boolean {
  const { values } = gather(section, state)
  return values.some(({ field, label }) => field === 'threat' && /^\W*threats?\b/i.test(label))
}

/**
 * `Threat:` labels, each bullet below one counted; those of "Attack vectors:" tell of one, unless
 * the heading is a kind of attacks.
 */
function countStated(fields: Fields, isKind: boolean): number {
  const counts = fields.values
    .filter((value) => value.field === 'threat')
    .map(({ label, lines, entries }) => {
      const isList = /^threats?\W*$/i.test(label) || (isKind && ways.test(plainLabel(label)))
      return lines.length === 0 && isList ? Math.max(1, entries.length) : 1
    })
  return counts.reduce((sum, count) => sum + count, 0)
}

/** `Threat: Tampering, Denial of service` names classes that each are a threat to the heading. */
export function namesClasses(fields: Fields): boolean {
  return fields.values.some((value) => value.field === 'threat' && classesOfValue(value).length > 0)
}

/**
 * "Threat description:" tells of the heading, wherever it stands, when something answers it.
 * "Attack vectors:" beside it are ways of the same threat.
 */
export function describesThreat(fields: Fields): boolean {
  if (!fields.values.some(({ field }) => field === 'threat')) return false
  const threats = fields.values.filter(({ field }) => field === 'threat')
  const [only, more] = threats.filter(({ label }) => !ways.test(plainLabel(label)))
  if (only === undefined || more !== undefined || only.entries.length > 1) return false
  if (!/^(?:threat|attack|risk) description$/.test(plainLabel(only.label))) return false
  return hasAnswer(fields) || fields.values.some(({ field }) => field === 'status')
}

/** Labels of how something is done. */
export const ways =
  /^(?:(?:attack|threat|exploit|exploitation) )?(?:vectors?|paths?|ways|scenarios?)$/

export function isThreatTable(block: Block): boolean {
  if (block.type !== 'table' || isKeyValue(block)) return false
  const columns = columnsOf(block, {})
  if (columns.fields.length < 2) return false
  return columnOf(columns, 'threat') >= 0 || (hasAnswers(columns) && namesClassesByRow(block))
}

/** "| STRIDE | Mitigation |" with a row for each class below the name of a part. */
function namesClassesByRow({ rows }: Table): boolean {
  const named = rows.filter(({ cells }) => classOf(cells[0]?.phrase.text ?? '') !== null)
  return named.length >= 3 && named.length * 2 > rows.length
}

function hasAnswers({ fields }: Columns): boolean {
  return fields.some((field) => isAnswer(field))
}

/** Bullets that name attacks under a heading that names none: the bullets are the threats. */
export function listsThreats(section: Section, fields: Fields): boolean {
  const name = titled(section.title)
  if (name.writtenId !== null || statusInTitle(section.title) !== null) return false
  if (scene.test(name.title)) return false
  const entries = fields.loose.flatMap((block) => (block.type === 'list' ? block.entries : []))
  if (announcesMany(name.title, entries)) return true
  if (!soundsLikeAttack(name.title) && fields.loose.some(isAnnounced)) return true
  if (entries.length < 2) return false
  if (entries.filter(isAnswered).length * 2 > entries.length) return true
  const attacks = entries.filter(
    ({ head }) => soundsLikeAttack(head.text) || soundsLikeAttack(nameOf(head)),
  )
  const share = attacks.length / entries.length
  if (!soundsLikeAttack(name.title)) return share > 0.5 || isClassOfMany(section, entries)
  if (namesSeveral(name.title, entries)) return true
  // A named attack that is told in paragraphs is one threat; its lists explain.
  const told = section.blocks.filter((block) => block.type === 'paragraph').length > 1
  return share >= 0.75 && entries.length >= 3 && !told
}

/** "Memory safety" below "Vulnerability classes" sorts the bullets below it. */
function isClassOfMany({ parent }: Section, entries: readonly Entry[]): boolean {
  if (!/\b(?:classes|types|categories)\W*$/i.test(parent?.heading.text ?? '')) return false
  return entries.filter(({ head }) => soundsLikeControl(head.text)).length * 2 <= entries.length
}

/** "Archive attacks" over bullets with names in bold, of which half name an attack each. */
function namesSeveral(title: string, entries: readonly Entry[]): boolean {
  if (!/\s(?:attacks|threats|risks|vulnerabilities)$/i.test(title)) return false
  const names = entries.map(({ head }) => head.lead)
  return (
    names.every((name) => name !== '') && names.filter(soundsLikeAttack).length * 2 > names.length
  )
}

/** "Attacks on the door" over "Threats not covered:" and bullets: each of them is left out. */
export function listsLeftOut({ title, blocks }: Section): boolean {
  if (!severalHarms.test(title.text)) return false
  return blocks.some((block) => {
    if (block.type !== 'list' || block.entries.length < 2 || block.intro === null) return false
    const { text } = block.intro
    return leftOut.test(text) && endsInColon(text)
  })
}

const severalHarms = /\b(?:attacks|threats|risks|vulnerabilities|exploits)\W*$/i
const leftOut = pattern(
  'i',
  String.raw`\b(?:threats|attacks|risks|vectors|scenarios)\b[^.]{0,40}\b(?:not (?:\w+ )?(?:covered`,
  String.raw`|addressed|considered|modell?ed|mitigated|protected)|out of scope|excluded)\W*$`,
)

/** "The risks here are:" above bullets. */
export function isAnnounced(block: Block): block is List {
  if (block.type !== 'list' || block.intro === null || !endsInColon(block.intro.text)) return false
  const role = roleOfIntro(block.intro.text)
  return role === 'threats' || role === 'attacks'
}

/**
 * "The same applies here." under the name of a part, where most parts beside it list their threats
 * below a sentence that says so.
 */
export function isPlainAmongLists(section: Section, fields: Fields): boolean {
  const title = titled(section.title).title
  const isFlow = /->|→/.test(title)
  if ((soundsLikeAttack(title) && !isFlow) || fields.values.length > 0) return false
  const lists = fields.loose.some((block) => block.type === 'list')
  const siblings = (section.parent?.children ?? []).slice(0, maxSiblings)
  const listing = siblings.filter((other) => other.blocks.some(isAnnounced))
  return !lists && listing.length >= 3 && listing.length * 2 > siblings.length
}

/**
 * "Location", "Profiling" below "Threat vectors", each with nothing but bullets that say what may
 * happen: the headings sort, the bullets are the threats.
 */
export function isClassOfBullets({ parent, depth }: Section, state: State): boolean {
  const near = (parent?.children ?? []).slice(0, maxSiblings)
  const siblings = near.filter((other) => other.depth === depth)
  const [first] = siblings
  if (first === undefined) return false
  const found = state.classes.get(first) ?? areClassesOfBullets(siblings)
  state.classes.set(first, found)
  return found
}

function areClassesOfBullets(siblings: readonly Section[]): boolean {
  const bullets = siblings.map(bulletsOnly)
  if (siblings.length < 2 || bullets.some((entries) => entries === null)) return false
  const entries = bullets.flatMap((found) => found ?? [])
  const told = entries.filter(({ head }) => mayHappen.test(head.text))
  if (siblings.length >= 3 && siblings.every(namesKinds) && areNamedAndTold(entries)) return true
  const attacks = siblings.filter(({ heading }) => soundsLikeAttack(heading.text))
  if (attacks.length * 3 > siblings.length) return false
  const named = entries.filter(({ head }) => soundsLikeAttack(nameOf(head)))
  return told.length * 2 > entries.length || named.length * 2 > entries.length
}

/** "Door attacks", "Till attacks": each is of a kind, and none in particular. */
function namesKinds({ heading }: Section): boolean {
  return /\w (?:attacks|threats|risks|vectors|abuses)\W*$/i.test(heading.text)
}

/** "1. **Forged coins**: each is weighed": a name and what is told of it. */
function areNamedAndTold(entries: readonly Entry[]): boolean {
  const names = entries.map(({ head }) => /^([^.::]{3,60})[::]\s+\S/.exec(head.text)?.[1])
  const named = names.filter((name) => name !== undefined && fieldOf(name) === null)
  return named.length * 4 >= entries.length * 3
}

/** A possibility in a whole sentence. */
const mayHappen = /^(?=(?:\S+\s+){6}).*\b(?:may|might|could|can|would|allow\w*|pose)\b/i

/** The entries of a section that holds nothing but a list; null otherwise. */
function bulletsOnly({ kind, blocks, children }: Section): Entry[] | null {
  const [list, more] = blocks
  if (kind !== 'heading' || children.length > 0 || more !== undefined) return null
  return list?.type === 'list' ? list.entries : null
}

/** Parts in which no heading is a threat. */
export const closed: ReadonlySet<Role> = new Set([
  'assets',
  'adversaries',
  'mitigations',
  'boundaries',
  'assumptions',
  'other',
  'in-scope',
  'planned',
])

/** "Key threats:" over bullets with ids of their own, beside a table of others. */
export function labelsNumbered({ values }: Fields): boolean {
  const listed = values.flatMap(({ field, entries }) => (field === 'threat' ? entries : []))
  return listed.length >= 2 && listed.every(({ head }) => titled(head.text).writtenId !== null)
}
