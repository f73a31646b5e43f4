import type { Span } from '../../shared/span.ts'
import { letteredId, titled } from '../identity.ts'
import { fold, plainPhrase } from '../outline/phrase.ts'
import type { Entry, List } from '../outline/types.ts'
import { statusInWords } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { attackWords, controlWords, isAdvice } from '../vocabulary/words.ts'
import type { ThreatDraft } from './draft.ts'
import {
  type EntryParts,
  fieldsOfEntry,
  isAnsweredInline,
  threatOfEntry,
  threatOfPhrase,
} from './entries.ts'
import type { FieldValue } from './fields.ts'

/*
 * Lists as a whole: those that give each name its answer, that say what is to be done, or that
 * tell of a threat in a bullet below its own.
 *
 *   ### Threats and countermeasures         ### Open risks             ### Spoofing
 *   - Forged coins: each is weighed          - Finish the fence         - T-01: Forged coins
 *                                                                       - Somebody strikes his own
 */

const labelled = /\b(?:mitigations?|controls?|impact|status|defen[cs]es?)\s*:/i

const answering =
  /\b(?:mitigations|countermeasures|defen[cs]es|controls|mitiga(?:ções|ciones|coes))(?!\p{L})/iu
const colon = /^([^::.]{2,60})[::]\s+(.{3,})$/
const arrow = /^(.{3,140}?)\s(?:→|->|=>)\s+(.{3,})$/

/** "Forged coins: each is weighed" below "Threats and countermeasures": a name, and its answer. */
export function entriesWithAnswers(list: List, parts: EntryParts): ThreatDraft[] | null {
  const heading = parts.section.at(-1) ?? ''
  if (list.entries.some(({ head }) => labelled.test(head.text))) return null
  const arrows = list.entries.filter(({ head }) => arrow.test(head.text))
  const form = arrows.length * 2 > list.entries.length ? arrow : colon
  const cut = list.entries.map(({ head }) => form.exec(head.text))
  const leads = form === arrow && (leadsToControls(cut) || leadsAway(cut))
  if (!answering.test(heading) && !leads) return null
  const told = cut.filter((match) => attackWords(match?.[2] ?? '') > controlWords(match?.[2] ?? ''))
  if (form === colon && cut.some((match) => match === null)) return null
  // "Forged coins: **accepted**" tells how each stands.
  if (cut.every((match) => match === null || statusInWords(match[2] ?? '') !== null)) return null
  if (told.length * 4 > cut.length) return null
  return list.entries.flatMap((entry, at) => {
    const [, name = '', answer = ''] = cut[at] ?? []
    if (name === '') return threatOfEntry(entry, parts) ?? []
    if (fieldOf(name) !== null) return []
    const fields = { values: [answerOf(answer, entry.span)], loose: entry.blocks }
    // "**Forged coins**: somebody strikes his own → each is weighed" has a name of its own.
    const lead = entry.head.lead !== '' && name.startsWith(entry.head.lead) ? entry.head.lead : name
    const head = { ...entry.head, text: name, lead, afterLead: name.slice(lead.length) }
    return threatOfPhrase(head, entry.span, fields, parts) ?? []
  })
}

/** What an arrow or colon leads to; "→ **rejected**" tells how it ends, and not by what. */
function answerOf(answer: string, span: Span): FieldValue {
  const isEnd = /^\W*(?:rejected|refused|denied|blocked|prevented|stopped|fails)\W*$/i.test(answer)
  const line = plainPhrase(isEnd ? 'Mitigated' : answer, span)
  return {
    field: isEnd ? 'status' : 'mitigation',
    label: '',
    lines: [line],
    entries: [],
    span,
  }
}

/** "Forged coins → each is weighed": most arrows lead to what is done, or some and none to harm. */
function leadsToControls(cut: readonly (RegExpExecArray | null)[]): boolean {
  const leads = cut.map((match) => match?.[2] ?? '')
  const answers = leads.filter((text) => controlWords(text) > attackWords(text))
  const harms = leads.some((text) => attackWords(text) > 0)
  return answers.length * 2 > cut.length || (answers.length > 0 && !harms)
}

/** Every entry has a short name and an arrow, some lead to controls, and none to harm. */
function leadsAway(cut: readonly (RegExpExecArray | null)[]): boolean {
  const isForm = cut.every((match) => (match?.[1] ?? '').split(' ').length <= longestName)
  const ends = cut.map((match) => match?.[2] ?? '')
  if (!isForm || cut.length < fewestNames || ends.includes('')) return false
  return ends.some((end) => controlWords(end) > 0) && ends.every((end) => attackWords(end) === 0)
}

const longestName = 5
const fewestNames = 3

/**
 * "T-01: Forged coins", and below it "Somebody strikes his own" as a bullet of its own: the id says
 * which of the two names the threat.
 */
export function withDetails(list: List): List {
  const isNamed = ({ head }: Entry): boolean => letteredIdOf(head.text) !== null
  const [first, second] = list.entries
  if (first === undefined || second === undefined || !isNamed(first) || isNamed(second)) return list
  const entries: Entry[] = []
  for (const entry of list.entries) {
    const above = entries.at(-1)
    if (above === undefined || isNamed(entry)) entries.push(entry)
    else if (entry.head.lead !== '') return list
    else entries.push(...detailed(entries.pop(), entry))
  }
  return entries.length * 3 < list.entries.length ? list : { ...list, entries }
}

function letteredIdOf(text: string): string | null {
  const id = titled(text).writtenId
  return id === null ? null : letteredId(id)
}

function detailed(entry: Entry | undefined, below: Entry): Entry[] {
  if (entry === undefined) return []
  const rest = fold(`${entry.rest} ${below.head.text} ${below.rest}`)
  const restLines = [...entry.restLines, below.head, ...below.restLines]
  const blocks = [...entry.blocks, ...below.blocks]
  return [{ ...entry, rest, restLines, blocks, span: { ...entry.span, end: below.span.end } }]
}

/** "The need to lock the shed", "Ensuring that sheds are dry" among threats ask for controls. */
export function isAskedFor({ head }: Entry): boolean {
  return askedFor.test(head.text) && attackWords(head.text) <= controlWords(head.text)
}

const askedFor = pattern(
  'i',
  String.raw`^\W*(?:(?:the )?(?:need|necessity|importance) (?:for|to|of)|ensuring`,
  String.raw`|(?:the )?implementation of)\s`,
)

const beginning = /^(?:close|continue|preserve|improve|extend|finish|complete|evaluate|track)\b/i

const forbids = /^(?:do not|don['’]t|never|avoid)\s/i

/** What is to be done about open risks, and no risk: every entry orders and none is an attack. */
export function isToDo(list: List): boolean {
  const texts = list.entries.map((entry) => entry.head.text.trim())
  const isOrder = (text: string) => isAdvice(text) || beginning.test(text)
  if (texts.length >= 2 && texts.every((text) => forbids.test(text))) return true
  if (texts.length < 2 || !texts.every(isOrder)) return false
  const whole = [list.intro?.text ?? '', ...texts].join(' ')
  return attackWords(whole) <= controlWords(whole)
}

/** "**Mitigation:** …" in or below a bullet answers that bullet. */
export function isAnswered(entry: Entry): boolean {
  const { head, blocks, restLines } = entry
  if (isAnsweredInline(entry)) return true
  if (blocks.length + restLines.length === 0 || fieldOf(head.lead) !== null) return false
  return fieldsOfEntry(entry).values.some(
    ({ field, label }) => field === 'mitigation' && label !== '',
  )
}
