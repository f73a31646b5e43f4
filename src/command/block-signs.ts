/*
 * The signs at the start of a line by which CommonMark tells blocks apart, as questions about
 * one line of which the containers have been taken off. They know nothing of the lines around
 * it; blocks.ts does.
 */

/** Tabs as spaces up to the next multiple of four: the columns that CommonMark counts. */
export function withoutTabs(line: string): string {
  const [first = '', ...pieces] = line.split('\t')
  let result = first
  for (const piece of pieces) result = result.padEnd(nextStop(result.length)) + piece
  return result
}

function nextStop(column: number): number {
  return column - (column % 4) + 4
}

export function indentOf(text: string): number {
  let indent = 0
  while (text[indent] === ' ') indent += 1
  return indent
}

export function afterQuoteSign(text: string): string | null {
  const sign = /^ {0,3}> ?/.exec(text)
  return sign ? text.slice(sign[0].length) : null
}

/** A list sign that may begin an entry here; `running`: it would have to interrupt running text. */
export function entrySign(text: string, running: boolean): { indent: number; rest: string } | null {
  if (isRule(text)) return null
  const sign = /^ {0,3}([-+*]|[0-9]{1,9}[.)])( |$)/.exec(text)
  if (!sign?.[1]) return null
  const width = sign[0].trimEnd().length
  const content = text.slice(width)
  const blank = content.trim() === ''
  if (running && (blank || (/^[0-9]/.test(sign[1]) && Number.parseInt(sign[1], 10) !== 1))) {
    return null
  }
  const spaces = indentOf(content)
  const used = blank || spaces > 4 ? 1 : spaces
  return { indent: width + used, rest: content.slice(used) }
}

/** `***`, `- - -`, `___`: three or more of one sign and nothing else. */
export function isRule(text: string): boolean {
  const signs = text.replaceAll(' ', '')
  const sign = signs[0]
  if (signs.length < 3 || (sign !== '*' && sign !== '-' && sign !== '_')) return false
  for (const other of signs) if (other !== sign) return false
  return true
}

export function isHeading(text: string): boolean {
  return /^ {0,3}#{1,6}( |$)/.test(text)
}

export function fenceSign(text: string): { sign: string; length: number } | null {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(text)
  const signs = fence?.[1]
  if (!fence || !signs) return null
  const sign = signs.charAt(0)
  if (sign === '`' && text.indexOf('`', fence[0].length) >= 0) return null
  return { sign, length: signs.length }
}

export function closesFence(text: string, sign: string, length: number): boolean {
  const run = text.trim()
  if (indentOf(text) >= 4 || run.length < length) return false
  for (const other of run) if (other !== sign) return false
  return true
}

export function isTableUnderline(text: string, header: string): boolean {
  if (!text.includes('|') && !text.includes(':')) return false
  const cells = cellsOf(text)
  return cells.every((cell) => /^:?-+:?$/.test(cell)) && cells.length === cellsOf(header).length
}

function cellsOf(row: string): string[] {
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner.split('|').map((cell) => cell.trim())
}

/** The line under a heading of the underlined kind. */
export function isUnderline(text: string): boolean {
  return /^ {0,3}(=+|-+) *$/.test(text)
}
