import { keyOf } from '../identity.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import type { Block, Entry, Outline, Section } from '../outline/types.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { adversaryNames } from './adversaries.ts'
import { partRoles } from './part-roles.ts'

/*
 * Whether a document has nested lists attack → adversary at all, and where: the questions the
 * recogniser of such lists (recognisers/attack-lists.ts) asks before it reads.
 */

/** Sections of threats, by their own heading or the nearest above it that names a part. */
export function threatSections(outline: Outline): Section[] {
  const { nearest } = partRoles(outline)
  return outline.sections.filter(({ index }) => nearest[index] === 'threats')
}

export function knownAdversaries(outline: Outline): Set<string> {
  const stated = adversaryNames(outline)
  return stated.size > 0 ? new Set(stated.keys()) : repeatedLeaves(outline)
}

/** Leaves that stand under three attacks or more. */
function repeatedLeaves(outline: Outline): Set<string> {
  const counts = new Map<string, number>()
  for (const section of threatSections(outline)) {
    for (const leaf of leavesIn(section)) counts.set(leaf, (counts.get(leaf) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= 3).map(([leaf]) => leaf))
}

const leavesIn = rememberingBlocks((blocks): readonly string[] =>
  blocks.flatMap((block) => (block.type === 'list' ? leavesOf(block).flat() : [])),
)

/** Names of what stands below each entry. */
const leavesOf = rememberingEntries((entry): readonly string[] => {
  const names = entriesOf(entry.blocks).map((leaf) => leaf.head.text)
  return [...new Set(names.filter((name) => !isLabel(name)).map(keyOf))]
})

/** "Required mitigations:", "Impact: high" stand below every attack and are nobody. */
function isLabel(name: string): boolean {
  const label = /^([^::]{2,40})[::]/.exec(name)?.[1]
  return /[::]\s*$/.test(name) || fieldOf(label ?? name) !== null
}

export function entriesOf(blocks: readonly Block[]): Entry[] {
  return blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
}

export function isNested(section: Section, known: ReadonlySet<string>): boolean {
  let nested = 0
  // The first entries tell: there may be thousands.
  return entriesOf(section.blocks).some(
    (entry) => namesAdversaries(entry.blocks, known) && ++nested >= 2,
  )
}

export function namesAdversaries(blocks: readonly Block[], known: ReadonlySet<string>): boolean {
  const leaves = entriesOf(blocks)
  const hits = leaves.filter((leaf) => known.has(keyOf(leaf.head.text)))
  return hits.length > 0 && hits.length * 2 >= leaves.length
}
