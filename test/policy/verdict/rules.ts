import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { defaultLevels, ruleIds } from '../../../src/policy/rule-ids.ts'
import { findRule, rules } from '../../../src/policy/rules.ts'
import { rulesPage } from '../../support/rules-page.ts'

const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'RULES.md')

describe('the catalogue', () => {
  test('holds every rule once, under its own name', () => {
    expect(rules.map((rule) => rule.id)).toEqual(ruleIds)
    expect(findRule('threat-removed')?.id).toBe('threat-removed')
    expect(findRule('constructor')).toBeNull()
  })

  test('every rule says why, what to do, and how it is counted', () => {
    for (const rule of rules) {
      expect(rule.reason).toMatch(/^[A-Z].{20,120}\.$/)
      expect(rule.advice).toMatch(/\.$/)
      expect(rule.noun[0]).not.toBe(rule.noun[1])
    }
  })

  test('every rule names its opposite, or says why there is none', () => {
    for (const { id, mirror } of rules) {
      if ('none' in mirror) expect(mirror.none).toMatch(/^[A-Z].{10,}\.$/)
      else expect(findRule(mirror.rule)?.mirror).toEqual({ rule: id })
    }
  })

  test('no rule is off by default', () => {
    const levels: string[] = Object.values(defaultLevels)
    expect(levels).not.toContain('off')
  })

  test('docs/RULES.md is what the catalogue says', () => {
    const wanted = rulesPage()
    if (process.env.UPDATE === '1') writeFileSync(page, wanted)
    expect(readFileSync(page, 'utf8')).toBe(wanted)
  })
})
