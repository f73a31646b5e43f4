import type { Span } from '../../shared/span.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft.ts'
import { nothing, sectionTrail } from '../draft.ts'
import { contextOf } from '../draft-context.ts'
import { trimmed } from '../draft-names.ts'
import { threatDraft } from '../draft-threat.ts'
import { unitsOf } from '../draft-units.ts'
import type { Phrase } from '../outline-phrase.ts'
import type { Block, Section } from '../outline-types.ts'
import { sentencesOf } from '../status-prose.ts'
import type { Role } from '../vocabulary.ts'
import { pattern } from '../vocabulary-pattern.ts'
import { attackWords } from '../vocabulary-words.ts'

/*
 * The last resort: sentences of an essay that say what could go wrong.
 *
 *   An attacker on the line may drop the answer.      somebody hostile, and what they can do
 *   This leaves the shelf open to replay attacks.     a weakness, and the attack it leads to
 *   Worn out flash may cause the logger to fail.      a failure that may happen
 *
 * One threat a sentence, titled by the sentence, `inferred`, of the lowest rank: they stand only
 * where a document states fewer than two threats in any other way. Not read: sentences that open a
 * list, and the parts that hold assets, actors, boundaries or controls.
 */

export const sentences: Recogniser = { name: 'sentences', read }

/** More than these are no list of threats any more. */
const mostSentences = 25

function read(document: Document): Found {
  const found = nothing()
  const units = unitsOf(document.outline)
  for (const section of document.outline.sections) {
    const role = units.roleOf(section)
    if (role !== null && closed.has(role)) continue
    for (const block of section.blocks) {
      for (const [text, lines] of textsOf(block))
        found.drafts.push(...fromText(document, section, text, lines))
      if (found.drafts.length >= mostSentences) return found
    }
  }
  return found
}

const closed: ReadonlySet<Role> = new Set([
  'assets',
  'adversaries',
  'mitigations',
  'boundaries',
  'other',
  'in-scope',
  'planned',
])

const hostile = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar(?:y|ies)|malicious \w+|hostile \w+|intruders?|insiders?`,
  String.raw`|eavesdroppers?|she|an? unauthori[sz]ed \w+)\b.{0,80}\b(?:can|could|may|might|would`,
  String.raw`|will|able to|attempts?|tries)\b`,
)
const weakness = pattern(
  'i',
  String.raw`\b(?:vulnerable to|susceptible to|open to|exposed to|risk of|risks? to|risk that`,
  '|in order to mitigate|concerned about|used to attack',
  String.raw`|(?:attacks?|exploits?) (?:on|that|which|against|would|could))\b`,
)
const failure = pattern(
  'i',
  String.raw`\b(?:may|might|could|can) (?:be \w+|cause|lead|expose|leak|fail|allow|result|break)\b`,
)

/** Running text with its lines: a paragraph's, or that of each bullet. */
function textsOf(block: Block): [string, readonly Phrase[]][] {
  if (block.type === 'paragraph') return [[block.phrase.text, block.lines]]
  if (block.type !== 'list') return []
  return block.entries.map((entry) => [entry.head.text, [entry.head]])
}

function fromText(
  document: Document,
  section: Section,
  text: string,
  lines: readonly Phrase[],
): ThreatDraft[] {
  return sentencesOf(text).flatMap((sentence) => {
    if (/[::]$/.test(sentence) || !isThreat(sentence)) return []
    return [candidate(document, section, placeOf(lines, sentence), sentence)]
  })
}

function isThreat(sentence: string): boolean {
  const isOne = hostile.test(sentence) || weakness.test(sentence) || failure.test(sentence)
  return isOne && attackWords(sentence) >= 1
}

function candidate(
  document: Document,
  section: Section,
  span: Span,
  sentence: string,
): ThreatDraft {
  return threatDraft({
    recogniser: sentences.name,
    reason: `a sentence that says what could go wrong, under "${section.heading.text}"`,
    rank: -2,
    title: trimmed(sentence.replace(linkWord, '')),
    writtenId: null,
    span,
    section: sectionTrail(section),
    fields: { values: [], loose: [] },
    tie: 'label',
    legend: document.legend,
    heading: contextOf(section).status,
    body: sentence,
  })
}

const linkWord =
  /^(?:for example|note that|lastly|also|however|furthermore|in particular|in addition|this),? /i

/** The line the sentence begins on; sentences of one line share it. */
function placeOf(lines: readonly Phrase[], sentence: string): Span {
  const start = sentence.slice(0, 24)
  const first = lines.find(({ text }) => text.includes(start)) ?? lines[0]
  return first?.span ?? nowhere
}

const point = { line: 1, column: 1, offset: 0 }
const nowhere: Span = { start: point, end: point }
