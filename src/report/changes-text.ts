import type { Change, Comparison } from '../diff/change.ts'
import { cut, visible } from '../shared/markdown.ts'
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
 * Changes of meaning for a terminal:
 *
 *   2 changes of meaning: 1 weaker, 1 stronger
 *
 *   Threats
 *     ↓ Replay of tokens  line 14
 *         text reworded
 *           - The server must reject old tokens.
 *           + The server should reject old tokens.
 *     + Forging the alarm of a door  line 20
 *
 * What the document says cannot steer the terminal: control characters are shown by their code
 * point.
 */

const titleMax = 120
const sentenceMax = 400
/** More lines of one change than this are counted, not shown. */
const linesMax = 12
const answersMax = 3
const entriesMax = 500
/** Characters before and after together. */
const longText = 240

type Color = 'red' | 'green' | 'yellow' | 'dim' | 'bold'
type Paint = (text: string, color: Color) => string

export function changesText(comparison: Comparison, options: { color: boolean }): string {
  const paint = painter(options.color)
  const { changes } = comparison
  const head = paint(changeCount(changes), changes.length === 0 ? 'dim' : 'bold')
  const notes = comparison.notes.map((note) => paint(`? ${visible(note)}`, 'yellow'))
  const groups = changeGroups(comparison).flatMap((group) => ['', ...groupLines(group, paint)])
  return `${[head, ...notes, ...groups].join('\n')}\n`
}

function painter(color: boolean): Paint {
  const codes: Record<Color, number> = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 }
  return (text, name) => (color ? `\u001b[${codes[name]}m${text}\u001b[0m` : text)
}

function groupLines(group: ChangeGroup, paint: Paint): string[] {
  const shown = group.entries.slice(0, entriesMax)
  const left = group.entries.length - shown.length
  const rest = left > 0 ? [paint(`  … and ${left} more`, 'dim')] : []
  return [
    paint(groupNames[group.element], 'bold'),
    ...shown.flatMap((entry) => entryLines(entry, paint)),
    ...rest,
    ...group.folds.flatMap((fold) => foldLines(fold, paint)),
  ]
}

function foldLines({ told, entries, direction }: ChangeFold, paint: Paint): string[] {
  const count = paint(`${entries.length} elements`, 'dim')
  const text = foldText(told, (words) => cut(visible(words), titleMax))
  const names = namesOf(entries.map((entry) => entry.title))
  return [
    `  ${paint(signs[direction], colors[direction])} ${text}  ${count}`,
    `      ${paint(names, 'dim')}`,
  ]
}

function namesOf(titles: readonly string[]): string {
  const shown = titles.slice(0, answersMax).map((title) => cut(visible(title), titleMax))
  const left = titles.length - shown.length
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(' · ')
}

function entryLines(entry: ChangeEntry, paint: Paint): string[] {
  const color = colors[entry.direction]
  const title = cut(visible(entry.title), titleMax)
  const line = paint(entry.removed ? `line ${entry.line} before` : `line ${entry.line}`, 'dim')
  const doubt = entry.doubt
  return [
    `  ${paint(signOf(entry), color)} ${title}  ${line}`,
    ...entry.changes.flatMap((change) => changeLines(change, paint)),
    ...answerLines(entry, paint),
    ...(doubt === null
      ? []
      : [paint(`      probably the same: ${doubt.percent} %, ${visible(doubt.reason)}`, 'yellow')]),
  ]
}

function answerLines({ answers, removed }: ChangeEntry, paint: Paint): string[] {
  if (answers.length === 0) return []
  return [paint(`      ${removed ? 'answered' : 'answers'}: ${namesOf(answers)}`, 'dim')]
}

const colors = { neutral: 'yellow', weaker: 'red', stronger: 'green' } as const
const signs = { neutral: '·', weaker: '↓', stronger: '↑' } as const

function signOf(entry: ChangeEntry): string {
  if (entry.changes.some((change) => change.kind === 'removed')) return '−'
  if (entry.changes.some((change) => change.kind === 'added')) return '+'
  return signs[entry.direction]
}

function changeLines(change: Change, paint: Paint): string[] {
  if (change.kind === 'added') return []
  if (change.kind === 'removed') return [paint('      removed', 'dim')]
  const weaker = change.direction === 'weaker' ? paint('  weaker', 'red') : ''
  const stronger = change.direction === 'stronger' ? paint('  stronger', 'green') : ''
  return [
    `${paint(`      ${verbOf(change)}`, 'dim')}${weaker}${stronger}`,
    ...valueLines(change.before, '-', 'red', paint),
    ...valueLines(change.after, '+', 'green', paint),
    ...phraseLines(change, paint),
  ]
}

function valueLines(text: string | null, sign: string, color: Color, paint: Paint): string[] {
  const all = linesOf(text)
  const shown = all.slice(0, linesMax).map((line) => {
    return paint(`        ${sign} ${cut(visible(line), sentenceMax)}`, color)
  })
  const left = all.length - shown.length
  return left > 0 ? [...shown, paint(`        ${sign} … and ${left} more`, color)] : shown
}

/** In a long text the few words that weigh are said again alone. */
function phraseLines(change: Change, paint: Paint): string[] {
  const length = (change.before ?? '').length + (change.after ?? '').length
  if (change.phrases === null || length < longText) return []
  const { before, after } = change.phrases
  const told = `“${cut(visible(before), titleMax)}” → “${cut(visible(after), titleMax)}”`
  return [paint(`        because of ${told}`, 'dim')]
}
