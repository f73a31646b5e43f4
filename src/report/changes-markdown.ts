import type { Change, Comparison } from '../diff/change.ts'
import { safeText } from '../shared/markdown.ts'
import {
  type ChangeEntry,
  type ChangeGroup,
  changeCount,
  changeGroups,
  groupNames,
  linesOf,
  verbOf,
} from './changes-entries.ts'

/*
 * Changes of meaning as Markdown: a heading for each kind of element, a list entry for each
 * element, below it what it said before (struck through) and says now. Words of the document pass
 * through shared/markdown, so they stay words.
 */

const titleMax = 160
const sentenceMax = 400
const linesMax = 12
const answersMax = 3
const entriesMax = 200

export function changesMarkdown(comparison: Comparison): string {
  const { changes, notes } = comparison
  const head = `**${changeCount(changes)}.**`
  const doubts = notes.map((note) => `> ${safeText(note, sentenceMax)}`)
  return [head, ...doubts, ...changeGroups(comparison).map(groupBlock)].join('\n\n')
}

function groupBlock(group: ChangeGroup): string {
  const shown = group.entries.slice(0, entriesMax)
  const left = group.entries.length - shown.length
  const rest = left > 0 ? [`- … and ${left} more`] : []
  const entries = shown.flatMap(entryLines)
  return [`### ${groupNames[group.element]}`, '', ...entries, ...rest].join('\n')
}

function entryLines(entry: ChangeEntry): string[] {
  const line = entry.removed ? `line ${entry.line} before` : `line ${entry.line}`
  const doubt = entry.doubt
  return [
    `- ${markOf(entry)} **${safeText(entry.title, titleMax)}** (${line})`,
    ...entry.changes.flatMap(changeLines),
    ...answerLines(entry),
    ...(doubt === null
      ? []
      : [`  - *probably the same: ${doubt.percent} %, ${safeText(doubt.reason, titleMax)}*`]),
  ]
}

function answerLines({ answers, removed }: ChangeEntry): string[] {
  if (answers.length === 0) return []
  const shown = answers.slice(0, answersMax).map((title) => safeText(title, titleMax))
  const left = answers.length - shown.length
  const names = [...shown, ...(left > 0 ? [`${left} more`] : [])].join(' · ')
  return [`  - ${removed ? 'answered' : 'answers'}: ${names}`]
}

function markOf(entry: ChangeEntry): string {
  if (entry.removed) return '➖'
  if (entry.changes.some((change) => change.kind === 'added')) return '➕'
  if (entry.direction === 'neutral') return '✏️'
  return entry.direction === 'weaker' ? '🔻' : '🔺'
}

function changeLines(change: Change): string[] {
  if (change.kind === 'added') return []
  if (change.kind === 'removed') return ['  - removed']
  const told = change.direction === 'neutral' ? '' : ` (${change.direction})`
  return [
    `  - ${verbOf(change)}${told}${phrases(change)}`,
    ...values(change.before, (text) => `~~${text}~~`),
    ...values(change.after, (text) => text),
  ]
}

function phrases(change: Change): string {
  if (change.phrases === null) return ''
  const { before, after } = change.phrases
  return `: “${safeText(before, titleMax)}” → “${safeText(after, titleMax)}”`
}

function values(text: string | null, dress: (text: string) => string): string[] {
  const all = linesOf(text)
  const shown = all.slice(0, linesMax).map((line) => `    - ${dress(safeText(line, sentenceMax))}`)
  const left = all.length - shown.length
  return left > 0 ? [...shown, `    - … and ${left} more`] : shown
}
