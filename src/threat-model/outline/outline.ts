import type { Code, Heading, Paragraph as MarkdownParagraph, Root, RootContent } from 'mdast'
import type { Span } from '../../shared/span.ts'
import type { ReadingHints } from '../read-options.ts'
import { knownText } from '../remember.ts'
import { type Admonition, admonitionAt, fencedAdmonition } from './admonition.ts'
import { blocksOf, introduced, nodeSpan } from './blocks.ts'
import { endOfElement, htmlTable, wordsOfHtml } from './html.ts'
import { contentOf, keeping, spanBetween } from './keep.ts'
import { withLedLists } from './led-paragraphs.ts'
import { type Phrase, plainPhrase, wordsOf } from './phrase.ts'
import { picturesOf } from './pictures.ts'
import { boldSections } from './promote.ts'
import { withoutShelf } from './shelf-titles.ts'
import { type Source, sourceOf } from './source.ts'
import type { Outline, Section } from './types.ts'

/*
 * Markdown tree → outline: one pass over the top-level nodes with a stack of open sections.
 *
 *   # Model            root
 *   ## Threats          └─ Model
 *   **T1 — Replay**          └─ Threats
 *   text                          └─ T1 — Replay (bold line)      text
 *   <details><summary>S               └─ S (details)
 *
 * It repairs what authors write and CommonMark does not read: `##Heading`, admonitions, raw HTML
 * tables. It knows nothing of threats.
 */

interface Builder {
  source: Source
  nodes: readonly RootContent[]
  root: Section
  /** The innermost open section. */
  current: Section
  sections: Section[]
  /** Nodes not yet turned into blocks; lists need their neighbours. */
  pending: RootContent[]
  title: string
}

export function outlineOf(root: Root, text: string, hints: ReadingHints = {}): Outline {
  const source = sourceOf(text)
  const top = newSection('root', namedBy(plainPhrase('', zeroSpan)), null, 0)
  const builder: Builder = {
    source,
    nodes: root.children,
    root: top,
    current: top,
    sections: [],
    pending: [],
    title: '',
  }
  for (let at = 0; at < root.children.length; ) at = place(builder, at)
  flush(builder)
  withoutShelf(top)
  settle(top)
  const sections = numbered(top)
  const title = builder.title || (sections.find((s) => s.kind === 'heading')?.heading.text ?? '')
  // Every picture starts with these marks, and most documents have none.
  const pictures = text.includes('![') ? picturesOf([top, ...sections]) : []
  return { title, root: top, sections, pictures, hints }
}

const zero = { line: 1, column: 1, offset: 0 }

const zeroSpan: Span = { start: zero, end: zero }

/** Places the node at an index, with those that belong to it; returns the next index. */
function place(builder: Builder, at: number): number {
  const node = builder.nodes[at]
  if (node === undefined) return at + 1
  if (node.type === 'heading') openHeading(builder, node)
  else if (node.type === 'yaml') builder.title = frontTitle(node.value)
  else if (node.type === 'html') return placeHtml(builder, at, node.value)
  else if (node.type === 'paragraph') return placeParagraph(builder, at)
  else if (node.type === 'code') placeCode(builder, node)
  else builder.pending.push(node)
  return at + 1
}

function openHeading(builder: Builder, node: Heading): void {
  flush(builder)
  open(builder, 'heading', keptHeading(node, builder.source), node.depth)
}

const keptHeading = keeping((node: Heading, source) =>
  namedBy(withoutAttributes(wordsOf(node.children, source, nodeSpan(node)).whole)),
)

/** A heading, with all that is known of its words. */
type Name = Pick<Section, 'heading' | 'title'>

function namedBy(heading: Phrase): Name {
  return { heading, title: knownText(heading.text) }
}

/** "Replay {#replay}": attributes of the page that is made of it are no words. */
function withoutAttributes(phrase: Phrase): Phrase {
  if (!phrase.text.endsWith('}')) return phrase
  const [text = '', lead = '', afterLead = ''] = [phrase.text, phrase.lead, phrase.afterLead].map(
    (words) => words.replace(/\s*\{:?\s*[#.][\w .:#-]{1,120}\}$/, ''),
  )
  return { ...phrase, text, lead, afterLead }
}

function open(builder: Builder, kind: Section['kind'], name: Name, depth: number): Section {
  let parent = builder.current
  while (parent.parent !== null && parent.depth >= depth) parent = parent.parent
  const section = newSection(kind, name, parent, depth)
  parent.children.push(section)
  builder.current = section
  return section
}

function newSection(
  kind: Section['kind'],
  { heading, title }: Name,
  parent: Section | null,
  depth: number,
): Section {
  return {
    kind,
    index: 0,
    heading,
    title,
    headingSpan: heading.span,
    span: heading.span,
    depth,
    parent,
    trail: trailBelow(parent),
    blocks: [],
    answers: [],
    children: [],
  }
}

/** Sections of one parent have one trail; a large document has thousands. */
function trailBelow(parent: Section | null): string[] {
  if (parent === null || parent.kind === 'root') return []
  return parent.children[0]?.trail ?? [...parent.trail, parent.heading.text]
}

function placeParagraph(builder: Builder, at: number): number {
  const node = builder.nodes[at]
  if (node?.type !== 'paragraph') return at + 1
  const admonition = admonitionAt(builder.nodes, at, builder.source)
  if (admonition !== null) {
    openAdmonition(builder, admonition.admonition)
    return admonition.end + 1
  }
  let rest: MarkdownParagraph | null = node
  for (let count = 0; rest !== null && count < maxTightHeadings; count++) {
    const below = openTight(builder, rest)
    if (below === rest) break
    rest = below
  }
  if (rest !== null) builder.pending.push(rest)
  return at + 1
}

/** More `##Headings` right below each other are no headings. */
const maxTightHeadings = 8

/** Opens the `##Heading` a paragraph begins with; returns what is left of the paragraph. */
function openTight(builder: Builder, node: MarkdownParagraph): MarkdownParagraph | null {
  const span = nodeSpan(node)
  const tight = /^(#{2,6})([^\s#].*)$/.exec(builder.source.line(span.start.line))
  const below = tight === null ? null : afterFirstLine(node, builder.source)
  if (tight === null || (below === null && span.start.line !== span.end.line)) return node
  flush(builder)
  const line = below === null ? span : builder.source.lineSpan(span.start.line)
  open(builder, 'heading', namedBy(plainPhrase(tight[2] ?? '', line)), tight[1]?.length ?? 2)
  return below
}

/** What follows a `##Heading` without a blank line, as a paragraph; null when nothing. */
function afterFirstLine(node: MarkdownParagraph, source: Source): MarkdownParagraph | null {
  const first = node.children[0]
  const position = first?.position
  if (first?.type !== 'text' || position === undefined || node.position === undefined) return null
  const cut = first.value.indexOf('\n')
  if (cut < 0) return null
  const start = source.lineSpan(position.start.line + 1).start
  const text = {
    ...first,
    value: first.value.slice(cut + 1),
    position: { ...position, start },
  }
  return {
    ...node,
    children: [text, ...node.children.slice(1)],
    position: { ...node.position, start },
  }
}

function placeCode(builder: Builder, node: Code): void {
  const admonition = fencedAdmonition(node, builder.source)
  if (admonition === null) builder.pending.push(node)
  else openAdmonition(builder, admonition)
}

/** An admonition is a closed sub-section: what follows belongs to the section around it. */
function openAdmonition(builder: Builder, admonition: Admonition): void {
  flush(builder)
  const around = builder.current
  const span = builder.source.lineSpan(admonition.first)
  const section = newSection(
    'admonition',
    namedBy(plainPhrase(admonition.title, span)),
    around,
    around.depth + 1,
  )
  section.blocks = blocksOf(admonition.nodes, builder.source)
  section.span = { start: span.start, end: builder.source.lineSpan(admonition.last).end }
  around.children.push(section)
}

function placeHtml(builder: Builder, at: number, value: string): number {
  const lower = value.toLowerCase()
  const from = builder.nodes[at]?.position?.start.offset ?? 0
  for (const name of ['table', 'dl'] as const) {
    const start = lower.indexOf(`<${name}`)
    if (start >= 0) return placeElement(builder, at, from + start, name)
  }
  if (lower.includes('<details')) return placeDetails(builder, at, value)
  return at + 1
}

/** A raw table runs to its end tag, over blank lines at which Markdown ends the HTML block. */
function placeElement(builder: Builder, at: number, from: number, name: 'table' | 'dl'): number {
  const to = endOfElement(builder.source.text, name, from)
  const table = htmlTable(builder.source, from, to)
  flush(builder)
  if (table !== null) builder.current.blocks.push(table)
  let next = at + 1
  while (startOffset(builder.nodes[next]) < to) next++
  return next
}

function startOffset(node: RootContent | undefined): number {
  return node?.position?.start.offset ?? Number.POSITIVE_INFINITY
}

/** `<details>` opens a sub-section, unless headings stand in it: then those do. */
function placeDetails(builder: Builder, at: number, value: string): number {
  const end = detailsEnd(builder.nodes, at)
  const body = builder.nodes.slice(at + 1, end)
  const summary = /<summary[^<>]*>([\s\S]{0,600}?)<\/summary>/i.exec(value)?.[1] ?? ''
  if (summary === '' || body.some((node) => node.type === 'heading')) return at + 1
  flush(builder)
  const around = builder.current
  const span = builder.nodes[at] === undefined ? zeroSpan : nodeSpan(builder.nodes[at])
  const title = plainPhrase(wordsOfHtml(summary).replace(/[*`]/g, ''), span)
  const section = newSection('details', namedBy(title), around, around.depth + 1)
  section.blocks = blocksOf(body, builder.source)
  const last = body.at(-1)
  section.span = { start: span.start, end: last === undefined ? span.end : nodeSpan(last).end }
  around.children.push(section)
  return end
}

function detailsEnd(nodes: readonly RootContent[], at: number): number {
  let heading: number | null = null
  for (let next = at; next < nodes.length; next++) {
    const node = nodes[next]
    if (node?.type === 'heading' && next > at + 1) heading ??= next
    if (node?.type !== 'html') continue
    const value = node.value.toLowerCase()
    const closes = value.lastIndexOf('</details')
    // One block may close the element before and open the next.
    if (next === at && closes > value.lastIndexOf('<details')) return at + 1
    if (next > at && closes >= 0) return next
    // An element that is not closed ends where the next one or another heading begins.
    if (next > at && value.includes('<details')) return heading ?? next
  }
  return heading ?? nodes.length
}

function flush(builder: Builder): void {
  if (builder.pending.length === 0) return
  builder.current.blocks.push(...blocksOf(builder.pending, builder.source))
  builder.pending = []
}

/** Promotes bold lines, and ends every section where its last child or block ends. */
function settle(section: Section): void {
  section.blocks = introduced(withLedLists(section.blocks))
  boldSections(section)
  const { blocks: own, answers } = contentOf(section.blocks)
  section.blocks = own
  section.answers = answers
  for (const child of section.children) settle(child)
  const { blocks, children } = section
  let { start, end } = section.span
  for (const last of [blocks.at(-1)?.span.end, children.at(-1)?.span.end]) {
    if (last !== undefined && last.offset > end.offset) end = last
  }
  section.span = spanBetween(start, end)
}

function numbered(root: Section): Section[] {
  const sections: Section[] = []
  number(root, sections)
  return sections
}

function number({ children }: Section, sections: Section[]): void {
  for (const child of children) {
    sections.push(child)
    child.index = sections.length
    number(child, sections)
  }
}

function frontTitle(yaml: string): string {
  return /^title:[ \t]*["']?([^"'\n]{1,200})["']?[ \t]*$/m.exec(yaml)?.[1]?.trim() ?? ''
}
