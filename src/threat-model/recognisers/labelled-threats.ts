import { pathsIn, phrasesOf } from '../code-references.ts'
import { adversaryTitle } from '../draft/adversaries.ts'
import { areClaimed } from '../draft/claims.ts'
import { categoriesOf, contextOf } from '../draft/context.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { fieldsOfEntry } from '../draft/entries.ts'
import {
  classesOfValue,
  type Fields,
  type FieldValue,
  fieldsOfBlocks,
  idIn,
  valuesOf,
} from '../draft/fields.ts'
import { controlsForAll } from '../draft/group-controls.ts'
import { labelOf } from '../draft/labels.ts'
import { statusOfMarks } from '../draft/marks.ts'
import { firstClause, nameOf, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { verdictAlone, verdictBehind, withoutVerdict } from '../draft/verdicts.ts'
import { withFirstSentence } from '../draft/wrapped-lines.ts'
import { titled } from '../identity.ts'
import { listOf } from '../outline/lists.ts'
import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block, List, Paragraph, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { explicit } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { answersInTurn } from '../units/group-beside.ts'
import { pairsLabels } from '../units/pairs.ts'
import { somebody } from '../units/states-one.ts'
import { unitsOf } from '../units/units.ts'
import { classesIn, classesOnly, type Field, isAnswer } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * A class or surface as heading, `Threat:` labels below it, and answers for one or for all:
 *
 *   ### Spoofing                                      ### Sessions
 *   - **Threat:** A false server        one           - Threat: tokens leak in logs    two threats,
 *   - **Mitigation:** Pin its key                     - Threat: tokens never expire
 *                                                     - Mitigations: rotate, redact      one group
 *   **Threats**            **Mitigations**
 *   - A false server       - Pin its key              a list for the group
 *
 * Labels after a threat belong to it while it is the only one; a list of answers that follows
 * several threats answers them as a group, and no one-to-one ties are invented.
 */

export const labelledThreats: Recogniser = { name: 'labelled-threats', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  const { root } = document.outline
  const above = fieldsOfBlocks(root.blocks)
  if (pairsLabels(above)) found.drafts.push(...threatsOf(document, root, above))
  for (const section of document.outline.sections) {
    if (units.unitOf(section) !== 'values') continue
    found.drafts.push(...threatsOf(document, section, units.fieldsOf(section)))
  }
  return found
}

interface Stated {
  phrase: Phrase
  span: FieldValue['span']
  /** Fields that belong to this threat alone. */
  own: FieldValue[]
  rest: string
}

function threatsOf(document: Document, section: Section, fields: Fields): ThreatDraft[] {
  const named = valuesOf(fields, 'threat').flatMap((value) => [value, ...value.entries])
  if (areClaimed(named, document)) return []
  const { legend } = document
  const met = answersByPart(fields)
  const { stated, shared } = distribute(met, section.heading.text)
  const context = contextOf(section)
  const group = groupFor(stated, shared, section)
  const marks = stated.length > 1 ? statusOfMarks({ values: shared, loose: [] }, legend) : null
  // A warning beside one control of a group says nothing of each threat.
  const [part] = met.values.length > fields.values.length ? met.values.slice(-1) : []
  const said = part === undefined ? null : explicit('mitigated', part.entries[0]?.head.text ?? '')
  const signs = marks?.status === 'mitigated' ? marks : said
  const isPower = fields.values.some(
    ({ field, label }) => field === 'threat' && /\bcapabilities\W*$/i.test(label),
  )
  const isOfActor = context.role === 'adversaries' || isPower || somebody(section.title)
  const common = shared.filter(({ field }) => field !== null && ofAll.has(field))
  const idBeside = stated.length === 1 ? idIn(fields) : null
  const own = stated.filter(({ phrase }) => !refersElsewhere.test(phrase.text))
  return own.map((threat) => {
    const { words, before } = withoutVerdict(threat.phrase)
    const { name, bracket } = nameOfStated(words)
    const verdict = statusInTitle(name.title) ?? verdictBehind(name.title, words)
    const text = words.text.slice(name.title.length)
    const told = verdict === null ? text : text.replace(/^\s*[([][^()[\]]{1,40}[)\]]\W*/, '')
    return threatDraft({
      recogniser: labelledThreats.name,
      reason: `a value of the label "Threat" under "${section.heading.text}"`,
      rank: context.role === 'examples' ? 1 : 3,
      title: verdict?.title ?? name.title,
      writtenId: name.writtenId ?? idBeside,
      verdict: verdict?.reading ?? before ?? verdictAlone(told) ?? signs,
      span: threat.span,
      section: sectionTrail(section),
      fields: { values: [...threat.own, ...common], loose: [] },
      tie: 'label',
      legend,
      body: `${told} ${threat.rest}`,
      categories: bracket === null ? categoriesOf(section, context) : classesIn(bracket),
      heading: context.status,
      group,
      adversary: isOfActor ? adversaryTitle(section.heading) : null,
      phrases: [threat.phrase],
    })
  })
}

/** "The same capabilities as a thief" names none. */
const refersElsewhere = /^(?:all )?(?:of )?the same (?:capabilities|powers|threats|attacks) as\b/i

/** "- **The gate:** Mitigated by a bar" below one threat answers it, part by part. */
function answersByPart({ values, loose }: Fields): Fields {
  const named = values.filter(({ field }) => field === 'threat')
  if (named.length !== 1 || values.some(({ field }) => isAnswer(field))) return { values, loose }
  const lists = loose.filter((block) => block.type === 'list').filter(areAnswers)
  const added = lists.map(
    ({ entries, span }): FieldValue => ({
      ...{ field: 'mitigation', label: 'Mitigation', lines: [], entries, span },
    }),
  )
  const told: ReadonlySet<Block> = new Set(lists)
  return { values: [...values, ...added], loose: loose.filter((block) => !told.has(block)) }
}

function areAnswers({ entries }: List): boolean {
  const met = entries.filter(({ head }) => answersPart.test(head.afterLead))
  return met.length > 0 && met.length * 2 > entries.length
}

const answersPart =
  /^\W*(?:(?:is|are) )?(?:mitigated|prevented|handled|addressed|met) (?:by|through|via|with)\b/i

/** What stands behind all threats of a heading tells of each. */
const ofAll: ReadonlySet<Field> = new Set(['asset', 'adversary', 'residual'])

/** "**T-4 (Tampering)**: the price list is rewritten" has its class where others have a name. */
const nameOfStated = rememberingOf((phrase: Phrase) => {
  const name = titled(nameOf(withoutIds(phrase)))
  const bracket = /^\(([^()]{2,80})\)$/.exec(name.title)?.[1] ?? null
  const words = phrase.afterLead.replace(/^[\s:.:—–-]+/, '')
  if (bracket === null || words === '') return { name, bracket: null }
  return { name: { ...name, title: trimmed(firstClause(words)) }, bracket }
})

/** "A1, A4. Somebody asks twice" cites who before it says what. */
function withoutIds(phrase: Phrase): Phrase {
  const cited = /^((?:[A-Z]{1,4}-?\d{1,3}\W{1,3}){2,8})(?=\p{L}{2})/u.exec(phrase.text)?.[1]
  if (cited === undefined || phrase.lead !== '') return phrase
  const text = phrase.text.slice(cited.length)
  return { ...phrase, text, afterLead: text }
}

/** Which labels belong to one threat, and which to all of the heading. */
function distribute(fields: Fields, heading: string): { stated: Stated[]; shared: FieldValue[] } {
  const stated: Stated[] = []
  const shared: FieldValue[] = []
  const threats = fields.values.filter((value) => value.field === 'threat')
  const single = threats.length === 1 && threats.every((value) => !isSeveral(value))
  const paired = !single && answersFollowEach(fields)
  for (const value of fields.values) {
    const last = stated.at(-1)
    if (value.field === 'threat') stated.push(...statedBy(value, heading))
    else if ((single || paired) && last !== undefined) last.own.push(value)
    else shared.push(value)
  }
  return { stated, shared }
}

function isSeveral(value: FieldValue): boolean {
  return value.entries.length > 1 || namesInLine(value).length > 1
}

/** "**Threats:** a forged badge, a cut wire" names two; a sentence with commas is one. */
function namesInLine({ label, lines, entries }: FieldValue): string[] {
  const [line, more] = lines
  const isPlural = /^(?:\w+ )?(?:threats|risks|attacks)\W*$/i.test(label)
  if (!isPlural || line === undefined || more !== undefined || entries.length > 0) return []
  const text = line.text.replace(/\.$/, '')
  if (/[.:]\s|\([^()]*,|^(?:an?|the|if|when|any|some\w*)\s/i.test(text)) return []
  const names = text.split(/[,;]\s+(?:and\s+)?/)
  return names.length >= 2 && names.every(isName) ? names : []
}

/** A few words, of which one alone has to name harm. */
function isName(name: string): boolean {
  const words = name.split(' ').length
  if (/^(?:or|but|that|which|who|then)\b/i.test(name) || words > longestName) return false
  return words > 1 || soundsLikeAttack(name)
}

const longestName = 5

/** Threat, answer, threat, answer: each answer is that of the threat above it. */
function answersFollowEach(fields: Fields): boolean {
  const order = fields.values
    .map((value) => value.field)
    .filter((field) => field === 'threat' || isAnswer(field))
  const threats = order.filter((field) => field === 'threat').length
  const followed = order.filter(
    (field, at) => field === 'threat' && order[at + 1] !== 'threat' && at + 1 < order.length,
  )
  return threats > 1 && followed.length === threats
}

function statedBy(value: FieldValue, heading: string): Stated[] {
  const classes = classesOfValue(value)
  const line = value.lines[0]
  if (classes.length > 0 && line !== undefined) {
    return classes.map((name) => {
      const text = `${heading}: ${name}`
      const phrase = { ...line, text, lead: text, afterLead: '' }
      return { phrase, span: value.span, own: [], rest: '' }
    })
  }
  const names = line === undefined ? [] : namesInLine(value)
  if (names.length > 1) {
    return names.map((name) => {
      const phrase = plainPhrase(name, value.span)
      return { phrase, span: value.span, own: [], rest: '' }
    })
  }
  const lines = withFirstSentence(value.lines)
  const [first, ...others] = lines
  const isOne = first !== undefined && /^threat\W*$/i.test(value.label)
  if (first === undefined || (value.entries.length > 1 && !isOne)) {
    return value.entries.map((entry) => ({
      phrase: entry.head,
      span: entry.span,
      own: [...fieldsOfEntry(entry).values],
      rest: entry.rest,
    }))
  }
  const below = fieldsOfBlocks([...labelledLines(others), ...listsOf(value)])
  const named = nameInLabel(value.label)
  const told = named !== null ? lines : below.values.length > 0 ? [] : others
  const rest = [...told, ...phrasesOf(below.loose)].map((line) => line.text)
  const phrase = named === null ? first : plainPhrase(named, first.span)
  return [{ phrase, span: value.span, own: [...below.values], rest: rest.join(' ') }]
}

/** "**Attack 2 (Server compromise):** …" has its name in the label. */
function nameInLabel(label: string): string | null {
  const name = /^(?:threat|attack|risk)s? ?(?:[\w.-]{1,5})? ?\(([^()]{4,60})\)\W*$/i.exec(
    label,
  )?.[1]
  return name === undefined || classesOnly(name).length > 0 || !/[a-z]/i.test(name) ? null : name
}

/** What follows in the bullet of a threat, when it begins with a label of its own. */
function labelledLines(lines: readonly Phrase[]): Paragraph[] {
  const at = lines.findIndex((line) => labelOf(line)?.field != null)
  const told = at < 0 ? [] : lines.slice(at)
  const [first] = told
  return first === undefined
    ? []
    : [{ type: 'paragraph', phrase: first, lines: [...told], span: first.span }]
}

/** The bullets of a value as the list they were: "Mitigation:" may stand among them. */
function listsOf(value: FieldValue): List[] {
  const span = value.entries[0]?.span
  if (span === undefined) return []
  return [listOf(value.entries, span)]
}

/** The answers of the heading for all its threats, else those of the heading right below it. */
function groupFor(
  stated: readonly Stated[],
  shared: readonly FieldValue[],
  section: Section,
): MitigationMention[] {
  const group = groupOf(shared, section)
  const isAnswered =
    group.length > 0 || stated.some(({ own }) => own.some(({ field }) => isAnswer(field)))
  return isAnswered ? group : answersInTurn(section)
}

function groupOf(shared: readonly FieldValue[], section: Section): MitigationMention[] {
  return shared
    .filter(({ field }) => isAnswer(field))
    .flatMap((value) => {
      const code = pathsIn(value.lines)
      const mentions = controlsForAll([value], section.heading.text)
      return mentions.map((mention) => ({ ...mention, code }))
    })
}
