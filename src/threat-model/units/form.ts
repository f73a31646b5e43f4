import { tellsOfDocument } from '../draft/about-document.ts'
import { isScopeRole, isThreatClass, isThreatRole } from '../draft/context.ts'
import { type Fields, fieldsOfSection, type OpenFields } from '../draft/fields.ts'
import { mayBeStatus, saysStatus } from '../draft/labels.ts'
import { withoutLacking } from '../draft/lacking.ts'
import { withOneThreat } from '../draft/one-threat.ts'
import { isOtherPart, roleAmongActors } from '../draft/roles.ts'
import { denies } from '../draft/scope.ts'
import { namedBelow, valueOfSection, valuesOfBoldLabel } from '../draft/section-values.ts'
import { idKey, keyOf, titled, withoutOrdinal } from '../identity.ts'
import type { Block, Outline, Section } from '../outline/types.ts'
import type { ReadingHints } from '../read-options.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { statusInTitle } from '../status/titles.ts'
import { answersInTables } from '../tables/answer-tables.ts'
import { pattern } from '../vocabulary/pattern.ts'
import {
  type Field,
  fieldOf,
  isAnswer,
  plainHeading,
  type Role,
  roleOf,
} from '../vocabulary/vocabulary.ts'
import { namesAdversary, soundsLikeAttack } from '../vocabulary/words.ts'
import { isClassAmongNames, isLikeSiblings, isToldInProse } from './alike.ts'
import { isLabelOfForm } from './attack-forms.ts'
import { sortsElse } from './classes.ts'
import { isGeneric, isModelOfThreats, tellsMore } from './generic.ts'
import { isOwnPart } from './own-part.ts'
import { pairsLabels } from './pairs.ts'
import { withPowers } from './powers-of-parties.ts'

/*
 * What belongs to a section: its role, the sections that label it, and its labelled fields, with
 * the answers kept, because a decision about one section asks about its siblings. Also which
 * headings could be the title of a threat at all, by their words alone.
 */

/** What a section is; drawn in units/units.ts. */
export type Unit = 'tool' | 'threat' | 'group' | 'values' | 'entries' | 'label' | 'facet' | 'none'

export interface State {
  /** These by the number of the section. */
  units: Unit[]
  roles: (Role | null)[]
  fields: Fields[]
  /** Whether a heading could be the title of a threat. */
  candidates: boolean[]
  /** Whether a heading has a level and more of its own, and the headings below tell of it. */
  levelled: boolean[]
  facets: ReadonlySet<string>
  /** Sections that label a sibling, by that sibling. */
  joined: Map<Section, { section: Section; field: Field }[]>
  labels: Set<Section>
  /** Labels of headings with answers, by depth. */
  forms: Map<number, Map<string, number>>
  /** Whether the bold lines below a heading only tell of it, by that heading. */
  captions: Map<Section, boolean>
  /** Whether a section holds nothing but groups of bullets. */
  groups: Map<Section, boolean>
  /** Whether headings of one level sort bullets that are the threats, by the first of them. */
  classes: Map<Section, boolean>
  outline: Outline
  hints: ReadingHints
}

export function roleWithin(section: Section, state: State): Role | null {
  return once(state.roles, section, state, nearestRole)
}

function nearestRole(section: Section, state: State): Role | null {
  const role = section.kind === 'root' ? null : ownRole(section)
  return role ?? (section.parent === null ? null : roleWithin(section.parent, state))
}

/** The answer about a section, found out once for each outline. */
export function once<T>(
  answers: T[],
  section: Section,
  state: State,
  answer: (section: Section, state: State) => T,
): T {
  const known = answers[section.index]
  if (known !== undefined) return known
  const found = answer(section, state)
  answers[section.index] = found
  return found
}

export function ownRole(section: Section): Role | null {
  const { title } = section
  if (titled(title).writtenId !== null) return null
  const role =
    roleAmongActors(section) ?? (isThreatClass(title) && !sortsElse(section) ? 'threats' : null)
  if (isDocumentTitle(section)) return isThreatRole(role) ? role : null
  if (role === null && isOtherHalf(section)) return 'protected'
  if (role === null && isModelOfThreats(section)) return 'threats'
  // "Limitations" of the document's scope are no limitations of what it protects.
  const above = section.parent === null ? '' : section.parent.heading.text
  return role === 'limitations' && /\bscope\b/i.test(above) ? 'out-of-scope' : role
}

/**
 * "What's protected" beside "What's not protected", over sentences that say what cannot happen or
 * over bullets that name attacks or who attacks.
 */
export function isOtherHalf({ title, parent, blocks }: Section): boolean {
  if (!asksWhatIsSafe(title) || parent === null || !holdsUnprotected(parent)) return false
  if (blocks.some(namesHarm)) return true
  const leads = blocks.flatMap((block) => (block.type === 'paragraph' ? [block.phrase.lead] : []))
  const promises = leads.filter((lead) => denies.test(lead))
  return promises.length >= 2 && promises.length * 2 > leads.length
}

const asksWhatIsSafe = remembering((title) =>
  /^(?:what(?:['’]s| is) )?(?:protected|covered|defended)(?: \([^()]{1,40}\))?\W*$/i.test(title),
)

/** Asked once of the parent: each of its many children would look at all of them. */
const holdsUnprotected = rememberingOf(({ children }: Section) =>
  children.some((other) => roleOf(other.title) === 'unprotected'),
)

function namesHarm(block: Block): boolean {
  if (block.type !== 'list' || block.entries.length < 2) return false
  const names = block.entries.map(({ head }) => (head.lead === '' ? head.text : head.lead))
  const harms = names.filter(
    (name) => soundsLikeAttack(name) || namesAdversary(name.replace(/[\s.::]+$/, '')),
  )
  return harms.length * 2 >= names.length
}

/** The one heading everything stands under names the document, not a part of the model. */
export function isDocumentTitle({ parent, heading, children }: Section): boolean {
  if (parent?.kind !== 'root' || parent.children.length !== 1) return false
  // A file of one threat has its labels below its name.
  return children.length > 1 || (children.length === 1 && !namesThreat(heading.text))
}

function namesThreat(title: string): boolean {
  if (/\bthreat[- ]?model/i.test(title)) return false
  return titled(title).writtenId !== null || soundsLikeAttack(title)
}

/** "3. Threat model", "Attack surface (of the gate)" and no other words. */
export const isModelTitle = remembering((title) => modelTitle.test(withoutOrdinal(title)))

const modelTitle = pattern(
  'i',
  '^(?:the )?(?:threat[- ]model(?:s|l?ing)?|security[- ]model|attack surfaces?)',
  String.raw`(?: \([^()]{1,60}\)|: \S.{2,60})?\W*$`,
)

/** Finds sections that label a sibling: the same id with a label, or its title with a label. */
export function joinLabels(parent: Section, state: State): void {
  if (parent.children.length < 2 || !parent.children.some(isLabel)) return
  const byId = new Map<string, Section>()
  const byTitle = new Map<string, Section>()
  for (const child of parent.children) {
    const name = titled(child.title)
    const label = labelParts(child.title)
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

function isLabel({ title }: Section): boolean {
  return labelParts(title) !== null
}

const suffixed = pattern(
  'i',
  String.raw`^(.{3,120}?)[\s:–—-]+((?:recommended |proposed |suggested )?(?:mitigations?`,
  '|controls?|counter-?measures?))$',
)

const prefixed = pattern(
  'i',
  '^((?:recommended |proposed )?(?:mitigations?|controls?|counter-?measures?|defen[cs]es?',
  String.raw`|protections?)) (?:for|of|against)\s+(.{1,120})$`,
)

const answering =
  /^()(?:countering|counteracting|(?:defending|protecting|guarding) against)\s+(.{1,120})$/i

const labelParts = remembering((heading) => {
  const name = titled(heading)
  if (name.writtenId !== null) {
    const field = fieldOf(name.title)
    if (field !== null) return { key: idKey(name.writtenId), field }
  }
  const words = name.writtenId === null ? name.title : heading
  const before = suffixed.exec(words)
  const after = prefixed.exec(words) ?? answering.exec(words)
  const label = before?.[2] ?? after?.[1] ?? ''
  const field = after?.[1] === '' ? 'mitigation' : fieldOf(label)
  const title = before?.[1] ?? after?.[2]
  return field === null || title === undefined ? null : { key: keyOf(title), field }
})

export function isCandidate(section: Section, state: State): boolean {
  return once(state.candidates, section, state, couldBeTitle)
}

function couldBeTitle(section: Section, state: State): boolean {
  const { title } = section
  if (title.text === '' || state.labels.has(section) || isDocumentTitle(section)) return false
  if (holdsParts(section) || holdsData(section)) return false
  const name = titled(title)
  if (name.writtenId !== null) return fieldOf(name.title) === null
  const verdict = statusInTitle(name.title === title.text ? title : name.title)
  const isLabel = verdict !== null && fieldOf(verdict.title) !== null
  if (verdict !== null && !isLabel && !isThreatRole(roleOf(title)))
    if (!isScopeRole(roleOf(verdict.title))) return true
  if (isThreatClass(title) && !isClassAmongNames(section)) return false
  if (isUnspecific(section) || isOtherHalf(section) || isOtherPart(section)) return false
  if (roleAmongActors(section) !== null && !isTitleAndPart(section, state)) return false
  const field = fieldOf(title)
  if (state.facets.has(keyOf(title)) || (field !== null && !mayName.has(field))) return false
  return (field === null && !isGeneric(title)) || isLikeThreats(section, state)
}

/** "Links", "Files" label something, or are what is attacked. */
const mayName: ReadonlySet<Field> = new Set<Field>(['note', 'code', 'owner'])

function isLikeThreats(section: Section, state: State): boolean {
  const around = section.parent === null ? null : roleWithin(section.parent, state)
  const isOpen = around === null || around === 'surfaces' || isThreatRole(around)
  return (isOpen || isScopeRole(around)) && isLikeSiblings(section)
}

/** "Overview" over "Background", "Actors", "Actions" and "Goals" is an outline, not a threat. */
function holdsParts({ children }: Section): boolean {
  const parts = children.filter(
    ({ kind, heading }) => kind === 'heading' && part.test(heading.text),
  )
  return parts.length >= fewestParts
}

/** A box with nothing but data for programs. */
function holdsData({ kind, blocks, children }: Section): boolean {
  if (kind !== 'details' || children.length > 0 || blocks.length === 0) return false
  return blocks.every(({ type }) => type === 'code')
}

const fewestParts = 3
const part = pattern(
  'i',
  String.raw`^\W*(?:metadata|overview|background|(?:non-?)?goals|actors|actions|actors and actions`,
  String.raw`|security (?:links|functions.{0,30})|scope|references|(?:table of )?contents)\W*$`,
)

/**
 * A bold line that ends in a colon introduces, unless an answer stands below it; an admonition
 * without a verdict comments.
 */
function isUnspecific(section: Section): boolean {
  if (section.kind === 'admonition') return true
  if (section.kind === 'bold' && tellsOfDocument(section.heading.text)) return true
  if (section.kind !== 'bold' || !/[::]$/.test(section.heading.text)) return false
  if (tellsOfStated(section)) return true
  return !fieldsOfSection(section).values.some(({ field }) => field === 'mitigation')
}

/** Below "**Threat:** …" a bold line with a colon tells more of that threat. */
function tellsOfStated({ kind, heading, parent }: Section): boolean {
  if (kind !== 'bold' || parent?.kind !== 'heading' || !/[::]$/.test(heading.text)) return false
  return fieldsOfSection(parent).values.some(({ label }) => /^threat\W*$/i.test(label))
}

/** "Metadata is not protected" among such headings is a title, though it could name a part. */
function isTitleAndPart(section: Section, state: State): boolean {
  const around = section.parent === null ? null : roleWithin(section.parent, state)
  if (isLikeThreats(section, state)) return true
  if (section.children.some((child) => child.kind === 'heading')) return false
  const words = plainHeading(section.title).split(' ').length
  if (section.blocks.some(isLong)) return false
  if (isThreatRole(around)) return isToldInProse(section, words)
  return isScopeRole(around) && words >= 3
}

export function isLong(block: Block): boolean {
  return block.type === 'table' || (block.type === 'list' && block.entries.length > 1)
}

export function gather(section: Section, state: State): Fields {
  return once(state.fields, section, state, withOthers)
}

function withOthers(section: Section, state: State): Fields {
  const own = withTables(section, fieldsOfSection(section))
  // What stands under the title of the document has headings of its own: no labels of one thing.
  const parts = isDocumentTitle(section)
    ? section.children.filter((child) => child.kind === 'bold')
    : section.children
  const joined = state.joined.get(section) ?? []
  if (parts.length === 0 && joined.length === 0) return own
  const fields = { values: [...own.values], loose: [...own.loose] }
  for (const { section: label, field } of joined) fields.values.push(valueOfSection(label, field))
  for (const child of parts) addChild(fields, child, state)
  return withOneThreat(withPowers(withoutLacking(fields), section))
}

/** A table of controls below "T5 — Loss of the boats" answers it, row by row. */
function withTables({ title }: Section, fields: Fields): Fields {
  if (!fields.loose.some((block) => block.type === 'table')) return fields
  if (titled(title).writtenId === null) return fields
  const { values, rest } = answersInTables(fields.loose)
  return values.length === 0 ? fields : { values: [...fields.values, ...values], loose: rest }
}

function addChild(fields: OpenFields, child: Section, state: State): void {
  const { title } = child
  if (isOwnPart(child, state.facets)) return
  const isPart =
    child.children.some((inner) => inner.kind === 'heading') &&
    !isLabelOfForm(child) &&
    !(isAnswer(fieldOf(title)) && namedBelow(child).length > 0)
  const field =
    state.labels.has(child) || isPart
      ? null
      : (fieldOf(title) ?? fieldOfParent(child) ?? ofVerdict(child))
  // "Threats" over "Threat: …" beside "Mitigation: …" speaks for itself, whatever stands above.
  if (field === 'threat' && child.kind === 'heading' && pairsLabels(gather(child, state))) return
  if (field !== null && (child.kind === 'bold' || field === 'threat')) {
    fields.values.push(...valuesOfBoldLabel(child, field))
    // "**Mitigations:**" below the heading "Threats" answers them.
    for (const inner of child.children) addChild(fields, inner, state)
  } else if (field !== null) fields.values.push(valueOfSection(child, field))
  else if (isPartOfParent(child, state)) {
    const inner = gather(child, state)
    fields.values.push(...inner.values)
    fields.loose.push(...inner.loose)
  }
}

/** "Outcome" over "Mitigated" says how the threat stands. */
function ofVerdict({ heading, blocks }: Section): Field | null {
  const [only, more] = blocks
  if (only?.type !== 'paragraph' || more !== undefined) return null
  return mayBeStatus(heading.text) && saysStatus(only.phrase.text) ? 'status' : null
}

function isPartOfParent(child: Section, state: State): boolean {
  const { title } = child
  if (isPartOfNumbered(child, state)) return true
  if (child.kind === 'admonition') return statusInTitle(title) === null
  if (tellsOfStated(child)) return true
  return state.facets.has(keyOf(title)) || tellsMore(title)
}

/** A bold line below a heading that has an id tells more of that heading, unless several answer. */
export function isPartOfNumbered({ kind, title, parent }: Section, state: State): boolean {
  if (kind !== 'bold' || parent === null || parent.kind !== 'heading') return false
  if (titled(parent.title).writtenId === null) return false
  if (titled(title).writtenId !== null || fieldOf(title) !== null) return false
  const known = state.captions.get(parent)
  if (known !== undefined) return known
  const found = holdsCaptions(parent)
  state.captions.set(parent, found)
  return found
}

function holdsCaptions(parent: Section): boolean {
  const answered = parent.children.filter(
    (other) =>
      other.kind === 'bold' &&
      fieldsOfSection(other).values.some(({ field }) => field === 'mitigation'),
  )
  return answered.length < 2
}

/** "T-9 Recommended mitigation" below "T-9 Replay" labels it, however deep its heading is. */
function fieldOfParent(child: Section): Field | null {
  const label = labelParts(child.title)
  if (label === null || child.parent === null) return null
  const above = titled(child.parent.title)
  const id = above.writtenId === null ? '' : idKey(above.writtenId)
  const meant = [id, keyOf(above.title), keyOf(above.writtenId ?? '')]
  return meant.includes(label.key) ? label.field : null
}
