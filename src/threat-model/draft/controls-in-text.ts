import type { Span } from '../../shared/span.ts'
import { isWish, sentencesOf } from '../status/prose.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { attackWords, controlWords, isAdvice } from '../vocabulary/words.ts'
import { type Control, isRemark, titleOf } from './controls.ts'

/*
 * The controls that running text tells of, where no label names any: by its words, a few sentences
 * at most, and never what it wishes for.
 */

/** Controls that running text states as facts, for threats that label none. */
export function controlsInBody(text: string, span: Span, mayAnswer = false): Control[] {
  const sentences = sentencesOf(text)
  const isAnswer = mayAnswer && sentences.some(tellsOfControl)
  return sentences
    .filter(isAnswer ? mayTellOfControl : tellsOfControl)
    .slice(0, isAnswer ? maxTold : maxFacts)
    .map((sentence) => controlOf(sentence, span))
}

function controlOf(sentence: string, span: Span): Control {
  return { text: titleOf(sentence), writtenId: null, span, status: 'unstated' }
}

/** The text of a threat that is met tells why, in whatever words. */
export function controlsInAnswer(text: string, span: Span): Control[] {
  return sentencesOf(text)
    .filter((sentence) => mayTellOfControl(sentence) && !ofSomebody.test(sentence))
    .filter((sentence) => attackWords(sentence) === 0)
    .slice(0, mostAnswers)
    .map((sentence) => controlOf(sentence, span))
}

const mostAnswers = 2

const ofSomebody = pattern(
  'i',
  String.raw`^\W*(?:see|some(?:body|one)|any(?:body|one)?|whoever`,
  String.raw`|an? (?:[\w-]+ )?(?:user|guest|person|tenant))\b`,
)

/** Speaks of protection more than of harm, and neither wishes nor denies it. */
function tellsOfControl(sentence: string): boolean {
  // "Mitigated" alone says how it stands, and not by what.
  if (!/\S\s+\S/.test(sentence) || /^\W*(?:\w+ )?status\s*:/i.test(sentence)) return false
  const control = controlWords(sentence)
  return control > 0 && control >= attackWords(sentence) && !isWish(sentence) && !isAdvice(sentence)
}

/** Below "Threats and controls" what does not tell of the attack tells of what answers it. */
function mayTellOfControl(sentence: string): boolean {
  if (!/^(?:\S+\s+){3}\S/.test(sentence.trimStart()) || isRemark(sentence)) return false
  if (!/\b(?:is|are|has|have|cannot|never|[a-z]{2,}[^s\W]s)\b/.test(sentence)) return false
  const attack = attackWords(sentence)
  if (/\b(?:should|could|may|might|would|attackers?|adversar\w+)\b/i.test(sentence)) return false
  return attack === 0 || controlWords(sentence) >= attack
}

const maxTold = 8

/** A body tells of a few controls; more sentences explain them. */
const maxFacts = 5
