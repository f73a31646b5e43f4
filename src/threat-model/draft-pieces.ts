import type { Quoted } from './outline-phrase.ts'
import { sentencesOf } from './status-prose.ts'
import { pattern } from './vocabulary-pattern.ts'
import { controlWords, isAdvice } from './vocabulary-words.ts'

/*
 * Cuts the text of a mitigation field or cell into the controls it names: strong separators first
 * (; + • and line breaks), then sentences, then commas between short phrases. What stands in
 * brackets or in code is never cut.
 */

/** Controls of one text beyond this many are not read. */
const maxControls = 60

/** Phrases of more words than this are sentences: commas inside them do not separate controls. */
const phraseWords = 9

/** Cuts a text into controls: strong separators first, then sentences, then commas. */
export function pieces(text: string, codes: readonly Quoted[] = []): string[] {
  const strong = cut(text, /[;；•]|\s\+\s|\s·\s|、(?=.{12})/, codes)
  return strong
    .flatMap((part) => sentencesOf(part))
    .flatMap(byCommas)
    .slice(0, maxControls)
}

/** Parts that begin like this continue a sentence; they are no controls of their own. */
const clauseStart = pattern(
  'i',
  String.raw`^(?:which|so|but|not|e\.g|i\.e|because|when|if|then|or|and|where|while|it`,
  '|this|that|the result|making|including|such as|only|never|rather|even|unless',
  String.raw`|once|after|before|otherwise)\b`,
)

/** "mTLS client certs, API tokens, HMAC signing" → three; a sentence with commas → one. */
function byCommas(sentence: string): string[] {
  const parts = cut(sentence, /,\s(?:and\s|or\s)?|、/)
  if (parts.length < 2) return [sentence]
  const orders = parts.filter(isAdvice)
  if (orders.length >= 3 && orders.length * 2 > parts.length && orders[0] === parts[0]) return parts
  const short = parts.every((part) => part.split(' ').length <= phraseWords)
  const clauses = parts.some((part) => clauseStart.test(part))
  const statement = /\b(?:is|are|was|has|have|cannot|can|does|do|will|must|should)\b/.test(
    parts[0] ?? '',
  )
  const isWhole = clauses || statement || opensSentence.test(parts[0] ?? '')
  return short && !isWhole && !isOneList(parts) ? parts : [sentence]
}

/** "In the worker, …" and "The proxy blocks …" begin sentences, whose commas stay. */
const opensSentence = pattern(
  'i',
  String.raw`^(?:in|for|on|at|by default|within|during)(?: \S+){0,3}$`,
  String.raw`|^(?:\S+ ){1,3}(?:blocks|allows|rejects|adds|shows|denies|requires|validates|verifies`,
  String.raw`|uses|enforces|encrypts|prevents|refuses|accepts)\b`,
)

/** "Limits on depth, size and time" names the objects of one control. */
function isOneList(parts: readonly string[]): boolean {
  const [first = ''] = parts
  const controls = parts.filter((part) => isAdvice(part) || controlWords(part) > 0)
  return controls.length * 2 < parts.length && holdsObjects.test(first.replace(/\([^()]*\)/g, ''))
}

/** A word that takes objects, or words enough for a statement. */
const holdsObjects = pattern(
  'i',
  String.raw`\b(?:on|of|with|in|by|via|using|without|against|for|from|to|including|only)\b`,
  String.raw`|^(?:\S+\s+){4}\S`,
)

/** Splits at a separator that stands outside brackets and code. */
function cut(text: string, separator: RegExp, codes: readonly Quoted[] = []): string[] {
  const masked = maskNested(maskCodes(text, codes))
  const parts: string[] = []
  let from = 0
  const every = new RegExp(separator.source, `${separator.flags}g`)
  for (const match of masked.matchAll(every)) {
    parts.push(text.slice(from, match.index).trim())
    from = match.index + match[0].length
    if (parts.length >= maxControls) break
  }
  parts.push(text.slice(from).trim())
  return parts.filter((part) => part !== '')
}

function maskCodes(text: string, codes: readonly Quoted[]): string {
  let masked = text
  for (const code of codes.slice(0, maxControls)) {
    if (code.text.length > 1) masked = masked.replaceAll(code.text, '.'.repeat(code.text.length))
  }
  return masked
}

/** The text with everything inside brackets replaced by dots, at the same length. */
function maskNested(text: string): string {
  let depth = 0
  let masked = ''
  for (const letter of text) {
    if ('([（{'.includes(letter)) depth++
    masked += depth > 0 ? '.'.repeat(letter.length) : letter
    if (')]）}'.includes(letter) && depth > 0) depth--
  }
  return depth === 0 ? masked : text
}
