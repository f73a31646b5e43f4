/** Two names could be a phrase; more than these are a story. */
const fewest = 3
const most = 20

/** A name longer than this is a sentence. */
const longestName = 14

/** Texts are long; what is protected is said at once. */
const examined = 1_500

const protecting =
  /\b(?:protects?|(?:protected |primary |main )?assets (?:are|include)):?\s+([^.;::]{10,600})/i

/** "It aims to protect the till, the stock, and the order book.": the names listed, or none. */
export function protectedIn(text: string): string[] {
  const listed = protecting.exec(text.slice(0, examined))?.[1] ?? ''
  const names = listed
    .split(/,\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)/)
    .map((name) => name.replace(/^(?:and|its|their|our)\s+/, '').trim())
    .filter((name) => name !== '' && name.split(' ').length <= longestName)
  return names.length < fewest ? [] : names.slice(0, most)
}
