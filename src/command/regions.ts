import { type Block, type Paragraph, scanBlocks } from './blocks.ts'
import { hides, noteTags, type OpenElements } from './html.ts'
import { findHidden, type Hidden } from './inline.ts'
import { linesOf } from './lines.ts'
import { withoutSignature } from './signature.ts'

/*
 * The text of a comment as its reader sees it: paragraphs of visible lines, each with what is
 * hidden in it. Blocks (blocks.ts) are found first, then what hides inside running text
 * (inline.ts); HTML elements that hide their content stay open from one block to the next.
 */

export interface VisibleText {
  /** The lines of one paragraph joined by line breaks, trimmed. */
  text: string
  lines: VisibleLine[]
  hidden: Hidden[]
}

export interface VisibleLine {
  /** 0-based line of the comment. */
  index: number
  /** Where the line begins in `text`. */
  start: number
  end: number
  /** `quote`: only lines that continue a quote without a sign of their own are listed there. */
  stands: 'free' | 'in a list' | 'in a quote'
}

/** Everything in `body` that may be addressed to us, from top to bottom. */
export function visibleText(body: string): VisibleText[] {
  const open: OpenElements = new Map()
  const found: VisibleText[] = []
  for (const block of scanBlocks(withoutSignature(linesOf(body)))) {
    const text = readBlock(block, open)
    if (text) found.push(text)
  }
  return found
}

function readBlock(block: Block, open: OpenElements): VisibleText | null {
  if (block.kind === 'html') {
    noteTags(open, block.html.text)
    return null
  }
  const { paragraph } = block
  const text = paragraph.lines.map((line) => line.text).join('\n')
  // Tags in a quote end with the quote: they are read with a list of their own.
  const hidden = findHidden(text, paragraph.quoted ? new Map() : open)
  if (paragraph.quoted && hides(open)) return null
  return { text, lines: placeLines(paragraph), hidden }
}

function placeLines(paragraph: Paragraph): VisibleLine[] {
  let start = 0
  return paragraph.lines.flatMap((line): VisibleLine[] => {
    const from = start
    start += line.text.length + 1
    const visible = { index: line.index, start: from, end: from + line.text.length }
    if (!paragraph.quoted) return [{ ...visible, stands: line.bullet ? 'in a list' : 'free' }]
    return line.lazy ? [{ ...visible, stands: 'in a quote' }] : []
  })
}

/** Whether the character at `at` stands inside something hidden, not at its first sign. */
export function isHidden(hidden: readonly Hidden[], at: number): boolean {
  return hidden.some((range) => range.start <= at && at < range.end)
}
