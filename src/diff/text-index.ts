/*
 * Where words stand in a row in a long text. A text is asked thousands of times when much of a
 * large model changed, so it is not searched from its beginning each time: every word knows its
 * places, and a phrase is looked for only where its rarest word stands.
 *
 *     phrase   "the key of the vault"       "vault" stands at 3 places: 3 looks
 *
 * Looks are bounded, for each phrase and in all: a text of two words repeated for ever has no rare
 * word. Beyond the bound a phrase counts as absent, and the index knows that it fell short.
 */

export interface TextIndex {
  text: string
  /** Offsets of each run of letters and numbers. */
  places: Map<string, number[]>
  looksLeft: number
  fellShort: boolean
}

const looksOfPhraseMax = 2_000
const looksMax = 4_000_000

const runs = /[\p{L}\p{N}]+/gu
const letter = /[\p{L}\p{N}]/u

export function indexText(text: string): TextIndex {
  const places = new Map<string, number[]>()
  for (const { 0: word, index } of text.matchAll(runs)) {
    const list = places.get(word)
    if (list === undefined) places.set(word, [index])
    else list.push(index)
  }
  return { text, places, looksLeft: looksMax, fellShort: false }
}

/**
 * How often the phrase stands there, not counting beyond `most`; places that overlap count once.
 * Its first and its last word are whole words of the text. 0 for a phrase without words.
 */
export function timesIn(index: TextIndex, phrase: string, most: number): number {
  const { offset, places } = rarestWord(index, phrase)
  let times = 0
  let end = 0
  for (let i = 0; i < places.length && times < most; i++) {
    if (i >= looksOfPhraseMax || index.looksLeft <= 0) {
      index.fellShort = true
      break
    }
    index.looksLeft--
    const start = (places[i] ?? 0) - offset
    if (start < end || !standsAt(index.text, phrase, start)) continue
    times++
    end = start + phrase.length
  }
  return times
}

interface RarestWord {
  places: readonly number[]
  /** Where the word begins in the phrase. */
  offset: number
}

/** Without places when a word of the phrase stands nowhere, or it has none. */
function rarestWord({ places }: TextIndex, phrase: string): RarestWord {
  let rarest: RarestWord | null = null
  for (const { 0: word, index } of phrase.matchAll(runs)) {
    const own = places.get(word) ?? []
    if (rarest === null || own.length < rarest.places.length) {
      rarest = { places: own, offset: index }
    }
  }
  return rarest ?? { places: [], offset: 0 }
}

function standsAt(text: string, phrase: string, start: number): boolean {
  if (start < 0 || !text.startsWith(phrase, start)) return false
  const end = start + phrase.length
  return !cutsWord(text, start) && !cutsWord(text, end)
}

/** True between two letters of one word. */
function cutsWord(text: string, at: number): boolean {
  return letter.test(text[at - 1] ?? '') && letter.test(text[at] ?? '')
}
