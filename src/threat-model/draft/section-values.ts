import { plainEntry } from '../outline/lists.ts'
import type { Block, Entry, Section } from '../outline/types.ts'
import { type Field, fieldOf, isAnswer } from '../vocabulary/vocabulary.ts'
import { addBlock, blocksBelow, type FieldValue, fieldsOfBlocks, newValue } from './fields.ts'

/*
 * What a heading or a bold line labels: the value is all that stands below it.
 *
 *   ### Mitigations                  ### Mitigations
 *   - a second lock                  #### A second lock
 *   - a dog                          It is changed each year.
 *                                    #### A dog
 */

export function valueOfSection(section: Section, field: Field | null): FieldValue {
  const value = newValue(field, section.heading.text, section.headingSpan)
  const named = isAnswer(field) ? namedBelow(section) : []
  if (named.length > 0) value.entries.push(...named)
  else for (const block of blocksBelow(section)) addBlock(value, block)
  return value
}

/** "#### A second lock", "#### A dog" below "Mitigations": each heading names what is told of. */
export function namedBelow({ blocks, children }: Section): Entry[] {
  const isPlain = (section: Section) =>
    section.kind === 'heading' && section.children.length === 0 && section.blocks.length > 0
  if (children.length < fewestNamed || blocks.some(({ type }) => type !== 'paragraph')) return []
  if (!children.every((child) => isPlain(child) && fieldOf(child.title) === null)) return []
  return children.map(({ heading, headingSpan, blocks: below }) => ({
    ...plainEntry(heading, headingSpan),
    blocks: below,
    gap: true,
  }))
}

const fewestNamed = 2

/** A bold label's value ends where the next label begins, though both stand in its section. */
export function valuesOfBoldLabel(section: Section, field: Field): FieldValue[] {
  const inner = fieldsOfBlocks(section.blocks.map((block) => withoutIntro(block, section)))
  const value = newValue(field, section.heading.text, section.headingSpan)
  let isListed = false
  for (const block of inner.loose) {
    // A paragraph with a name of its own behind the list tells of something else.
    if (isListed && block.type === 'paragraph' && block.phrase.lead !== '') break
    // So does a table behind a list of classes.
    if (isListed && block.type === 'table' && field === 'category') break
    isListed ||= block.type === 'list'
    addBlock(value, block)
  }
  return [value, ...inner.values]
}

/** The bold line above a list is the label, and introduces no second value. */
function withoutIntro(block: Block, { heading }: Section): Block {
  const isLabel = block.type === 'list' && block.intro?.text === heading.text
  return isLabel ? { ...block, intro: null } : block
}
