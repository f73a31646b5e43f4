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
}

/** Room for the sentence about what was left out. */
const noteLength = 120

/**
 * The blocks as Markdown, together at most `bytesMax` long in UTF-8; earlier blocks come first to
 * room.
 */
export function joinBlocks(blocks: readonly Block[], bytesMax: number): string {
  const parts: string[] = []
  let room = bytesMax
  for (const block of blocks) {
    if (block.head === '' && block.rows.length === 0) continue
    const fixed = utf8Length(block.head) + utf8Length(block.foot ?? '') + noteLength
    if (fixed > room) {
      parts.push(cutUtf8('*The rest does not fit here.*', Math.max(room, 0)))
      break
    }
    const text = fill(block, room - fixed)
    parts.push(text)
    room -= utf8Length(text) + '\n\n'.length
  }
  return parts.filter((part) => part !== '').join('\n\n')
}

function fill(block: Block, room: number): string {
  let used = 0
  let count = 0
  for (const row of block.rows) {
    const length = utf8Length(row) + 1
    if (used + length > room) break
    used += length
    count++
  }
  const left = block.rows.length - count
  const note =
    left > 0 ? `\n*… and ${left} more that ${left === 1 ? 'does' : 'do'} not fit here.*` : ''
  const lines = [block.head, ...block.rows.slice(0, count)].filter((line) => line !== '')
  return lines.join('\n') + (block.foot ?? '') + (note === '' ? '' : `\n${note}`)
}
