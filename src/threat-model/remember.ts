/*
 * Answers about short texts that are asked for many times: each heading of a document is looked at
 * by every recogniser, and the head of a pull request has nearly all texts of its base. Only for
 * questions whose answer depends on the text alone, and for answers that nobody changes.
 */

/** Texts remembered for one question, in number and in sum; beyond, all are forgotten. */
const textsMax = 30_000
const charsMax = 3_000_000
/** A longer text is hardly asked about twice. */
const textCharsMax = 300

export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  let chars = 0
  return (text) => {
    if (text.length > textCharsMax) return answer(text)
    const before = known.get(text)
    if (before !== undefined) return before
    const found = answer(text)
    if (known.size >= textsMax || chars > charsMax) {
      known.clear()
      chars = 0
    }
    known.set(text, found)
    chars += text.length
    return found
  }
}
