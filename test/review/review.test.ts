import { describe, expect, test } from '@jest/globals'
import { ruleIds } from '../../src/policy/rule-ids.ts'
import type { Finding } from '../../src/policy/verdict.ts'
import type { Report } from '../../src/report/report.ts'
import { review } from '../../src/review.ts'
import { expectWanted, goldenCases } from '../support/cases.ts'
import { factsOf } from '../support/facts.ts'

/*
 * The whole judgement on small pull requests. Every rule has cases in which it speaks and cases in
 * which it must be silent; `want` is the report in a few lines.
 */

const cases = goldenCases('review')

describe('review', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    expectWanted(golden, reportLines(review(factsOf(golden))))
  })

  test('every rule speaks in a case that bears its name', () => {
    const silent = ruleIds.filter((id) => {
      const own = cases.filter((golden) => golden.name.startsWith(id))
      return !own.some((golden) => golden.parts.get('want')?.includes(` ${id} `))
    })
    expect(silent).toEqual([])
  })

  test('every rule is silent in a case that bears its name', () => {
    const loud = ruleIds.filter((id) => {
      const own = cases.filter((golden) => golden.name.startsWith(`${id}-not-`))
      return own.length === 0 || own.some((g) => g.parts.get('want')?.includes(` ${id} `))
    })
    expect(loud).toEqual([])
  })
})

function reportLines(report: Report): string {
  const { verdict, conclusion, title, patchCoverage } = report
  return [
    `${verdict} · ${conclusion} · ${title}`,
    ...report.findings.map(findingLine),
    ...report.affected.flatMap((asset) =>
      asset.files.map(
        ({ path, link, line }) =>
          `affected ${asset.kind} ${asset.title} by ${path}:${line ?? '-'} because ${link.because}`,
      ),
    ),
    ...report.deadLinks.filter((link) => !link.isNew).map((link) => `dead before: ${link.path}`),
    ...(patchCoverage.inScope > 0
      ? [`answered ${patchCoverage.answered} of ${patchCoverage.inScope}`]
      : []),
    ...report.limits.map((limit) => `limit: ${limit}`),
  ].join('\n')
}

function findingLine(finding: Finding): string {
  const { place, suggestion, accepted } = finding
  const at = place ? ` ${place.path}:${place.side === 'LEFT' ? '-' : ''}${place.line}` : ''
  const state = accepted ? ` (accepted by ${accepted.by})` : ''
  const mended = suggestion ? `\n    suggestion ${suggestion.replacement.trim()}` : ''
  return `${finding.level} ${finding.rule} ${at.trim()}${state}\n    ${finding.message}${mended}`
}
