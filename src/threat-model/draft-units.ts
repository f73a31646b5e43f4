import { columnOf, columnsOf } from './draft-columns.ts'
import { isScopeRole, isThreatClass, isThreatRole } from './draft-context.ts'
import { isBoldStart } from './draft-entries.ts'
import {
  type Fields,
  fieldsOfBlocks,
  textOfValue,
  valueOfSection,
  valuesOfBoldLabel,
} from './draft-fields.ts'
import { toolTitle } from './draft-tools.ts'
import { idKey, keyOf, titled } from './identity.ts'
import type { Block, Outline, Section } from './outline-types.ts'
import { statusInTitle } from './status.ts'
import {
  classesOnly,
  classOf,
  type Field,
  fieldOf,
  plainHeading,
  plainLabel,
  type Role,
  roleOf,
} from './vocabulary.ts'
import { roleOfIntro } from './vocabulary-intro.ts'
import { pattern } from './vocabulary-pattern.ts'
import { soundsLikeAttack } from './vocabulary-words.ts'

/*
 * Which sections are threats, and which only hold them. The document's finest enumerated unit is
 * the threat, and only the form tells which that is:
 *
 *   tool      a heading in the form of a tool's report (draft-tools.ts)
 *   threat    a heading with labelled fields, or with prose under "Threats"
 *   group     a heading over threat headings or over a table of threats
 *   values    a heading over `Threat:` labels, of which each is one
 *   entries   a heading over bullets that are threats each
 *   label     a heading that labels a field of the threat above or beside it ("T-1 Mitigations")
 *   facet     a sub-heading that recurs under several headings; its content belongs to its parent
 *   none      anything else
 *
 * One decision for all recognisers, so that none reads as threats what another reads as their
 * parts.
 */

export type Unit = 'tool' | 'threat' | 'group' | 'values' | 'entries' | 'label' | 'facet' | 'none'

export interface Units {
  unitOf(section: Section): Unit
  /** Part of the model the section stands in, its own heading included. */
  roleOf(section: Section): Role | null
  /** Its labelled fields, with those of its labels, facets and sections joined to it by id. */
  fieldsOf(section: Section): Fields
}

const cache = new WeakMap<Outline, Units>()

export function unitsOf(outline: Outline): Units {
  const known = cache.get(outline)
  if (known !== undefined) return known
  const units = decideAll(outline)
  cache.set(outline, units)
  return units
}

interface State {
  units: Map<Section, Unit>
  roles: Map<Section, Role | null>
  fields: Map<Section, Fields>
  /** Titles that stand under several parents. */
  facets: ReadonlySet<string>
  /** Sections that label a sibling, by that sibling. */
  joined: Map<Section, { section: Section; field: Field }[]>
  labels: Set<Section>
  /** Labels of headings with answers, by depth. */
  forms: Map<number, Map<string, number>>
  sections: readonly Section[]
}

function decideAll(outline: Outline): Units {
  const state: State = {
    units: new Map(),
    roles: new Map(),
    fields: new Map(),
    facets: recurring(outline),
    joined: new Map(),
    labels: new Set(),
    forms: new Map(),
    sections: outline.sections,
  }
  for (const section of [outline.root, ...outline.sections]) joinLabels(section, state)
  const roleIn = (section: Section): Role | null => roleWithin(section, state)
  for (const section of outline.sections) roleIn(section)
  // From the innermost outwards: what a section is depends on what stands in it.
  for (let at = outline.sections.length - 1; at >= 0; at--) {
    const section = outline.sections[at]
    if (section !== undefined) state.units.set(section, decide(section, state))
  }
  return {
    unitOf: (section) => state.units.get(section) ?? 'none',
    roleOf: roleIn,
    fieldsOf: (section) => gather(section, state),
  }
}

function recurring(outline: Outline): Set<string> {
  const parents = new Map<string, Set<Section>>()
  for (const section of outline.sections) {
    const key = keyOf(section.heading.text)
    const title = section.heading.text
    if (key === '' || section.parent === null || isThreatClass(title)) continue
    if (roleOf(title) !== null || titled(title).writtenId !== null) continue
    const known = parents.get(key)
    if (known === undefined) parents.set(key, new Set([section.parent]))
    else known.add(section.parent)
  }
  return new Set([...parents].filter(([, found]) => found.size >= 3).map(([key]) => key))
}

function roleWithin(section: Section, state: State): Role | null {
  const known = state.roles.get(section)
  if (known !== undefined) return known
  let role = section.kind === 'root' ? null : ownRole(section)
  if (role === null && section.parent !== null) role = roleWithin(section.parent, state)
  state.roles.set(section, role)
  return role
}

function ownRole(section: Section): Role | null {
  const title = section.heading.text
  if (titled(title).writtenId !== null) return null
  const role = roleOf(title) ?? (isThreatClass(title) ? 'threats' : null)
  if (isDocumentTitle(section)) return isThreatRole(role) ? role : null
  // "Limitations" of the document's scope are no limitations of what it protects.
  const above = section.parent === null ? '' : section.parent.heading.text
  return role === 'limitations' && /\bscope\b/i.test(above) ? 'out-of-scope' : role
}

/** The one heading everything stands under names the document, not a part of the model. */
export function isDocumentTitle(section: Section): boolean {
  const parent = section.parent
  return parent?.kind === 'root' && parent.children.length === 1 && section.children.length > 1
}

/** Finds sections that label a sibling: the same id with a label, or its title with a label. */
function joinLabels(parent: Section, state: State): void {
  const byId = new Map<string, Section>()
  const byTitle = new Map<string, Section>()
  for (const child of parent.children) {
    const name = titled(child.heading.text)
    const label = labelParts(child, name)
    const owner = label === null ? undefined : (byId.get(label.key) ?? byTitle.get(label.key))
    if (label === null || owner === undefined) {
      if (name.writtenId !== null) byId.set(idKey(name.writtenId), child)
      byTitle.set(keyOf(name.title), child)
      continue
    }
    state.labels.add(child)
    const joined = state.joined.get(owner) ?? []
    joined.push({ section: child, field: label.field })
    state.joined.set(owner, joined)
  }
}

const suffixed = pattern(
  'i',
  String.raw`^(.{3,120}?)[\s:–—-]+((?:recommended |proposed |suggested )?(?:mitigations?`,
  '|controls?|counter-?measures?))$',
)
const prefixed = pattern(
  'i',
  '^((?:recommended |proposed )?(?:mitigations?|controls?|counter-?measures?)) (?:for',
  String.raw`|of|against)\s+(.{1,120})$`,
)

function labelParts(section: Section, name: ReturnType<typeof titled>) {
  if (name.writtenId !== null) {
    const field = fieldOf(name.title)
    if (field !== null) return { key: idKey(name.writtenId), field }
  }
  const words = name.writtenId === null ? name.title : section.heading.text
  const before = suffixed.exec(words)
  const after = prefixed.exec(words)
  const field = fieldOf(before?.[2] ?? after?.[1] ?? '')
  const title = before?.[1] ?? after?.[2]
  return field === null || title === undefined ? null : { key: keyOf(title), field }
}

/** Titles that head an explanation, never a threat. */
const generic = pattern(
  '',
  '^(?:overview|introduction|intro|summary|background|description|discussion',
  '|scope|purpose|context|notes?|conclusions?|details?|diagrams?|system|architecture',
  '|methodology|usage|prerequisites|what it does|how it works|goals?|key (?:takeaways',
  '|findings)|main takeaways|trust(?:ed)? .{0,30}|data flow.{0,20}|components?',
  '|design.{0,30}|rationale|status|history|appendix.{0,60}|.{0,20}checklist',
  '|questions?|results?|process|approach|legend|rating.{0,20}|scoring.{0,20}',
  '|risk (?:matrix|rating|scale).{0,20}|severity .{0,20}|additional considerations',
  '|attack trees?|recommendations?|action items?|table of contents)$',
)

function isCandidate(section: Section, state: State): boolean {
  const title = section.heading.text
  if (title === '' || state.labels.has(section) || isDocumentTitle(section)) return false
  const name = titled(title)
  if (name.writtenId !== null) return fieldOf(name.title) === null
  if (statusInTitle(title) !== null) return true
  if (isThreatClass(title) || isUnspecific(section)) return false
  if (roleOf(title) !== null && !isTitleAndPart(section, state)) return false
  if (fieldOf(title) !== null || state.facets.has(keyOf(title))) return false
  const plain = plainHeading(title)
  return plain !== '' && !generic.test(plain)
}

/** A bold line that ends in a colon introduces; an admonition without a verdict comments. */
function isUnspecific(section: Section): boolean {
  if (section.kind === 'admonition') return true
  return section.kind === 'bold' && /[::]$/.test(section.heading.text)
}

/** "Metadata is not protected" among such headings is a title, though it could name a part. */
function isTitleAndPart(section: Section, state: State): boolean {
  const around = section.parent === null ? null : roleWithin(section.parent, state)
  if (!isScopeRole(around)) return false
  const words = plainHeading(section.heading.text).split(' ').length
  const lists = section.blocks.some(isLong)
  return words >= 3 && !lists && section.children.every((child) => child.kind !== 'heading')
}

function isLong(block: Block): boolean {
  return block.type === 'table' || (block.type === 'list' && block.entries.length > 1)
}

function decide(section: Section, state: State): Unit {
  if (state.labels.has(section)) return 'label'
  if (toolTitle(section.heading.text) !== null) return 'tool'
  const around = section.parent === null ? null : roleWithin(section.parent, state)
  const role = roleWithin(section, state)
  if (isCandidate(section, state)) return decideCandidate(section, around, state)
  if (fieldOf(section.heading.text) !== null && isThreatUnit(section.parent, state)) return 'label'
  if (state.facets.has(keyOf(section.heading.text))) return 'facet'
  if (section.kind === 'admonition' && isThreatUnit(section.parent, state)) return 'facet'
  if (!isThreatRole(role) && !isScopeRole(role) && pairsLabels(gather(section, state))) {
    return 'values'
  }
  if (section.kind !== 'admonition' && ownRole(section) === null) return 'none'
  if (role === 'surfaces') return countThreatLabels(gather(section, state)) > 0 ? 'values' : 'none'
  if (role === 'examples')
    return /\b(?:attack|threat|stor)/i.test(section.heading.text) ? 'entries' : 'none'
  if (!isThreatRole(role) && !isScopeRole(role) && role !== 'resolved') return 'none'
  return decideContainer(section, state)
}

/** Asked from the inside before the parent is decided: would it be a threat by its fields? */
function isThreatUnit(section: Section | null, state: State): boolean {
  if (section === null || section.kind === 'root' || isDocumentTitle(section)) return false
  return isCandidate(section, state)
}

function decideCandidate(section: Section, around: Role | null, state: State): Unit {
  const fields = gather(section, state)
  const inside = section.children.filter((child) => holdsThreats(child, state))
  const answered = hasAnswer(fields)
  const vouched =
    isThreatRole(around) || isScopeRole(around) || around === 'resolved' || around === 'surfaces'
  if (inside.length > 0 && !answered) return 'group'
  if (section.blocks.some(isThreatTable)) return 'group'
  if (namesClasses(fields)) return 'values'
  if (closed.has(around ?? 'threats')) return pairsLabels(fields) ? 'values' : 'none'
  if (!vouched && !speaksForItself(section, fields, state) && !amongAttacks(section, state)) {
    return 'none'
  }
  if (around === 'surfaces' && !answered && !speaksForItself(section, fields, state)) return 'none'
  if (countThreatLabels(fields) >= 1 && (around === 'surfaces' || labelsAreUnits(section, state))) {
    return 'values'
  }
  const named = soundsLikeAttack(titled(section.heading.text).title)
  if ((!answered || !named) && !isScopeRole(around) && listsThreats(section, fields))
    return 'entries'
  return inside.length > 0 && !answered ? 'group' : 'threat'
}

/** Parts in which no heading is a threat. */
const closed: ReadonlySet<Role> = new Set([
  'assets',
  'adversaries',
  'mitigations',
  'boundaries',
  'assumptions',
  'other',
  'in-scope',
  'planned',
])

function holdsThreats(section: Section, state: State): boolean {
  const unit = state.units.get(section) ?? 'none'
  return (
    unit === 'tool' ||
    unit === 'threat' ||
    unit === 'group' ||
    unit === 'values' ||
    unit === 'entries'
  )
}

/** Sibling headings that all name attacks vouch for each other: "Timing attacks", "Replay". */
function amongAttacks(section: Section, state: State): boolean {
  if (section.kind !== 'heading' || !namesAttack(section, state)) return false
  const siblings = section.parent?.children ?? []
  return siblings.slice(0, maxSiblings).filter((other) => namesAttack(other, state)).length >= 2
}

function namesAttack(section: Section, state: State): boolean {
  const title = titled(section.heading.text).title.replace(/\b(?:attackers?|adversar\w+)\b/gi, '')
  if (!isCandidate(section, state) || !soundsLikeAttack(title)) return false
  if (introducesOthers(section.parent)) return false
  return section.blocks.length > 0 && title.split(' ').length <= 14
}

/** "We consider the following attackers:" above the headings. */
function introducesOthers(parent: Section | null): boolean {
  const last = parent?.blocks.at(-1)
  if (last?.type !== 'paragraph' || !/[::]$/.test(last.phrase.text)) return false
  const role = roleOfIntro(last.phrase.text)
  return role !== null && closed.has(role)
}

/** A quarter of the headings has two `Threat:` labels: then the labels are the unit of all. */
function labelsAreUnits(section: Section, state: State): boolean {
  const siblings = section.parent?.children ?? []
  const counts = siblings
    .slice(0, maxSiblings)
    .map((other) => countThreatLabels(gather(other, state)))
  const several = counts.filter((count) => count >= 2).length
  return several * 4 >= counts.filter((count) => count >= 1).length && several > 0
}

function hasAnswer(fields: Fields): boolean {
  return fields.values.some(({ field }) => field !== null && answerFields.has(field))
}

const answerFields: ReadonlySet<Field> = new Set(['mitigation', 'recommended', 'planned'])
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
function speaksForItself(section: Section, fields: Fields, state: State): boolean {
  const others = new Set(
    fields.values.map((v) => v.field).filter((f) => f !== null && threatFields.has(f)),
  )
  if (hasAnswer(fields)) return others.size > 0 || siblingsAnswer(section, state)
  if (likeSiblings(section, fields, state)) return true
  return (
    ['threat', 'impact', 'likelihood', 'severity'].filter((f) => others.has(f as Field)).length >= 2
  )
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
  for (const section of state.sections) {
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

function decideContainer(section: Section, state: State): Unit {
  if (section.children.some((child) => holdsThreats(child, state))) return 'group'
  if (section.blocks.some(isThreatTable)) return 'group'
  const fields = gather(section, state)
  if (countThreatLabels(fields) >= 1) return 'values'
  if (fields.loose.some((block) => block.type === 'list' || block.type === 'table')) {
    return 'entries'
  }
  if (section.blocks.some(isBoldStart)) return 'entries'
  if (fields.values.some((value) => value.field === 'threat' && value.entries.length > 0))
    return 'values'
  const prose = fields.loose.length > 0 || hasAnswer(fields)
  return classOf(section.heading.text) !== null && prose ? 'threat' : 'group'
}

/** `Threat: Tampering, Denial of service` names classes that each are a threat to the heading. */
function namesClasses(fields: Fields): boolean {
  return fields.values.some(
    (value) => value.field === 'threat' && classesOnly(textOfValue(value)).length > 0,
  )
}

/** `Threat:` beside `Mitigation:` needs no heading to be understood. */
function pairsLabels(fields: Fields): boolean {
  return countThreatLabels(fields) > 0 && hasAnswer(fields)
}

function countThreatLabels(fields: Fields): number {
  return fields.values.filter((value) => value.field === 'threat').length
}

function isThreatTable(block: Block): boolean {
  if (block.type !== 'table') return false
  const columns = columnsOf(block, {})
  return columns.fields.length >= 2 && columnOf(columns, 'threat') >= 0
}

/** Bullets that name attacks under a heading that names none: the bullets are the threats. */
function listsThreats(section: Section, fields: Fields): boolean {
  const name = titled(section.heading.text)
  if (name.writtenId !== null || statusInTitle(section.heading.text) !== null) return false
  const entries = fields.loose.flatMap((block) => (block.type === 'list' ? block.entries : []))
  if (entries.length < 2) return false
  const attacks = entries.filter((entry) => soundsLikeAttack(entry.head.text))
  const share = attacks.length / entries.length
  return soundsLikeAttack(name.title) ? share >= 0.75 && entries.length >= 3 : share > 0.5
}

function gather(section: Section, state: State): Fields {
  const known = state.fields.get(section)
  if (known !== undefined) return known
  const fields = fieldsOfBlocks(section.blocks)
  for (const { section: joined, field } of state.joined.get(section) ?? []) {
    fields.values.push(valueOfSection(joined, field))
  }
  // What stands under the title of the document has headings of its own: no labels of one thing.
  const parts = isDocumentTitle(section)
    ? section.children.filter((child) => child.kind === 'bold')
    : section.children
  for (const child of parts) addChild(fields, child, state)
  state.fields.set(section, fields)
  return fields
}

function addChild(fields: Fields, child: Section, state: State): void {
  const title = child.heading.text
  const isPart = child.children.some((inner) => inner.kind === 'heading')
  const field = state.labels.has(child) || isPart ? null : (fieldOf(title) ?? fieldOfParent(child))
  if (field !== null && child.kind === 'bold')
    fields.values.push(...valuesOfBoldLabel(child, field))
  else if (field !== null) fields.values.push(valueOfSection(child, field))
  else if (isPartOfParent(child, state)) {
    const inner = gather(child, state)
    fields.values.push(...inner.values)
    fields.loose.push(...inner.loose)
  }
}

function isPartOfParent(child: Section, state: State): boolean {
  const title = child.heading.text
  if (child.kind === 'admonition') return statusInTitle(title) === null
  return state.facets.has(keyOf(title)) || generic.test(plainHeading(title))
}

/** "T-9 Recommended mitigation" below "T-9 Replay" labels it, however deep its heading is. */
function fieldOfParent(child: Section): Field | null {
  const label = labelParts(child, titled(child.heading.text))
  if (label === null || child.parent === null) return null
  const above = titled(child.parent.heading.text)
  const id = above.writtenId === null ? '' : idKey(above.writtenId)
  const meant = [id, keyOf(above.title), keyOf(above.writtenId ?? '')]
  return meant.includes(label.key) ? label.field : null
}
