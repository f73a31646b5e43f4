/*
 * Writing text that others wrote into Markdown that GitHub renders.
 *
 * Titles, paths, reasons and names come from whoever opened the pull request. Written by these
 * functions they stay text: they mention nobody, link to nothing, show no picture, refer to no
 * pull request or commit, close nothing, and cannot leave the line, cell, code span or fence they
 * stand in. Two means do it:
 *
 *   - punctuation that Markdown reads is escaped;
 *   - a word that GitHub itself would turn into something after Markdown is done (`@name`, `#12`,
 *     an address, a commit's name, `:emoji:`, `$formula$`) is written as code, where GitHub leaves
 *     it alone. Escapes do not help there: GitHub looks at the text without them.
 *
 * Invisible and direction-changing characters are shown by their code point, so that nobody is
 * deceived by what the text seems to say.
 */

/** Enough for a title in a sentence; longer ones are cut with an ellipsis. */
export const titleLengthMax = 160
const pathLengthMax = 300

/** Foreign words as one line of plain text, in a paragraph, list entry, heading or table cell. */
export function safeText(text: string, lengthMax: number = titleLengthMax): string {
  const line = cut(visible(text), lengthMax)
  const words = line.split(' ').map(safeWord).join(' ')
  return words.replace(/^(?:[-+=#]|\d{1,9}(?=[.)]))/, guardStart)
}

/** Foreign words as a code span; safe in a table cell too. Empty text gives "(empty)". */
export function safeCode(text: string, lengthMax: number = pathLengthMax): string {
  const line = cut(visible(text), lengthMax)
  if (line === '') return '(empty)'
  return line.split('|').map(codePart).join('\\|')
}

/** Foreign lines as a fenced block of their own, with an info word of ours such as `suggestion`. */
export function safeFence(text: string, info = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${info}\n${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n${fence}`
}

/**
 * At most `lengthMax` UTF-16 units, never half a character, with an ellipsis when cut.
 * `lengthMax` is at least 1.
 */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  return `${cutHard(text, lengthMax - 1).trimEnd()}…`
}

/** At most `lengthMax` UTF-16 units, never half a character. */
export function cutHard(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  const last = text.charCodeAt(lengthMax - 1)
  const splits = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splits ? lengthMax - 1 : lengthMax)
}

/**
 * One line, trimmed, blanks folded; what cannot be seen is shown as its code point. Joiners and
 * soft hyphens, which honest text uses, go quietly.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\u00ad|\u200c|\u200d|[\ufe00-\ufe0f]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/\p{Cf}|[\u{e0100}-\u{e01ef}]/gu, codePointName)
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .trim()
}

function codePointName(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  return `⟨U+${code.padStart(4, '0')}⟩`
}

/**
 * What GitHub reads in finished text, in any letter case. A word with any of it becomes code.
 * Addresses: a scheme, `www.`; mentions: `@` before a word; references: `#12`, `GH-12`; commits:
 * 7 to 40 hexadecimal digits; pictures: `:name:`; formulas: `$`.
 */
const alive = /@[\p{L}\p{N}_-]|:\/\/|www\.|(?:mailto|xmpp):|#\d|gh-\d|:[a-z\d_+-]+:|\$/iu
const commitName = /\b[\da-f]{7,40}\b/i

/** Signs around a word that need not become code with it. */
const inQuotes = /^([“”"'‘’«(]*)(.*?)([“”"'‘’»).,;!?…]*)$/u

function safeWord(word: string): string {
  return word.split('|').map(safePart).join('\\|')
}

function safePart(part: string): string {
  if (!alive.test(part) && !commitName.test(part)) return escaped(part)
  const [, before = '', core = part, after = ''] = inQuotes.exec(part) ?? []
  return escaped(before) + codePart(core) + escaped(after)
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&~!]/g, '\\$&')
}

function codePart(text: string): string {
  if (text === '') return ''
  const run = '`'.repeat(longestRun(text) + 1)
  const pad = /^`|`$|^ .* $|^ +$/.test(text) ? ' ' : ''
  return `${run}${pad}${text}${pad}${run}`
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}

/** A line must not begin like a list, a heading or an underline. */
function guardStart(start: string): string {
  return /\d/.test(start) ? `${start}\\` : `\\${start}`
}
