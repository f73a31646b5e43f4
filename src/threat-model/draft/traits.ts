import type { Block, List, Section } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'

/* What one actor is described by: its goals, capabilities and resources, and no further actor. */

/** "**Capabilities**:" in a paragraph of its own, as a bold line or before its words. */
export function isTrait({ kind, heading }: Section): boolean {
  return kind === 'bold' && traits.test(`${heading.text}:`)
}

export function opensWithTrait(block: Block): boolean {
  return block.type === 'paragraph' && traits.test(block.phrase.text)
}

/** "Potential capabilities:" above what one actor is able to do. */
export function tellsTraits({ intro }: List): boolean {
  const words = /([\w' -]{4,60}):\W*$/.exec(intro?.text ?? '')?.[1] ?? ''
  return named.test(words)
}

const named = pattern(
  'i',
  String.raw`\b(?:capabilities|abilities|powers|characteristics|attributes|constraints|goals`,
  '|motivations?|objectives|skills)$',
)

/** What actors are described by. */
export const traits = pattern(
  'i',
  '^(?:capabilit|characteristic|constraint|attribute|motivation|goal|skill|resource|access|intent',
  '|impact|likelihood|example)',
  String.raw`\w{0,12}\b.{0,20}:`,
)
