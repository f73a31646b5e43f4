import { knownText, rememberingOf } from '../remember.ts'
import { saysNothing } from '../status/prose.ts'
import { isLevel } from '../vocabulary/levels.ts'
import { fieldOf, isFieldLabel, roleOf } from '../vocabulary/vocabulary.ts'
import { headingLength, namingSentences } from './naming-sentences.ts'
import { endsBoldSentence, isWhollyBold, joined, type Phrase } from './phrase.ts'
import { chaptersOf, isPlainHead, isWithoutHeadings } from './plain-heads.ts'
import type { Block, Paragraph, Section } from './types.ts'

/*
 * Lines that are wholly bold act as headings. They become sub-sections of the section they stand
 * in:
 *
 *   ### Threats                    Threats
 *   **T1 — Replay**                 ├─ T1 — Replay
 *   text                            │   ├─ text
 *   **Mitigation**                  │   └─ Mitigation        a label belongs to the bold line above
 *   - Nonces                        │       └─ Nonces
 *   **T2 — Flooding**               └─ T2 — Flooding
 */

export function boldSections(section: Section): void {
  // "**Mitigated**" below "Status", "**Low**" below "Residual risk" are what the heading asks for.
  const field = fieldOf(section.title)
  if (field === 'status' || (field === 'residual' && section.blocks.length === 1)) return
  const isPlain = isWithoutHeadings(section)
  const isChapter = isPlain ? chaptersOf(section) : none
  const sentences = namingSentences(section.blocks)
  const heads = (block: Block) =>
    sentences.get(block) ?? (isPlain ? headLine(block, isChapter(block)) : boldLine(block))
  const first = section.blocks.findIndex((block) => heads(block) !== null)
  if (first < 0) return
  const blocks = section.blocks
  section.blocks = blocks.slice(0, first)
  const opened: Section[] = []
  let open: Section | null = null
  let named: Section | null = null
  let chapter: Section | null = null
  for (const block of blocks.slice(first)) {
    const heading = heads(block)
    if (heading === null) {
      if (open !== null) append(open, block)
      continue
    }
    const label = isFieldLabel(heading.text)
    const opensChapter = isChapter(block)
    const above: Section = opensChapter ? section : (chapter ?? section)
    const parent: Section = label && !opensChapter && named !== null ? named : above
    open = bold(heading, block, parent)
    if (opensChapter) chapter = open
    if (block.type === 'paragraph' && block.lines.length > 1) open.blocks.push(withoutFirst(block))
    if (parent === section) opened.push(open)
    else parent.children.push(open)
    if (opensChapter) named = null
    else if (!label) named = open
  }
  section.children.push(...opened)
  section.children.sort((a, b) => a.span.start.offset - b.span.start.offset)
  for (const child of opened) settleEnd(child)
}

const none = () => false

function headLine(block: Block, isChapter: boolean): Phrase | null {
  if (isChapter && block.type === 'list') return block.entries[0]?.head ?? null
  return boldLine(block) ?? (isPlainHead(block) ? (block.lines[0] ?? null) : null)
}

function boldLine(block: Block): Phrase | null {
  if (block.type !== 'paragraph') return null
  const [phrase, second] = block.lines
  if (phrase === undefined) return null
  if (isNumbered(phrase) && phrase.text.length <= headingLength) return phrase
  if (second !== undefined && !isLabelled(phrase, second)) return null
  if (second === undefined && isCapitals(phrase.text)) return phrase
  if (!isWhollyBold(phrase) || phrase.text.length > headingLength) return null
  if (isRating(phrase.text)) return null
  return isSentence(phrase.text) || saysNothing(phrase.text) ? null : phrase
}

/**
 * "Threat S1: somebody reads the log." needs no bold type to head what stands below it. Behind a
 * bold name stands a sentence about it.
 */
function isNumbered({ text, lead, afterLead }: Phrase): boolean {
  return numbered.test(text) && (lead === '' || afterLead === '')
}

const numbered =
  /^(?:threat|attack|risk|abuse case|misuse case) [a-z]{0,3}[-.]?\d{1,3}\s?[:.–—-]\s\S/i

/** "TRUST BOUNDARIES" on a line of its own, as tools print without Markdown. */
function isCapitals(text: string): boolean {
  if (!/^(?=.*[A-Z]{4})[A-Z][A-Z0-9 &,/'-]{3,60}:?$/.test(text)) return false
  return (text.includes(' ') || roleOf(text) !== null) && !saysNothing(text)
}

/** "**Severity: High**", "**Status:** **Open**" tell of what stands above. */
function isRating(text: string): boolean {
  const match = /^([^::.]{2,40})[::.]\s*(\S.*)$/.exec(text)
  if (match === null) return false
  const field = fieldOf(match[1] ?? '')
  return field === 'status' || (field !== null && isLevel(match[2] ?? ''))
}

/** A bold line right above `**Severity:** …` heads the labels below it, blank line or not. */
function isLabelled(first: Phrase, second: Phrase): boolean {
  if (endsBoldSentence(second.lead)) return false
  return isFieldLabel(second.lead) && !isFieldLabel(first.text) && !/[::]$/.test(first.text)
}

const withoutFirst = rememberingOf((paragraph: Paragraph): Paragraph => {
  const lines = paragraph.lines.slice(1)
  const start = lines[0]?.span.start ?? paragraph.span.start
  return {
    ...paragraph,
    lines,
    phrase: joined(lines, paragraph.span),
    span: { start, end: paragraph.span.end },
  }
})

/** "This is the most important caveat." is stress, not a heading; "Mitigations." is a heading. */
function isSentence(text: string): boolean {
  return /[.!]$/.test(text) && text.split(' ').length > 4
}

function bold(heading: Phrase, block: Block, parent: Section): Section {
  return {
    kind: 'bold',
    index: 0,
    heading,
    title: knownText(heading.text),
    headingSpan: block.span,
    span: block.span,
    depth: parent.depth + 1,
    parent,
    trail: parent.kind === 'root' ? [] : [...parent.trail, parent.heading.text],
    blocks: [],
    answers: [],
    children: [],
  }
}

function append(section: Section, block: Block): void {
  section.blocks.push(block)
  section.span = { start: section.span.start, end: block.span.end }
}

function settleEnd(section: Section): void {
  for (const child of section.children) settleEnd(child)
  const last = section.children.at(-1)
  if (last !== undefined && last.span.end.offset > section.span.end.offset) {
    section.span = { start: section.span.start, end: last.span.end }
  }
}
