import type { Quoted } from '../outline/phrase.ts'
import { sentencesOf } from '../status/prose.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { controlWords, isAdvice } from '../vocabulary/words.ts'
import { clauseStart, isChain, verbs } from './chains.ts'
import {
  areDenied,
  areStatements,
  counted,
  isPhrase,
  joinedNames,
  namesObjects,
  withoutOpening,
} from './clause-pieces.ts'

/*
 * Cuts the text of a mitigation field or cell into the controls it names: strong separators first
 * (; + • and line breaks), then sentences, then commas between short phrases. What stands in
 * brackets or in code is never cut.
 */

/** Controls of one text beyond this many are not read. */
const maxControls = 60

/** Plain lists of fewer parts may be one sentence. */
const fewestInList = 4

/** Cuts a text into controls: strong separators first, then sentences, then commas. */
export function pieces(text: string, codes: readonly Quoted[] = []): string[] {
  return counted(text)
    .flatMap(enumerated)
    .flatMap((part) => cut(part, /[;；•]|\s·\s|、(?=.{12})/, codes))
    .flatMap((part) => byPlus(part, codes))
    .flatMap(joinedNames)
    .flatMap((part) => sentencesOutside(part, codes))
    .flatMap((sentence) => byCommas(withoutOpening(sentence), codes))
    .filter((piece) => !/^\(?(?:[a-h]|\d{1,2})\W*$/.test(piece))
    .slice(0, maxControls)
}

/** "TLS + a lock" are two; "bound to the street + the house + the name" is one, of three things. */
function byPlus(text: string, codes: readonly Quoted[]): string[] {
  const parts = cut(text, /\s\+\s/, codes)
  const [first = '', ...others] = parts
  const isOne = first.split(' ').length >= 3 && others.some((part) => /^[\w-]+$/.test(part))
  return isOne && takesSeveral.test(first) ? [text] : parts
}

const takesSeveral = /\b(?:to|on|by|of|with|from|is|are|\w+ed)\b(?=[^()]{1,40}$)/

/** A full stop in brackets ends no sentence. */
function sentencesOutside(text: string, codes: readonly Quoted[]): string[] {
  const joined: string[] = []
  let depth = 0
  for (const sentence of sentencesWithCodes(text, codes)) {
    const last = joined.at(-1)
    if (depth > 0 && last !== undefined) joined[joined.length - 1] = `${last} ${sentence}`
    else joined.push(sentence)
    depth += sentence.split('(').length - sentence.split(')').length
  }
  return depth === 0 ? joined : [...sentencesOf(text)]
}

/** "Keys are masked. `seal` closes the door": code begins a sentence, whatever its first letter. */
function sentencesWithCodes(text: string, codes: readonly Quoted[]): readonly string[] {
  const starts = codes.slice(0, maxControls).filter((code) => /^[a-z.]/.test(code.text))
  const begun = starts.filter((code) => text.includes(`. ${code.text}`))
  if (begun.length === 0) return sentencesOf(text)
  const marked = begun.reduce(
    (all, code) => all.replaceAll(`. ${code.text}`, `. \x60${code.text}`),
    text,
  )
  return sentencesOf(marked).map((sentence) => sentence.replace(/^\x60/, ''))
}

/** "(a) mats (b) a sign", "Two things: (1) mats, (2) a sign": what the letters count. */
function enumerated(text: string): string[] {
  if (!/\((?:a|1|i)\)\s.*\s\((?:b|2|ii)\)\s/.test(text)) return [text]
  const parts = text.split(/(?:^|[,;]?\s+(?:and\s+)?)\((?:[a-h]|[1-9]|i{1,3}|i?v)\)\s+/)
  return parts.map((part) => part.trim()).filter((part) => part !== '' && !/[::]$/.test(part))
}

/** "mTLS client certs, API tokens, HMAC signing" → three; a sentence with commas → one. */
function byCommas(sentence: string, codes: readonly Quoted[]): string[] {
  const parts = cut(sentence, /,\s(?:and\s|or\s)?|、/, codes)
  const [first = ''] = parts
  if (parts.length < 2) return [sentence]
  const orders = parts.filter(isAdvice)
  if (orders.length >= 3 && orders.length * 2 > parts.length && orders[0] === first) return parts
  if (isChain(parts) || areCodes(parts, codes) || areStatements(parts)) return parts
  if (areDenied(parts)) return parts
  if (namesObjects(first)) return [sentence]
  if (isOneSubject(sentence, parts) || holdsPlainWords(sentence, parts)) return [sentence]
  const short = parts.every(isPhrase)
  const clauses = parts.some((part) => clauseStart.test(part))
  const statement = /\b(?:is|are|was|has|have|cannot|can|does|do|will|must|should)\b/.test(first)
  const isWhole = clauses || statement || opensSentence.test(first) || isOrderOver(sentence, parts)
  return short && !isWhole && !isOneList(sentence, parts) ? parts : [sentence]
}

/**
 * "Byte, row and cell budgets fail closed", "Caps: 5 rows, 8 cells", "No lamp, bell or gate". In a
 * plain list of many the verb of the last has no other subject.
 */
function isOneSubject(sentence: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  if (namesValues.test(first) || (others.length >= 2 && /^no \S+$/i.test(first))) return true
  if (parts.length >= fewestInList && isAsyndetic(sentence)) return false
  return tells.test(parts.at(-1) ?? '') && !parts.slice(0, -1).some((part) => tells.test(part))
}

const tells = /\s(?:is|are|exists?|fails? (?:closed|open)|remains?|apply|applies|has|have)\b/

const namesValues = pattern(
  'i',
  String.raw`^(?:\S+ ){0,3}(?:caps|limits|bounds|settings|headers|flags|options|quotas|budgets`,
  String.raw`|defaults): \S`,
)

/** "The log holds hour, office, and clerk": words that name no control are objects of one. */
function holdsPlainWords(sentence: string, [first = '', ...others]: readonly string[]): boolean {
  if (isAsyndetic(sentence) || first.split(' ').length < 3) return false
  return mostlyWords(others)
}

/** "`seal` (wax), `lamp` (always lit), then `bell`": each begins with the name of a control. */
function areCodes(parts: readonly string[], codes: readonly Quoted[]): boolean {
  const names = codes.slice(0, maxControls).map(({ text }) => text)
  const [first = '', ...others] = parts
  // "`door` keeps out `cat`, `dog`, `hen`": the rest are objects of the first.
  const isVerbOf = codes.some(({ text }) => first.endsWith(` ${text}`))
  if (isVerbOf && others.every((part) => names.includes(part))) return false
  const named = parts.filter((part) => names.some((name) => part.startsWith(name)))
  return named.length >= 3 && named.length + 1 >= parts.length
}

/** "Strip A, B, and C" orders one thing for several objects; "use A, B, and C" orders three. */
function isOrderOver(sentence: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  if (!isAdvice(first) || isAsyndetic(sentence)) return false
  if (takesControls.test(first))
    return !hasControl(first.split(' ').at(-1) ?? '') && sharesNoun(others)
  return !others.some(isAdvice) && !others.some(hasControl)
}

/** "Add CPU, memory, and output limits": adjectives of the last noun. */
function sharesNoun(others: readonly string[]): boolean {
  const last = others.at(-1) ?? ''
  const between = others.slice(0, -1)
  const areWords = between.every((part) => /^[\w-]+$/.test(part) && !hasControl(part))
  return between.length >= 1 && areWords && /^(?!an? |the )\S+ \S/.test(last)
}

const takesControls = pattern(
  'i',
  String.raw`^\W*(?:always )?(?:implement|us|add|apply|enabl|deploy|adopt|introduc|configur`,
  '|set|perform',
  '|provid|ensur|enforc|requir|consider|establish|maintain|follow|leverag|employ|creat|integrat)',
)

function hasControl(part: string): boolean {
  return controlWords(part) > 0
}

/** No "and" before the last: then the parts are a plain list, of whatever words. */
function isAsyndetic(sentence: string): boolean {
  const plain = sentence.replace(/\([^()]*\)/g, ' ')
  const last = plain.slice(plain.lastIndexOf(',') + 1)
  return !/\b(?:and|or|etc)\b|[&/](?=\s)|^\s*[\w-]+\/[\w-]+\s*$/.test(last)
}

/** "In the worker, …" and "The proxy blocks …" begin sentences, whose commas stay. */
const opensSentence = pattern(
  'i',
  String.raw`^(?:in|for|on|at|by default|within|during)(?: \S+){0,3}$`,
  String.raw`|^(?:\S+ ){1,3}(?:${verbs})\b`,
)

/** "Limits on depth, size and time" names the objects of one control. */
function isOneList(sentence: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  if (listsFields.test(first) && !others.some(hasControl)) return true
  if (endsInObject.test(first) && mostlyWords(others)) return true
  const isPlain =
    parts.length >= fewestInList || (others.length >= 2 && others.every(isNamedInFull))
  if (isPlain && isAsyndetic(sentence) && !isAdvice(first)) return false
  const long = others.filter((part) => /^[\w-]+ [\w-]+ \w/.test(part))
  if (parts.length > fewestInList && long.length * 2 > others.length) return false
  const controls = parts.filter((part) => isAdvice(part) || hasControl(part))
  return controls.length * 2 < parts.length && holdsObjects.test(first.replace(/\([^()]*\)/g, ''))
}

/** "A log with hour, clerk, office, price paid": single words go on with the object. */
const endsInObject = /\s(?:with|of|on|by|in|for) [\w/-]+$/

function mostlyWords(others: readonly string[]): boolean {
  const words = others.filter((part) => /^[\w/-]+$/.test(part) && !hasControl(part))
  return words.length >= 2 && words.length * 2 >= others.length
}

/** "opaque cups (of tin)": more than the last word of a row of objects. */
function isNamedInFull(part: string): boolean {
  return /^[\w-]+ \w/.test(part)
}

/** "Entries include: hour, office, clerk" */
const listsFields = /\b(?:include|contain|record|list|capture)s?\b:? \S/i

/** A word that takes objects, or words enough for a statement. */
const holdsObjects = pattern(
  'i',
  String.raw`\b(?:on|of|with|in|by|via|using|without|against|for|from|to|including|only)\b`,
  String.raw`|\b(?:hash|cover|log|track)(?:e?s)?\b\W`,
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
