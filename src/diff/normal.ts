/*
 * What is left of a text when form is taken away: case, emphasis, code ticks, link targets, list
 * markers, punctuation and line breaks. Equal normal forms mean the same. Two looser forms serve
 * only to find likely pairs: stems (endings cut, scripts without spaces in pairs of letters) and
 * sentences. Nothing here knows which element a text belongs to.
 */

/** Longer texts are compared by their beginning: no element of a real document comes near. */
const charsMax = 60_000
const sentencesMax = 2_000

/** Words of one text that take part in likeness. */
const stemsMax = 1_500

/** Words that say little about identity. */
const commonWords = new Set(
  (
    'a an the of to in on and or is are be by for with that this it its as at from ' +
    'not can any all may will into if which who when than then their his her they has ' +
    'have was were do does'
  ).split(' '),
)

/** The text in lower case with single spaces between words and nothing else. */
export function normal(text: string): string {
  return words(text).join(' ')
}

/**
 * Letters and numbers of headings: "(D) Compromised build", "(A)(B) Deleted code", "(2) Replay".
 */
const mark = /^\s*\((?:\p{L}?\p{N}{1,2}|\p{L})\)\s*/u
const marksMax = 3

/** The normal form of a name: numbering in front of it is no part of it. */
export function normalName(text: string): string {
  return normal(withoutMarks(text)) || normal(text)
}

export function withoutMarks(text: string): string {
  let name = text
  for (let i = 0; i < marksMax; i++) name = name.replace(mark, '')
  return name
}

/** The words of the normal form. Decimals and identifiers (`1.2`, `a_b`) are single words. */
export function words(text: string): string[] {
  const plain = text
    .slice(0, charsMax)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\]\([^()\s]*\)/g, ' ')
    .replace(/<\/?[a-z][^<>]*>/g, ' ')
    .replace(/['’ʼ]/g, '')
    .replace(/(?<=\p{N})\.(?=\p{N})/gu, '_')
  const found = plain.match(/[\p{L}\p{M}\p{N}_]+|[<>≤≥](?=\s?\p{N})/gu) ?? []
  return found.map(withoutUnderscores).filter((word) => word !== '')
}

/** `_not_` is emphasis, `a_b` a name. */
function withoutUnderscores(word: string): string {
  let start = 0
  let end = word.length
  while (start < end && word[start] === '_') start++
  while (end > start && word[end - 1] === '_') end--
  return word.slice(start, end)
}

/** Ticks and crosses in order: no words, but their exchange is a change of meaning. */
export function ticks(text: string): string {
  const found = text.slice(0, charsMax).match(/[✅✔✓☑❌✘✗✖⛔🔴🟠🟡🟢]/gu) ?? []
  return found.map((mark) => (/[✅✔✓☑]/u.test(mark) ? '+' : mark)).join('')
}

export function isCommonWord(word: string): boolean {
  return commonWords.has(word)
}

/** Words with their endings cut, in order; repeated words stay repeated. */
export function stems(text: string): string[] {
  return stemsOf(words(text))
}

export function stemsOf(list: readonly string[]): string[] {
  return list.slice(0, stemsMax).flatMap(stemsOfWord)
}

function stemsOfWord(word: string): string[] {
  if (unspaced.test(word)) return pairsOfLetters(word)
  return [stem(word)]
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u

function pairsOfLetters(word: string): string[] {
  const letters = [...word]
  if (letters.length < 2) return letters
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
}

const endings = 'ations ation ating ated ates ate ions ion ings ing ies ed es s e'.split(' ')

/** Cuts one English ending; harmless for other languages, as both sides lose the same. */
function stem(word: string): string {
  if (word.length < 4) return word
  const ending = endings.find((end) => word.endsWith(end) && word.length - end.length >= 3)
  if (ending === undefined) return word
  return word.slice(0, word.length - ending.length)
}

/**
 * The sentences of a text in its own words. A sentence ends at a full stop before white space and
 * something that may begin one, and at line breaks.
 */
export function sentences(text: string): string[] {
  return text
    .slice(0, charsMax)
    .split(/(?<=[.!?][)"”’*_]?)\s+(?=["“‘'(*_`[]?[\p{Lu}\p{Lo}\p{N}`])|(?<=[。!?])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, sentencesMax)
}
