import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import type { Fields, FieldValue } from '../draft/fields.ts'
import { trimmed } from '../draft/names.ts'
import { namingsIn, titleOf } from '../draft/namings.ts'
import { threatDraft } from '../draft/threat.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, Quote, Section } from '../outline/types.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Threats in block quotes: cited from the model of another project, or set off from the text.
 *
 *   To answer threat 7 of the landlord,
 *
 *   > An attacker may lift the gate.                the threat
 *
 *   we take some measures:                          what stands below answers it,
 *
 *   - the hinge is closed                           up to the next quote
 *
 *   > **Associated threats**: Any way to …          a label says outright that it is one
 *
 * Quotes without a label count where the document has two of them that name a threat. All are
 * `inferred`, of the rank of prose. Notes and admonitions are none.
 */

export const quotes: Recogniser = { name: 'quotes', isLastResort: true, read }

/** A longer quote is no name of anything. */
const longest = 900
/** More quotes are a correspondence. */
const mostQuotes = 60

interface Cited {
  section: Section
  quote: Quote
  title: string
  isLabelled: boolean
  /** Above, and below up to the next quote. */
  before: Block | undefined
  after: Block[]
}

function read(document: Document): Found {
  if (document.isListed) return nothing()
  const units = unitsOf(document.outline)
  const cited = [document.outline.root, ...document.outline.sections]
    .filter((section) => units.roleOf(section) !== 'other')
    .flatMap(citedIn)
    .slice(0, mostQuotes)
  const several = cited.length >= 2
  const drafts = cited
    .filter(({ isLabelled }) => isLabelled || several)
    .map((one) => ofQuote(document, one))
  return { ...nothing(), drafts }
}

function citedIn(section: Section): Cited[] {
  const found: Cited[] = []
  section.blocks.forEach((block, at) => {
    const named = block.type === 'quote' ? nameOfQuote(block) : null
    if (block.type === 'quote' && named !== null)
      found.push({ section, quote: block, ...named, before: section.blocks[at - 1], after: [] })
    else if (block.type !== 'quote') found.at(-1)?.after.push(block)
  })
  return found
}

function nameOfQuote({ blocks }: Quote): { title: string; isLabelled: boolean } | null {
  const [first] = blocks
  if (first?.type !== 'paragraph' || first.phrase.text.length > longest) return null
  const { lead, afterLead, text } = first.phrase
  if (lead !== '') {
    const role = roleOf(lead.replace(/^associated |[\s::]+$/gi, ''))
    const isLabelled = (role === 'threats' || role === 'attacks') && afterLead.length > 20
    const said = afterLead.replace(/^[\s::]+/, '')
    return isLabelled ? { title: namingsIn(said)[0]?.title ?? titleOf(said), isLabelled } : null
  }
  const naming = namingsIn(text)[0]
  return naming === undefined ? null : { title: naming.title, isLabelled: false }
}

const answering = pattern(
  'i',
  String.raw`\b(?:address|mitigat|answer|counter|prevent|handl|defen[cs]e|defend|protect`,
  String.raw`|techniques|measures|controls)\w*\b`,
)

/** What stands below answers the quote where the words beside it say so. */
function fieldsOf({ before, after, quote }: Cited): Fields {
  const [next] = after
  const beside = [before, next].flatMap((block) =>
    block?.type === 'paragraph' ? [block.phrase.text] : [],
  )
  const entries = after.flatMap((block) => (block.type === 'list' ? block.entries : []))
  if (!beside.some((text) => answering.test(text)) || entries.length === 0)
    return { values: [], loose: after }
  const value: FieldValue = {
    field: 'mitigation',
    label: '',
    lines: [],
    entries,
    span: quote.span,
  }
  return { values: [value], loose: after.filter((block) => block.type !== 'list') }
}

function ofQuote(document: Document, cited: Cited): ThreatDraft {
  const { section, quote, title } = cited
  const phrases: Phrase[] = cited.after.flatMap((block) =>
    block.type === 'paragraph' ? [block.phrase] : [],
  )
  return threatDraft({
    recogniser: quotes.name,
    reason: cited.isLabelled ? 'a quote with a label that says so' : 'a quote that names an attack',
    rank: -1,
    title: trimmed(title),
    writtenId: null,
    span: quote.span,
    section: sectionTrail(section),
    fields: fieldsOf(cited),
    tie: 'label',
    legend: document.legend,
    heading: contextOf(section).status,
    phrases,
    readsBody: true,
  })
}
