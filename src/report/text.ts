import type { Change } from '../diff/change.ts'
import { shortId } from '../policy/fingerprint.ts'
import type { Finding } from '../policy/verdict.ts'
import { cut, visible } from '../shared/markdown.ts'
import type { ModelReport, Report } from './report.ts'
import { bar, changeNames, changeSign, isOpen, kindNames, modeNote, ratioText } from './words.ts'

/*
 * The report for a terminal. Foreign text cannot steer the terminal: control and invisible
 * characters are shown by their code point.
 */

const titleMax = 100
const rowsMax = 60

export interface TextOptions {
  color: boolean
}

type Paint = (text: string, color: 'red' | 'green' | 'yellow' | 'blue' | 'dim' | 'bold') => string

export function reportText(report: Report, options: TextOptions): string {
  const paint = painter(options.color)
  const lines = [
    ...headLines(report, paint),
    ...report.models.flatMap((model) => modelLines(model, paint)),
    ...coverageLines(report, paint),
    ...report.findings.flatMap((finding, index) => findingLines(finding, index + 1, paint)),
    ...codeLines(report, paint),
    ...report.suggestions.map(
      ({ element, pattern }) => `~ ${visible(pattern)} may be part of ${visible(element.title)}`,
    ),
    ...report.limits.map((limit) => paint(`? ${visible(limit)}`, 'yellow')),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function painter(color: boolean): Paint {
  const codes = { red: 31, green: 32, yellow: 33, blue: 34, dim: 2, bold: 1 }
  return (text, name) => (color ? `\u001b[${codes[name]}m${text}\u001b[0m` : text)
}

function headLines(report: Report, paint: Paint): string[] {
  const good = report.verdict === 'pass' || report.verdict === 'not-applicable'
  const bad = report.conclusion === 'failure' || report.conclusion === 'action_required'
  const color = good ? 'green' : bad ? 'red' : 'yellow'
  const note = modeNote(report)
  const head = paint(`${report.verdict}: ${visible(report.title)}`, color)
  return [head, ...(note === '' ? [] : [paint(note, 'dim')]), '']
}

function modelLines(model: ModelReport, paint: Paint): string[] {
  if (model.state === 'unchanged') return []
  const name = paint(visible(model.path), 'bold')
  if (model.state !== 'changed') return [`${name}: ${stateText(model)}`, '']
  const rows = model.changes.slice(0, rowsMax).map((change) => changeLine(change, paint))
  const left = model.changes.length - rows.length
  if (left > 0) rows.push(`  … and ${left} more`)
  return [name, ...rows, '']
}

function stateText(model: ModelReport): string {
  switch (model.state) {
    case 'form-only':
      return 'only its form changes'
    case 'added':
      return `new, ${model.threats} threats`
    case 'deleted':
      return 'deleted'
    case 'unreadable':
      return 'could not be compared'
    default:
      return model.state
  }
}

function changeLine(change: Change, paint: Paint): string {
  const line = change.afterSpan?.start.line ?? change.beforeSpan?.start.line ?? 0
  const before = change.afterSpan === null ? ' before' : ''
  const weaker = change.kind === 'removed' || change.direction === 'weaker'
  const sign = paint(changeSign(change), weaker ? 'red' : 'green')
  const what = `${kindNames[change.element]} ${changeNames[change.kind]}`
  const title = cut(visible(change.title), titleMax)
  return `  ${sign} ${what}: ${title} ${paint(`line ${line}${before}`, 'dim')}${detail(change)}`
}

function detail(change: Change): string {
  if (change.kind === 'renamed')
    return `\n      was: ${cut(visible(change.previousTitle ?? ''), titleMax)}`
  const fields = ['status-changed', 'severity-changed', 'link-changed']
  if (!fields.includes(change.kind)) return ''
  const part = (text: string | null) => cut(visible(text ?? '–'), titleMax)
  return `\n      ${change.field ?? ''}: ${part(change.before)} → ${part(change.after)}`
}

function coverageLines(report: Report, paint: Paint): string[] {
  const lines = report.models
    .filter((model) => model.coverageAfter.inScope > 0)
    .map((model) => {
      const ratio = ratioText(model.coverageAfter)
      const text = `${ratio} threats have an answer in ${visible(model.path)}`
      return `${paint(bar(model.coverageAfter), 'blue')} ${text}`
    })
  const { patchCoverage } = report
  if (patchCoverage.inScope > 0) {
    const text = `${ratioText(patchCoverage)} that this change adds or touches`
    lines.push(`${paint(bar(patchCoverage), 'blue')} ${text}`)
  }
  return lines.length === 0 ? [] : [...lines, '']
}

function findingLines(finding: Finding, number: number, paint: Paint): string[] {
  const { place, level, accepted } = finding
  const side = place?.side === 'LEFT' ? ' (before)' : ''
  const at = place ? `${visible(place.path)}:${place.line}${side}` : ''
  const color = level === 'notice' || accepted ? 'blue' : level === 'warning' ? 'yellow' : 'red'
  const word = accepted ? 'accepted' : level === 'acceptance' ? 'needs acceptance' : level
  const head = `#${number} ${paint(word, color)} ${visible(finding.message)}`
  const tail = paint(`${at}  ${finding.rule} ${shortId(finding)}`.trim(), 'dim')
  if (!isOpen(finding)) {
    return [
      head,
      `   by ${visible(accepted?.by ?? '')}: ${visible(accepted?.reason ?? '')}`,
      `   ${tail}`,
      '',
    ]
  }
  return [head, `   ${visible(finding.why)}`, `   ${visible(finding.next)}`, `   ${tail}`, '']
}

function codeLines(report: Report, paint: Paint): string[] {
  const lines = report.affected.flatMap((asset) =>
    asset.files.map((file) => {
      const open = `${asset.unanswered.length} of ${asset.threats.length} threats open`
      const because = paint(`(${visible(file.link.because)})`, 'dim')
      return `${visible(file.path)} → ${visible(asset.title)}: ${open} ${because}`
    }),
  )
  const left = lines.length - rowsMax
  const shown = lines.slice(0, rowsMax)
  if (left > 0) shown.push(`… and ${left} more`)
  return shown.length === 0 ? [] : [...shown, '']
}
