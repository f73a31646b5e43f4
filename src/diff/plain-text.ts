import type { Deck } from './deck.ts'

/*
 * A document without its markup, made in a few passes over the whole text and without parsing it.
 * Good enough to say that words do *not* stand there; whether they stand there as a statement of
 * their own is for statements.ts, which is asked only then.
 */

/** True unless the document certainly does not have these words in a row. Null text: true. */
export function mayHave(deck: Deck, words: string): boolean {
  if (deck.text === null) return true
  deck.plain ??= plain(deck.text)
  return hasWords(deck.plain, plain(words).trim())
}

/** So many places are looked at for one that is no part of a longer word. */
const placesMax = 200

function hasWords(text: string, words: string): boolean {
  let at = text.indexOf(words)
  for (let i = 0; i < placesMax && at >= 0; i++) {
    const around = `${text[at - 1] ?? ' '} ${text[at + words.length] ?? ' '}`
    if (!/[\p{L}\p{N}]/u.test(around) || words === '') return true
    at = text.indexOf(words, at + 1)
  }
  return at >= 0
}

/** Lower case, link targets and marks gone, white space folded. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\]\([^()\s]*\)/g, '')
    .replace(/[*_`~[\]\\"'’“”]/g, '')
    .replace(/\s+/g, ' ')
}
