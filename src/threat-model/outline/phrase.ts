import type { PhrasingContent } from 'mdast'
import type { Span } from '../../shared/span.ts'
import { beside } from '../markdown/place.ts'
import { type Run, run, runsOf } from './runs.ts'
import type { Source } from './source.ts'

/*
 * Inline Markdown as plain words. A phrase keeps what the recognisers need of the markup (the bold
 * words it begins with, code, links) and drops the rest, so that no recogniser walks inline nodes.
 *
 *   **Impact:** an attacker reads `roster.db`          lead       "Impact:"
 *   ^^^^^^^^^^^                                        afterLead  "an attacker reads roster.db"
 *
 * A text is also cut into its source lines, because authors write one label a line without a blank
 * line between them, and explain a bullet on the line under it.
 */

export interface Phrase {
  /** Plain words, white space folded. */
  text: string
  /** The bold words it begins with, or emphasised words with a colon or stop; else ''. */
  lead: string
  /** The words after `lead`. */
  afterLead: string
  codes: readonly Quoted[]
  links: readonly Link[]
  pictures: readonly Quoted[]
  /** True when all of it is struck through. */
  struck: boolean
  span: Span
}

export interface Quoted {
  text: string
  span: Span
}

export interface Link extends Quoted {
  url: string
}

/** The inline content of one block: as a whole, and line by line of its source. */
export interface Words {
  whole: Phrase
  lines: Phrase[]
}

export function wordsOf(nodes: PhrasingContent[], source: Source, span: Span): Words {
  const only = nodes.length === 1 ? nodes[0] : undefined
  if (only?.type === 'text' && !only.value.includes('\n')) return oneLine(only.value, span)
  const runs = runsOf(nodes)
  const lines = runs.some((run) => run.text.includes('\n')) ? splitLines(runs) : [runs]
  const whole = phraseOf(lines.length < 2 ? runs : lines.flatMap(spaced), span)
  if (lines.length < 2) return { whole, lines: [whole] }
  const phrases = lines.map((line) => phraseOf(line, lineSpan(line, source, span)))
  return { whole, lines: phrases.filter((phrase) => phrase.text !== '' || phrase.pictures.length) }
}

/** Most texts have one line and no markup. */
function oneLine(text: string, span: Span): Words {
  const plain = plainPhrase(text, span)
  const whole = isStruck(plain.text) ? { ...plain, struck: true } : plain
  return { whole, lines: [whole] }
}

/** Several phrases read as one, such as the first lines of a bullet. */
export function joined(phrases: readonly Phrase[], span: Span): Phrase {
  const [first, ...others] = phrases
  if (first === undefined) return plainPhrase('', span)
  const texts = others.map((phrase) => phrase.text)
  // Each is folded, and so are all of them.
  const text = [first.text, ...texts].filter((part) => part !== '').join(' ')
  return {
    text,
    lead: first.lead,
    afterLead: first.lead === '' ? text : fold([first.afterLead, ...texts].join(' ')),
    codes: phrases.flatMap((phrase) => phrase.codes),
    links: phrases.flatMap((phrase) => phrase.links),
    pictures: phrases.flatMap((phrase) => phrase.pictures),
    struck: phrases.every((phrase) => phrase.struck),
    span,
  }
}

export function plainPhrase(text: string, span: Span): Phrase {
  const words = fold(text)
  return {
    text: words,
    lead: '',
    afterLead: words,
    codes: none,
    links: none,
    pictures: none,
    struck: false,
    span,
  }
}

/** Most phrases have neither code nor links nor pictures, and share this. */
const none: readonly never[] = []

/** True when the phrase is bold from its first word to its last. */
export function isWhollyBold(phrase: Phrase): boolean {
  return phrase.lead !== '' && /^[\s:.]*$/.test(phrase.afterLead)
}

/** "**… is absent, as doors are not" goes on with "built.**", the lead of the line below. */
export function endsBoldSentence(lead: string): boolean {
  return /^\p{Ll}[^::]*[.!?]$/u.test(lead)
}

export function fold(text: string): string {
  return isFolded(text) ? text : text.replace(/\s+/g, ' ').trim()
}

/** Most texts have no white space but single spaces between words. */
function isFolded(text: string): boolean {
  return !text.startsWith(' ') && !text.endsWith(' ') && !otherSpace.test(text)
}

const otherSpace = / {2}|[^\S ]/

function splitLines(runs: Run[]): Run[][] {
  let line: Run[] = []
  const lines = [line]
  for (const run of runs) {
    const parts = run.text.split('\n')
    parts.forEach((part, index) => {
      if (index > 0) {
        line = []
        lines.push(line)
      }
      if (part !== '' || run.picture) line.push(partOf(run, part, index))
    })
  }
  return lines
}

function partOf(run: Run, text: string, linesDown: number): Run {
  if (linesDown === 0) return { ...run, text }
  const { line, column, offset } = run.span.start
  const start = beside(run.span.start, { line: line + linesDown, column, offset })
  return { ...run, text, span: { start, end: run.span.end } }
}

function lineSpan(line: Run[], source: Source, span: Span): Span {
  const first = line[0]?.span.start
  if (first === undefined) return span
  const { start, end } = source.lineSpan(first.line)
  return { start: beside(first, start), end: beside(first, end) }
}

function phraseOf(runs: Run[], span: Span): Phrase {
  const pictures = runs.some((run) => run.picture) ? runs.filter((run) => run.picture) : none
  const words = pictures.length === 0 ? runs : runs.filter((run) => !run.picture)
  const leadLength = leadRuns(words)
  const bold = textOf(words, 0, leadLength)
  const text = textOf(words)
  const word = /^\p{Lu}$/u.test(bold) ? initialWord.exec(text)?.[0] : undefined
  const after = leadLength === 0 ? text : textOf(words, leadLength)
  return {
    text,
    lead: word ?? bold,
    afterLead: word === undefined ? after : text.slice(word.length),
    codes: words.some((run) => run.code) ? codesOf(words) : none,
    links: words.some((run) => run.url !== null) ? linksOf(words) : none,
    pictures: pictures.length === 0 ? none : picturesOf(pictures),
    struck: isStruck(text),
    span,
  }
}

function codesOf(runs: readonly Run[]): Quoted[] {
  return runs.filter((run) => run.code).map(({ text, span }) => ({ text, span }))
}

function linksOf(runs: readonly Run[]): Link[] {
  return runs.flatMap(({ text, url, span }) => (url === null ? [] : [{ text, url, span }]))
}

function picturesOf(runs: readonly Run[]): Quoted[] {
  return runs.map(({ url, span }) => ({ text: url ?? '', span }))
}

function isStruck(text: string): boolean {
  return text.length > 4 && text.startsWith('~~') && text.endsWith('~~')
}

/** "**S**poofing: a copied card": the bold letter stands for its word. */
const initialWord = /^\p{Lu}\p{Ll}[^:.—–]{1,40}?(?=\s*[:.—–])|^\p{Lu}\p{Ll}+/u

/** "⚠️ **Worn ropes**: …" and "7.2. **Worn ropes.** …" begin with bold words all the same. */
function isSign(text: string): boolean {
  return /^(?:\s|\p{Extended_Pictographic}|\u{fe0f})*$|^\s?\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s$/u.test(
    text,
  )
}

/** How many runs form the lead: bold ones, or emphasised ones set off by a mark. */
function leadRuns(runs: Run[]): number {
  const first = runs.findIndex((run) => !isSign(run.text))
  const opening = runs[first]
  if (opening === undefined) return 0
  const marked = (run: Run) =>
    run.strong || (opening.emphasis && !opening.strong && run.emphasis) || run.text.trim() === ''
  if (!opening.strong && !opening.emphasis) return 0
  let end = first
  while (end < runs.length && marked(runs[end] ?? opening) && !isNameEnd(runs, end)) end++
  if (opening.strong) return end
  const label = textOf(runs, 0, end)
  const next = runs[end]?.text.trimStart() ?? ''
  if (label.endsWith(':') || next.startsWith(':')) return end
  // "*A worn rope breaks.* Nobody looks": a name, and what is told of it.
  return next !== '' && (label.endsWith('.') || /^(?:[.—–]|- )/.test(next)) ? end : 0
}

/** "**A gate that is left open.** **Rule:** …": a second run of bold words begins anew. */
function isNameEnd(runs: Run[], end: number): boolean {
  const before = runs[end - 1]?.text ?? ''
  return runs[end]?.strong === false && runs[end]?.text.trim() === '' && isLongName.test(before)
}

const isLongName = /^(?:[^\s.:]+ ){3,}[^\s.:]+\.$/

function textOf(runs: Run[], from = 0, to = runs.length): string {
  let text = ''
  for (let at = from; at < to; at++) text += runs[at]?.text ?? ''
  return fold(text)
}

/** A line that follows another begins with the space its line break was. */
function spaced(line: Run[], index: number): Run[] {
  const first = line[0]
  return index === 0 || first === undefined ? line : [run(' ', first.span), ...line]
}
