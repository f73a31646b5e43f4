import { hides, noteTag, type OpenElements, tagEnd } from './html.ts'

/*
 * What is hidden inside one piece of running text: code spans, HTML comments and tags, links,
 * struck text. All of them may begin on one line and end on a later one, so that a line in
 * between looks like a command and is none:
 *
 *     see `the old way:        the code span opens here
 *     /threat-model recheck    … hidden …
 *     ` and so on              and closes here
 *
 * One pass from left to right; what cannot be closed is plain text, and that it cannot is
 * remembered, so that a thousand openings do not search the rest of the text a thousand times.
 */

export type HiddenKind = 'code' | 'comment' | 'tag' | 'link' | 'struck' | 'element' | 'definition'

/** From `start` up to, not including, `end`, in the text of the paragraph. */
export interface Hidden {
  kind: HiddenKind
  start: number
  end: number
}

interface Pass {
  text: string
  hidden: Hidden[]
  open: OpenElements
  /** Where hiding elements became open, or null. */
  hiddenSince: number | null
  /** Closings that were looked for and do not come any more, by what was looked for. */
  missing: Set<string>
  /** Struck text reaches to here; no second search is made inside it. */
  struckUntil: number
  /** Positions of `[` that have not met their `]`. */
  brackets: number[]
}

/** Brackets that may be open at once; older ones are forgotten. */
const bracketsMax = 100

/** Longest destination and title of a link that is followed, and its deepest parentheses. */
const linkTailMax = 2_000
const parenthesesMax = 32

/** `open` is carried from one paragraph to the next: an element may stay open. */
export function findHidden(text: string, open: OpenElements): Hidden[] {
  const pass: Pass = {
    text,
    hidden: [],
    open,
    hiddenSince: hides(open) ? 0 : null,
    missing: new Set(),
    struckUntil: 0,
    brackets: [],
  }
  let at = afterDefinitions(pass)
  while (at < text.length) at = step(pass, at)
  if (pass.hiddenSince !== null) hide(pass, 'element', pass.hiddenSince, text.length)
  return pass.hidden.sort((a, b) => a.start - b.start)
}

/** The end of what begins at `at`, having noted it if it hides something. */
function step(pass: Pass, at: number): number {
  switch (pass.text[at]) {
    case '\\':
      return at + 2
    case '`':
      return codeSpan(pass, at)
    case '<':
      return angle(pass, at)
    case '~':
      return struck(pass, at)
    case '[':
      pass.brackets.push(at)
      if (pass.brackets.length > bracketsMax) pass.brackets.shift()
      return at + 1
    case ']':
      return link(pass, at)
    default:
      return at + 1
  }
}

function hide(pass: Pass, kind: HiddenKind, start: number, end: number): number {
  pass.hidden.push({ kind, start, end })
  return end
}

function codeSpan(pass: Pass, at: number): number {
  const run = runLength(pass.text, at)
  const end = closingRun(pass, at + run, '`', run)
  return end === null ? at + run : hide(pass, 'code', at, end)
}

/** Struck text: one or two tildes that hug the words on both sides. */
function struck(pass: Pass, at: number): number {
  const run = runLength(pass.text, at)
  const next = pass.text[at + run] ?? ' '
  if (run > 2 || next === ' ' || next === '\n' || at < pass.struckUntil) return at + run
  const end = closingRun(pass, at + run, '~', run)
  // What stands inside is read on: it may hold code that hides the closing.
  if (end !== null) pass.struckUntil = hide(pass, 'struck', at, end)
  return at + run
}

/** Offset behind the next run of exactly `length` signs, or null. */
function closingRun(pass: Pass, start: number, sign: string, length: number): number | null {
  const wanted = sign.repeat(Math.min(length, 100)) + length
  if (pass.missing.has(wanted)) return null
  let at = start
  while (at < pass.text.length) {
    const next = pass.text.indexOf(sign, at)
    if (next < 0) break
    const run = runLength(pass.text, next)
    const hugs = sign === '`' || !/\s/.test(pass.text[next - 1] ?? ' ')
    if (run === length && hugs) return next + run
    at = next + run
  }
  pass.missing.add(wanted)
  return null
}

function runLength(text: string, start: number): number {
  const sign = text[start]
  let at = start
  while (text[at] === sign) at += 1
  return at - start
}

function angle(pass: Pass, at: number): number {
  const { text } = pass
  if (text.startsWith('<!--', at)) return closed(pass, at, '-->', 4)
  if (text.startsWith('<?', at)) return closed(pass, at, '?>', 2)
  if (text.startsWith('<![CDATA[', at)) return closed(pass, at, ']]>', 9)
  if (/[A-Za-z]/.test(text[at + 2] ?? '') && text[at + 1] === '!') return closed(pass, at, '>', 2)
  const end = tagEnd(text, at)
  if (end === null) return at + 1
  hide(pass, 'tag', at, end)
  noteTag(pass.open, text, at, end)
  const hidden = hides(pass.open)
  if (hidden && pass.hiddenSince === null) pass.hiddenSince = at
  if (!hidden && pass.hiddenSince !== null) {
    hide(pass, 'element', pass.hiddenSince, end)
    pass.hiddenSince = null
  }
  return end
}

function closed(pass: Pass, at: number, closing: string, opening: number): number {
  if (pass.missing.has(closing)) return at + 1
  // `<!-->` and `<!--->` are complete comments.
  const from = closing === '-->' ? at + 2 : at + opening
  const end = pass.text.indexOf(closing, from)
  if (end >= 0) return hide(pass, 'comment', at, end + closing.length)
  pass.missing.add(closing)
  return at + 1
}

/** `]` closes a link when a destination or a second pair of brackets follows. */
function link(pass: Pass, at: number): number {
  const start = pass.brackets.pop()
  if (start === undefined) return at + 1
  const next = pass.text[at + 1]
  const tail = pass.text.slice(at + 1, at + 1 + linkTailMax)
  const length = next === '(' ? destinationLength(tail) : next === '[' ? labelLength(tail) : null
  return length === null ? at + 1 : hide(pass, 'link', start, at + 1 + length)
}

/** `(destination "title")` at the start of `text`: its length, or null when it is not closed. */
function destinationLength(text: string): number | null {
  let depth = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '\\') at += 1
    else if (quote !== '') quote = sign === quote ? '' : quote
    else if ((sign === '"' || sign === "'") && /\s/.test(text.charAt(at - 1))) quote = sign
    else if (sign === '(' && ++depth > parenthesesMax) return null
    else if (sign === ')' && --depth === 0) return at + 1
  }
  return null
}

function labelLength(text: string): number | null {
  const end = text.indexOf(']')
  return end < 0 || end > 1_000 ? null : end + 1
}

/**
 * Link definitions at the start of a paragraph are not shown at all; a title may stand on the lines
 * below. Returns the offset behind them.
 */
function afterDefinitions(pass: Pass): number {
  const definition = /\[[^[\]]{1,999}\]:[ \n]{0,9}[^\s]{1,999}/y
  let at = 0
  while (pass.text[at] === '[') {
    definition.lastIndex = at
    if (!definition.test(pass.text)) return at
    const end = titleEnd(pass.text, definition.lastIndex)
    hide(pass, 'definition', at, end)
    const line = pass.text.indexOf('\n', end)
    if (line < 0) return pass.text.length
    at = line + 1
  }
  return at
}

const titleClosings: Record<string, string> = { '"': '"', "'": "'", '(': ')' }

/** Offset behind the title that may follow at `start`, or `start`. */
function titleEnd(text: string, start: number): number {
  let open = start
  while (text[open] === ' ' || text[open] === '\n') open += 1
  const closing = titleClosings[text.charAt(open)]
  if (open === start || closing === undefined) return start
  const end = text.slice(open + 1, open + linkTailMax).indexOf(closing)
  return end < 0 ? start : open + 1 + end + 1
}
