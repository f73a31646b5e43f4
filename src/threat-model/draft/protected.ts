import { pattern } from '../vocabulary/pattern.ts'

/*
 * Assets and adversaries that stand in a sentence:
 *
 *   It aims to protect the till, the stock, and the order book.
 *   Assets: the till (cash, cards); the stock; the order book.
 *   ## Attackers      ← below it, a paragraph that is nothing but names
 *   A thief in the shop; a curious guest; a bribed clerk.
 *
 * Commas divide names, semicolons where they stand; none of both does within brackets. What has a
 * verb of its own is a sentence and no name.
 */

/** Two names could be a phrase; more than these are a story. */
const fewest = 3
const most = 20

/** A name longer than this is a sentence. */
const longestName = 14

/** Texts are long; what is protected is said at once. */
const examined = 1_500

const protecting =
  /\b(?:protects?|(?:protected |primary |main )?assets (?:are|include)):?\s+(?=\S)/i

/** The same where no heading says that assets stand here. */
const calledAssets = pattern(
  'i',
  String.raw`(?:^|[.]\s+)(?:(?:(?:the |our )?(?:protected|primary|main|key|critical) )?assets`,
  String.raw` (?:are|include):?|(?:the |our )?assets (?!are\b|include\b)[\w ]{3,50}:)\s+(?=\S)`,
)

/** "Assets: …" in what introduces the document. */
const labelledAssets = /(?:^|[.]\s+)(?:(?:protected|primary|main|key|critical) )?assets:\s+(?=\S)/i

/** Where a sentence that tells of assets stands: below their heading, above all, or elsewhere. */
export type Place = 'own' | 'opening' | 'elsewhere'

/** "It aims to protect the till, the stock, and the order book.": the names listed, or none. */
export function protectedIn(text: string, place: Place): string[] {
  if (place !== 'own') {
    const named = namesBehind(calledAssets, text)
    return named.length > 0 || place === 'elsewhere' ? named : namesBehind(labelledAssets, text)
  }
  const named = namesBehind(protecting, text)
  return named.length > 0 ? named : bareNames(text, shortAsset)
}

const considering = pattern(
  'i',
  String.raw`\b(?:we|(?:threat )?model|actors?|adversar(?:y|ies)|attackers?)\b[^.;::]{0,40}?`,
  String.raw`\b(?:include[sd]?|considers?|are|covers?|assumes?|address(?:es)?):?\s+(?=\S)`,
)

const calledActors = pattern(
  'i',
  String.raw`(?:^|[.]\s+)(?:(?:(?:potential|relevant|in-scope|main|threat) )*(?:actors|adversaries`,
  '|attackers)(?: considered| in scope)?(?: are| include)?',
  String.raw`|(?:the|this|our) (?:threat )?model considers):?\s+(?=\S)`,
)

const party = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar\w+|malicious|hostile|compromised|insiders?|outsiders?|rogue`,
  '|actors?|untrusted|curious|thie(?:f|ves)|stolen|unauthenticated|spammers?|operators?|peers?',
  String.raw`|users?|clients?|providers?|observers?|eavesdroppers?)\b`,
)

/** "We consider a thief in the shop, a curious guest, and a bribed clerk.": who, or nobody. */
export function actorsIn(text: string, place: Place): string[] {
  if (/^[^::]{0,20}\b(?:out[- ]of[- ]scope|excluded|not considered)\b/i.test(text)) return []
  const names = namesBehind(place === 'own' ? considering : calledActors, text)
  const parties = names.filter((name) => party.test(name))
  if (parties.length * 2 > names.length) return names
  return place === 'own' ? bareNames(text, shortActor) : []
}

function namesBehind(form: RegExp, text: string): string[] {
  const start = text.slice(0, examined)
  const match = form.exec(start)
  return match === null ? [] : namesOf(start.slice(match.index + match[0].length))
}

/** A paragraph of names alone, or behind what holds them ("The shop keeps …", "…: a, b"). */
function bareNames(text: string, longest: number): string[] {
  const list = text.slice(0, examined).replace(holder, '')
  const names = namesOf(list)
  const most = /;.*;/s.test(list) ? longestName : longest
  return names.some((name) => tells.test(name) || name.split(' ').length > most) ? [] : names
}

const holder = /^(?:[^.:;,]{3,60}:|[^.:;,]{2,40} (?:stores|holds|keeps|contains|handles))\s+/

/** What has one of these is told, and not named. */
const tells = pattern(
  'i',
  String.raw`^(?:never|only|if|when|this|these|no|all)\b|\b(?:is|are|was|were|can|cannot|may|might`,
  '|must|should|will|has|have|does|do|we|they|covers?|considers?|runs?|uses?|includes?|allows?',
  String.raw`|requires?|assumes?|wird|werden|ist|sind)\b|n't\b`,
)

/** Names that nothing but commas divide are short. */
const shortAsset = 8
const shortActor = 4

function namesOf(text: string): string[] {
  // What stands in brackets explains a name and divides none.
  const plain = text.replace(/\s*\([^()]{0,200}\)/g, '')
  const sentence = /^.*?(?=[.:!?](?:\s|$)|$)/s.exec(plain)?.[0] ?? ''
  const divider = /;.*;/s.test(sentence)
    ? /;\s+(?:and\s+|or\s+)?/
    : /[,;]\s+(?:and\s+|or\s+)?|\s+and\s+(?=[^,]*$)/
  const names = sentence
    .split(divider)
    .map((name) => name.replace(/^(?:and|its|their|our|an?)\s+/i, '').trim())
    .filter((name) => name !== '' && name.split(' ').length <= longestName)
  return names.length < fewest ? [] : names.slice(0, most)
}
