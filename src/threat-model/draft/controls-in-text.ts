import type { Span } from '../../shared/span.ts'
import { isFact, isWish, sentencesOf } from '../status/prose.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { attackWords, controlWords, isAdvice, soundsLikeControl } from '../vocabulary/words.ts'
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

/**
 * Most of the text of what is left open or ruled out says why; clauses that state a plain fact
 * about a control say what reduces it all the same.
 */
export function controlsInClauses(text: string, span: Span): Control[] {
  return sentencesOf(text)
    .flatMap((sentence) => sentence.split(betweenClauses))
    .filter(reducesIt)
    .slice(0, maxFacts)
    .map((clause) => controlOf(clause, span))
}

const betweenClauses = /;\s+|,? (?:but|though|although|while|yet|however) |\s[—–-]\s/

function reducesIt(clause: string): boolean {
  if (isRemark(clause) || asks.test(clause) || ofCase.test(clause)) return false
  const said = stopped.exec(clause)
  // "Blocks what it can prove": what follows the verb narrows it and takes nothing back.
  if (said !== null)
    return isLong.test(clause) && !isWish(clause.slice(0, said.index + said[0].length))
  return isFact(clause) && soundsLikeControl(clause)
}

const isLong = /\S\s+\S+\s+\S+\s+\S/

/** "Paths to the parent are refused" names what is stopped and not what happens. */
const stopped = pattern(
  'i',
  String.raw`\b(?:is|are) (?:now |also |always |already )?(?:refused|rejected|blocked`,
  '|denied|dropped',
  '|prevented|stripped|masked|redacted|filtered|limited|bounded|capped|gated|encrypted|signed',
  '|verified|validated|logged|audited|detected|rate[- ]limited|confined|sandboxed|isolated',
  '|revoked|expired|rotated|pinned|hashed|authenticated)\\b',
  String.raw`|^\W*(?:we|it|(?:the )?[\w-]+) (?:now |also |always )?(?:refuses?|rejects?|blocks?`,
  '|warns?',
  String.raw`|withholds?|strips?|caps?|bounds?|masks?|redacts?|drops?|verifies|validates?)\b`,
)

/** "In sealed mode the loss is total" speaks of one case. */
const ofCase = /^\W*(?:in|when|where|for|until|once|after) /i

const asks = /\b(?:requires?|required|polic(?:y|ies)|trust(?:s|ed)?|rel(?:y|ies) on|only)\b/i

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
