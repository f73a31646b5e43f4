import { isScopeRole, isThreatClass, isThreatRole } from '../draft/context.ts'
import { type Fields, fieldsOfSection } from '../draft/fields.ts'
import { namedParagraphs } from '../draft/paragraphs.ts'
import { isPowersTable } from '../draft/powers.ts'
import { isRatedStart } from '../draft/rated.ts'
import { isOwnStart } from '../draft/repeated.ts'
import { listsAnswered } from '../draft/roles.ts'
import { toolTitle } from '../draft/tools.ts'
import { keyOf, titled, withoutOrdinal } from '../identity.ts'
import { listsEntries } from '../outline/lists.ts'
import type { Block, Outline, Section } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { statusInTitle } from '../status/titles.ts'
import {
  classOf,
  type Field,
  fieldOf,
  isAnswer,
  type Role,
  rated,
} from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { hasLabelsOfSiblings, isToldLikeSiblings, isVerdictAmongVerdicts } from './alike.ts'
import { formedAs } from './attack-forms.ts'
import { isLabelOverTable, onlyExplains } from './beside-tables.ts'
import { sortsSentences } from './bold-sentences.ts'
import { isClassOfBullets, isPlainAmongLists, listsLeftOut, listsThreats } from './bullets.ts'
import { isBesideItsClass } from './classes.ts'
import {
  amongAttacks,
  closed,
  describesThreat,
  isThreatTable,
  labelsAreUnits,
  labelsNumbered,
  namesClasses,
  speaksForItself,
} from './evidence.ts'
import {
  gather,
  isCandidate,
  isDocumentTitle,
  isPartOfNumbered,
  joinLabels,
  once,
  ownRole,
  roleWithin,
  type State,
  type Unit,
} from './form.ts'
import { listsUnderLabel, saysThreat } from './labels.ts'
import { isOwnPart } from './own-part.ts'
import { countThreatLabels, hasAnswer, pairsLabels } from './pairs.ts'
import { promisedBy } from './promises.ts'
import { recurring } from './recurring.ts'
import { labelsRisks, leavesRisks } from './residual.ts'
import { isOfScopedHeadings, isRuledOutAsWhole } from './scoped.ts'
import { continuesSeries } from './series.ts'
import {
  isAttackModel,
  isClassOfPart,
  isControlOfClass,
  isGroupOfAttacks,
  isLeftOpen,
  isLevelled,
  isLevelOverBullets,
  isListOfNames,
  isPartWithThreats,
  isSortOfScope,
  mostSiblings,
} from './sorts.ts'
import { statesDeedOf, statesItsThreat } from './states-one.ts'
import { isPartOverNames, namedAndTold, vectorsTellHow } from './vectors.ts'

/*
 * Which sections are threats, and which only hold them. The document's finest enumerated unit is
 * the threat, and only the form tells which that is:
 *
 *   tool      a heading in the form of a tool's report (draft/tools.ts)
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

function decideAll(outline: Outline): Units {
  const count = outline.sections.length + 1
  const state: State = {
    units: new Array(count),
    roles: new Array(count),
    fields: new Array(count),
    candidates: new Array(count),
    levelled: new Array(count),
    facets: recurring(outline),
    joined: new Map(),
    labels: new Set(),
    forms: new Map(),
    captions: new Map(),
    groups: new Map(),
    classes: new Map(),
    outline,
    hints: outline.hints,
  }
  for (const section of [outline.root, ...outline.sections]) joinLabels(section, state)
  const roleIn = (section: Section): Role | null => roleWithin(section, state)
  for (const section of outline.sections) roleIn(section)
  // From the innermost outwards: what a section is depends on what stands in it.
  for (let at = outline.sections.length - 1; at >= 0; at--) {
    const section = outline.sections[at]
    if (section !== undefined) state.units[at + 1] = decide(section, state)
  }
  return {
    unitOf: (section) => state.units[section.index] ?? 'none',
    roleOf: roleIn,
    fieldsOf: (section) => gather(section, state),
  }
}

function decide(section: Section, state: State): Unit {
  if (state.labels.has(section)) return 'label'
  if (toolTitle(section.title) !== null) return 'tool'
  const formed = formedAs(section)
  if (formed !== null) return formed === 'threat' ? 'threat' : 'none'
  const around = section.parent === null ? null : roleWithin(section.parent, state)
  const role = roleWithin(section, state)
  if (isHinted(section, around, state) || isVerdictAmongVerdicts(section)) return 'threat'
  if (section.blocks.some(isPowersTable)) return 'none'
  if (section.kind === 'heading' && saysThreat(section.title))
    return section.children.some((child) => holdsThreats(child, state)) ? 'group' : 'threat'
  if (section.kind === 'heading' && describesThreat(gather(section, state))) return 'threat'
  if (isBesideAnswer(section, state)) return 'facet'
  if (isPartOfRated(section, state)) return 'facet'
  if (labelsRisks(section, state)) return 'none'
  if ((isThreatRole(around) || isScopeRole(around)) && isLevelOverBullets(section)) return 'entries'
  if (isCandidate(section, state)) return decideCandidate(section, around, state)
  if (isThreatRole(role) && isPartOfNumbered(section, state)) return 'none'
  if (tellsHow(section)) return 'label'
  if (isGroupOfAttacks(section, around, state)) return 'entries'
  const isPart = isOwnPart(section, state.facets)
  if (!isPart && isLabelOfParent(section) && isThreatUnit(section.parent, state))
    return labelUnit(section, state)
  if (state.facets.has(keyOf(section.title))) return 'facet'
  if (section.kind === 'admonition' && isThreatUnit(section.parent, state)) return 'facet'
  if (!isThreatRole(role) && !isScopeRole(role) && pairsLabels(gather(section, state))) {
    return 'values'
  }
  if (section.kind !== 'admonition' && ownRole(section) === null) return 'none'
  if (role === 'surfaces') return countThreatLabels(gather(section, state)) > 0 ? 'values' : 'none'
  if (role === 'examples')
    return /\b(?:attack|threat|story\b|stories\b)/i.test(section.heading.text) ? 'entries' : 'none'
  if (!isThreatRole(role) && !isScopeRole(role) && role !== 'resolved') return 'none'
  return decideContainer(section, state)
}

function labelUnit(section: Section, state: State): Unit {
  if (isLabelOverTable(section)) return 'group'
  return fieldOf(section.title) === 'threat' && pairsLabels(gather(section, state))
    ? 'values'
    : 'label'
}

/** "4.2 Residual risks" is a numbered part that lists its own; "Residual risks" labels. */
function isLabelOfParent(section: Section): boolean {
  if (fieldOf(section.title) === null) return false
  const title = section.heading.text
  const role = ownRole(section)
  const isPart = isThreatRole(role) || isScopeRole(role)
  return !(isPart && /^\d{1,2}\.\d/.test(title) && withoutOrdinal(title) !== title)
}

/** "Signs" beside "Mitigation" below a threat tells of it, unless its words name an attack. */
function isBesideAnswer(section: Section, state: State): boolean {
  const { kind, title, parent } = section
  if (kind !== 'heading' || titled(title).writtenId !== null) return false
  if (soundsLikeAttack(title) || !isThreatUnit(parent, state)) return false
  if (parent !== null && isPartOverNames(parent, [section])) return false
  if (hasAnswer(gather(section, state)) || section.children.length > 0) return false
  const beside = (parent?.children ?? []).slice(0, mostSiblings)
  return beside.some((other) => {
    // "Responses" beside "Challenges" answers no threat.
    if (other.kind !== 'heading' || /^\W*responses?\W*$/i.test(other.heading.text)) return false
    const field = fieldOf(other.title)
    return field === 'mitigation' || field === 'recommended'
  })
}

/** Asked from the inside before the parent is decided: would it be a threat by its fields? */
function isThreatUnit(section: Section | null, state: State): boolean {
  if (section === null || section.kind === 'root' || isDocumentTitle(section)) return false
  return isCandidate(section, state)
}

/**
 * The policy file may say which headings are threats: by their level or by the start of their id.
 */
function isHinted(section: Section, around: Role | null, state: State): boolean {
  const { threatHeadingLevel, idPrefixes } = state.hints
  if (threatHeadingLevel === undefined && idPrefixes === undefined) return false
  if (section.kind !== 'heading' || closed.has(around ?? 'threats')) return false
  const start = withoutOrdinal(section.title).toLowerCase()
  const prefixed = idPrefixes?.some((p) => p !== '' && start.startsWith(p.toLowerCase())) ?? false
  return prefixed || (threatHeadingLevel === section.depth && isCandidate(section, state))
}

function decideCandidate(section: Section, around: Role | null, state: State): Unit {
  const fields = gather(section, state)
  if (isPartOfNumbered(section, state)) return 'none'
  const inside = section.children.filter((child) => holdsThreats(child, state))
  const answered = hasAnswer(fields)
  if (!answered && isControlOfClass(section)) return 'none'
  const vouched =
    isThreatRole(around) || isScopeRole(around) || around === 'resolved' || around === 'surfaces'
  if (vouched && isRatedItself(section, state)) return 'threat'
  if (statesDeedOf(section, fields)) return 'values'
  if (statesItsThreat(section)) return 'threat'
  if (inside.length > 0 && (!answered || isPartOverNames(section, inside))) return 'group'
  if (leavesRisks(section, state)) return 'none'
  if (section.children.some(isLabelOverTable)) return 'group'
  if (section.blocks.some(isThreatTable)) return labelsNumbered(fields) ? 'values' : 'group'
  if (isThreatRole(around) && onlyExplains(section, fields)) return 'none'
  if (namesClasses(fields) || listsUnderLabel(section, fields, around)) return 'values'
  if (isOfScopedHeadings(section, around, state)) return 'threat'
  const promised = around === 'protected' ? promisedBy(section, state) : null
  if (promised !== null) return promised === 'states' ? 'values' : 'none'
  if (isAttackModel(section, around)) return 'threat'
  if (closed.has(around ?? 'threats'))
    return pairsLabels(fields) || threatensAsset(fields, around) ? 'values' : 'none'
  const vouches =
    speaksForItself(section, fields, state) ||
    continuesSeries(section, state) ||
    listsAnswered(section)
  if (!vouched && countThreatLabels(fields) >= 2 && pairsLabels(fields)) return 'values'
  if (!vouched && !vouches && !amongAttacks(section, state)) return 'none'
  if (vectorsTellHow(section, fields, state) || namedAndTold(section, fields)) return 'threat'
  if (countThreatLabels(fields) >= 1 && (around === 'surfaces' || labelsAreUnits(section, state))) {
    return 'values'
  }
  if (isPartWithThreats(section, state) || isClassOfPart(section, fields)) return 'values'
  const named = soundsLikeAttack(titled(section.title).title)
  const isClosed = statusInTitle(section.title) !== null && named
  if (around === 'surfaces' && !answered && !isClosed)
    if (!speaksForItself(section, fields, state)) return 'none'
  if (isThreatRole(around) && section.blocks.some(isRatedStart)) return 'entries'
  if (listsLeftOut(section) || sortsSentences(section)) return 'entries'
  if (isPlainAmongLists(section, fields)) return 'none'
  if (isThreatRole(around) && isClassOfBullets(section, state)) return 'entries'
  if (isScopeRole(around) && isRuledOutAsWhole(section)) return 'threat'
  if (isScopeRole(around) && !named && !answered && isListOfNames(section)) return 'group'
  if (isLeftOpen(around) && !answered && isSortOfScope(section)) return 'entries'
  const isRated = section.kind === 'heading' && rated.test(section.heading.text)
  const isTold = named || isLevelled(fields) || beginsWithAnswer(section, fields)
  const isLikeOthers = hasLabelsOfSiblings(section) || isToldLikeSiblings(section)
  const isWhole = isRated || (answered && isTold) || isLikeOthers
  if (!isWhole && !isScopeRole(around) && listsThreats(section, fields)) return 'entries'
  return inside.length > 0 && !answered ? 'group' : 'threat'
}

/** "**Threat:** the key is copied" among what is told of an asset. */
function threatensAsset({ values }: Fields, around: Role | null): boolean {
  if (around !== 'assets') return false
  return values.some(({ label, lines }) => /^\W*threat\W*$/i.test(label) && lines.length > 0)
}

/** "**Attack vectors:**" below "**Threat:** …" under the name of a class tells how. */
function tellsHow({ kind, title, parent }: Section): boolean {
  if (kind !== 'bold' || parent === null || fieldOf(title) === null) return false
  return isThreatClass(parent.title) && statesThreat(parent)
}

function statesThreat(section: Section): boolean {
  return fieldsOfSection(section).values.some(({ label }) => /^\W*threat\W*$/i.test(label))
}

/** "Work to be done" in short, below a class: nothing is told yet. */
function saysSomething(block: Block): boolean {
  return block.type !== 'paragraph' || !saysNothing(block.phrase.text)
}

/** "**Mitigation**: a lock" right below the heading: the bullets behind it tell of the answer. */
function beginsWithAnswer({ blocks }: Section, { values }: Fields): boolean {
  const [first] = values
  const isFirst = first?.span.start.offset === blocks[0]?.span.start.offset
  return isFirst && isAnswer(first?.field ?? null)
}

/** A class or part with an impact of its own, and what else is told of one threat, is no group. */
function isRated(fields: Fields): boolean {
  const known = new Set(fields.values.map((value) => value.field))
  const isTold = known.has('likelihood') || known.has('severity') || known.has('description')
  return known.has('impact') && isTold
}

/** "How it is met" below a heading that has a level of its own tells of that heading. */
function isPartOfRated({ kind, parent }: Section, state: State): boolean {
  if (kind !== 'heading' || parent === null || !isThreatUnit(parent, state)) return false
  const around = parent.parent === null ? null : roleWithin(parent.parent, state)
  return isThreatRole(around) && isRatedItself(parent, state)
}

/** "Severity:" right below the heading and below none of its sub-headings: one threat. */
function isRatedItself(section: Section, state: State): boolean {
  return once(state.levelled, section, state, hasLevelAndMore)
}

function hasLevelAndMore(section: Section, state: State): boolean {
  const own = fieldsOfSection(section)
  const told = own.values.some(({ field }) => field !== null && tells.has(field))
  return (
    isLevelled(own) &&
    (told || hasAnswer(gather(section, state))) &&
    !section.children.some((child) => isEntryOfItsOwn(child, state))
  )
}

function isEntryOfItsOwn(child: Section, state: State): boolean {
  return titled(child.title).writtenId !== null || isLevelled(gather(child, state))
}

const tells: ReadonlySet<Field> = new Set(['threat', 'description', 'impact', 'category'])

/** "Denial of service" among headings that are a threat each, with the same labels, is one, too. */
function isOneOfThreats(section: Section, state: State): boolean {
  if (!isThreatClass(section.title)) return false
  const others = (section.parent?.children ?? [])
    .slice(0, mostSiblings)
    .filter(
      (other) =>
        other !== section && isCandidate(other, state) && pairsLabels(gather(other, state)),
    )
  return others.length >= 2
}

function holdsThreats(section: Section, state: State): boolean {
  const unit = state.units[section.index] ?? 'none'
  return (
    unit === 'tool' ||
    unit === 'threat' ||
    unit === 'group' ||
    unit === 'values' ||
    unit === 'entries'
  )
}

function decideContainer(section: Section, state: State): Unit {
  if (section.children.some((child) => holdsThreats(child, state))) return 'group'
  if (section.blocks.some(isThreatTable)) return 'group'
  const fields = gather(section, state)
  if (countThreatLabels(fields) === 1 && isBesideItsClass(section)) return 'threat'
  if (countThreatLabels(fields) === 1 && hasAnswer(fields) && isOneOfThreats(section, state))
    return 'threat'
  if (countThreatLabels(fields) >= 1) return 'values'
  const isNamed = isThreatClass(section.title) || fields.loose.length === 0
  if (isNamed && isRated(fields)) return 'threat'
  if (fields.loose.some(listsEntries)) return 'entries'
  const starts = section.blocks.some((block) => isOwnStart(block, state.outline))
  if (starts || namedParagraphs(section.blocks).length > 0) return 'entries'
  if (fields.values.some((value) => value.field === 'threat' && value.entries.length > 0))
    return 'values'
  const prose = fields.loose.some(saysSomething) || hasAnswer(fields)
  if (classOf(section.title) !== null && prose) return 'threat'
  // "**Threat analysis:**" over code holds nothing, and the heading above it is the threat.
  return section.kind === 'bold' && section.children.length === 0 ? 'none' : 'group'
}
