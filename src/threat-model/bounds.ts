import { type Problem, problem } from '../shared/problem.ts'
import type { Span } from '../shared/span.ts'
import { lineStarts, linesOf } from './markdown/lines.ts'
import { overLimitOf } from './markdown/markdown.ts'

/*
 * Whether a text may be read at all. The document of a pull request may be made to stop its reader,
 * so it is bounded before anything else looks at it:
 *
 * - its length, the length of its lines, and how much of it is markup: the parser's cost is linear
 *   in these, and a text of nothing but marks costs many times what prose costs;
 * - then it is parsed with the parser's own counts (markdown/limits.ts), which alone can tell what
 *   is quadratic in it. The tree is kept, so that reading does not parse again.
 *
 * Characters nobody sees do not make a text unreadable but are a problem of their own.
 */

/** Real threat models have up to 90 KB; a generated register of 10,000 threats has 2 MB. */
const charsMax = 2 * 1024 * 1024
/** Long enough for a picture written into the text. */
const lineCharsMax = 256 * 1024
/** Runs of equal marks. Real documents have one to every ten characters at the most. */
const markRunsFree = 4_000
const charsPerMarkRunMin = 4
/** A text that was not UTF-8 has a replacement character for each character it lost. */
const charsPerReplacementMin = 500
const replacementsFree = 2
/** Problems about hidden characters that are told one by one. */
const hiddenMax = 20

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const markRuns = /([#|*+\-_`[\]<&\\])\1*|(?<!\S)[>=]+|[\r\n]+/g

/** All control characters but those that are white space. */
const controls = '\\0-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f'
/** Characters that change what is seen without being seen. */
const hiddenKinds = [
  '[\\u202a-\\u202e\\u2066-\\u2069]', // directions that are forced, not those of the script
  '[\\u200b\\u2060-\\u2064]', // without width
  '(?<!^)\\ufeff', // a byte order mark that is not at the start
  '(?<=[ -~])[\\u200c\\u200d](?=[ -~])', // joiners, unless in scripts and emoji that need them
  '(?<![\\u{1f3f4}\\u{e0020}-\\u{e007f}])[\\u{e0000}-\\u{e007f}]', // tags, but in flags of regions
  `[${controls}]`,
]
const hidden = new RegExp(hiddenKinds.join('|'), 'gu')
/** Every hidden character is one of these. Looked for first, as most documents have none. */
const suspicious = new RegExp(
  `[${controls}\\u200b-\\u200d\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\udb40]`,
)

/** Why a text cannot be read: `not-text` or `too-complex`, or null if it can. Never throws. */
export function checkBounds(text: string): Problem | null {
  return checkIsText(text) ?? checkSize(text) ?? checkMarks(text) ?? checkParsing(text)
}

/** A `hidden-characters` problem for each line that has some, for the first lines only. */
export function findHiddenCharacters(text: string): Problem[] {
  const problems: Problem[] = []
  if (!suspicious.test(text)) return problems
  let from = 0
  while (problems.length < hiddenMax) {
    hidden.lastIndex = from
    const match = hidden.exec(text)
    if (match === null) break
    problems.push(hiddenProblem(text, match.index))
    from = endOfLine(text, match.index)
  }
  return problems
}

function hiddenProblem(text: string, at: number): Problem {
  const span = spanAt(text, at)
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const message = `line ${span.start.line} has a character that is not shown (U+${code})`
  return problem('hidden-characters', message, span, { subject: `U+${code}` })
}

function checkIsText(text: string): Problem | null {
  const nul = text.indexOf('\0')
  if (nul !== -1) return notText(text, nul, 'a null character')
  if (!text.isWellFormed()) {
    return notText(text, text.search(loneSurrogate), 'half a character')
  }
  const lostMax = Math.max(replacementsFree, text.length / charsPerReplacementMin)
  const lost = text.split('\ufffd').length - 1
  return lost > lostMax ? notText(text, text.indexOf('\ufffd'), 'characters were lost') : null
}

function checkSize(text: string): Problem | null {
  if (text.length > charsMax) {
    return tooComplex(text, charsMax, `longer than ${charsMax} characters`)
  }
  const starts = linesOf(text)
  const long = starts.find((at, i) => (starts[i + 1] ?? text.length) - at > lineCharsMax)
  if (long === undefined) return null
  return tooComplex(text, long, `a line of more than ${lineCharsMax} characters`)
}

function checkMarks(text: string): Problem | null {
  const max = Math.max(markRunsFree, text.length / charsPerMarkRunMin)
  let count = 0
  let last = 0
  markRuns.lastIndex = 0
  // A `test` makes no object for each of a million runs.
  for (; markRuns.test(text); last = markRuns.lastIndex) {
    if (++count <= max) continue
    markRuns.lastIndex = last
    return tooComplex(text, markRuns.exec(text)?.index ?? last, 'more markup than text')
  }
  return null
}

function checkParsing(text: string): Problem | null {
  const over = overLimitOf(text)
  return over === null ? null : tooComplex(text, startOfLine(text, over.line), over.overLimit)
}

function tooComplex(text: string, at: number, why: string): Problem {
  const span = spanAt(text, at)
  return problem('too-complex', `too complex to read, line ${span.start.line}: ${why}`, span)
}

function notText(text: string, at: number, what: string): Problem {
  const span = spanAt(text, at)
  return problem('not-text', `not a text, line ${span.start.line}: ${what}`, span)
}

function endOfLine(text: string, at: number): number {
  const end = /[\r\n]|$/g
  end.lastIndex = at
  return end.exec(text)?.index ?? text.length
}

function startOfLine(text: string, line: number): number {
  return lineStarts(text, 0)[line - 1] ?? text.length
}

/** The character at `offset`. */
function spanAt(text: string, offset: number): Span {
  const starts = lineStarts(text.slice(0, offset), 0)
  const start = { line: starts.length, column: offset - (starts.at(-1) ?? 0) + 1, offset }
  const length = offset < text.length ? 1 : 0
  const end = { line: start.line, column: start.column + length, offset: offset + length }
  return { start, end }
}
