/*
 * HTML inside a comment: where raw blocks begin and end (CommonMark's seven kinds), where one
 * tag ends, and which elements hide their content from our eyes: what stands in <details>,
 * <pre>, <code>, <blockquote> or is struck out is not said to us, also when GitHub reads
 * Markdown inside it.
 */

/** What ends a raw block: a line in which this is found, or the first blank line. */
export type HtmlEnd = RegExp | 'blank line'

const rawText = /^ {0,3}<(script|pre|style|textarea)([ >]|$)/i
const rawTextEnd = /<\/(script|pre|style|textarea)>/i

/** Names whose line opens an HTML block up to the next blank line (CommonMark, kind 6). */
const blockNames = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details ' +
    'dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 ' +
    'h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup ' +
    'option p param search section summary table tbody td tfoot th thead title tr track ul'
  ).split(' '),
)

/** Elements whose content is not addressed to us. */
const hidingNames = new Set(
  (
    'details pre code blockquote samp kbd del s strike script style textarea template svg math ' +
    'title'
  ).split(' '),
)

/**
 * The end of the HTML block that this line opens, or null. Kind 7 may not interrupt `running`
 * text.
 */
export function htmlStart(text: string, running: boolean): HtmlEnd | null {
  if (!/^ {0,3}</.test(text)) return null
  const line = text.trimStart()
  if (rawText.test(text)) return rawTextEnd
  if (line.startsWith('<!--')) return /-->/
  if (line.startsWith('<?')) return /\?>/
  if (line.startsWith('<![CDATA[')) return /\]\]>/
  if (/^<![A-Za-z]/.test(line)) return />/
  const name = /^<\/?([A-Za-z][A-Za-z0-9-]*)(?=[ >]|\/>|$)/.exec(line)?.[1]
  if (name && blockNames.has(name.toLowerCase())) return 'blank line'
  if (running) return null
  const end = tagEnd(line, 0)
  return end !== null && line.slice(end).trim() === '' ? 'blank line' : null
}

/** Whether a raw block is over with this line. */
export function endsHtml(end: HtmlEnd, text: string): boolean {
  return end !== 'blank line' && end.test(text)
}

/**
 * Offset behind the open or closing tag that begins at `start`, or null when there is no
 * complete tag. A tag may stretch over lines; an attribute in quotes may hold anything.
 */
export function tagEnd(text: string, start: number): number | null {
  const head = /^<\/?[A-Za-z][A-Za-z0-9-]*/.exec(text.slice(start, start + tagNameMax))
  if (!head) return null
  let at = start + head[0].length
  if (text[start + 1] === '/') {
    at = afterSpace(text, at)
    return text[at] === '>' ? at + 1 : null
  }
  while (at - start < tagLengthMax) {
    const next = afterSpace(text, at)
    if (text[next] === '>') return next + 1
    if (text[next] === '/') return text[next + 1] === '>' ? next + 2 : null
    if (next === at) return null
    const end = attributeEnd(text, next)
    if (end === null) return null
    at = end
  }
  return null
}

/** Longest tag name that is looked at; no element that matters here has more letters. */
const tagNameMax = 40

/** Longest tag that is followed; a longer one is taken for text. Keeps hostile input linear. */
const tagLengthMax = 2_000

function attributeEnd(text: string, start: number): number | null {
  let at = start
  if (!/[A-Za-z_:]/.test(text[at] ?? '')) return null
  while (/[A-Za-z0-9_.:-]/.test(text[at] ?? '')) at += 1
  const equals = afterSpace(text, at)
  if (text[equals] !== '=') return at
  at = afterSpace(text, equals + 1)
  const quote = text[at]
  if (quote === '"' || quote === "'") {
    const end = text.slice(at + 1, at + tagLengthMax).indexOf(quote)
    return end < 0 ? null : at + 1 + end + 1
  }
  const from = at
  while (at < text.length && !/[\s"'=<>`]/.test(text[at] ?? '')) at += 1
  return at > from ? at : null
}

function afterSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\n') at += 1
  return at
}

/** Which hiding elements are open, while the comment is read from top to bottom. */
export type OpenElements = Map<string, number>

/** Notes the tag that begins at `start` if it opens or closes a hiding element. */
export function noteTag(open: OpenElements, text: string, start: number, end: number): void {
  const tag = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(text.slice(start, start + tagNameMax))
  const name = tag?.[2]?.toLowerCase()
  if (!tag || !name || !hidingNames.has(name)) return
  const count = open.get(name) ?? 0
  if (tag[1] === '/') open.set(name, Math.max(0, count - 1))
  else if (text[end - 2] !== '/' || name !== 'svg') open.set(name, count + 1)
}

export function hides(open: OpenElements): boolean {
  for (const count of open.values()) if (count > 0) return true
  return false
}

/** Notes every tag of a raw HTML block; comments in it are passed over. */
export function noteTags(open: OpenElements, text: string): void {
  let at = text.indexOf('<')
  while (at >= 0) {
    let next = at + 1
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 2)
      if (end < 0) return
      next = end + 3
    } else {
      const end = tagEnd(text, at)
      if (end !== null) noteTag(open, text, at, end)
      next = end ?? next
    }
    at = text.indexOf('<', next)
  }
}
