import type { Change } from '../diff/change.ts'
import { findingId } from '../policy/fingerprint.ts'
import type { Problem } from '../shared/problem.ts'
import type { ModelReport, Report } from './report.ts'

/**
 * The report as a value for programs: `threat-model-report/1`. Places are lines (1-based), as in
 * the other schemas of this program; what only serves the program itself is left out.
 */
export function reportJson(report: Report): object {
  const { models, findings, decisions, commentsMax: _max, replies: _replies, ...rest } = report
  return {
    ...rest,
    decisions: decisions.list,
    models: models.map(modelJson),
    findings: findings.map((finding) => ({ id: findingId(finding), ...finding })),
  }
}

function modelJson(model: ModelReport): object {
  return {
    ...model,
    changes: model.changes.map(changeJson),
    problems: model.problems.map(problemJson),
  }
}

function changeJson(change: Change): object {
  const { beforeSpan, afterSpan, ...rest } = change
  return {
    ...rest,
    beforeLine: beforeSpan?.start.line ?? null,
    afterLine: afterSpan?.start.line ?? null,
  }
}

function problemJson({ code, message, hint, span }: Problem): object {
  return { code, line: span.start.line, message, hint }
}
