import { words } from './normal.ts'
import { isGuarded } from './wording-scales.ts'

/*
 * Texts that differ in the spelling of a few long words: "explicitely" and "explicitly". Words that
 * promise, deny or name a control are never taken for misspelt, nor are numbers and identifiers,
 * nor words that begin differently: "signed" and "unsigned" are no spellings of one word.
 */

const typosMax = 3
const lettersMin = 6
/** From this length on two letters may differ. */
const longWord = 8

/** True when both texts have the same words but for misspelt ones; false when they are equal. */
export function differBySpelling(before: string, after: string): boolean {
  const [left, right] = [words(before), words(after)]
  if (left.length !== right.length) return false
  let typos = 0
  for (let i = 0; i < left.length; i++) {
    const [was, is] = [left[i] ?? '', right[i] ?? '']
    if (was === is) continue
    typos++
    if (typos > typosMax || !isTypo(was, is)) return false
  }
  return typos > 0
}

function isTypo(was: string, is: string): boolean {
  const shorter = Math.min(was.length, is.length)
  if (shorter < lettersMin || was[0] !== is[0] || !/^\p{L}+$/u.test(was + is)) return false
  if (isGuarded(was) || isGuarded(is) || isOtherForm(was, is)) return false
  return distance(was, is) <= (shorter < longWord ? 1 : 2)
}

/** Plurals and the like are words of their own: "the operator" is not "the operators". */
function isOtherForm(was: string, is: string): boolean {
  const [shorter, longer] = was.length < is.length ? [was, is] : [is, was]
  return longer.startsWith(shorter) && /^(?:s|d|r|es|ed|er|ly)$/.test(longer.slice(shorter.length))
}

/** Letters to put in, take out or exchange. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
