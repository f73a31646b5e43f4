import { classesOfValue, type Fields, isKeyValue } from '../draft/fields.ts'
import { titled } from '../identity.ts'
import type { Block, Section, Table } from '../outline/types.ts'
import { type Columns, columnOf, columnsOf } from '../tables/columns.ts'
import { roleOfIntro } from '../vocabulary/intro.ts'
import {
  classOf,
  type Field,
  isAnswer,
  plainHeading,
  plainLabel,
  type Role,
} from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'
import { gather, isCandidate, type State } from './form.ts'
import { isHandling } from './handling.ts'
import { announcesMany, isKindOfAttacks } from './kinds.ts'
import { hasAnswer } from './pairs.ts'

/*
 * What speaks for a heading being a threat when no heading "Threats" stands around it: labels only
 * threats have, siblings of the same form, siblings that name attacks; and what speaks for the unit
 * being finer than the heading: `Threat:` labels, a table of threats (and bullets: bullets.ts).
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
