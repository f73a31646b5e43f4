import { isCommonWord, stems } from '../diff/normal.ts'

/*
 * The words of code and of names: identifiers split where people split them when reading
 * (`parseHTTPRequest`, `parse_http_request`, `parse-http-request` → parse, http, request), endings
 * cut, and words left out that every program has.
 */

const wordLengthMax = 30
const charsMax = 200_000

/** Words of programs that say nothing about which program it is. */
const programWords = new Set(
  (
    'src lib pkg internal cmd app apps main index init mod core common shared util helper base ' +
    'impl new get set is has func function class struct type interface const let var return ' +
    'import export default public private static void int string bool true false null nil none ' +
    'self this def end else elif for while try except catch throw async await test tests spec'
  ).split(' '),
)

export function codeWords(text: string): string[] {
  const split = text
    .slice(0, charsMax)
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
  const words = split
    .split(' ')
    .filter((word) => word.length > 1 && word.length <= wordLengthMax && !/^\d+$/.test(word))
    .filter((word) => !isCommonWord(word) && !programWords.has(word))
  return words.flatMap((word) => stems(word))
}

/** The words of a text that have these stems, each once, for people to read. */
export function wordsAsWritten(text: string, stemmed: readonly string[]): string[] {
  const wanted = new Set(stemmed)
  const found = new Map<string, string>()
  for (const word of text.slice(0, charsMax).split(/[^\p{L}\p{N}]+/u)) {
    const own = codeWords(word).filter((one) => wanted.has(one))
    for (const one of own) if (!found.has(one)) found.set(one, word.toLowerCase())
  }
  return [...new Set(found.values())]
}

const definingWords =
  'func(?:tion)?|fn|def|class|struct|interface|trait|enum|type|module|package|object|protocol|' +
  'const|let|var|val|sub|proc|procedure|macro'
const definition = new RegExp(
  `\\b(?:${definingWords})\\s{1,4}(?:\\([^()]{0,80}\\)\\s{0,4})?([\\p{L}_$][\\p{L}\\p{N}_$]{1,60})`,
  'gu',
)
const lineComment = /(?:^|\s)(?:\/\/+!?|#+|--|;+|%+|\*)\s+(.{3,300})$/gmu
const blockComment = /\/\*[\s\S]{3,2000}?\*\/|"""[\s\S]{3,2000}?"""|'''[\s\S]{3,2000}?'''/gu
const matchesMax = 2_000

/** Names that a file defines, and what its comments say. */
export function symbolsAndComments(text: string): { symbols: string[]; comments: string[] } {
  const part = text.slice(0, charsMax)
  const symbols: string[] = []
  for (const match of part.matchAll(definition)) {
    if (symbols.push(match[1] ?? '') >= matchesMax) break
  }
  const comments: string[] = []
  for (const pattern of [lineComment, blockComment]) {
    for (const match of part.matchAll(pattern)) {
      if (comments.push(match[1] ?? match[0]) >= matchesMax) break
    }
  }
  return { symbols, comments }
}
