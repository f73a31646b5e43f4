import { contextOf, isThreatRole } from '../draft/context.ts'
import { controlsOf, mentionsOf } from '../draft/controls.ts'
import type { Document, Found, MitigationMention, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatOfPhrase } from '../draft/entries.ts'
import { plainPhrase } from '../outline/phrase.ts'
import type { Paragraph, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { sentencesOf } from '../status/prose.ts'
import { explicit } from '../status/status.ts'
import { isDocumentTitle } from '../units/form.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { pattern, withoutEnd } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'
import { attackWords, isAdvice } from '../vocabulary/words.ts'

/*
 * Threats listed in a sentence, where the document has no list of them:
 *
 *   The main threats are theft of the bell, a forged key (copied at night), and mice.
 *
 *   ## Threat scenarios addressed
 *   Theft of the bell, a forged key, mice in the loft, a broken ladder.
 *
 * Each name between the commas is a threat. Clauses and orders are no names, and two are no list.
 */

export const threatSentences: Recogniser = { name: 'threat-sentences', isLastResort: true, read }

function read(document: Document): Found {
  const found = nothing()
  if (document.isListed) return found
  const units = unitsOf(document.outline)
  for (const section of [document.outline.root, ...document.outline.sections]) {
    if (!mayList(section, units)) continue
    const paragraphs = section.blocks.filter((block) => block.type === 'paragraph')
    const answer = paragraphs.flatMap((block) => answersIn(block))[0]
    for (const block of paragraphs) {
      const names = isAlone(section) ? namesAlone(block) : namesIn(block)
      found.drafts.push(
        ...names.flatMap((name) => threatOf({ document, section, answer }, block, name)),
      )
    }
  }
  return found
}

/** In a part of the system such a sentence tells of that part, which is one topic of an essay. */
function mayList(section: Section, units: Units): boolean {
  if (section.kind === 'root') return true
  const isTop = section.parent?.kind === 'root'
  if (isTop && (isDocumentTitle(section) || ofModel.test(section.heading.text))) return true
  return namesThreats.test(section.heading.text) || isThreatRole(units.roleOf(section))
}

const ofModel = /\bthreat[- ]?model/i

/** A paragraph that is all there is below "Threats". */
function isAlone({ kind, title, heading, blocks, children }: Section): boolean {
  if (kind === 'root' || blocks.length !== 1 || children.length > 0) return false
  return roleOf(title) === 'threats' || namesThreats.test(heading.text)
}

const namesThreats = /\b(?:threats?|attacks?|abuse) (?:scenarios?|cases?)\b/i

const namesIn = rememberingOf(({ phrase }: Paragraph): readonly string[] =>
  sentencesOf(phrase.text).flatMap((sentence) => {
    const listed = opening.exec(sentence)?.[1]
    return listed === undefined ? [] : namesOf(listed, fewestListed)
  }),
)

const namesAlone = rememberingOf((block: Paragraph): readonly string[] => {
  const named = namesIn(block)
  return named.length > 0 ? named : namesOf(block.phrase.text, fewestAlone)
})

const fewestListed = 3
const fewestAlone = 4
const mostNames = 40
const mostWords = 9

const opening = pattern(
  'i',
  String.raw`^\W*(?:the |our |these )?(?:(?:primary|main|key|major|principal|top`,
  '|relevant|identified',
  '|considered|likely|typical|security|in-scope|following|most (?:important|relevant|likely)) )*',
  '(?:threats|risks|attacks|attack vectors|threat scenarios|abuse cases)',
  '(?: (?:that |which )?(?:(?:are |were )?(?:considered|addressed|covered|identified|modell?ed',
  '|in scope|of concern|here)|we (?:consider|address|cover)|to (?:consider|the \\w+)))?',
  String.raw`(?:\s*[::]\s+| (?:are|include|comprise|cover)\s*:?\s+)(.{12,1200})$`,
)

/** The names between the commas; none where one of them is more than a name. */
function namesOf(text: string, fewest: number): string[] {
  const masked = text.replace(bracketed, (inner) => '.'.repeat(inner.length))
  if (/[.!?;::]\s+\S/.test(masked)) return []
  const names: string[] = []
  let from = 0
  for (const match of masked.matchAll(comma)) {
    names.push(text.slice(from, match.index))
    from = match.index + match[0].length
    if (names.length > mostNames) return []
  }
  names.push(withoutEnd(text.slice(from), /[\s.]/))
  return names.length >= fewest && names.every(isName) ? names : []
}

const comma = /,\s+(?:and\s+|or\s+)?/g
const bracketed = /\([^()]{1,200}\)/g

function isName(text: string): boolean {
  const plain = text.replace(bracketed, '').trim()
  if (plain === '' || plain.split(/\s+/).length > mostWords) return false
  if (isAdvice(plain) && attackWords(plain) === 0) return false
  return !/\b(?:is|are|was|were|has|have|must|should|will|we|it)\b/i.test(plain)
}

interface Answer {
  sentence: string
  group: MitigationMention[]
  isDone: boolean
}

/** "Implemented mitigations include a lock, a cat and a lamp." answers all that is listed. */
const answersIn = rememberingOf(({ phrase, span }: Paragraph): readonly Answer[] =>
  sentencesOf(phrase.text).flatMap((sentence) => {
    const [, how, listed] = answering.exec(sentence) ?? []
    if (listed === undefined) return []
    const names = namesOf(listed, fewestListed)
    const lines = (names.length > 0 ? names : [listed]).map((name) =>
      plainPhrase(`• ${name}`, span),
    )
    const value = { field: 'mitigation' as const, label: '', lines, entries: [], span }
    const group = mentionsOf(controlsOf(value, 'unstated'), 'label').map((mention) => ({
      ...mention,
      tie: 'group' as const,
    }))
    return [{ sentence, group, isDone: how !== undefined && /^(?:impl|depl|in )/i.test(how) }]
  }),
)

const answering = pattern(
  'i',
  String.raw`^\W*(?:the |our )?(?:(implemented|deployed|current|existing|in-place) )?`,
  String.raw`(?:(?:main|key|phase \d+|primary|security|technical) ){0,2}(?:mitigations|controls`,
  '|countermeasures|safeguards|defen[cs]es)',
  String.raw` (?:include|are|comprise)\s*:?\s+(.{12,1600})$`,
)

interface Place {
  document: Document
  section: Section
  answer: Answer | undefined
}

function threatOf(
  { document, section, answer }: Place,
  { span }: Paragraph,
  name: string,
): ThreatDraft[] {
  const { status } = contextOf(section)
  const draft = threatOfPhrase(
    plainPhrase(name, span),
    span,
    { values: [], loose: [] },
    {
      recogniser: threatSentences.name,
      reason: 'named in a sentence that lists threats',
      rank: 1,
      section: sectionTrail(section),
      legend: document.legend,
      categories: [],
      heading: answer?.isDone === true ? explicit('mitigated', answer.sentence) : status,
      group: answer?.group ?? [],
    },
  )
  return draft === null ? [] : [draft]
}
