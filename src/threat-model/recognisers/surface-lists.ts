import { phrasesOf } from '../code-references.ts'
import { answeredSentence } from '../draft/answered-sentences.ts'
import { ofAreas } from '../draft/areas.ts'
import { areClaimed } from '../draft/claims.ts'
import { type Context, categoriesOf, contextOf, isThreatRole } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import {
  type EntryParts,
  isBoldStart,
  isContents,
  threatOfEntry,
  threatOfPhrase,
} from '../draft/entries.ts'
import { type Fields, fieldsOfBlocks } from '../draft/fields.ts'
import { answeredByGroup } from '../draft/group-controls.ts'
import { namesGroups } from '../draft/groups-named.ts'
import { ofAdversaries, ofClasses } from '../draft/leads.ts'
import { explainsSigns } from '../draft/legend.ts'
import { entriesWithAnswers, isAskedFor, isToDo, withDetails } from '../draft/lists.ts'
import { nameOf } from '../draft/names.ts'
import { namedParagraphs } from '../draft/paragraphs.ts'
import { isRatedStart } from '../draft/rated.ts'
import { isOwnStart } from '../draft/repeated.ts'
import type { Block, List, Outline, Paragraph, Section } from '../outline/types.ts'
import { statusOfRole } from '../status/status.ts'
import { isAnnounced } from '../units/bullets.ts'
import { isModelTitle } from '../units/form.ts'
import { isGeneric } from '../units/generic.ts'
import { groupBeside, ownGroup } from '../units/group-beside.ts'
import { isNamed } from '../units/topics.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, fieldOf, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Threats as bullets, under "Threats", under a class, or under the surface, component or asset they
 * attack; also as paragraphs that begin with a bold name.
 *
 *   ## Threats                       ### The upload endpoint
 *   - Replay of links                - **Traversal**: a name climbs out of the folder
 *   - Loss of the roster             - **Bombs**: an archive unpacks to terabytes
 *
 *   ### Attack vectors and controls
 *   **Replay of tokens**: somebody sends one twice.
 *   *Controls*: a token is used once.             labels below belong to the bold name above
 *
 * A list of mitigations in the same section answers the group, except entries that begin with the
 * name of a threat. Lists that their introduction calls something else are left to others.
 */

export const surfaceLists: Recogniser = { name: 'surface-lists', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    const unit = units.unitOf(section)
    const role = units.roleOf(section)
    const fields = fieldsOf(section, units)
    if (isModelList(section, document.outline.title)) {
      const loose = [...fields.loose, ...section.blocks.filter(isLabelled)]
      found.drafts.push(...threatsIn(document, section, { ...fields, loose }))
      continue
    }
    if (unit === 'none' && role === 'surfaces') {
      const parts = partsFor(document, section, contextOf(section))
      for (const list of attacksAmong(section)) found.drafts.push(...entriesOf(list, parts))
      continue
    }
    if (unit === 'none' && role === null) {
      const { values, loose } = fields
      // What stands below a heading further down is read with that heading.
      const own: ReadonlySet<Block> = new Set(section.blocks)
      const announced = [
        ...loose.filter((block) => isAnnounced(block) && own.has(block)),
        ...section.blocks.filter(isLabelled),
      ].filter((block) => block.type === 'list' && block.entries.length >= 2)
      if (announced.length > 0)
        found.drafts.push(...threatsIn(document, section, { values, loose: announced }))
      continue
    }
    if (unit !== 'entries' || (role !== null && statusOfRole(role, '') !== null)) continue
    found.drafts.push(...threatsIn(document, section, fields))
  }
  return found
}

/** "- **Order forgery**: …" and "- **Ticket theft**: …" among doors: half are attacks by name. */
function attacksAmong({ blocks }: Section): List[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'list') return []
    const entries = block.entries.filter(({ head }) => attackName.test(head.lead))
    const isHalf = entries.length >= 2 && entries.length * 2 >= block.entries.length
    return isHalf ? [{ ...block, entries }] : []
  })
}

/** The name of what is done, at the end of a bold name: "injection point" is a place. */
const attackName = pattern(
  'i',
  String.raw`\b(?:injection|disclosure|tampering|spoofing|theft|leak(?:age)?s?|exfiltration`,
  '|hijacking|bypass|escalation|poisoning|attacks?|abuse|forgery|replay|flooding|exhaustion',
  String.raw`|denial of service|impersonation|phishing|escape|takeover|traversal)\W*$`,
)

/** "Threats:" right below the title of the document, above bullets. */
function isLabelled(block: Block): boolean {
  const label = block.type === 'list' ? (block.intro?.text ?? '') : ''
  return /(?:threats|risks|attacks)\W*$/i.test(label) && fieldOf(label) === 'threat'
}

/** Above the first heading only what stands there: the headings below have their own fields. */
function fieldsOf(section: Section, units: Units): Fields {
  return section.kind === 'root' ? fieldsOfBlocks(section.blocks) : units.fieldsOf(section)
}

/** Bullets or bold starts right below "Threat model" that name harm, and no parts of a model. */
function isModelList({ kind, title, blocks }: Section, front: string): boolean {
  // Above the first heading, the title of the front matter says what the document is.
  if (!isModelTitle(kind === 'root' ? front : title)) return false
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const starts = entries.length === 0 ? blocks.filter(isBoldStart) : []
  const heads = [...entries.map(({ head }) => head), ...starts.map(({ phrase }) => phrase)]
  const names = heads.map((head) => (head.lead === '' ? nameOf(head) : head.lead))
  const isPart = (name: string) => roleOf(name) !== null || fieldOf(name) !== null
  if (names.length < 3 || names.some(isPart)) return false
  const isBold = heads.every(({ lead }) => lead !== '')
  const isOfParts = roleOf(title) === 'surfaces'
  if (isBold && !isOfParts && names.every(isSentence)) return true
  // "Cash box: it is emptied, or left open" says what goes wrong behind its name.
  const isTold = !isOfParts && entries.length === heads.length && entries.every(isNamed)
  const attacks = names.filter(
    (name, at) => soundsLikeAttack(name) || (isTold && soundsLikeAttack(heads[at]?.text ?? '')),
  ).length
  // A surface has parts, and fewer doubts are left.
  if (isOfParts) return attacks * 3 >= names.length * 2
  return attacks * (isBold ? 3 : 2) >= names.length
}

/** "A rope that was lent and comes back worn." is no name of a part. */
function isSentence(name: string): boolean {
  return /[.!?]$/.test(name) && name.split(' ').length >= fewestInSentence
}

const fewestInSentence = 5

function threatsIn(document: Document, section: Section, fields: Fields): ThreatDraft[] {
  const units = unitsOf(document.outline)
  if (areClaimed([...section.blocks, ...fields.loose], document)) return []
  const context = contextOf(section)
  const parts = partsFor(document, section, context)
  if (areNamesOverDetails(section.blocks, document.outline))
    return boldStarts(section.blocks, document.outline, parts)
  const grouped = groupsOfBold(section.blocks, parts)
  if (grouped.length > 0) return grouped
  const threats: ThreatDraft[] = []
  for (const block of fields.loose) {
    if (block.type !== 'list' || isContents(block) || isOther(block.intro?.text)) continue
    if (namesProperties(block) || namesClasses(block)) continue
    if (demands(block) || describes(block) || namesGroups(block, document.outline)) continue
    threats.push(
      ...(ofClasses(block, parts) ??
        ofAdversaries(block, parts) ??
        ofAreas(block, parts) ??
        entriesOf(block, parts)),
    )
  }
  if (threats.length === 0) {
    const starts = boldStarts(section.blocks, document.outline, parts)
    return starts.length > 0 ? starts : ofParagraphs(section.blocks, parts)
  }
  const own = ownGroup(fields, section)
  const group = own.length > 0 ? own : groupBeside(section, units)
  return answeredByGroup(threats, group)
}

function entriesOf(list: List, parts: EntryParts): ThreatDraft[] {
  if (isToDo(list) || explainsSigns(list)) return []
  const answered = entriesWithAnswers(list, parts)
  if (answered !== null) return answered
  const stated = withDetails(list).entries.filter((entry) => !isAskedFor(entry))
  return stated.flatMap((entry) => threatOfEntry(entry, parts) ?? [])
}

function partsFor(document: Document, section: Section, context: Context): EntryParts {
  return {
    recogniser: surfaceLists.name,
    reason: `an entry under "${section.heading.text}"`,
    rank: context.role === 'examples' ? 1 : 2,
    section: sectionTrail(section),
    legend: document.legend,
    categories: categoriesOf(section, context),
    heading: context.status,
  }
}

/** "Confidentiality: …, Integrity: …" say what threats are against, and are none. */
function namesProperties({ entries }: List): boolean {
  return entries.length >= 3 && entries.every(({ head }) => property.test(head.text))
}

const property =
  /^(?:confidentiality|integrity|availability|privacy|authenticity|accountability)\W{1,4}\s*\w/i

/** All classes of a method, each by its name alone, say how threats are sorted. */
function namesClasses({ entries }: List): boolean {
  const classes = entries.map(({ head, blocks }) => (blocks.length > 0 ? null : classOf(head.text)))
  return new Set(classes).size >= fewestOfMethod && !classes.includes(null)
}

const fewestOfMethod = 5

/** "Slips must be kept", "Deletion must not fail" demand, where no entry names an attack. */
function demands({ entries }: List): boolean {
  const wanted = entries.filter(({ head }) => /\b(?:must|shall)\b/i.test(head.text))
  return wanted.length * 2 > entries.length && !entries.some(({ head }) => hostile.test(head.text))
}

const hostile = /\b(?:attack\w*|adversar\w+|malicious|could|may|might|steal\w*|forge\w*|leak\w*)\b/i

/** "The ferry, for example:" below "The risk" over what it does, without a word of harm. */
function describes({ entries, intro }: List): boolean {
  if (!/\bfor (?:example|instance)\s?[::]$/i.test(intro?.text ?? '')) return false
  return !entries.some(({ head }) => soundsLikeAttack(head.text))
}

function isOther(intro: string | undefined): boolean {
  if (intro === undefined || !endsInColon(intro)) return false
  const role = roleOfIntro(intro)
  // "Examples include:" below "Threats" opens them, and does not only illustrate.
  return role !== null && !isThreatRole(role) && role !== 'in-scope' && role !== 'examples'
}

/**
 * "**Deny updates**: …" over bullets, beside "**Read updates**: …" without any: a bold name over a
 * list heads a group, one without is a threat itself.
 */
function groupsOfBold(blocks: readonly Block[], parts: EntryParts): ThreatDraft[] {
  const starts = blocks
    .filter(isBoldStart)
    .filter(isSpecific)
    .filter((start) => !isRatedStart(start))
  const heads = starts.filter((start) => listBelow(blocks, start) !== null)
  if (heads.length < 2 || heads.length === starts.length) return []
  return starts.flatMap((start) => {
    const list = listBelow(blocks, start)
    if (list !== null) {
      const categories = [start.phrase.lead.replace(/[\s::.]+$/, '').toLowerCase()]
      return entriesOf(list, { ...parts, categories })
    }
    return threatOfPhrase(start.phrase, start.span, { values: [], loose: [] }, parts) ?? []
  })
}

/**
 * "**Forged coins.** …", "**Worn scales.** …" in a paragraph each: names of harm. A list below some
 * of them, that names none, tells more of the one it stands below.
 */
function areNamesOverDetails(blocks: readonly Block[], outline: Outline): boolean {
  const starts = ownStarts(blocks, outline)
  const lists = blocks.filter((block) => block.type === 'list')
  const [first] = starts
  if (first === undefined || starts.length < fewestNames || lists.length === 0) return false
  if (blocks.findIndex(({ type }) => type === 'list') < blocks.indexOf(first)) return false
  const harms = starts.filter(({ phrase }) => soundsLikeAttack(phrase.lead))
  if (harms.length * 2 <= starts.length) return false
  const entries = lists.flatMap((list) => list.entries)
  const attacks = entries.filter(({ head }) => soundsLikeAttack(nameOf(head)))
  return attacks.length * 2 <= entries.length
}

const fewestNames = 3

function listBelow(blocks: readonly Block[], start: Block): List | null {
  const next = blocks[blocks.indexOf(start) + 1]
  return next?.type === 'list' ? next : null
}

function ofParagraphs(blocks: readonly Block[], parts: EntryParts): ThreatDraft[] {
  return namedParagraphs(blocks).flatMap(({ phrase, span }) => {
    const answered = answeredSentence(phrase)
    const values = answered === null ? [] : [answered.answer]
    const words = answered?.name ?? phrase
    return threatOfPhrase(words, span, { values, loose: [] }, parts) ?? []
  })
}

/** Paragraphs that begin with a bold name, each with the blocks up to the next one. */
function boldStarts(blocks: readonly Block[], outline: Outline, parts: EntryParts): ThreatDraft[] {
  return ownStarts(blocks, outline).flatMap((start) => {
    const from = blocks.indexOf(start)
    const to = blocks.findIndex((block, at) => at > from && isBoldStart(block))
    const below = blocks.slice(from + 1, to < 0 ? blocks.length : to)
    const own = fieldsOfBlocks([withoutFirst(start), ...below])
    const end = below.at(-1)?.span.end ?? start.span.end
    const first = start.lines[0] ?? start.phrase
    const isLabelled = own.values.length > 0
    const phrase = isLabelled ? first : start.phrase
    const body = phrasesOf(own.loose).map(({ text }) => text)
    const span = { start: start.span.start, end }
    const draft = threatOfPhrase(phrase, span, own, { ...parts, body: body.join(' ') })
    return draft === null ? [] : [draft]
  })
}

function ownStarts(blocks: readonly Block[], outline: Outline): Paragraph[] {
  return blocks
    .filter(isBoldStart)
    .filter((block) => isOwnStart(block, outline))
    .filter(isSpecific)
}

function isSpecific({ phrase }: Paragraph): boolean {
  return phrase.lead === '' || !isGeneric(phrase.lead)
}

/** The lines below the bold one may be labels of their own. */
function withoutFirst(paragraph: Paragraph): Paragraph {
  return { ...paragraph, lines: paragraph.lines.slice(1) }
}
