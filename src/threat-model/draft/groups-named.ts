import { keyOf, titled } from '../identity.ts'
import type { List, Outline } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { nameOf } from './names.ts'

/** "1. Theft, 2. Fire" above the headings "Theft" and "Fire" that hold the threats: a contents. */
export function namesGroups({ entries }: List, outline: Outline): boolean {
  const groups = groupTitles(outline)
  const named = entries.filter(({ head }) => groups.has(keyOf(titled(nameOf(head)).title)))
  return named.length >= 2 && named.length * 2 > entries.length
}

const groupTitles = rememberingOf((outline: Outline): ReadonlySet<string> => {
  const holding = outline.sections.filter(
    ({ kind, children }) =>
      kind === 'heading' && children.some((child) => child.kind === 'heading'),
  )
  return new Set(holding.map(({ heading }) => keyOf(titled(heading.text).title)))
})
