import type { Span } from '../../shared/span.ts'
import type { Document, Draft, Found, Recogniser } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { threatDraft } from '../draft/threat.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import type { Section } from '../outline/types.ts'
import { plainSentences } from '../vocabulary/clauses.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Sentences that say of one adversary after the other, deed by deed, what it may do:
 *
 *   ## Adversaries
 *   The baker may sell old loaves as new, or weigh with a false stone. The guest may leave without
 *   paying, or deny the order. The landlord and the miller may be malicious.
 *
 * Each deed is a threat by its adversary, and who may be hostile without a word of how is one as a
 * sentence. One such sentence among others only describes somebody.
 */

export const adversaryClauses: Recogniser = { name: 'adversary-clauses', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    if (roleOf(section.title) !== 'adversaries') continue
    for (const told of toldIn(section)) found.drafts.push(...draftsOf(document, section, told))
  }
  return found
}

interface Told {
  who: string[]
  deeds: string[]
  span: Span
}

const toldIn = rememberingBlocks((blocks): readonly Told[] => {
  const told = blocks.flatMap((block): Told[] => {
    if (block.type !== 'paragraph') return []
    const sentences = plainSentences(block.phrase.text.slice(0, examined))
    return sentences.flatMap((sentence) => {
      const said = deedsOf(sentence) ?? hostileOf(sentence)
      return said === null ? [] : [{ ...said, span: block.span }]
    })
  })
  return told.filter(({ deeds }) => deeds.length >= 2).length >= fewestTold ? told : []
})

const examined = 3_000
const fewestTold = 2

/** "The baker may A, B, or C.": who, and each deed. */
function deedsOf(sentence: string): Omit<Told, 'span'> | null {
  const [, who = '', list = ''] = may.exec(sentence) ?? []
  const deeds = list.replace(/[.;]$/, '').split(/,\s+(?:and\s+|or\s+)?/)
  return deeds.length >= 2 && deeds.every(isDeed) ? { who: [who], deeds } : null
}

const may = pattern(
  'i',
  '^(?:(?:an?|the|any|some|each) )?([^,.;:]{2,60}?) (?:may|might|can|could)',
  '(?: also| try to| attempt to)? ([^.;:]{10,800}[.;]?)$',
)

/** A verb with what it is done to: neither a name nor what explains the deed before it. */
function isDeed(text: string): boolean {
  const words = text.split(' ').length
  return words >= 2 && words <= longestDeed && !explains.test(text)
}

const longestDeed = 14
const explains = pattern(
  'i',
  '^(?:an?|the|this|that|these|its?|their|which|who|when|if|where|because|since|but|so|then|not',
  String.raw`|including|such|even|only|with|without|by|from|in|on|as|for|to|be)\b`,
)

/** "The landlord and the miller may be malicious." */
function hostileOf(sentence: string): Omit<Told, 'span'> | null {
  const names = hostile.exec(sentence)?.[1]
  if (names === undefined) return null
  const who = names.split(/,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+/).map(withoutArticle)
  return { who, deeds: [sentence.replace(/\.$/, '')] }
}

const hostile = pattern(
  'i',
  '^([^.;:]{2,300}?) (?:may|might|can|could) be (?:malicious|compromised|hostile|dishonest|corrupt',
  String.raw`|byzantine|curious|adversarial)\.?$`,
)

function withoutArticle(name: string): string {
  return name.replace(/^(?:an?|the|any|some|each) /i, '')
}

function draftsOf(document: Document, section: Section, { who, deeds, span }: Told): Draft[] {
  const trail = sectionTrail(section)
  const reason = `a sentence of what each may do, under "${section.heading.text}"`
  const base = { span, places: [span], section: trail, recogniser: adversaryClauses.name, reason }
  const parties = who.map(
    (title): Draft => ({
      ...base,
      kind: 'adversary',
      title,
      writtenId: null,
      body: '',
      certainty: 'stated',
      rank: 2,
    }),
  )
  const threats = deeds.map((title) =>
    threatDraft({
      recogniser: adversaryClauses.name,
      reason,
      rank: -1,
      title,
      writtenId: null,
      span,
      section: trail,
      fields: { values: [], loose: [] },
      tie: 'label',
      legend: document.legend,
      adversary: who.length === 1 ? (who[0] ?? null) : null,
    }),
  )
  return [...parties, ...threats]
}
