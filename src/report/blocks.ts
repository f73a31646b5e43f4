import { cutUtf8, utf8Length } from '../shared/utf8.ts'

/*
 * A long text in blocks that stay whole: a heading, rows that may be left out, and a foot. When the
 * text must be cut, rows go first, from the end, and each block says how many it lost; nothing is
 * ever cut in the middle of a table, a fence or an element.
 */

export interface Block {
  head: string
  rows: string[]
  /** Closes what the head opened. */
  foot?: string
  /** Further rows, which are only counted. */
  left?: number
}

/** Room for the sentence about what was left out. */
const noteLength = 120

/**
 * The blocks as Markdown, together at most `bytesMax` long in UTF-8; earlier blocks come first to
 * room.
 */
export function joinBlocks(blocks: readonly Block[], bytesMax: number): string {
  return fitBlocks(blocks, bytesMax).text
}

/** The same, with the number of rows that are not in it. */
export function fitBlocks(
  blocks: readonly Block[],
  bytesMax: number,
): { text: string; left: number } {
  const parts: string[] = []
  const wanted = blocks.filter((block) => block.head !== '' || block.rows.length > 0)
  let room = bytesMax
  let left = 0
  for (const [at, block] of wanted.entries()) {
    const fixed = utf8Length(block.head) + utf8Length(block.foot ?? '') + noteLength
    if (fixed > room) {
      parts.push(cutUtf8('*The rest does not fit here.*', Math.max(room, 0)))
      left += wanted.slice(at).reduce((sum, one) => sum + Math.max(rowsOf(one), 1), 0)
      break
    }
    const filled = fill(block, room - fixed)
    parts.push(filled.text)
    left += filled.left
    room -= utf8Length(filled.text) + '\n\n'.length
  }
  return { text: parts.filter((part) => part !== '').join('\n\n'), left }
}

/** An empty row only parts the head from the others. */
function rowsOf({ rows, left = 0 }: Block): number {
  return rows.filter((row) => row !== '').length + left
}

function fill(block: Block, room: number): { text: string; left: number } {
  let used = 0
  let count = 0
  for (const row of block.rows) {
    const length = utf8Length(row) + 1
    if (used + length > room) break
    used += length
    count++
  }
  const shown = block.rows.slice(0, count)
  const left = rowsOf(block) - rowsOf({ head: '', rows: shown })
  const note =
    left > 0 ? `\n*… and ${left} more that ${left === 1 ? 'does' : 'do'} not fit here.*` : ''
  const lines = [block.head, ...shown].filter((line) => line !== '')
  const text = lines.join('\n') + (block.foot ?? '') + (note === '' ? '' : `\n${note}`)
  return { text, left }
}
