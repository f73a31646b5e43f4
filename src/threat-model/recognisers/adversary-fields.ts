import { phrasesOf } from '../code-references.ts'
import { adversaryTitle } from '../draft/adversaries.ts'
import type { Document, Draft, Found, Rank, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { type EntryParts, threatOfEntry } from '../draft/entries.ts'
import { blocksBelow, type Fields, type FieldValue } from '../draft/fields.ts'
import { controlsForAll } from '../draft/group-controls.ts'
import { nameOf } from '../draft/names.ts'
import { isPowersTable } from '../draft/powers.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Entry, Section } from '../outline/types.ts'
import { explicit, type StatusReading } from '../status/status.ts'
import { isThreatTable } from '../units/evidence.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { plainLabel } from '../vocabulary/vocabulary.ts'
import { saysWhatIsDone } from '../vocabulary/words.ts'

/*
 * An adversary with labelled lists, or with what it tries to do nested below its name:
 *
 *   ### Network attacker                           - **Thief** with the disk:
 *   **Capabilities**  - replay packets  threats,     - tries to read it            a threat of
 *   **Defences**      - nonces          one group    - can copy it                 the thief each
 *   **Limitations**   - Cannot break TLS           mitigated: the form of "cannot"
 *
 * An adversary with what answers it and what remains is a threat itself. Capabilities without an
 * answer beside them describe the adversary and are no threats.
 */

export const adversaryFields: Recogniser = { name: 'adversary-fields', read }

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    if (units.roleOf(section) !== 'adversaries') continue
    // A table of what somebody can and cannot do has the threats.
    if (section.blocks.some(isPowersTable)) continue
    const fields = units.fieldsOf(section)
    found.drafts.push(...fromCapabilities(document, section, fields))
    found.drafts.push(...fromAnswers(document, section, fields))
    found.drafts.push(...fromLimits(document, section, fields))
    found.drafts.push(...fromNested(document, section))
  }
  return found
}

/** Capabilities beside defences: the capabilities are threats that the defences answer. */
function fromCapabilities(document: Document, section: Section, fields: Fields): Draft[] {
  const powers = fields.values.filter((value) => capabilities.test(plainLabel(value.label)))
  const answers = fields.values.filter((value) => value.field === 'mitigation')
  if (powers.length === 0 || answers.length === 0) return []
  // A table of attacks beside them has the threats.
  if (blocksBelow(section).some(isThreatTable)) return []
  const group = controlsForAll(answers, section.heading.text)
  const adversary = adversaryTitle(section.heading)
  const parts = { ...partsFor(document, section), adversary }
  const attacks = fields.values.flatMap(({ field, entries }) => (field === 'threat' ? entries : []))
  const own = { ...parts, group, rank: attacks.length > 0 ? (3 as const) : rankOf(fields) }
  // What is likely to be tried says more than what would be possible.
  const listed = attacks.length > 0 ? attacks : powers.flatMap((value) => value.entries)
  if (listed.length > 0) return listed.flatMap((entry) => threatOfEntry(entry, own) ?? [])
  // Told in a sentence, what an adversary can do is one threat.
  return [namedByHeading(document, section, fields)]
}

/** "**Answered by:** …" and "**Residual risk:** …" below an adversary tell of one threat. */
function fromAnswers(document: Document, section: Section, fields: Fields): Draft[] {
  const known = fields.values.map(({ field }) => field)
  if (!known.includes('mitigation') || !known.includes('residual')) return []
  if (fields.values.some(({ label }) => capabilities.test(plainLabel(label)))) return []
  if (fields.values.some(isLimit) || blocksBelow(section).some(isThreatTable)) return []
  return [namedByHeading(document, section, fields)]
}

/** One threat of the adversary, by whose heading it is called. */
function namedByHeading(document: Document, section: Section, fields: Fields): ThreatDraft {
  const parts = { ...partsFor(document, section), adversary: adversaryTitle(section.heading) }
  const name = titled(section.title)
  const phrases = phrasesOf(blocksBelow(section))
  const { span, trail } = section
  return threatDraft({ ...parts, ...name, span, section: trail, fields, tie: 'label', phrases })
}

/**
 * Where the document lists threats elsewhere, what adversaries are able to do describes them,
 * unless the section also says what remains.
 */
function rankOf({ values }: Fields): Rank {
  return values.some(({ label }) => /^(?:residual|remaining)\b/i.test(label)) ? 3 : -1
}

const capabilities = pattern(
  'u',
  '^(?:capabilit(?:y|ies)|can|powers|abilities|capacidad(?:e|es)?|capacités?|fähigkeiten?|capacità',
  '|mogelijkheden|możliwości|yetenek(?:ler)?i?|schopnosti|возможности|можливості|能力|역량)$',
)

/** "Limitations: - Cannot break the cipher": what each bullet rules out is met. */
function fromLimits(document: Document, section: Section, fields: Fields): Draft[] {
  const answers = fields.values.filter((value) => value.field === 'mitigation')
  const group = controlsForAll(answers, section.heading.text)
  const adversary = adversaryTitle(section.heading)
  const parts = { ...partsFor(document, section), adversary, group, rank: rankOf(fields) }
  return fields.values.filter(isLimit).flatMap((value) =>
    value.entries.flatMap((entry) => {
      const draft = threatOfEntry(entry, parts)
      const status = explicit('mitigated', entry.head.text)
      return draft === null ? [] : [{ ...draft, status, mitigations: group }]
    }),
  )
}

function isLimit({ entries }: FieldValue): boolean {
  const cannot = entries.filter((entry) => /^(?:cannot|can not|can['’]t)\b/i.test(entry.head.text))
  return cannot.length > 0 && cannot.length * 2 > entries.length
}

function fromNested(document: Document, section: Section): Draft[] {
  const entries = section.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  return entries.flatMap((entry) => {
    const below = entry.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
    if (!saysWhatIsDone(below.map((inner) => inner.head.text))) return []
    const adversary = titled(nameOf(entry.head).replace(/[\s::]+$/, '')).title
    const parts = { ...partsFor(document, section), adversary }
    return below.flatMap((inner) => {
      const draft = threatOfEntry(inner, parts)
      return draft === null ? [] : [{ ...draft, status: powerOf(inner) ?? draft.status }]
    })
  })
}

function powerOf(entry: Entry): StatusReading | null {
  const word = /^(cannot|can['’]t|can)\b/i.exec(entry.head.text)?.[1]
  if (word === undefined) return null
  return explicit(/^can$/i.test(word) ? 'unmitigated' : 'mitigated', entry.head.text)
}

function partsFor(document: Document, section: Section): EntryParts {
  return {
    recogniser: adversaryFields.name,
    reason: `what the adversary of "${section.heading.text}" can do or tries`,
    rank: 3,
    section: sectionTrail(section),
    legend: document.legend,
    categories: [],
    heading: null,
  }
}
