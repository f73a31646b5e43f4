import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { listOf } from './lists.ts'
import type { Entry } from './types.ts'

/*
 * A bullet that is nothing but a label holds the bullets behind it, though they are not indented:
 *
 *   - Mitigations:                            - Mitigations:
 *   - A lock on the door            is          - A lock on the door
 *   - Residual risk: the window               - Residual risk: the window
 */

export function belowBareLabels(entries: readonly Entry[]): Entry[] {
  if (!entries.some(isBareLabel)) return [...entries]
  const found: Entry[] = []
  let at = 0
  while (at < entries.length) {
    const entry = entries[at++]
    if (entry === undefined) break
    const inner: Entry[] = []
    for (let next = entries[at]; isBareLabel(entry) && next !== undefined; next = entries[at]) {
      if (isBareLabel(next) || beginsWithLabel.test(next.head.text)) break
      inner.push(next)
      at++
    }
    found.push(inner.length === 0 ? entry : holding(entry, inner))
  }
  return found
}

function isBareLabel({ head, rest, blocks }: Entry): boolean {
  if (rest !== '' || blocks.length > 0 || !/[::]$/.test(head.text)) return false
  return head.text.length <= longestLabel && fieldOf(head.text.slice(0, -1)) !== null
}

const longestLabel = 40

/** "Residual risk: the window", and not "Note: …" inside an answer. */
const beginsWithLabel = pattern(
  'i',
  '^(?:threats?|attacks?|risks?|impact|likelihood|severity|status|mitigations?|controls?',
  String.raw`|residual(?: risks?)?|gaps?)\s*[::]`,
)

function holding(entry: Entry, entries: Entry[]): Entry {
  const [first = entry, last = first] = [entries[0], entries.at(-1)]
  const span = { start: first.span.start, end: last.span.end }
  const list = listOf(entries, span)
  return { ...entry, blocks: [list], span: { start: entry.span.start, end: last.span.end } }
}
