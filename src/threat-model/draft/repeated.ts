import { keyOf } from '../identity.ts'
import type { Block, Outline } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isBoldStart } from './entries.ts'

/*
 * "**Current position:** …" below one heading after the other labels something of each, whatever it
 * means; a name stands once.
 */

/** Bold words with a colon that begin a paragraph under three headings or more. */
const repeatedLeads = rememberingOf(({ sections }: Outline): ReadonlySet<string> => {
  const counts = new Map<string, number>()
  for (const { blocks } of sections) {
    for (const key of new Set(blocks.flatMap((block) => labelKey(block) ?? [])))
      counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= fewest).map(([key]) => key))
})

const fewest = 3

/** A paragraph with a bold start that names something of its own. */
export function isOwnStart(block: Block, outline: Outline): boolean {
  if (!isBoldStart(block)) return false
  const key = labelKey(block)
  return key === null || !repeatedLeads(outline).has(key)
}

function labelKey(block: Block): string | null {
  if (block.type !== 'paragraph') return null
  const { lead, afterLead } = block.phrase
  if (lead === '' || !(/[::]\s*$/.test(lead) || /^\s*[::]/.test(afterLead))) return null
  return soundsLikeAttack(lead) ? null : keyOf(lead)
}
