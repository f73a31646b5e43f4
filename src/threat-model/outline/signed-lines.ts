import type { Span } from '../../shared/span.ts'
import { listOf, plainEntry } from './lists.ts'
import { joined, type Phrase } from './phrase.ts'
import type { Entry, List, Paragraph } from './types.ts'

/*
 * Lines with a sign each are a list, though Markdown takes them for a paragraph:
 *
 *   ❌ A lost key                 • A lost key
 *   ❌ A flood in the cellar      • A flood in the cellar
 */

const signed = /^(?:[❌✅✗✘✖✔✓☑☒⛔🚫🔴🟢🟡🟠⚠]\u{fe0f}?|[•◦▪‣●○➤►])\s*(?=[\p{L}\p{N}"“`(*])/u

/** A bullet says nothing; a cross and a tick do. */
const bullet = /^[•◦▪‣●○➤►]\s*/u

const fewestSigned = 2

/** The paragraph as what stands before its first sign, and a list; or as it is. */
export function withSignedLines(paragraph: Paragraph): [Paragraph] | [List] | [Paragraph, List] {
  const { lines, span } = paragraph
  if (lines.filter(isSigned).length < fewestSigned) return [paragraph]
  const first = lines.findIndex(isSigned)
  const list = listOfLines(lines.slice(first), span)
  if (first === 0) return [list]
  const above = lines.slice(0, first)
  const end = above.at(-1)?.span.end ?? span.end
  const own = { start: span.start, end }
  return [{ ...paragraph, phrase: joined(above, own), lines: above, span: own }, list]
}

function isSigned({ text }: Phrase): boolean {
  return signed.test(text)
}

/** A line without a sign goes on with the one above. */
function listOfLines(lines: readonly Phrase[], { end }: Span): List {
  const entries: Entry[] = []
  for (let from = 0; from < lines.length; ) {
    const next = lines.findIndex((line, at) => at > from && isSigned(line))
    const to = next < 0 ? lines.length : next
    entries.push(entryOf(lines.slice(from, to)))
    from = to
  }
  const start = entries[0]?.span.start ?? end
  return listOf(entries, { start, end })
}

function entryOf(lines: readonly Phrase[]): Entry {
  const [first, last] = [lines[0], lines.at(-1)]
  const start = first?.span.start ?? nowhere
  const span = { start, end: last?.span.end ?? start }
  const head = first !== undefined && lines.length === 1 ? first : joined(lines.slice(), span)
  return plainEntry(withoutBullet(head), span)
}

const nowhere = { line: 1, column: 1, offset: 0 }

function withoutBullet(line: Phrase): Phrase {
  const text = line.text.replace(bullet, '')
  if (text === line.text) return line
  return { ...line, text, lead: line.lead.replace(bullet, '') }
}
