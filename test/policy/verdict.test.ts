import { describe, expect, test } from '@jest/globals'
import { conclude, verdictOf } from '../../src/policy/judge.ts'
import type { Finding, RuleLevel, Verdict } from '../../src/policy/verdict.ts'
import './verdict/paths.ts'
import './verdict/rules.ts'

/*
 * The truth tables. Advisory never blocks; enforce never lets the unknown pass; what a person has
 * accepted no longer counts; a notice never changes a verdict.
 */

describe('verdict × mode → conclusion', () => {
  const table: [Verdict, enforce: string, advisory: string][] = [
    ['pass', 'success', 'success'],
    ['not-applicable', 'success', 'success'],
    ['warn', 'neutral', 'neutral'],
    ['needs-acceptance', 'action_required', 'neutral'],
    ['cannot-tell', 'failure', 'neutral'],
    ['fail', 'failure', 'neutral'],
  ]
  test.each(table)('%s: %s when enforcing, %s when advising', (verdict, enforce, advisory) => {
    expect(conclude(verdict, 'enforce')).toBe(enforce)
    expect(conclude(verdict, 'advisory')).toBe(advisory)
  })
})

describe('what is open × doubt → verdict', () => {
  const table: [open: string, doubt: 'doubt' | 'sure', Verdict][] = [
    ['', 'sure', 'pass'],
    ['notice', 'sure', 'pass'],
    ['warning', 'sure', 'warn'],
    ['acceptance', 'sure', 'needs-acceptance'],
    ['error', 'sure', 'fail'],
    ['', 'doubt', 'cannot-tell'],
    ['notice', 'doubt', 'cannot-tell'],
    ['warning', 'doubt', 'cannot-tell'],
    ['acceptance', 'doubt', 'cannot-tell'],
    ['error', 'doubt', 'fail'],
    ['warning acceptance', 'sure', 'needs-acceptance'],
    ['warning acceptance error', 'sure', 'fail'],
    ['accepted:error', 'sure', 'pass'],
    ['accepted:acceptance', 'sure', 'pass'],
    ['accepted:warning', 'sure', 'pass'],
    ['accepted:error acceptance', 'sure', 'needs-acceptance'],
    ['accepted:error', 'doubt', 'cannot-tell'],
  ]
  test.each(table)('open "%s", %s: %s', (open, doubt, verdict) => {
    const findings = open.split(' ').filter(Boolean).map(finding)
    const doubts = doubt === 'doubt' ? ['something could not be read'] : []
    expect(verdictOf(findings, doubts, true)).toBe(verdict)
  })

  test('without a threat model nothing applies, but doubt is doubt', () => {
    expect(verdictOf([], [], false)).toBe('not-applicable')
    expect(verdictOf([], ['something could not be read'], false)).toBe('cannot-tell')
  })
})

function finding(text: string): Finding {
  const accepted = text.startsWith('accepted:')
  return {
    rule: 'threat-removed',
    level: text.replace('accepted:', '') as RuleLevel,
    fingerprint: text,
    content: text,
    element: null,
    message: '',
    why: '',
    next: '',
    place: null,
    suggestion: null,
    accepted: accepted ? { by: 'maria', at: '', until: null, reason: '', source: '' } : null,
  }
}
