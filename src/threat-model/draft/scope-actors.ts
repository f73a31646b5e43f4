import type { Entry, List, Section } from '../outline/types.ts'
import { roleOf } from '../vocabulary/vocabulary.ts'

/** "In scope", "Out of scope" below "Adversaries" tell of them. */
export function isAmongActors({ title, parent }: Section): boolean {
  if (roleOf(title) === 'adversaries') return true
  return parent !== null && roleOf(parent.title) === 'adversaries'
}

/** "**Guests.** Cannot open the till.": adversaries in scope who are met, or nobody. */
export function keptOut({ entries }: List): readonly Entry[] {
  const barred = entries.filter(({ head }) => cannot.test(head.afterLead))
  return barred.length * 2 > entries.length ? entries : []
}

const cannot = /^[\s:.:—–-]*(?:can(?:not| not|['’]t)|is unable to|has no way to)\b/i
