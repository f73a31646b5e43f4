import type { Span } from '../../shared/span.ts'
import { idOf, titled } from '../identity.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Entry } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { pattern, withoutEnd } from '../vocabulary/pattern.ts'
import type { Mention } from './draft.ts'

/*
 * The name in a longer text: the document's own words up to where the explanation starts.
 *
 *   "**Stolen laptop.** Thieves read the disk."     → Stolen laptop
 *   "Secrets (JWT secret, API keys, tokens)."       → Secrets
 *   "Availability (when the user is online)"        → kept: the brackets explain, they do not list
 *   "Cloud compromise — out of our hands"           → Cloud compromise
 */

/** Titles are cut about here, at a word. */
const titleLength = 140

/** A bold lead longer than this is stress, not a name. */
const leadLength = 160

/** The title of an entry that states a threat or an element. */
export function nameOf(phrase: Phrase): string {
  const numbered = catalogued.exec(phrase.text)
  if (numbered !== null) return trimmed(firstClause(phrase.text.slice(numbered[0].length)))
  const lead = withoutEnd(phrase.lead, /[\s:.:。—–-]/)
  if (lead !== '' && lead.length <= leadLength && standsAlone(phrase)) return trimmed(lead)
  return trimmed(firstClauseAfterId(phrase.text))
}

/** Named by numbers of a catalogue, and told behind them. */
export function isCatalogued(phrase: Phrase): boolean {
  return catalogued.test(phrase.text)
}

/** "CVE-2015-1 and CVE-2015-2: a path could be left" has numbers of a catalogue for a name. */
const catalogued = pattern(
  'i',
  String.raw`^[([]?(?:CVE-\d{4}-\d{4,7}|GHSA(?:-\w{4}){3})`,
  String.raw`(?:(?:,| and| &| \/)\s*(?:CVE-\d{4}-\d{4,7}|GHSA(?:-\w{4}){3}|\d{4,7})){0,20}`,
  String.raw`(?:,? etc\.)?[)\]]?`,
  String.raw`\s*[:.—–-]\s*(?=\S+\s\S)`,
)

/** "T-4 — Replay of links": the dash after an id ends no clause. */
function firstClauseAfterId(text: string): string {
  const { writtenId, title } = titled(text)
  if (writtenId === null || !text.endsWith(title)) return firstClause(text)
  const clause = firstClause(title)
  return text.slice(0, text.length - title.length + clause.length)
}

/** The bold words are a name when something separates them from what follows. */
function standsAlone(phrase: Phrase): boolean {
  if (phrase.afterLead === '') return true
  return /^\s*[:.:(（—–;,-]|^\s*[→↔]/.test(phrase.afterLead) || /[:.:。]$/.test(phrase.lead)
}

/** The title in a cell: all of it, unless it is a text rather than a name. */
export function cellTitle(phrase: Phrase): string {
  const lead = withoutEnd(phrase.lead, /[\s:.:。—–-]/)
  if (phrase.text.length <= cellLength) return clean(phrase.text)
  // "**S-1** — …": an id has its name behind it, however long.
  const isName = lead !== '' && idOf(lead) === null
  const named = isName && lead.length <= leadLength && standsAlone(phrase)
  return named ? fold(lead) : firstSentence(phrase.text)
}

const cellLength = 170

/** The dots of "e.g." and "i.e." end no sentence. */
const sentenceEnd = /^(.{8,400}?(?<!\b(?:e\.g|i\.e|vs|cf|incl|approx))[.。!?;；])(?:\s|$)/i

export function firstSentence(text: string): string {
  return trimmed(sentenceEnd.exec(text)?.[1] ?? text)
}

function clean(text: string): string {
  return withoutEnd(fold(text.replaceAll('~~', '')), /[\s.。;；:,]/)
}

export function firstClause(text: string): string {
  const masked = maskBrackets(text)
  const sentence = text.slice(0, sentenceEnd.exec(masked)?.[1]?.length ?? text.length)
  const inside = masked.slice(0, sentence.length)
  const dash = /^(.{3,200}?)\s+(?:—|–|--?|→ (?=.{40}))\s+/.exec(inside)?.[1]
  const colon = /^(.{6,120}?)[::]\s+(?=\S)/.exec(dash ?? inside)?.[1]
  const clause = dash ?? colon ?? sentence
  const chosen = colon !== undefined && dash === undefined && colon.split(' ').length >= 2
  return text.slice(0, (chosen ? colon : clause).length)
}

const bracketed = /[(（][^()（）]{0,300}[)）]|\[[^[\]]{0,300}\]/g

/** What stands in brackets ends no clause; the text keeps its length. */
function maskBrackets(text: string): string {
  return text.replace(bracketed, (inner) => 'x'.repeat(inner.length))
}

export function trimmed(text: string): string {
  const words = withoutList(
    withoutNote(withoutEnd(fold(text).replace(andNext, ''), /[\s.。;；:,]/)),
  )
  if (words.length <= titleLength) return words
  const space = words.lastIndexOf(' ', titleLength)
  return words.slice(0, space > titleLength / 2 ? space : titleLength).replace(/[\s,;:]+$/, '')
}

/** "A torn sail, or" at the end of a bullet goes on in the next. */
const andNext = /[,;] (?:and|or)\W?$/i

/** Drops "[goal: partial]" at the end: a field in square brackets is no part of the name. */
function withoutNote(text: string): string {
  if (!text.endsWith(']')) return text
  return text.replace(/^(.{3,}?)\s*\[[\p{L} ]{2,40}: [^[\]]{1,80}\]$/u, '$1')
}

/** Drops brackets at the end that list three things or more, or give examples. */
function withoutList(text: string): string {
  const match = /^(.{3,}?)\s*[(（]([^()（）]{1,400})[)）]$/.exec(text)
  if (match === null) return text
  const inside = match[2] ?? ''
  const listed =
    inside.split(/,|、/).length >= 3 ||
    /^(?:e\.g|i\.e|such as|for example|including)\b/.test(inside)
  return listed ? (match[1] ?? text) : text
}

/**
 * Names in a cell or value: separated by commas, semicolons, slashes with spaces; also by "and",
 * then each with the words it was cut from.
 */
export function mentionsIn(text: string, span: Span, max = 20): Mention[] {
  return namesIn(text)
    .slice(0, max)
    .map((name) => ({ ...name, span }))
}

const namesIn = remembering((text): readonly Omit<Mention, 'span'>[] => {
  if (/^[\s—–\-.·/]*$|^(?:n\/?a|none|any|all|various|tbd|-)$/i.test(text.trim())) return []
  return text
    .split(/\s*[,;、；](?![^()]{0,200}\))\s*|\s+\/\s+/)
    .map((part) => part.replace(/^(?:and|the)\s+/i, '').replace(/[.\s]+$/, ''))
    .filter((part) => part !== '')
    .flatMap((part): Omit<Mention, 'span'>[] => {
      const names = part.split(/\s+(?:and|&)\s+(?:the\s+)?/i).filter((name) => name !== '')
      if (names.length < 2) return [titled(part)]
      return names.map((name) => ({ ...titled(name), within: part }))
    })
})

/** All that a bullet says, its name included. */
export function wholeText(entry: Entry): string {
  return fold(`${entry.head.text} ${bodyOfEntry(entry)}`)
}

/** The text below an entry's head, markup removed. */
export function bodyOfEntry(entry: Entry): string {
  const parts = [entry.rest]
  const stack = [...entry.blocks]
  for (let block = stack.shift(); block !== undefined; block = stack.shift()) {
    if (block.type === 'paragraph') parts.push(block.phrase.text)
    else if (block.type === 'quote') stack.unshift(...block.blocks)
    else if (block.type === 'list') {
      for (const inner of block.entries) parts.push(inner.head.text, bodyOfEntry(inner))
    }
  }
  return fold(parts.join(' '))
}
