import { type Problem, problem } from '../../shared/problem.ts'
import { phrasesOf } from '../code-references.ts'
import { categoriesOf, contextOf, isThreatClass, isThreatRole } from '../draft/context.ts'
import type { Document, Found, Rank, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import {
  blocksBelow,
  type Fields,
  type FieldValue,
  idIn,
  textOf,
  textOfValue,
} from '../draft/fields.ts'
import { firstSentence, trimmed } from '../draft/names.ts'
import { numberOf } from '../draft/numbered.ts'
import { looseText, threatDraft } from '../draft/threat.ts'
import { idOf, letteredId, titledBy, withoutOrdinal } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { saysNothing } from '../status/prose.ts'
import { explicit, type StatusReading, statusOfRole } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, rated } from '../vocabulary/vocabulary.ts'
import { attackWords } from '../vocabulary/words.ts'

/*
 * A heading per threat: a Markdown heading, a line that is wholly bold, `<details>`, an admonition.
 *
 *   ## Threats                              ## Spoofing                      STRIDE class
 *   ### 3. T-004: Replay of links (High)    ### T-01 — A false server        joined by id:
 *   **Impact:** somebody joins twice        ### T-01 Recommended mitigations
 *   **Mitigations**                         - Pin its key
 *   - Links are used once
 *
 * The title is the heading without ordinal, id and a level or verdict in brackets. Fields come from
 * labels, sub-headings and joined siblings; prose under the heading is the body. Which headings are
 * threats and which only hold threats is decided in units/units.ts.
 */

export const headingThreats: Recogniser = { name: 'heading-threats', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    if (units.unitOf(section) !== 'threat' || isPraise(section.title)) continue
    const fields = units.fieldsOf(section)
    const listed = section.parent !== null && isThreatRole(units.roleOf(section.parent))
    const before = known.get(fields)
    if (before?.saysAll !== true) found.problems.push(...emptyLabels(fields))
    if (listed || !isEmptyAnswer(section, fields))
      found.drafts.push(draftOf(document, section, fields, before))
  }
  return found
}

/** A label without a value: the author meant to say something there. */
function emptyLabels(fields: Fields): Problem[] {
  if (!fields.values.some(isUnsaid)) return []
  return fields.values.filter(isUnsaid).map((value) => {
    const message = `The label "${value.label}" has no value`
    return problem('empty-label', message, value.span, { subject: value.label })
  })
}

function isUnsaid({ field, lines, entries }: FieldValue): boolean {
  return field !== null && field !== 'note' && lines.length === 0 && entries.length === 0
}

/** A section that names no harm and answers "N/A" describes a part of the system. */
function isEmptyAnswer(section: Section, fields: Fields): boolean {
  const known = fields.values.filter((value) => value.field !== null)
  if (known.length === 0 || !known.every((value) => saysNothing(textOfValue(value)))) return false
  return attackWords(`${section.heading.text} ${looseText(fields)}`) === 0
}

/**
 * The draft of a section without sub-sections depends on its heading, its fields and what stands
 * around it. The fields are the same object while the text is the same.
 */
function draftOf(
  document: Document,
  section: Section,
  fields: Fields,
  before: Made | undefined,
): ThreatDraft {
  const around = keyAround(document, section.parent ?? section)
  const number = numberOf(document.outline, section.heading.text)
  const isSame = before?.around === around && before.heading === section.heading
  if (isSame && before.number === number && section.children.length === 0) return before.draft
  const draft = threatOf(document, section, fields)
  const saysAll = !fields.values.some(isUnsaid)
  if (section.children.length === 0)
    known.set(fields, { around, number, heading: section.heading, draft, saysAll })
  return draft
}

interface Made {
  around: string
  number: string | null
  heading: Phrase
  draft: ThreatDraft
  /** No label is without a value. */
  saysAll: boolean
}

const known = new WeakMap<Fields, Made>()

/** All that a draft is told of what stands around its section. */
function keyAround({ legend, hints }: Document, parent: Section): string {
  const before = keys.get(parent)
  if (before !== undefined) return before
  const context = contextOf(parent)
  const categories = categoriesOf(parent, context)
  const key = JSON.stringify([sectionTrail(parent), context, categories, [...legend], hints])
  keys.set(parent, key)
  return key
}

const keys = new WeakMap<Section, string>()

function threatOf(document: Document, section: Section, fields: Fields): ThreatDraft {
  const above = section.parent ?? section
  const context = contextOf(above)
  const heading = titleOf(section, fields, document.hints.idPrefixes ?? [])
  const fromLevel = heading.level === null ? null : heading.level.toLowerCase()
  const draft = threatDraft({
    recogniser: headingThreats.name,
    reason: reasonOf(section, fields),
    rank: rankOf(context.role === 'examples', heading.writtenId, fields),
    title: heading.title,
    writtenId:
      idIn(fields) ?? heading.writtenId ?? numberOf(document.outline, section.heading.text),
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    legend: document.legend,
    categories: isThreatClass(section.title)
      ? [classOf(section.title) ?? '']
      : categoriesOf(above, context),
    heading: context.status ?? remains(section.heading.text) ?? leftOut(section, fields),
    verdict: heading.verdict,
    phrases: phrasesOf(blocksBelow(section)),
  })
  return { ...draft, severity: draft.severity ?? fromLevel }
}

const isPraise = remembering((title) => praise.test(title))

/** "1.2 [POSITIVE] No keys in logs", "No keys (N/A)": what a review found to be well, or absent. */
const praise = pattern(
  'i',
  String.raw`^[\d.\s]{0,8}\[(?:positive|good|pass(?:ed)?|ok|strength|note)\]`,
  String.raw`|[([](?:n\/a|not applicable)[)\]]\W*$`,
)

/** "2.3 [HIGH] No authentication": a level in brackets before the title. */
const severityPrefix = /^\[(critical|high|medium|moderate|low|info\w{0,10}|p[0-4])\]\s*[:—–-]?\s*/i

const severitySuffix = pattern(
  'i',
  String.raw`\s*(?:[—–-]+\s*(?:severity|risk|priority|impact)\s*[::]?\s*|[[(]\s*(?:severity`,
  String.raw`|risk|priority)?\s*[::]?\s*)\x60?(critical|high|medium|moderate|low|informational`,
  String.raw`|info|p[0-4])\x60?(?:\s*(?:severity|risk|priority))?\s*[\])]?\s*$`,
)

/** "### TH-01" over "Name: forged webhook": the label has the words the heading lacks. */
function nameInFields(title: string, fields: Fields): string | null {
  if (idOf(title) === null) return null
  const named = fields.values.find(({ label }) =>
    /^(?:threat |attack |risk )?(?:name|title|summary)\W*$/i.test(label),
  )
  const words = named === undefined ? '' : textOfValue(named)
  if (words !== '' && words.length <= longestName) return words
  const told = textOf(fields, 'threat') ?? textOf(fields, 'description') ?? ''
  return told === '' ? null : firstSentence(told)
}

const longestName = 160

/** "Threat: …", "Threat ID: …" */
const kindFirst = pattern(
  'i',
  '^(?:(?:threat|attack|(?:residual )?risk|scenario|vulnerability)',
  String.raw`(?:\s+(?:id|no\.?|number))?|id)`,
  String.raw`\s*[::]\s+`,
)

function titleOf(section: Section, fields: Fields, prefixes: readonly string[]) {
  const struck = section.heading.text.replaceAll('~~', '')
  const level = severitySuffix.exec(struck) ?? rated.exec(struck)
  const plain = level === null ? struck : struck.slice(0, level.index)
  const words = withoutOrdinal(plain)
  const before = severityPrefix.exec(words)
  const kept = before === null ? plain : words.slice(before[0].length)
  const name = titledBy(kept.replace(kindFirst, ''), prefixes)
  const verdict = statusInTitle(name.title)
  return {
    writtenId: name.writtenId ?? letteredId(name.title),
    title: trimmed(verdict?.title ?? nameInFields(name.title, fields) ?? name.title),
    verdict: verdict?.reading ?? null,
    level: level?.[1] ?? before?.[1] ?? null,
  }
}

/** "Residual risk: a worn rope" says itself that it remains. */
function remains(title: string): StatusReading | null {
  return /^[\W\d]*residual risks?\s*[::]/i.test(title) ? statusOfRole('residual', title) : null
}

/** "Not applicable: nobody signs anything" below a class of threats. */
function leftOut({ title }: Section, { loose, values }: Fields): StatusReading | null {
  if (!isThreatClass(title) || values.some(({ field }) => field === 'mitigation')) return null
  const [first] = phrasesOf(loose.slice(0, 1))
  return first !== undefined && inapplicable.test(first.text)
    ? explicit('out-of-scope', first.text)
    : null
}

const inapplicable = pattern(
  'i',
  String.raw`^\W*(?:(?:this|the|it)(?: (?:class|category|threat|kind)(?: of threats?)?)? )?`,
  String.raw`(?:(?:is )?(?:not applicable|n\/a)|does not apply|out[- ]of[- ]scope)\b`,
)

function rankOf(example: boolean, id: string | null, fields: Fields): Rank {
  if (example) return 1
  return id !== null || fields.values.some((value) => value.field !== null) ? 3 : 2
}

function reasonOf(section: Section, fields: Fields): string {
  const labels = fields.values.filter((value) => value.field !== null).map((value) => value.label)
  const named = [...new Set(labels)].slice(0, 4).join(', ')
  const kind = section.kind === 'heading' ? 'a heading' : `a ${section.kind} title`
  return named === ''
    ? `${kind} under "${section.trail.at(-1) ?? ''}"`
    : `${kind} with the labels ${named}`
}
