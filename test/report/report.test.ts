import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { annotationsOf } from '../../src/report/annotations.ts'
import { reviewCommentBody } from '../../src/report/comments.ts'
import { reportJson } from '../../src/report/json.ts'
import type { Report } from '../../src/report/report.ts'
import { checkActions, summaryComment, summaryMarkdown } from '../../src/report/summary.ts'
import { reportText } from '../../src/report/text.ts'
import { review } from '../../src/review.ts'
import { expectWanted, goldenCases } from '../support/cases.ts'
import { factsOf } from '../support/facts.ts'
import { aliveInOurs } from '../support/markdown-oracle.ts'
import './report/page.ts'
import './report/replies.ts'
import './report/replies-parts.ts'

/*
 * Every text that people read, for a handful of pull requests, written out to be read. A change of
 * a word shows here and nowhere else.
 */

const cases = goldenCases('report')

describe('what people read', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    expectWanted(golden, withoutIds(everyForm(review(factsOf(golden)))))
  })

  test('nothing that GitHub would bring to life', () => {
    for (const golden of cases) {
      const facts = factsOf(golden)
      const report = review(facts)
      const addresses = facts.comments.map(({ url }) => url)
      const comments = report.findings.map((finding) => reviewCommentBody(finding, report))
      for (const text of [summaryMarkdown(report), summaryComment(report) ?? '', ...comments]) {
        expect(aliveInOurs(text, addresses)).toEqual([])
      }
    }
  })

  test('a pull request with nothing to say gets no comment and no annotation', () => {
    const quiet = cases.filter((golden) => golden.name.startsWith('quiet'))
    expect(quiet.length).toBeGreaterThan(0)
    for (const golden of quiet) {
      const report = review(factsOf(golden))
      expect(summaryComment(report)).toBeNull()
      expect(annotationsOf(report)).toEqual([])
      expect(summaryMarkdown(report).length).toBeLessThan(500)
    }
  })
})

/** Ids name contents and change with every word that a case is given. */
function withoutIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{32}\b/g, 'FULL-ID')
    .replace(/\b[0-9a-f]{6}-[0-9a-f]{4}\b/g, 'short-id')
}

function everyForm(report: Report): string {
  const comments = report.findings
    .filter((finding) => finding.accepted === null && finding.place !== null)
    .map((finding) => section(placeText(finding.place), reviewCommentBody(finding, report)))
  const annotations = annotationsOf(report).map(
    ({ path, startLine, level, title }) => `${level} ${path}:${startLine} ${title}`,
  )
  return [
    section('title', report.title),
    section('summary', summaryMarkdown(report)),
    section('comment', summaryComment(report) ?? '(none)'),
    ...comments,
    section('annotations', annotations.join('\n') || '(none)'),
    section(
      'buttons',
      checkActions(report)
        .map(({ label }) => label)
        .join(' · '),
    ),
    section('terminal', reportText(report, { color: false })),
  ].join('\n')
}

function placeText(place: { path: string; side: string; line: number } | null): string {
  return place ? `on ${place.path} ${place.side} ${place.line}` : ''
}

function section(name: string, text: string): string {
  return `════ ${name}\n${text.trimEnd()}\n`
}

describe('the report as JSON', () => {
  const golden = cases.find(({ name }) => name === 'removed')
  const value = golden ? reportJson(review(factsOf(golden))) : {}

  test('survives writing and reading, and names its form', () => {
    expect(JSON.parse(JSON.stringify(value))).toEqual(value)
    expect(value).toMatchObject({ schema: 'threat-model-report/1', verdict: 'needs-acceptance' })
  })

  test('every report fits the published schema', () => {
    const file = join(import.meta.dirname, '..', '..', 'docs', 'report.schema.json')
    const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(file, 'utf8')),
    )
    for (const one of [...cases, ...goldenCases('review')]) {
      const written = JSON.parse(JSON.stringify(reportJson(review(factsOf(one)))))
      expect([one.name, fits(written) ? [] : fits.errors]).toEqual([one.name, []])
    }
  })

  test('has lines instead of spans, and ids that a command understands', () => {
    expect(JSON.stringify(value)).not.toContain('offset')
    const { findings } = value as { findings: { id: string }[] }
    expect(findings[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{32}$/)
  })
})
