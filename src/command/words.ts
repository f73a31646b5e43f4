/*
 * One command line cut into words. Words in quotes stay together and keep what would otherwise
 * be a keyword; the quotes people's keyboards and other programs make are all understood, and
 * backticks too, because our own answers print ids that way.
 *
 *     accept "Reading, until it is late" #2, f3a91c-7be2 because …
 *            ╰──────── one word ───────╯ ╰2
 */

export interface Word {
  text: string
  quoted: boolean
  /** A comma or semicolon follows. */
  comma: boolean
  /** Offsets in the command line, quotes and comma included. */
  start: number
  end: number
}

const closings: Record<string, string> = {
  '"': '"',
  "'": "'",
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u2018': '\u2019',
  '\u00ab': '\u00bb',
  '\u00bb': '\u00ab',
  '`': '`',
}

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  /** Closing quotes that do not come any more. */
  const missing = new Set<string>()
  let at = nonSpace(text, 0)
  while (at < text.length) {
    const word = quotedWord(text, at, missing) ?? plainWord(text, at)
    words.push(word)
    at = nonSpace(text, word.end)
  }
  return words
}

function quotedWord(text: string, start: number, missing: Set<string>): Word | null {
  const closing = closings[text.charAt(start)]
  if (closing === undefined || missing.has(closing)) return null
  let end = text.indexOf(closing, start + 1)
  // An apostrophe inside a word closes nothing: 'the user's phone'.
  while (end >= 0 && !isBoundary(text, end + 1)) end = text.indexOf(closing, end + 1)
  if (end < 0) missing.add(closing)
  if (end < 0) return null
  const content = text.slice(start + 1, end).trim()
  const comma = /[,;]/.test(text.charAt(end + 1))
  return { text: content, quoted: true, comma, start, end: end + (comma ? 2 : 1) }
}

function plainWord(text: string, start: number): Word {
  let end = start
  while (end < text.length && !isSpace(text.charAt(end))) end += 1
  const raw = text.slice(start, end)
  const bare = raw.replace(/[,;]$/, '')
  return { text: bare, quoted: false, comma: bare !== raw, start, end }
}

/** After a closing quote comes a space, a sign or nothing. */
function isBoundary(text: string, at: number): boolean {
  return at >= text.length || /[\s\u00a0,;.:!?)]/.test(text.charAt(at))
}

function nonSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && isSpace(text.charAt(at))) at += 1
  return at
}

function isSpace(sign: string): boolean {
  return /[\s\u00a0]/.test(sign)
}
