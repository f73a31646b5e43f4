import { phrasesOf } from '../code-references.ts'
import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { isBoldStart, isContents, threatOfEntry, threatOfPhrase } from '../draft/entries.ts'
import { blocksBelow } from '../draft/fields.ts'
import { trimmed } from '../draft/names.ts'
import { partRoles } from '../draft/part-roles.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled, withoutOrdinal } from '../identity.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import type { List, Outline, Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { closed } from '../units/evidence.ts'
import { isDocumentTitle } from '../units/form.ts'
import { isGeneric } from '../units/generic.ts'
import {
  areAttacks,
  fewestTopics,
  harmIn,
  isAssured,
  isConvincing,
  isConvincingList,
  namesSome,
  sortedLists,
} from '../units/topics.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Topics that are threats by what stands beside them, in a document that calls itself a threat
 * model and lists its threats in no other form:
 *
 *   # Threat model of the ferry          - **Lost tickets.** Whoever finds one can travel.
 *   ## 1. Ticket machines                - **The harbour network.** Anyone there can read …
 *   Somebody may forge tickets …         - **Backups.** They hold the key, and leak with it.
 *   **Mitigations:** signed codes
 *   ## 2. The engine room                topics of a list: a bold name and a text about harm
 *   A crew member could sabotage …
 *
 * No topic is judged alone. The headings (or bullets) of one level are read together: each adds
 * what its title, its labels and its text say of harm, and when the level as a whole says enough,
 * every topic on it is a threat, the plain ones included. All are `inferred`, of rank 0: they stand
 * only where nothing better is found.
 */

export const topics: Recogniser = { name: 'topics', read }

function read(document: Document): Found {
  const found = nothing()
  const { outline } = document
  const units = unitsOf(outline)
  const read = new Set<Section>()
  const isTitled = saysThreats(outline.title)
  for (const section of [outline.root, ...outline.sections]) {
    if (section.parent !== null && read.has(section.parent)) read.add(section)
    if (read.has(section) || !(isTitled || isAboutThreats(section))) continue
    const level = section.children.filter((child) => isTopic(child, document))
    const sorted = sortedLists(level)
    if (sorted.length > 0) {
      for (const topic of level) read.add(topic)
      found.drafts.push(...sorted.flatMap(({ topic, list }) => ofList(document, topic, list)))
      continue
    }
    if (
      !isEssay(level, units) &&
      (!isExplanation(section) || isDocumentTitle(section)) &&
      isConvincing(level, (topic) => harmIn(topic, units)) &&
      (isOfHarm(outline.title) || isOfHarm(section.title) || namesSome(level))
    ) {
      for (const topic of level) read.add(topic)
      for (const topic of asFineAsOthers(level).filter((one) => !isAssured(one)))
        found.drafts.push(...ofTopic(document, topic, units))
      continue
    }
    if (units.unitOf(section) === 'threat') continue
    if (isClosed(section, outline) || isExplanation(section)) continue
    found.drafts.push(...ofParagraphs(document, section))
    for (const block of section.blocks) {
      if (block.type !== 'list' || isOfSurfaces(section, block) || isContents(block)) continue
      if (isConvincingList(block) || (isOpen(section, block) && namesAttacks(block)))
        found.drafts.push(...ofList(document, section, block))
    }
  }
  return found
}

/** "Attack surface" over names of parts lists the parts, whatever is told of each. */
function isOfSurfaces(section: Section, { entries }: List): boolean {
  if (section.kind === 'root' || roleOf(section.title) !== 'surfaces') return false
  return !entries.some(({ head }) => soundsLikeAttack(head.lead))
}

function isExplanation({ kind, title }: Section): boolean {
  if (kind === 'root' || soundsLikeAttack(title)) return false
  return isGeneric(title)
}

const namesAttacks = rememberingOf(({ entries }: List) =>
  areAttacks(entries.map(({ head }) => head.text)),
)

const namedAttacks = rememberingBlocks((blocks) => {
  const starts = blocks.filter(isBoldStart)
  return areAttacks(starts.map(({ phrase }) => phrase.lead)) ? starts : []
})

/** "**Forged coins.** Somebody …" in a paragraph each, below a heading that names no part. */
function ofParagraphs(document: Document, section: Section): ThreatDraft[] {
  if (section.kind === 'root' || roleOf(section.title) !== null) return []
  const starts = namedAttacks(section)
  if (starts.length === 0) return []
  const parts = { ...partsFor(document, section, 'paragraphs'), categories: [] }
  return starts.flatMap(
    ({ phrase, span }) => threatOfPhrase(phrase, span, { values: [], loose: [] }, parts) ?? [],
  )
}

/** Names no part of a model, and neither does the sentence above the list. */
function isOpen(section: Section, { intro }: List): boolean {
  if (section.kind === 'root' || roleOf(section.title) !== null) return false
  return intro === null || roleOfIntro(intro.text) === null
}

/** Where bullets below two plain headings are the threats, headings without bullets are none. */
function asFineAsOthers(level: readonly Section[]): readonly Section[] {
  const finer = level.filter((topic) => finerList(topic) !== undefined)
  if (finer.length < 2) return level
  return level.filter((topic) => finer.includes(topic) || soundsLikeAttack(topic.title))
}

function finerList(topic: Section): List | undefined {
  if (soundsLikeAttack(topic.title)) return undefined
  const lists = topic.blocks.filter((block): block is List => block.type === 'list')
  return lists.find((list) => list.entries.length > fewestTopics && isConvincingList(list))
}

/** A plain heading ("Deployment") over many bullets that name harm: the bullets are finer. */
function ofTopic(document: Document, topic: Section, units: Units): ThreatDraft[] {
  const finer = finerList(topic)
  return finer === undefined ? [ofSection(document, topic, units)] : ofList(document, topic, finer)
}

/** A "security model" may tell of nothing but what is done: some of its headings must name harm. */
const isOfHarm = remembering((title) =>
  /\b(?:threats?|attacks?|risks?|adversar\w+)\b|脅威|威胁/i.test(title),
)

const aboutThreats = pattern(
  'i',
  String.raw`\b(?:threats?|attacks?|risks?|adversar\w+|security model|protects?)\b|脅威|威胁`,
)

/** A heading around says that this is about threats, if the document's title does not. */
function isAboutThreats(section: Section): boolean {
  return section.trail.some(saysThreats) || saysThreats(section.title)
}

const saysThreats = remembering((title) => aboutThreats.test(title))

function isClosed(section: Section, outline: Outline): boolean {
  const { own, nearest } = partRoles(outline)
  if (nearest[section.index] === null) return false
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent) {
    const role = own[at.index] ?? null
    if (role === 'mitigations' && aboutThreats.test(at.heading.text)) return false
    if (role !== null && closed.has(role)) return true
  }
  return false
}

/** A heading with text of its own that names no part of a threat model. */
function isTopic(section: Section, { outline }: Document): boolean {
  const { title } = section
  if (section.kind !== 'heading' || isDocumentTitle(section) || isGeneric(title)) return false
  const role = partRoles(outline).own[section.index]
  if (role !== null || isClosed(section, outline) || isExplained(title)) return false
  if (unitsOf(outline).unitOf(section) === 'label' || saysModel(title)) return false
  return section.blocks.some((block) => block.type === 'paragraph' || block.type === 'list')
}

const saysModel = remembering((title) => /\bthreat model\b/i.test(title))

/** What is told of the work, the product or the text speaks of harm, too, and names none. */
const explains = pattern(
  'i',
  '^(?:how|why|when to|where to|using|installing|configuring|reporting|testing|getting started)',
  String.raw`\b(?!.*\b(?:attack|fail|leak|steal|break|broken|vulnerab|weak|risk|danger)\w*)`,
  String.raw`|^(?:(?:\w+ ){0,2}(?:notes?|guides?|guidance|policy|policies|procedures?|plans?`,
  '|audits?|testing',
  '|requirements|workflow|lifecycle|life cycle|implementation|installation|configuration',
  '|compatibility|versioning|maintainers|ownership|compliance|use cases|data model',
  '|(?:wire|file|message|storage) formats?|algorithms?|primitives|parameters|versions?',
  '|key derivation|key hierarchy|encryption scheme|cryptography|examples?|faq|credits',
  '|monitoring|incident response|best practices|assumptions made|environments?|roles',
  '|deliverables|milestones|timeline|changes|updates|contacts?|feedback))$',
)

const isExplained = remembering((title) => explains.test(withoutOrdinal(title)))

/** Few headings, of which none names harm or has a label, divide an essay. */
function isEssay(level: readonly Section[], units: Units): boolean {
  if (level.length > fewestTopics) return false
  return !level.some(
    (topic) =>
      soundsLikeAttack(topic.title) ||
      units.fieldsOf(topic).values.some(({ field }) => field !== null),
  )
}

function ofSection(document: Document, section: Section, units: Units): ThreatDraft {
  const fields = units.fieldsOf(section)
  const { title, writtenId } = titled(section.title)
  return threatDraft({
    ...partsFor(document, section, 'headings'),
    title: trimmed(title.replace(/^["“]|["”]$/g, '')),
    writtenId,
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    phrases: phrasesOf(blocksBelow(section)),
  })
}

function ofList(document: Document, section: Section, list: List): ThreatDraft[] {
  const parts = { ...partsFor(document, section, 'bullets'), categories: [] }
  return list.entries.flatMap((entry) => threatOfEntry(entry, parts) ?? [])
}

function partsFor(document: Document, section: Section, what: string) {
  return {
    recogniser: topics.name,
    reason: `the ${what} beside it speak of harm, in "${document.outline.title.slice(0, 80)}"`,
    rank: 0 as const,
    section: sectionTrail(section),
    legend: document.legend,
    heading: contextOf(section).status,
    readsBody: true,
  }
}
