import type { Ratio } from '../coverage/link.ts'
import type { Change, ChangeKind } from '../diff/change.ts'
import type { Finding } from '../policy/verdict.ts'
import type { ElementKind } from '../threat-model/model.ts'
import type { Report } from './report.ts'

/** Small words and signs that every form of the report shares. */

export const kindNames: Record<ElementKind, string> = {
  asset: 'asset',
  adversary: 'adversary',
  attack: 'attack',
  threat: 'threat',
  mitigation: 'mitigation',
  boundary: 'trust boundary',
  assumption: 'assumption',
  'scope-note': 'scope note',
}

export const changeNames: Record<ChangeKind, string> = {
  added: 'new',
  removed: 'removed',
  reworded: 'reworded',
  renamed: 'renamed',
  moved: 'moved',
  split: 'split',
  merged: 'merged',
  'status-changed': 'status',
  'severity-changed': 'rating',
  'link-changed': 'links',
}

/** What became weaker or stronger, in a sign. */
export function changeSign(change: Change): string {
  if (change.kind === 'added') return '+'
  if (change.kind === 'removed') return '−'
  if (change.direction === 'weaker') return '↓'
  return change.direction === 'stronger' ? '↑' : '·'
}

export function findingMark(finding: Finding): string {
  if (finding.accepted) return '✅'
  if (finding.level === 'error') return '❌'
  if (finding.level === 'acceptance') return '✋'
  return finding.level === 'warning' ? '⚠️' : 'ℹ️'
}

export function verdictMark(report: Report): string {
  switch (report.verdict) {
    case 'pass':
    case 'not-applicable':
      return '✅'
    case 'fail':
      return report.mode === 'enforce' ? '❌' : '⚠️'
    case 'needs-acceptance':
      return '✋'
    case 'cannot-tell':
      return '❔'
    case 'warn':
      return '⚠️'
  }
}

const barLength = 20

/** `███████░░░`, never full while something is open and never empty while something is answered. */
export function bar(ratio: Ratio): string {
  if (ratio.inScope === 0) return '░'.repeat(barLength)
  const share = (ratio.answered / ratio.inScope) * barLength
  const full =
    ratio.answered === ratio.inScope ? barLength : Math.min(Math.floor(share), barLength - 1)
  const shown = ratio.answered > 0 ? Math.max(full, 1) : 0
  return '█'.repeat(shown) + '░'.repeat(barLength - shown)
}

export function ratioText({ answered, inScope }: Ratio): string {
  return `${answered} of ${inScope}`
}

/** Advisory mode keeps quiet about blocking, because nothing does. */
export function modeNote(report: Report): string {
  const blocks = ['fail', 'needs-acceptance', 'cannot-tell'].includes(report.verdict)
  return blocks && report.mode === 'advisory' ? 'Advisory mode: nothing is blocked.' : ''
}

export function isOpen(finding: Finding): boolean {
  return finding.accepted === null
}
