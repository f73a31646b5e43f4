import { pattern } from '../vocabulary/pattern.ts'

/*
 * Parts of a sentence between commas that go on with it, or that are deeds of one subject.
 */

/** Parts that begin like this continue a sentence; they are no controls of their own. */
export const clauseStart = pattern(
  'i',
  String.raw`^(?:which|so|but|not|e\.g|i\.e|because|when|if|then|or|and|where|while|it`,
  '|this|that|the result|making|including|such as|only|never|rather|even|unless',
  String.raw`|once|after|before|otherwise|with)\b`,
)

/** "Every call reads the role, checks the owner, writes an entry": what one subject does. */
export function isChain([first = '', ...others]: readonly string[]): boolean {
  if (others.length < 2 || !others.every((part) => doesNext.test(part))) return false
  // "The form counts the parcels, …": what comes next tells that the first is a verb, too.
  return does.test(first) || (doesSomething.test(first) && !clauseStart.test(first))
}

const what = '(?:the|an?|each|every|all|only|no|exactly|one|its|any|both) '

export const verbs =
  'blocks|allows|rejects|adds|shows|denies|requires|validates|verifies|uses|enforces|encrypts' +
  '|prevents|refuses|accepts|redacts|strips|masks|stores|sanitizes|escapes|normalizes|removes' +
  '|drops|returns|resolves|scrubs|isolates|restricts|throttles|reads|writes|detects|provides' +
  '|filters|reloads|ensures|protects|contains|holds|keeps|derives'

const does = pattern('i', String.raw`^(?:\S+ ){1,5}(?:${verbs})\b`)
const doesSomething = /^(?:\S+ ){1,5}[a-z]{3,}s (?!of\b|for\b|and\b|in\b)\S/
const doesNext = pattern(
  'i',
  String.raw`^(?:${verbs}|checks|logs|signs|hashes|limits|caps)\b`,
  String.raw`|^(?:is|are|never) (?:\w+ly )?[\w-]+(?:ed|en|s)\b|^[a-z]{3,}s ${what}`,
)
