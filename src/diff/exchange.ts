import { normal } from './normal.ts'

/*
 * Where two sentences differ, by words, and the phrases that show it in the document's own
 * spelling.
 *
 *     The server [must] reject old [tokens.]
 *     The server [should] reject old [cookies.]      regions: must|should, tokens|cookies
 */

export interface Word {
  /** As written, with its punctuation. */
  raw: string
  key: string
}

/** A stretch of each list, from … up to, not including. */
export interface Region {
  left: [start: number, end: number]
  right: [start: number, end: number]
}

/** More words than this in one sentence are not compared: the table below is their product. */
const wordsMax = 300
const contextWords = 2
const excerptWords = 24

export function wordsOf(sentence: string): Word[] {
  return sentence
    .split(/\s+/)
    .slice(0, wordsMax)
    .map((raw) => ({ raw, key: normal(raw) }))
    .filter((word) => word.key !== '')
}

/** The stretches in which two word lists differ; the same ones when read the other way round. */
export function exchange(left: readonly Word[], right: readonly Word[]): Region[] {
  const a = left.map((word) => word.key)
  const b = right.map((word) => word.key)
  if (a.join(' ') <= b.join(' ')) return differences(a, b)
  return differences(b, a).map((region) => ({ left: region.right, right: region.left }))
}

function differences(left: readonly string[], right: readonly string[]): Region[] {
  const lengths = commonLengths(left, right)
  const regions: Region[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      i++
      j++
      continue
    }
    const region: Region = { left: [i, i], right: [j, j] }
    while ((i < left.length || j < right.length) && left[i] !== right[j]) {
      const down = i < left.length ? (lengths[i + 1]?.[j] ?? 0) : -1
      const across = j < right.length ? (lengths[i]?.[j + 1] ?? 0) : -1
      if (down >= across) i++
      else j++
    }
    region.left[1] = i
    region.right[1] = j
    regions.push(region)
  }
  return regions
}

/** Length of the longest common subsequence of the rests from (i, j) on. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  for (let i = left.length - 1; i >= 0; i--) {
    const row = rows[i] ?? new Uint16Array()
    const below = rows[i + 1] ?? row
    for (let j = right.length - 1; j >= 0; j--) {
      const same = (below[j + 1] ?? 0) + 1
      row[j] = left[i] === right[j] ? same : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return rows
}

export function pieces(list: readonly Word[], regions: readonly [number, number][]): string[] {
  return regions.flatMap(([start, end]) => list.slice(start, end).map((word) => word.key))
}

/** The words from the first to the last difference on each side, with a little around them. */
export function phrasesOf(
  left: readonly Word[],
  right: readonly Word[],
  regions: readonly Region[],
): { before: string; after: string } | null {
  const first = regions[0]
  const last = regions.at(-1)
  if (first === undefined || last === undefined) return null
  return {
    before: excerpt(left, first.left[0], last.left[1]),
    after: excerpt(right, first.right[0], last.right[1]),
  }
}

function excerpt(list: readonly Word[], start: number, end: number): string {
  const from = Math.max(0, start - contextWords)
  const to = Math.min(list.length, end + contextWords, from + excerptWords)
  const part = list.slice(from, to).map((word) => word.raw)
  return [from > 0 ? '…' : '', ...part, to < list.length ? '…' : '']
    .filter((word) => word !== '')
    .join(' ')
}
