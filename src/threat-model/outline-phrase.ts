import type { PhrasingContent } from 'mdast'
import type { Span } from '../shared/span.ts'
import { type Source, spanOf } from './outline-source.ts'

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
  /** The bold words it begins with, or emphasised words that end in a colon; else ''. */
  lead: string
  /** The words after `lead`. */
  afterLead: string
  codes: Quoted[]
  links: Link[]
  pictures: Quoted[]
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

interface Run {
  text: string
  strong: boolean
  emphasis: boolean
  code: boolean
  url: string | null
  picture: boolean
  span: Span
}

type Marks = Pick<Run, 'strong' | 'emphasis' | 'url'>

const noMarks: Marks = { strong: false, emphasis: false, url: null }

/** The inline content of one block: as a whole, and line by line of its source. */
export interface Words {
  whole: Phrase
  lines: Phrase[]
}

/** Inline nodes deeper than this are read as plain text of the node that holds them. */
const maxInlineDepth = 20

export function wordsOf(nodes: PhrasingContent[], source: Source, span: Span): Words {
  const runs: Run[] = []
  flatten(nodes, noMarks, runs, 0)
  const lines = runs.some((run) => run.text.includes('\n')) ? splitLines(runs) : [runs]
  const whole = phraseOf(lines.length < 2 ? runs : lines.flatMap(spaced), span)
  if (lines.length < 2) return { whole, lines: [whole] }
  const phrases = lines.map((line) => phraseOf(line, lineSpan(line, source, span)))
  return { whole, lines: phrases.filter((phrase) => phrase.text !== '' || phrase.pictures.length) }
}

/** Several phrases read as one, such as the first lines of a bullet. */
export function joined(phrases: readonly Phrase[], span: Span): Phrase {
  const [first, ...others] = phrases
  if (first === undefined) return plainPhrase('', span)
  const tail = others.map((phrase) => phrase.text).join(' ')
  return {
    text: fold(`${first.text} ${tail}`),
    lead: first.lead,
    afterLead: fold(`${first.afterLead} ${tail}`),
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
    codes: [],
    links: [],
    pictures: [],
    struck: false,
    span,
  }
}

/** True when the phrase is bold from its first word to its last. */
export function isWhollyBold(phrase: Phrase): boolean {
  return phrase.lead !== '' && /^[\s:.]*$/.test(phrase.afterLead)
}

export function fold(text: string): string {
  return unfolded.test(text) ? text.replace(/\s+/g, ' ').trim() : text
}

/** White space that is no single space between words; most texts have none. */
const unfolded = /[^\S ]| {2}|^ | $/

function flatten(nodes: PhrasingContent[], marks: Marks, runs: Run[], depth: number): void {
  let current = marks
  for (const node of nodes) {
    if (node.type === 'html') current = htmlMarks(node.value, current, runs, spanOf(node.position))
    else flattenNode(node, current, runs, depth)
  }
}

function flattenNode(node: PhrasingContent, marks: Marks, runs: Run[], depth: number): void {
  const span = spanOf(node.position)
  switch (node.type) {
    case 'text':
      runs.push(run(node.value, span, marks))
      return
    case 'inlineCode':
      runs.push({ ...run(node.value, span, marks), code: true })
      return
    case 'break':
      runs.push(run('\n', span, marks))
      return
    case 'image':
    case 'imageReference':
      runs.push({ ...run('', span, marks), picture: true, url: node.alt ?? '' })
      return
    default:
      if (!('children' in node) || depth >= maxInlineDepth) return
      flatten(node.children, marksOf(node, marks), runs, depth + 1)
  }
}

function marksOf(node: PhrasingContent, marks: Marks): Marks {
  if (node.type === 'strong') return { ...marks, strong: true }
  if (node.type === 'emphasis') return { ...marks, emphasis: true }
  if (node.type === 'link') return { ...marks, url: node.url }
  return marks
}

/** Raw tags inside a text: a line break, bold, or nothing to us. */
function htmlMarks(tag: string, marks: Marks, runs: Run[], span: Span): Marks {
  if (/^<br\b/i.test(tag)) runs.push(run('\n', span, marks))
  if (/^<(b|strong)>/i.test(tag)) return { ...marks, strong: true }
  if (/^<\/(b|strong)>/i.test(tag)) return { ...marks, strong: false }
  return marks
}

function run(text: string, span: Span, { strong, emphasis, url }: Marks): Run {
  return { text, strong, emphasis, code: false, url, picture: false, span }
}

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
  const start = { ...run.span.start, line: run.span.start.line + linesDown }
  return { ...run, text, span: { ...run.span, start } }
}

function lineSpan(line: Run[], source: Source, span: Span): Span {
  const first = line[0]
  return first === undefined ? span : source.lineSpan(first.span.start.line)
}

function phraseOf(runs: Run[], span: Span): Phrase {
  const pictures = runs.filter((run) => run.picture)
  const words = pictures.length === 0 ? runs : runs.filter((run) => !run.picture)
  const leadLength = leadRuns(words)
  const bold = leadLength === 0 ? '' : textOf(words.slice(0, leadLength))
  const text = textOf(words)
  const word = /^\p{Lu}$/u.test(bold) ? initialWord.exec(text)?.[0] : undefined
  const after = leadLength === 0 ? text : textOf(words.slice(leadLength))
  return {
    text,
    lead: word ?? bold,
    afterLead: word === undefined ? after : text.slice(word.length),
    codes: words.filter((run) => run.code).map((run) => ({ text: run.text, span: run.span })),
    links: words.flatMap((run) =>
      run.url === null ? [] : [{ text: run.text, url: run.url, span: run.span }],
    ),
    pictures: pictures.map((run) => ({ text: run.url ?? '', span: run.span })),
    struck: text.length > 4 && text.startsWith('~~') && text.endsWith('~~'),
    span,
  }
}

/** "**S**poofing: a copied card": the bold letter stands for its word. */
const initialWord = /^\p{Lu}\p{Ll}[^:.—–]{1,40}?(?=\s*[:.—–])|^\p{Lu}\p{Ll}+/u

/** How many runs form the lead: bold ones, or emphasised ones that make a label with a colon. */
function leadRuns(runs: Run[]): number {
  const first = runs.findIndex((run) => run.text.trim() !== '')
  const opening = runs[first]
  if (opening === undefined) return 0
  const marked = (run: Run) =>
    run.strong || (opening.emphasis && !opening.strong && run.emphasis) || run.text.trim() === ''
  if (!opening.strong && !opening.emphasis) return 0
  let end = first
  while (end < runs.length && marked(runs[end] ?? opening)) end++
  if (opening.strong) return end
  const label = textOf(runs.slice(0, end))
  const next = runs[end]?.text.trimStart() ?? ''
  return label.endsWith(':') || next.startsWith(':') ? end : 0
}

function textOf(runs: Run[]): string {
  if (runs.length === 1) return fold(runs[0]?.text ?? '')
  return fold(runs.map((run) => run.text).join(''))
}

/** A line that follows another begins with the space its line break was. */
function spaced(line: Run[], index: number): Run[] {
  const first = line[0]
  return index === 0 || first === undefined ? line : [run(' ', first.span, noMarks), ...line]
}
