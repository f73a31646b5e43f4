import { pattern } from '../vocabulary/pattern.ts'
import { subjectNotCounted } from '../vocabulary/policies.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import type { ScopeLine } from './scope-lines.ts'

/*
 * Sentences of running text that say outright how the one thing they name stands.
 */

export function ruledIn(sentences: readonly string[]): ScopeLine | null {
  for (const sentence of sentences) {
    const title = sentence.slice(0, 80)
    const subject = notCounted(sentence)
    if (subject !== null) return { role: 'non-findings', title, names: [subject] }
    const name = met.exec(sentence)?.[1]
    if (name !== undefined) return { role: 'protected', title, names: [name] }
  }
  return null
}

/** "Theft of towels, however, is not considered a vulnerability." */
function notCounted(sentence: string): string | null {
  const subject = subjectNotCounted(sentence)
  return subject !== null && soundsLikeAttack(subject) ? subject : null
}

/** "The risk that somebody copies a key is mitigated." */
const met = pattern(
  'i',
  '^(the (?:risk|threat|danger) (?:that|of) [^.;:]{10,160}?) (?:is|are|has been)',
  ' (?:fully |completely |thus |therefore )?',
  String.raw`(?:mitigated|eliminated|prevented|averted)\W*$`,
)
