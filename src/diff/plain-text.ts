import type { Deck } from './deck.ts'
import { indexText, timesIn } from './text-index.ts'

/*
 * A document without its markup, made in a few passes over the whole text and without parsing it.
 * Good enough to say that words do *not* stand there; whether they stand there as a statement of
 * their own is for statements.ts, which is asked only then.
 */

/** True unless the document certainly does not have these words in a row. Null text: true. */
export function mayHave(deck: Deck, words: string): boolean {
  if (deck.text === null) return true
  const wanted = plain(words).trim()
  if (!/[\p{L}\p{N}]/u.test(wanted)) return true
  deck.plain ??= indexText(plain(deck.text))
  return timesIn(deck.plain, wanted, 1) > 0
}

/** Lower case, link targets and marks gone, white space folded. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\]\([^()\s]*\)/g, '')
    .replace(/[*_`~[\]\\"'’“”]/g, '')
    .replace(/\s+/g, ' ')
}
