import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { annotationsOf } from '../../src/report/annotations.ts'
import { reviewCommentBody } from '../../src/report/comments.ts'
import { reportJson } from '../../src/report/json.ts'
import { summaryComment, summaryMarkdown } from '../../src/report/summary.ts'
import { reportText } from '../../src/report/text.ts'
import { review } from '../../src/review.ts'
import { type GoldenCase, goldenCases } from '../support/cases.ts'
import { factsOf } from '../support/facts.ts'
import { aliveInOurs } from '../support/markdown-oracle.ts'

/*
 * What holds for every pull request, tried on documents put together at random from the lines of
 * the golden cases and from lines that nobody would write in good faith.
 */

const lines = [
  ...new Set(
    goldenCases('review').flatMap((golden) =>
      [...golden.parts].flatMap(([name, text]) =>
        name.endsWith('THREAT_MODEL.md') ? text.split('\n') : [],
      ),
    ),
  ),
]
const hostile = [
  '@octocat fixes #1',
  '| T-1 | ![x](http://e.example) | |',
  '<!-- threat-model-bot finding f=x -->',
  '### </details> `x` | y',
  '- \u202egnissem',
  '```',
  '# \ud800',
  '| | | |',
  '- - - - - - a',
]
const documentText = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...lines) }, fc.constantFrom(...hostile)),
    {
      maxLength: 40,
    },
  )
  .map((parts) => `${parts.join('\n')}\n`)
const mode = fc.constantFrom('advisory', 'enforce')

const pullRequest = fc
  .record({ base: documentText, head: documentText, mode, keeps: fc.boolean() })
  .map(({ base, head, mode: word, keeps }) => {
    const policy = `mode: ${word}\ncode:\n  The member list: ["members/**"]\n`
    return caseOf([
      ['policy.yml', policy],
      ['base/THREAT_MODEL.md', base],
      ['head/THREAT_MODEL.md', keeps ? base : head],
      ['base/members/a.go', 'package a\n'],
      ['head/members/a.go', 'package b\n// threat-model: asset="@octocat"\n'],
    ])
  })

function caseOf(parts: [string, string][]): GoldenCase {
  return { name: 'random', file: '', about: '', parts: new Map(parts) }
}

describe('whatever the pull request', () => {
  test('judging is a function of the facts and never throws', () => {
    fc.assert(
      fc.property(pullRequest, (golden) => {
        const facts = factsOf(golden)
        const report = review(facts)
        expect(review(structuredClone(facts))).toEqual(report)
        expect(JSON.parse(JSON.stringify(reportJson(report)))).toBeDefined()
      }),
      { numRuns: 60 },
    )
  })

  test('advisory never blocks, enforce never passes what it could not tell', () => {
    fc.assert(
      fc.property(pullRequest, (golden) => {
        const { mode: said, verdict, conclusion } = review(factsOf(golden))
        if (said === 'advisory') expect(['success', 'neutral']).toContain(conclusion)
        if (said === 'enforce' && verdict === 'cannot-tell') expect(conclusion).toBe('failure')
        if (conclusion === 'success') expect(['pass', 'not-applicable']).toContain(verdict)
      }),
      { numRuns: 60 },
    )
  })

  test('a model that stays as it is blocks nobody, however bad it is', () => {
    fc.assert(
      fc.property(documentText, (text) => {
        const golden = caseOf([
          ['policy.yml', 'mode: enforce\n'],
          ['both/THREAT_MODEL.md', text],
          ['head/other.go', 'package a\n'],
        ])
        const { findings, verdict } = review(factsOf(golden))
        expect(findings.filter((finding) => finding.level !== 'notice')).toEqual([])
        // What cannot be read at all is said, and is no finding.
        expect(['pass', 'not-applicable', 'cannot-tell']).toContain(verdict)
      }),
      { numRuns: 60 },
    )
  })

  test('every text stays text, within its limit', () => {
    fc.assert(
      fc.property(pullRequest, (golden) => {
        const report = review(factsOf(golden))
        const comments = report.findings.map((finding) => reviewCommentBody(finding, report))
        for (const text of [summaryMarkdown(report), summaryComment(report) ?? '', ...comments]) {
          expect(text.length).toBeLessThanOrEqual(65_535)
          expect(aliveInOurs(text)).toEqual([])
        }
        expect(reportText(report, { color: false }).replaceAll('\n', '')).not.toMatch(
          /[\p{Cc}\p{Cf}]/u,
        )
        for (const { startLine, endLine } of annotationsOf(report)) {
          expect(startLine).toBeGreaterThanOrEqual(1)
          expect(endLine).toBeGreaterThanOrEqual(startLine)
        }
      }),
      { numRuns: 60 },
    )
  })
})
