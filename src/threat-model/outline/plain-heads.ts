import { pattern } from '../vocabulary/pattern.ts'
import type { Block, Paragraph, Section } from './types.ts'

/*
 * A text pasted without its Markdown: short lines of their own head what stands below them, and
 * numbered ones, which Markdown takes for lists of one item, are the chapters that hold the others:
 *
 *   2. Adversaries
 *   A1: Hostile tenant
 *   A tenant with a valid key attempts to:
 */

/** True for a text whose short lines are its headings. */
export function isWithoutHeadings({ kind, children, blocks }: Section): boolean {
  if (kind !== 'root' || children.length > 0) return false
  const heads = blocks.filter((block) => isPlainHead(block) || isNumberedHead(block))
  return heads.length >= fewestHeads && heads.length * 3 <= blocks.length * 2
}

const fewestHeads = 5

/** Tells the chapters of a text without headings, where it is divided so. */
export function chaptersOf({ blocks }: Section): (block: Block) => boolean {
  const chapters = blocks.filter(isNumberedHead).length
  return chapters >= fewestChapters ? isNumberedHead : () => false
}

const fewestChapters = 3

export function isPlainHead(block: Block): block is Paragraph {
  if (block.type !== 'paragraph' || block.lines.length > 1) return false
  return plainHead.test(block.phrase.text)
}

/** "3. Out of scope" between paragraphs. */
function isNumberedHead(block: Block): boolean {
  if (block.type !== 'list' || !block.ordered || block.entries.length > 1) return false
  const [entry] = block.entries
  if (entry === undefined || entry.blocks.length > 0 || entry.rest !== '') return false
  return plainHead.test(entry.head.text)
}

/** "Replay attacks", "3.1 Out of scope", "A2: Lost keys": a few words without a stop. */
const plainHead = pattern(
  'u',
  String.raw`^(?:\d{1,2}(?:\.\d{1,2})*[.)]? )?(?:\p{Lu}[\p{L}\d-]{0,10}(?: \p{Lu}| \d{1,2})?: )?`,
  String.raw`\p{Lu}[^\s.:;,!?]*(?: [^\s.:;,!?]+){0,7}$`,
)
