/*
 * Answers about short texts that are asked for many times: each heading of a document is looked at
 * by every recogniser, and the head of a pull request has nearly all texts of its base. Only for
 * questions whose answer depends on the text alone, and for answers that nobody changes. A question
 * about several texts is asked by all of them in one (`allOf`).
 *
 *     "Replay of a token" ─▶ [ role null, title …, class null, words of attack 1, … ]
 *
 * All that is known of a text stands together: a large document has more texts than fit into the
 * processor's cache once for every question. And to find it takes as long as many an answer: so a
 * section has what is known of its title at hand (`KnownText`), which may be asked like the text.
 */

/** Texts remembered, in number and in sum; beyond, all are forgotten. */
const textsMax = 200_000
const charsMax = 9_000_000
/** A longer text is hardly asked about twice. */
const textCharsMax = 300

/** What is known of a text: the answers by the number of their question. */
type Answers = unknown[]

const known = new Map<string, Answers>()
let chars = 0
let questions = 0
/** One after the other asks about the same text. */
let lastText = ''
let lastAnswers: Answers = []

/** Forgets every answer. For measuring and for tests. */
export function forgetAnswers(): void {
  known.clear()
  chars = 0
  lastText = ''
  lastAnswers = []
}

/** A text with all that is known of it at hand: who asks about it again needs no look-up. */
export interface KnownText {
  readonly text: string
  readonly answers: unknown[]
}

/** What a question about a text may be given. */
export type Text = string | KnownText

export function knownText(text: string): KnownText {
  return { text, answers: text.length > textCharsMax ? [] : answersAbout(text) }
}

export function remembering<T>(answer: (text: string) => T): (text: Text) => T {
  // Numbered when first asked: so the answers that a document needs stand close to each other.
  let number = -1
  return (asked) => {
    if (number < 0) number = questions++
    const text = typeof asked === 'string' ? asked : asked.text
    if (typeof asked === 'string' && text.length > textCharsMax) return answer(text)
    const answers = typeof asked === 'string' ? answersAbout(text) : asked.answers
    const before = answers[number]
    // Under the number of a question stands what its own function answered.
    if (before !== undefined) return before as T
    // What the answer asks about the same text finds it at hand, too.
    if (typeof asked !== 'string') [lastText, lastAnswers] = [text, answers]
    const found = answer(text)
    answers[number] = found
    return found
  }
}

/** The same for a question that is not a text: `textOf` tells all that its answer depends on. */
export function rememberingBy<Q, T>(
  textOf: (question: Q) => string,
  answer: (question: Q) => T,
): (question: Q) => T {
  let number = -1
  return (question) => {
    if (number < 0) number = questions++
    const text = textOf(question)
    if (text.length > textCharsMax) return answer(question)
    const answers = answersAbout(text)
    const before = answers[number]
    // Under the number of a question stands what its own function answered.
    if (before !== undefined) return before as T
    const found = answer(question)
    answers[number] = found
    return found
  }
}

function answersAbout(text: string): Answers {
  if (text === lastText) return lastAnswers
  lastAnswers = known.get(text) ?? newAnswers(text)
  lastText = text
  return lastAnswers
}

function newAnswers(text: string): Answers {
  if (known.size >= textsMax || chars > charsMax) forgetAnswers()
  const answers: Answers = new Array(questions)
  known.set(text, answers)
  chars += text.length
  return answers
}

/**
 * The same for a question about an object that nobody changes: a block of the outline, or a list of
 * them. They are the same objects in base and head where the text did not change (outline/keep.ts).
 * The answer may depend on the object alone: not on the sections around it, and not on where it
 * stands, although it may hold the spans that tell this later. Nobody may change the answer.
 */
export function rememberingOf<O extends object, T>(answer: (object: O) => T): (object: O) => T {
  return keeping(new WeakMap(), answer)
}

/**
 * The same for objects of which a document has thousands, and which base and head share: entries
 * and drafts.
 */
export function rememberingIn<O extends object, T>(answer: (object: O) => T): (object: O) => T {
  return keeping(keptIn(), answer)
}

/** Something about each of many objects. */
interface Kept<O extends object, T> {
  get(object: O): T | undefined
  set(object: O, value: T): void
}

function keeping<O extends object, T>(known: Kept<O, T | typeof none>, answer: (object: O) => T) {
  return (object: O): T => {
    const before = known.get(object)
    if (before !== undefined) return before === none ? (undefined as T) : (before as T)
    const found = answer(object)
    known.set(object, found === undefined ? none : found)
    return found
  }
}

/** Stands for the answer `undefined`. */
const none = Symbol('none')

/**
 * The same for a question about such an object and about what is given beside it, of which `key`
 * tells all. The last answer about each object is remembered.
 */
export function rememberingWith<O extends object, G extends { key: string }, T>(
  answer: (object: O, given: G) => T,
): (object: O, given: G) => T {
  const known = keptIn<O, { key: string; found: T }>()
  return (object, given) => {
    const before = known.get(object)
    if (before !== undefined && before.key === given.key) return before.found
    const found = answer(object, given)
    known.set(object, { key: given.key, found })
    return found
  }
}

/**
 * As a `WeakMap`, but in the objects themselves, where it is found several times as fast. To put
 * the first thing there takes longer, which does not pay for objects of one reading.
 */
function keptIn<O extends object, T>(): Kept<O, T> {
  const number = kinds++
  return {
    get: (object: Keeper) => {
      const kept = object[keptKey]
      return kept?.of === object ? (kept.answers[number] as T | undefined) : undefined
    },
    set: (object: Keeper, value) => {
      if (object[keptKey]?.of !== object) object[keptKey] = { of: object, answers: [] }
      object[keptKey].answers[number] = value
    },
  }
}

let kinds = 0
const keptKey = Symbol('kept')

interface Keeper {
  /** A copy of an object has what is known of that one, which is not known of the copy. */
  [keptKey]?: { of: object; answers: unknown[] }
}

/** Several texts as one, which no other texts give: no text holds the sign between them. */
export function allOf(texts: readonly string[]): string {
  return texts.join('\0')
}
