import type { Change, Comparison } from '../diff/change.ts'
import { safeText } from '../shared/markdown.ts'
import {
  type ChangeGroup,
  changeCount,
  changeGroups,
  foldText,
  groupNames,
  linesOf,
  verbOf,
} from './changes-entries.ts'
import type { ChangeEntry } from './changes-fields.ts'
import type { ChangeFold } from './changes-folds.ts'

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
  const folds = group.folds.flatMap(foldLines)
  return [`### ${groupNames[group.element]}`, '', ...entries, ...rest, ...folds].join('\n')
}

function foldLines({ told, entries, direction }: ChangeFold): string[] {
  const text = foldText(told, (words) => safeText(words, titleMax))
  const names = namesOf(entries.map((entry) => entry.title))
  return [`- ${marks[direction]} ${text} (${entries.length} elements)`, `  - ${names}`]
}

function namesOf(titles: readonly string[]): string {
  const shown = titles.slice(0, answersMax).map((title) => safeText(title, titleMax))
  const left = titles.length - shown.length
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(' · ')
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
  return [`  - ${removed ? 'answered' : 'answers'}: ${namesOf(answers)}`]
}

const marks = { neutral: '✏️', weaker: '🔻', stronger: '🔺' } as const

function markOf(entry: ChangeEntry): string {
  if (entry.changes.some((change) => change.kind === 'removed')) return '➖'
  if (entry.changes.some((change) => change.kind === 'added')) return '➕'
  return marks[entry.direction]
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
