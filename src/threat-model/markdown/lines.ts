/*
 * The little that is known of Markdown line by line, without a parser.
 */

/** The offsets at which lines start, `from` first. CR, LF and CRLF end a line. */
export function lineStarts(text: string, from = 0): number[] {
  const starts = [from]
  if (!text.includes('\r', from)) {
    for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1))
      starts.push(at + 1)
    return starts
  }
  const ends = /\r\n?|\n/g
  ends.lastIndex = from
  while (ends.test(text)) starts.push(ends.lastIndex)
  return starts
}

/** The same for a whole document, which is asked for several times in one reading. */
export function linesOf(text: string): readonly number[] {
  if (last.text !== text) last = { text, starts: lineStarts(text) }
  return last.starts
}

let last: { text: string; starts: readonly number[] } = { text: '', starts: [0] }

/** For measuring: a reading after this is a first reading. */
export function forgetLines(): void {
  last = { text: '', starts: [0] }
}

/** How many lines the front matter takes: from a first line `---` to the next one, or none. */
export function frontmatterLines(text: string, starts: readonly number[]): number {
  if (!isFrontmatterFence(text, starts[0])) return 0
  return starts.findIndex((at, line) => line > 0 && isFrontmatterFence(text, at)) + 1
}

function isFrontmatterFence(text: string, at: number | undefined): boolean {
  const fence = /---[ \t]*(?=[\r\n]|$)/y
  fence.lastIndex = at ?? text.length
  return fence.test(text)
}

/** The line that closes the fence opened on `line`, or the one behind the last. */
export function closingFence(text: string, starts: readonly number[], line: number): number {
  const opening = fenceAt(text, starts[line])
  const closing = new RegExp(
    ` {0,3}${opening[0] ?? '`'}{${opening.length},}[ \\t]*(?=[\\r\\n]|$)`,
    'y',
  )
  for (let next = line + 1; next < starts.length; next++) {
    closing.lastIndex = starts[next] ?? text.length
    if (closing.test(text)) return next
  }
  return starts.length
}

/** The run of backticks or tildes a line starts with, after up to three spaces. */
function fenceAt(text: string, at: number | undefined): string {
  const run = / {0,3}(`{3,}|~{3,})/y
  run.lastIndex = at ?? text.length
  return run.exec(text)?.[1] ?? ''
}
