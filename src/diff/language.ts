import type { Deck } from './deck.ts'

/*
 * Which language a model is written in, by script and by its small words. Only to notice that two
 * versions are not in the same one; a wrong guess costs nothing as long as it is the same twice.
 */

const sampleChars = 20_000
/**
 * Small words that must be found, and how many times more often than those of the next language.
 */
const hitsMin = 6
const leadMin = 1.5

const smallWords: Record<string, string> = {
  en: 'the of and to is in that for are with this not by from an be as on or it can',
  de: 'der die das und ist nicht mit ein eine von den dem auf für werden wird kann sich oder auch',
  fr: 'le la les des et est une un dans pour que qui par sur pas ne du aux avec sont',
  es: 'el la los las de y es en que un una por con para del se no al son puede',
  pt: 'o os as de e é em que um uma por com para do da não se ao são pode',
  it: 'il lo la gli di e è in che un una per con del della non si al sono può',
  nl: 'de het een en van is in dat niet met voor op aan zijn wordt worden kan door of ook',
  pl: 'i w na z do jest nie się że to przez jak lub dla od są może oraz po przy',
}

const wordSets = Object.entries(smallWords).map(([language, list]) => {
  return { language, words: new Set(list.split(' ')) }
})

const scripts: [language: string, letters: RegExp, share: number][] = [
  ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu, 0.1],
  ['ko', /\p{sc=Hangul}/gu, 0.1],
  ['zh', /\p{sc=Han}/gu, 0.1],
  ['ru', /\p{sc=Cyrillic}/gu, 0.2],
  ['el', /\p{sc=Greek}/gu, 0.2],
  ['ar', /\p{sc=Arabic}/gu, 0.2],
  ['he', /\p{sc=Hebrew}/gu, 0.2],
]

/** A language code, or null when too little is written to tell. */
export function languageOf(deck: Deck): string | null {
  const text = sampleOf(deck)
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  for (const [language, pattern, share] of scripts) {
    if ((text.match(pattern)?.length ?? 0) >= letters * share) return language
  }
  return byWords(text.toLowerCase().match(/\p{L}+/gu) ?? [])
}

function byWords(words: readonly string[]): string | null {
  const hits = wordSets
    .map(({ language, words: small }) => {
      return { language, count: words.filter((word) => small.has(word)).length }
    })
    .sort((a, b) => b.count - a.count)
  const [first, second] = hits
  if (first === undefined || first.count < hitsMin) return null
  return first.count >= (second?.count ?? 0) * leadMin ? first.language : null
}

function sampleOf(deck: Deck): string {
  let text = ''
  for (const { element } of deck.byId.values()) {
    if (text.length > sampleChars) break
    text += `${element.title} ${element.body}\n`
  }
  return text.slice(0, sampleChars)
}
