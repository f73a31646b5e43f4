import { exchange, phrasesOf, pieces, type Region, type Word, wordsOf } from './exchange.ts'
import { stemsOf } from './normal.ts'
import {
  achieved,
  asserted,
  controlStems,
  foiled,
  hostile,
  isPromise,
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

/** Of the words of two sentences, how many must be the same for them to be compared. */
const keptOfShorter = 0.5
const keptOfLonger = 0.4
/** Words in a sentence so short that half of the shorter one is enough. */
const shortSentence = 8

export interface Wording {
  /** Above 0 stronger, below 0 weaker. */
  balance: number
  phrases: { before: string; after: string } | null
}

export interface Sentences {
  /** '' when there is no such sentence on that side. */
  before: string
  after: string
  /** Stems of the whole element on each side: a control named elsewhere in it was not dropped. */
  stemsBefore: ReadonlySet<string>
  stemsAfter: ReadonlySet<string>
  /** False for a threat: most of its sentences tell what can go wrong, not what is done. */
  aboutControls: boolean
  terms: Terms
}

/** Whether a word was exchanged throughout the document, which says nothing about any sentence. */
export interface Terms {
  isRenaming(gone: string, come: string): boolean
}

export function compareWording(sentences: Sentences): Wording {
  const left = wordsOf(sentences.before)
  const right = wordsOf(sentences.after)
  const alone = left.length === 0 || right.length === 0
  const regions = exchange(left, right).filter((region) => {
    return !isTerm(region, left, right, sentences.terms)
  })
  const [gone, come] = [
    pieces(
      left,
      regions.map((region) => region.left),
    ),
    pieces(
      right,
      regions.map((region) => region.right),
    ),
  ]
  if (!alone && !comparable(left, right, gone)) return { balance: 0, phrases: null }
  const tells = (sentence: Word[]) => sentences.aboutControls || tellsDeed(sentence)
  const scales = alone ? [] : scalesFor(sentences, left, right)
  const balance =
    scales.reduce((sum, scale) => sum + step(gone, come, scale), 0) +
    (alone ? 0 : denial(left, right, gone, come)) +
    (tells(right) ? namedControls(come, sentences.stemsBefore) : 0) -
    (tells(left) ? namedControls(gone, sentences.stemsAfter) : 0)
  return { balance, phrases: balance === 0 || alone ? null : phrasesOf(left, right, regions) }
}

/** "cell" became "sandbox" in every sentence: a name was changed, no control was added. */
function isTerm(region: Region, left: Word[], right: Word[], terms: Terms): boolean {
  const [from, to] = [left.slice(...region.left), right.slice(...region.right)]
  const [gone, come] = [from[0], to[0]]
  if (from.length !== 1 || to.length !== 1 || gone === undefined || come === undefined) return false
  if (isPromise(gone.key) || isPromise(come.key)) return false
  return terms.isRenaming(gone.key, come.key)
}

/** What was written anew says other things; only sentences that stayed can have weakened. */
function comparable(left: Word[], right: Word[], gone: string[]): boolean {
  const kept = left.length - gone.length
  const [shorter, longer] = [left.length, right.length].sort((a, b) => a - b)
  if (shorter === undefined || longer === undefined || kept < shorter * keptOfShorter) return false
  return longer <= shortSentence || kept >= longer * keptOfLonger
}

function scalesFor(sentences: Sentences, left: Word[], right: Word[]): Scale[] {
  const { before, after } = sentences
  if (hostile.test(before) || hostile.test(after)) return [foiled]
  const told = sentences.aboutControls || tellsControl(left) || tellsControl(right)
  if (!told) return [foiled]
  const mayHappen = isPossible(left) && isPossible(right) && !sentences.aboutControls
  return mayHappen ? [achieved, reach] : [asserted, achieved, reach]
}

/** True for "a lost key can stop the revocation": what may happen is no promise. */
function isPossible(sentence: readonly Word[]): boolean {
  const has = (words: ReadonlySet<string>) => sentence.some(({ key }) => words.has(key))
  return has(possibilities) && !has(duties)
}

/** True for "must be signed", "the server rejects": somebody does something against the danger. */
function tellsDeed(sentence: readonly Word[]): boolean {
  return sentence.some(({ key }) => duties.has(key) || doings.has(key))
}

function tellsControl(sentence: readonly Word[]): boolean {
  return tellsDeed(sentence) || sentence.some(({ key }) => isControl(key))
}

const possibilities = new Set(['can', 'may', 'might', 'could'])
const duties = new Set(['must', 'shall', 'should'])
const doings = new Set(achieved.levels.flatMap(([level, phrases]) => (level === 3 ? phrases : [])))

function step(gone: string[], come: string[], scale: Scale): number {
  const from = strengthOf(gone, scale)
  const to = strengthOf(come, scale)
  return from === null || to === null ? 0 : Math.sign(to - from)
}

function strengthOf(exchanged: string[], scale: Scale): number | null {
  const text = ` ${exchanged.join(' ')} `.replace(/ can (?:no longer|not|never) /g, ' cannot ')
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
  if (more === less) return 0
  const done = (sentence: Word[]) => sentence.some(({ key }) => doings.has(key))
  return done(left) && done(right) ? Math.sign(less - more) : 0
}

/** 1 when the words name a control that the element does not name on the other side. */
function namedControls(exchanged: string[], elsewhere: ReadonlySet<string>): number {
  const missing = exchanged
    .flatMap((word) => stemsOf([word]))
    .filter((stem) => {
      return controlStems.has(stem) && !elsewhere.has(stem)
    })
  return missing.length > 0 ? 1 : 0
}

function isControl(word: string): boolean {
  return stemsOf([word]).some((stem) => controlStems.has(stem))
}
