import { type Memory, writeMemory } from '../policy/decisions-memory.ts'
import { digest } from '../shared/digest.ts'

const goneText =
  'The comment that this answered was deleted. Nothing that was decided in it counts any more.'

const goneState = digest(['the comment was deleted'])

/** What our answer to a comment says once that is deleted; null when it says so already. */
export function goneReply(memory: Memory): string | null {
  if (memory.state === goneState) return null
  return `${goneText}\n\n${writeMemory({ ...memory, state: goneState, bound: [], flaws: [] })}`
}
