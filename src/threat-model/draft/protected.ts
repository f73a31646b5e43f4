import { pattern } from '../vocabulary/pattern.ts'

/** Two names could be a phrase; more than these are a story. */
const fewest = 3
const most = 20

/** A name longer than this is a sentence. */
const longestName = 14

/** Texts are long; what is protected is said at once. */
const examined = 1_500

const protecting =
  /\b(?:protects?|(?:protected |primary |main )?assets (?:are|include)):?\s+([^.;::]{10,600})/i

/** The same where no heading says that assets stand here. */
const calledAssets = pattern(
  'i',
  String.raw`(?:^|[.]\s+)(?:(?:the |our )?(?:protected|primary|main|key|critical) )?assets`,
  String.raw` (?:are|include):?\s+([^.;::]{10,600})`,
)

/** "It aims to protect the till, the stock, and the order book.": the names listed, or none. */
export function protectedIn(text: string, isOwn: boolean): string[] {
  return namesBehind(isOwn ? protecting : calledAssets, text)
}

const considering = pattern(
  'i',
  String.raw`\b(?:we|(?:threat )?model|actors?|adversar(?:y|ies)|attackers?)\b[^.;::]{0,40}?`,
  String.raw`\b(?:include[sd]?|considers?|are|covers?|assumes?|address(?:es)?):?\s+`,
  '([^.;::]{10,700})',
)

const calledActors = pattern(
  'i',
  String.raw`(?:^|[.]\s+)(?:(?:potential|relevant|in-scope|main|threat) )*(?:actors|adversaries`,
  String.raw`|attackers)(?: considered| in scope)?(?: are| include)?:?\s+([^.;::]{10,700})`,
)

const party = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar\w+|malicious|hostile|compromised|insiders?|outsiders?|rogue`,
  '|actors?|untrusted|curious|thie(?:f|ves)|stolen|unauthenticated|spammers?|operators?|peers?',
  String.raw`|users?|clients?|providers?|observers?|eavesdroppers?)\b`,
)

/** "We consider a thief in the shop, a curious guest, and a bribed clerk.": who, or nobody. */
export function actorsIn(text: string, isOwn: boolean): string[] {
  const names = namesBehind(isOwn ? considering : calledActors, text)
  const parties = names.filter((name) => party.test(name))
  return parties.length * 2 > names.length ? names : []
}

function namesBehind(form: RegExp, text: string): string[] {
  const listed = form.exec(text.slice(0, examined))?.[1] ?? ''
  const names = listed
    .split(/,\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)/)
    .map((name) => name.replace(/^(?:and|its|their|our|an?)\s+/i, '').trim())
    .filter((name) => name !== '' && name.split(' ').length <= longestName)
  return names.length < fewest ? [] : names.slice(0, most)
}
