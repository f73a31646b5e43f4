import { titled } from '../identity.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { isWhollyBold, type Phrase } from './phrase.ts'
import type { Block } from './types.ts'

/*
 * Bold sentences that name what stands below them, where one alone would only be stressed. An id
 * says so, and so do labels below several:
 *
 *   **S-1. A stranger shows the ticket of another.**     **A boat bends the tide gauge.**
 *   *Surface*: the gate                                  - *Mitigation*: a wall
 *   **S-2. A copied badge opens the bridge.**            **A guest ties the ferry to it.**
 *   Out of scope this summer.                            - *Mitigation*: a knife
 */

/** A bold line longer than this is a sentence somebody wanted to stress. */
export const headingLength = 160

const fewestLabelled = 2

/** Blocks that begin with such a sentence, with the sentence of each. */
export function namingSentences(blocks: readonly Block[]): ReadonlyMap<Block, Phrase> {
  const bold = blocks.flatMap((block, at) => {
    const name = boldSentence(block)
    return name === null ? [] : [{ block, name, isLabelled: hasLabels(block, blocks[at + 1]) }]
  })
  if (bold.length === 0) return none
  const labelled = bold.filter(({ isLabelled }) => isLabelled)
  const areNames = labelled.length >= fewestLabelled
  const naming = bold.filter((one) => (one.isLabelled && areNames) || hasId(one.name.text))
  return new Map(naming.map(({ block, name }) => [block, name] as const))
}

const none: ReadonlyMap<Block, Phrase> = new Map()

function boldSentence(block: Block): Phrase | null {
  if (block.type !== 'paragraph') return null
  const [first] = block.lines
  if (first === undefined || !isWhollyBold(first)) return null
  const isName = /\.$/.test(first.text) && first.text.length <= headingLength
  return isName && fieldOf(first.text) === null ? first : null
}

/** "S-4. A stranger takes the tokens.": an id, set off from its name. */
function hasId(text: string): boolean {
  return idBefore.test(text) && titled(text).writtenId !== null
}

const idBefore = /^[^\s.:–—]{2,20}\s?[.:–—-]\s/

/** A label on the line below, or at the start of the paragraph or list below. */
function hasLabels(block: Block, below: Block | undefined): boolean {
  if (block.type !== 'paragraph') return false
  const [, second] = block.lines
  if (second !== undefined) return beginsWithLabel(second)
  const first = below?.type === 'list' ? below.entries[0]?.head : below
  if (first === undefined) return false
  const line = 'lead' in first ? first : first.type === 'paragraph' ? first.lines[0] : undefined
  return line !== undefined && beginsWithLabel(line)
}

function beginsWithLabel({ text, lead }: Phrase): boolean {
  if (lead !== '') return fieldOf(lead) !== null
  const words = plainLabel.exec(text)?.[1]
  return words !== undefined && fieldOf(words) !== null
}

const plainLabel = /^(\p{L}[^::]{0,40}?)[::]/u
