import { pattern } from '../vocabulary/pattern.ts'

/*
 * Controls that stand in a sentence without being phrases of their own:
 *
 *   "Mitigated by seals, lamps, and a bell"            what stands behind the opening
 *   "1. Seals 2. Lamps 3. A bell", "✅ Seals ✅ Lamps"   what numbers and signs count
 *   "Doors are shut, lamps are lit, and bells ring"    a statement each
 *   "Seals & lamps & bells"                            names between signs that join
 *   "There is no key, no hook, and no spare"           what there is none of, each by itself
 */

/** Words before a list of controls that are no part of the first. */
export function withoutOpening(sentence: string): string {
  const rest = sentence.replace(opening, '')
  return rest.includes(',') && !/^(?:which|that|who)\b/.test(rest) ? rest : sentence
}

const opening = pattern(
  'i',
  String.raw`^\W*(?:(?:this is |fully |partially |partly )?(?:mitigated|prevented|addressed`,
  '|countered|reduced|blocked|handled) (?:by|through|via|with|using) (?:a combination of )?',
  '|(?:we )?(?:mitigate|prevent|address|counter)s? this (?:by|through|via|with|using) ',
  '|(?:defen[cs]e[- ]in[- ]depth|layered(?: defen[cs]es?)?|(?:multiple|several|two|three|four)',
  String.raw` (?:layers|controls|measures|defen[cs]es)|mitigations? include)\s*[:：]?\s+)`,
)

/** What running numbers or signs set apart. */
export function counted(text: string): string[] {
  if (/^1[.)]\s.*\s2[.)]\s/.test(text)) return text.split(/(?:^|\s)\d{1,2}[.)]\s+/).filter(isSaid)
  if (/^[✅☑✔⚠❌]\u{fe0f}?\s.*\s[✅☑✔⚠❌]/u.test(text)) return text.split(/\s(?=[✅☑✔⚠❌])/u)
  return [text]
}

function isSaid(text: string): boolean {
  return text.trim() !== ''
}

/** "Doors are shut, lamps are lit, and bells ring": each part has a subject and a verb. */
export function areStatements(parts: readonly string[]): boolean {
  return parts.length >= 3 && parts.every((part) => statement.test(part) && !dependent.test(part))
}

/** "There is no key, no hook, and no spare": each is kept away. */
export function areDenied([first = '', ...others]: readonly string[]): boolean {
  return others.length >= 2 && /\bno \S/i.test(first) && others.every((part) => /^no \S/.test(part))
}

/**
 * Few enough words for a name. What stands in brackets, and what a last clause says of it, do not
 * count: "a guard (from the village), who sleeps there".
 */
export function isPhrase(part: string): boolean {
  const name = part.replace(/\([^()]*\)/g, ' ').replace(/\s(?:that|which|who|so that)\s.*$/, '')
  return name.trim().split(/\s+/).length <= phraseWords
}

/** Phrases of more words than this are sentences: commas inside them do not separate controls. */
const phraseWords = 9

const statement =
  /^(?:[\w'’/-]+ ){1,6}(?:is|are|gets?) (?:never |always |only )?[\w-]+(?:ed|en|t|d)\b/i

const dependent = pattern(
  'i',
  '^(?:which|that|so|but|if|when|where|while|because|since|unless|once|as|it|this|these',
  String.raw`|they|even|only|also)\b`,
)

/** "Seals prevent theft, loss, and fraud", "Keys carry name, hour, and price rule": one control. */
export function namesObjects(first: string): boolean {
  return objects.test(first)
}

const objects = pattern(
  'i',
  String.raw`^(?:[\w-]+ ){0,3}\w+s (?:prevent|reject|mitigate|defeat`,
  String.raw`|resist|protect against|guard against)\s`,
  String.raw`|^(?:[\w-]+ ){0,3}(?:keys|entries|records|logs|tokens|rows|events|receipts)`,
  String.raw` (?:include|contain|carry|hold|record)\s`,
)

/** Where names between signs that join are short, each is a control. */
export function joinedNames(text: string): string[] {
  for (const sign of joins) {
    const parts = text.split(sign)
    const areNames = parts.every((part) => part.trim().split(' ').length <= mostWords)
    // "Street / house / room numbers" share the last noun.
    const isApart = (parts[0] ?? '').trim().includes(' ')
    if (parts.length >= fewestJoined && areNames && isApart && !/[()]/.test(text)) return parts
  }
  return [text]
}

const joins = [/ & /, / \/ /, / plus /]
const fewestJoined = 3
const mostWords = 5
