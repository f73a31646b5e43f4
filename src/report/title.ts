import type { Doubt } from '../policy/doubts.ts'
import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { cut } from '../shared/markdown.ts'
import type { Report } from './report.ts'

/** GitHub allows a check run's title 255 characters. */
const titleLengthMax = 255
const countsMax = 3

/**
 * The verdict in one line, without text from the pull request. `left` findings are not in the
 * report, so that its counts say too little.
 */
export function titleOf(report: Report, doubts: readonly Doubt[], left: number): string {
  const line = verdictLine(report, doubts)
  const counts = report.findings.length > 0 && report.verdict !== 'cannot-tell'
  return cut(left > 0 && counts ? `At least: ${line}` : line, titleLengthMax)
}

function verdictLine(report: Report, doubts: readonly Doubt[]): string {
  const open = report.findings.filter((finding) => finding.accepted === null)
  switch (report.verdict) {
    case 'fail':
      return counted(open.filter((finding) => finding.level === 'error'))
    case 'needs-acceptance':
      return `Someone has to agree: ${counted(open.filter((f) => f.level === 'acceptance'))}`
    case 'warn':
      return counted(open.filter((finding) => finding.level === 'warning'))
    case 'cannot-tell':
      return `Cannot tell: ${[...new Set(doubts.map((doubt) => doubt.short))].join(', ')}`
    case 'not-applicable':
      return report.models.length === 0
        ? 'No threat model in this repository'
        : 'The threat model states no threats'
    case 'pass':
      return passLine(report)
  }
}

function passLine(report: Report): string {
  const settled = report.findings.filter((f) => f.accepted !== null && f.level !== 'notice')
  if (settled.length > 0) return `Settled: ${counted(settled)}, accepted`
  const changes = report.models.reduce((sum, model) => sum + model.changes.length, 0)
  if (report.models.some((model) => model.state === 'added')) return 'A new threat model, read well'
  if (changes > 0) return `${changes} ${changes === 1 ? 'change' : 'changes'}, nothing to object to`
  const asked = report.affected.filter((asset) => asset.threats.length > 0)
  if (asked.some((asset) => asset.unanswered.length > 0)) return 'Nothing to act on'
  if (asked.length > 0) return 'The changed code has an answer to each of its threats'
  return 'Nothing about threats changes'
}

/** "2 threats removed, 1 mitigation removed", loudest first. */
export function counted(findings: readonly Finding[]): string {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1)
  const parts = [...counts].map(([rule, count]) => {
    const noun = findRule(rule)?.noun ?? ['finding', 'findings']
    return `${count} ${noun[count === 1 ? 0 : 1]}`
  })
  const more = parts.length - countsMax
  return more > 0 ? `${parts.slice(0, countsMax).join(', ')} and more` : parts.join(', ')
}
