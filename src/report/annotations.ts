import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { annotationMessageCharsMax } from '../shared/github-limits.ts'
import { cut, visible } from '../shared/markdown.ts'
import type { Annotation } from './annotation.ts'
import type { Report } from './report.ts'

/*
 * Findings as annotations of the check run. GitHub shows those only on lines of the head; what was
 * removed is annotated on the line that now stands in its place, and said on the deleted line
 * itself by a review comment. Annotations are plain text to GitHub: nothing in them is Markdown.
 */

/** GitHub takes 255; a title should be read at a glance. */
const titleLengthMax = 120

/** Annotations of one check run; beyond, nobody reads them. */
export const annotationsMax = 500

/** Open findings that have a line, loudest first. In advisory mode none looks like a failure. */
export function annotationsOf(report: Report): Annotation[] {
  return report.findings
    .filter((finding) => finding.accepted === null)
    .flatMap((finding) => annotation(finding, report))
}

function annotation(finding: Finding, report: Report): Annotation[] {
  const { place } = finding
  if (place === null) return []
  const removed = place.side === 'LEFT'
  const startLine = removed ? place.headLine : place.line
  if (startLine == null) return []
  return [
    {
      path: place.path,
      startLine,
      endLine: removed ? startLine : place.endLine,
      columns: place.columns ?? null,
      level: levelOf(finding, report),
      title: cut(titleOf(finding), titleLengthMax),
      message: cut(plainText(finding), annotationMessageCharsMax),
    },
  ]
}

function levelOf(finding: Finding, report: Report): Annotation['level'] {
  if (finding.level === 'notice') return 'notice'
  const blocks = finding.level === 'error' || finding.level === 'acceptance'
  return blocks && report.mode === 'enforce' ? 'failure' : 'warning'
}

function titleOf(finding: Finding): string {
  const [one] = findRule(finding.rule)?.noun ?? ['finding']
  return one.charAt(0).toUpperCase() + one.slice(1)
}

function plainText({ message, why, next }: Finding): string {
  return [message, why, next].map(visible).join('\n')
}
