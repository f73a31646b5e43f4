import { exchange, phrasesOf, pieces, type Word, wordsOf } from './exchange.ts'
import {
  achieved,
  asserted,
  controlNouns,
  foiled,
  hostile,
  negations,
  reach,
  type Scale,
} from './wording-scales.ts'

/*
 * Weakening and strengthening in the wording of a sentence and of what became of it. Only the words
 * that were exchanged are looked at:
 *
 *     The server must reject old tokens
 *     The server should reject old tokens         must → should: a duty became advice
 *
 * The other way round gives the opposite balance, always. It does not understand sentences: an
 * exchange of words it has no scale for is neutral, never guessed. A sentence about an adversary is
 * judged only by whether the adversary can or cannot.
 */

export interface Wording {
  /** Above 0 stronger, below 0 weaker. */
  balance: number
  phrases: { before: string; after: string } | null
}

export interface Sentences {
  /** '' when there is no such sentence on that side. */
  before: string
  after: string
  /** All words of the element on each side: a control named elsewhere in it was not dropped. */
  wordsBefore: ReadonlySet<string>
  wordsAfter: ReadonlySet<string>
  /** False for a threat: most of its sentences tell what can go wrong, not what is done. */
  aboutControls: boolean
}

export function compareWording(sentences: Sentences): Wording {
  const left = wordsOf(sentences.before)
  const right = wordsOf(sentences.after)
  const regions = exchange(left, right)
  const gone = pieces(
    left,
    regions.map((region) => region.left),
  )
  const come = pieces(
    right,
    regions.map((region) => region.right),
  )
  const balance =
    scalesFor(sentences, left, right).reduce((sum, scale) => sum + step(gone, come, scale), 0) +
    denial(left, right, gone, come) +
    namedControls(come, sentences.wordsBefore) -
    namedControls(gone, sentences.wordsAfter)
  if (balance === 0) return { balance: 0, phrases: null }
  return { balance, phrases: phrasesOf(left, right, regions) }
}

function scalesFor(sentences: Sentences, left: Word[], right: Word[]): Scale[] {
  const { before, after } = sentences
  if (before === '' || after === '') return []
  if (hostile.test(before) || hostile.test(after)) return [foiled]
  const told = sentences.aboutControls || tellsControl(left) || tellsControl(right)
  return told ? [asserted, achieved, reach] : [foiled]
}

/** True for "must be signed", "the server rejects", "encryption": somebody does something. */
function tellsControl(sentence: readonly Word[]): boolean {
  return sentence.some(({ key }) => duties.has(key) || doings.has(key) || controlNouns.has(key))
}

const duties = new Set(['must', 'shall', 'should'])
const doings = new Set(achieved.levels.flatMap(([level, phrases]) => (level === 3 ? phrases : [])))

function step(gone: string[], come: string[], scale: Scale): number {
  const from = strengthOf(gone, scale)
  const to = strengthOf(come, scale)
  return from === null || to === null ? 0 : Math.sign(to - from)
}

function strengthOf(exchanged: string[], scale: Scale): number | null {
  const text = ` ${exchanged.join(' ')} `
  let strength: number | null = null
  for (const [level, phrases] of scale.levels) {
    if (phrases.some((phrase) => text.includes(` ${phrase} `))) {
      strength = Math.min(strength ?? level, level)
    }
  }
  return strength ?? scale.otherwise
}

/** "is checked" became "is not checked". Elsewhere a "not" may mean anything. */
function denial(left: Word[], right: Word[], gone: string[], come: string[]): number {
  const more = come.filter((word) => negations.has(word)).length
  const less = gone.filter((word) => negations.has(word)).length
  if (more === less || left.length === 0 || right.length === 0) return 0
  const done = (sentence: Word[]) => sentence.some(({ key }) => doings.has(key))
  return done(left) && done(right) ? Math.sign(less - more) : 0
}

/** 1 when the words name a control that the element does not name on the other side. */
function namedControls(exchanged: string[], elsewhere: ReadonlySet<string>): number {
  return exchanged.some((word) => controlNouns.has(word) && !elsewhere.has(word)) ? 1 : 0
}
