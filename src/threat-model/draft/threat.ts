import type { Span } from '../../shared/span.ts'
import { pathsIn, pathsInText, phrasesOf } from '../code-references.ts'
import { letteredId } from '../identity.ts'
import type { Tie } from '../model.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Legend, StatusReading } from '../status/status.ts'
import { classesIn } from '../vocabulary/vocabulary.ts'
import { acceptanceIn } from './acceptance.ts'
import type { MitigationMention, Rank, ThreatDraft } from './draft.ts'
import { type Fields, textOf, textOfValue, valuesOf } from './fields.ts'
import { isOpenLetter } from './letters.ts'
import { mentionsIn } from './names.ts'
import { controlsNamed, ownMitigations, stillMissing, unlabelled } from './own-controls.ts'
import { statusOfFields } from './status.ts'
import { keepMade, madeBefore } from './threat-again.ts'

/*
 * A threat from its title, its labelled fields and where it stands. The one place where fields
 * become a threat, whatever the shape they were written in.
 */

export interface ThreatParts {
  recogniser: string
  reason: string
  rank: Rank
  title: string
  writtenId: string | null
  span: Span
  section: string[]
  fields: Fields
  /** How its own mitigation fields are tied: a cell is a row's, everything else a label's. */
  tie: Extract<Tie, 'row' | 'label'>
  legend: Legend
  /** Text under the title beside the fields; without one what they leave (`looseText`). */
  body?: string
  /** From the enclosing heading, in the document's words or as a class. */
  categories?: string[]
  /** What the enclosing heading says of everything under it. */
  heading?: StatusReading | null
  /** What the title itself says ("NOT defended: …"). */
  verdict?: StatusReading | null
  /** Controls of its group. */
  group?: MitigationMention[]
  adversary?: string | null
  phrases?: Phrase[]
  /** Looks for controls in the text of a mere candidate, too. */
  readsBody?: boolean
}

export function threatDraft(parts: ThreatParts): ThreatDraft {
  const before = madeBefore(parts)
  const draft = before ?? draftOf(parts)
  if (before === null) keepMade(parts, draft)
  // Its own list: whoever asked may add controls to it.
  return { ...draft, mitigations: [...draft.mitigations] }
}

/** Depends on the parts and on nothing else (draft/threat-again.ts). */
function draftOf(parts: ThreatParts): ThreatDraft {
  const { fields, span } = parts
  const body = parts.body ?? looseText(fields)
  const labelled = ownMitigations(fields, parts.tie).filter(
    ({ writtenId }) => !isOpenLetter(writtenId, parts.legend),
  )
  const isOpen = labelled.length === 0 && (parts.group ?? []).length === 0
  const own =
    isOpen && (parts.rank > 0 || parts.readsBody === true) ? unlabelled(parts, body) : labelled
  const status = statusOfFields({
    fields,
    body,
    answered: own.length - recommended(fields) + (parts.group?.length ?? 0) > 0,
    legend: parts.legend,
    heading: parts.heading ?? null,
    verdict: parts.verdict ?? null,
  })
  const adversaries = namesIn(fields, 'adversary')
  if (parts.adversary) adversaries.push({ title: parts.adversary, writtenId: null, span })
  return {
    kind: 'threat',
    title: parts.title,
    writtenId: parts.writtenId ?? idIn(fields),
    span,
    places: [span],
    section: parts.section,
    certainty: parts.rank <= 0 ? 'inferred' : 'stated',
    body: fold(body),
    recogniser: parts.recogniser,
    reason: parts.reason,
    rank: parts.rank,
    scope: 'direct',
    attacks: [],
    adversaries,
    assets: namesIn(fields, 'asset'),
    categories: [...new Set([...categoriesIn(fields), ...(parts.categories ?? [])])],
    severity: levelIn(fields, 'severity'),
    likelihood: levelIn(fields, 'likelihood'),
    impact: textOf(fields, 'impact')?.slice(0, impactLength) || null,
    status,
    acceptance: status.status === 'accepted' ? acceptanceIn(fields, span) : null,
    mitigations: [...own, ...(parts.group ?? [])],
    code: codeOf(fields, parts.phrases ?? []),
  }
}

/** "**ID:** T-4" below the heading. */
function idIn(fields: Fields): string | null {
  return letteredId(textOf(fields, 'id') ?? '')
}

/** How many controls are only recommended or missing: none of them is in place yet. */
function recommended(fields: Fields): number {
  const named = valuesOf(fields, 'recommended')
  const wanted = named.flatMap((value) => controlsNamed(value, 'unstated'))
  return wanted.length + stillMissing(fields).length
}

const impactLength = 400

export function namesIn(fields: Fields, field: 'asset' | 'adversary') {
  return valuesOf(fields, field).flatMap((value) => [
    ...value.lines.flatMap((line) => mentionsIn(line.text, value.span)),
    ...value.entries.flatMap((entry) => mentionsIn(entry.head.text, entry.span)),
  ])
}

function categoriesIn(fields: Fields): string[] {
  return valuesOf(fields, 'category').flatMap((value) => {
    const bullets = value.entries.map(({ head }) => head.text)
    const lines = value.lines.map(({ text }) => text)
    const texts = bullets.length === 0 ? [textOfValue(value)] : [...lines, ...bullets]
    return texts.flatMap((text) => {
      const weakness = catalogued.exec(text)?.[1]
      return weakness === undefined ? classesIn(text) : [weakness.toLowerCase()]
    })
  })
}

/** "CWE-94: Improper control of light" is known by its number. */
const catalogued = /^\W{0,4}((?:CWE|CAPEC)-\d{1,5})\s*[::–—(-]\s*\S/i

const level =
  /\b(critical|very high|high|medium|moderate|low|very low|informational|info|none|p[0-4])\b/i

/** A level in the document's words, lower case: `high`, `p1`, or a short text as written. */
function levelIn(fields: Fields, field: 'severity' | 'likelihood'): string | null {
  const text = textOf(fields, field)
  if (text === null || text === '') return null
  return level.exec(text)?.[1]?.toLowerCase() ?? (text.length <= 40 ? text.toLowerCase() : null)
}

export function looseText(fields: Fields): string {
  const described = fields.values
    .filter((value) => value.field === 'description' || value.field === 'threat')
    .map(textOfValue)
  const loose = phrasesOf(fields.loose).map((phrase) => phrase.text)
  return fold([...described, ...loose].join(' '))
}

function codeOf(fields: Fields, phrases: readonly Phrase[]) {
  const labelled = valuesOf(fields, 'code').flatMap((value) =>
    pathsInText(textOfValue(value), value.span),
  )
  const inText = pathsIn([...phrases, ...phrasesOf(fields.loose), ...phrasesInValues(fields)])
  const seen = new Set(labelled.map((reference) => reference.path))
  return [...labelled, ...inText.filter((reference) => !seen.has(reference.path))]
}

function phrasesInValues(fields: Fields): Phrase[] {
  return fields.values.flatMap((value) => [
    ...value.lines,
    ...value.entries.flatMap((entry) => [
      entry.head,
      ...entry.restLines,
      ...phrasesOf(entry.blocks),
    ]),
  ])
}
