/** Longest piece of a comment inside one of our sentences. */
const shownLengthMax = 60

/**
 * Words of a comment for one of our messages, where they stand in quotes or backticks: neither
 * can be closed from inside. Whoever shows the message still has to make them safe for where it
 * is shown.
 */
export function shown(text: string): string {
  const plain = text.replace(/["`]/g, "'")
  return plain.length > shownLengthMax ? `${plain.slice(0, shownLengthMax - 1)}…` : plain
}
