import { shortId } from '../policy/fingerprint.ts'
import type { Finding, Suggestion } from '../policy/verdict.ts'
import { safeCode, safeText } from '../shared/markdown.ts'
import type { Block } from './blocks.ts'
import type { Report } from './report.ts'
import { findingMark } from './words.ts'

const sentenceMax = 600
const suggestedLinesMax = 10

/**
 * Findings by file. Each has the number that it has in the whole report, wherever it is shown:
 * `accept #2` has to mean the same whichever list was read. What was already said of another
 * finding of the file, in the same words, is not said again.
 */
export function findingBlocks(report: Report, shown: readonly Finding[]): Block[] {
  const numbers = new Map(report.findings.map((finding, index) => [finding, index + 1]))
  const files = new Map<string, { rows: string[]; said: Set<string> }>()
  for (const finding of shown) {
    const path = finding.place?.path ?? ''
    const file = files.get(path) ?? { rows: [], said: new Set() }
    file.rows.push(findingRow(finding, numbers.get(finding) ?? 0, file.said))
    files.set(path, file)
  }
  return [...files].map(([path, { rows }]) => ({
    head: path === '' ? '### Findings' : `### ${safeCode(path)}`,
    rows: ['', ...rows],
  }))
}

function findingRow(finding: Finding, number: number, said: Set<string>): string {
  const { message, why, next, place, accepted, suggestion } = finding
  const line = place ? ` (line ${place.line}${place.side === 'LEFT' ? ' before' : ''})` : ''
  const head = `- ${findingMark(finding)} \`#${number}\` ${safeText(message, sentenceMax)}${line}`
  if (accepted) {
    const until = accepted.until ? ` until ${safeText(accepted.until, 20)}` : ''
    const by = `accepted by ${safeCode(accepted.by, 60)}${until}`
    return `${head}  \n  ${by}: ${safeText(accepted.reason, sentenceMax)}`
  }
  const rest = `${safeText(why, sentenceMax)} ${safeText(next, sentenceMax)}`
  const names = `\`${finding.rule}\` \`${shortId(finding)}\``
  const parts = said.has(rest) ? [`${head} ${names}`] : [head, `${rest} ${names}`]
  said.add(rest)
  return [...parts, ...suggestedLines(suggestion)].join('  \n  ')
}

/** The mended lines to copy, also where no review comment can stand to offer them. */
function suggestedLines(suggestion: Suggestion | null): string[] {
  if (suggestion === null) return []
  const { startLine, endLine, replacement } = suggestion
  const lines = replacement.split('\n')
  if (lines.length > suggestedLinesMax) return []
  const where = startLine === endLine ? `Line ${startLine}` : `Lines ${startLine} to ${endLine}`
  return [`${where}, mended:`, ...lines.map((text) => safeCode(text))]
}
