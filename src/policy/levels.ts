import type { RuleLevel } from './verdict.ts'

const loudness: readonly RuleLevel[] = ['off', 'notice', 'warning', 'acceptance', 'error']

/** How loud a level is; the louder the greater. */
export function loudnessOf(level: RuleLevel): number {
  return loudness.indexOf(level)
}

export function quieter(a: RuleLevel, b: RuleLevel): RuleLevel {
  return loudnessOf(a) < loudnessOf(b) ? a : b
}
