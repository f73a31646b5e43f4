import type { Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { plainSentences } from '../vocabulary/clauses.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * A text above adversaries that says that the product is made to withstand them:
 *
 *   ## Adversaries
 *   The safe is designed to defend against the following.      what they can do is met, unless the
 *   ### Thief                                                  bullet itself says that it is not
 *   A thief can:
 *   - Drill the lock
 *
 * Of whom and what else it speaks is not looked at: "can" below such a text tells what is tried.
 */

/** True below a heading whose own text says so. */
export const isDefendedAgainst = rememberingOf((section: Section): boolean => {
  if (section.blocks.some((block) => block.type === 'paragraph' && saysSo(block.phrase.text)))
    return true
  return section.parent !== null && isDefendedAgainst(section.parent)
})

function saysSo(text: string): boolean {
  return plainSentences(text).some((sentence) => meant.test(sentence))
}

const made = String.raw`(?:is|are|was|were) (?:\w+ )?(?:designed|built|made|meant|intended)`
const whom = '(?:threats?|attackers?|adversar(?:y|ies|ial models?)|actors?)'

const meant = pattern(
  'i',
  String.raw`^(?!.*(?:\b(?:not|never|cannot)\b|n['’]t\b)).{0,160}(?:`,
  // "these describe the threats that the safe is designed to defend against"
  `\\b${whom} (?:that |which |whom )?[^.,;:]{1,40}? ${made}`,
  ' to (?:defend|protect|guard|withstand|resist)(?: against)?\\W*$',
  // "the safe is designed to defend against the following adversaries"
  `|\\b${made} to (?:defend against|protect (?:\\w+ )?against|guard against|withstand|resist)`,
  ` (?:all |each )?(?:of )?(?:the (?:following|\\w+ below)|these)(?: \\w+)? ?${whom}?)`,
)
