import { describe, expect, test } from '@jest/globals'
import { checkBounds } from '../../src/threat-model/bounds.ts'
import { forgetTexts } from '../../src/threat-model/markdown/markdown.ts'
import { read } from '../../src/threat-model/read.ts'
import { effort } from '../support/effort.ts'
import { hostileShapes } from '../support/hostile.ts'

/*
 * Each hostile text ends in a model or in a plain word that it is not read and where; never in a
 * throw. How long that takes, in three sizes up to 1 MB and beside a real document, is measured by
 * `npm run bench -- hostile`; here a limit that only an unbounded shape goes over must do.
 */

/** Unbounded, the worst shapes take from 20 seconds to minutes for the whole, from 5 for half. */
const chars = effort(12_000, 25_000)
const longestMs = effort(4_000, 8_000)

describe('a hostile text is read, or it is said why not', () => {
  test('there are enough of them', () => {
    const names = hostileShapes.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(140)
  })

  test.each(hostileShapes)('$name', ({ make }) => {
    const text = make(chars)
    expect(text.length).toBeGreaterThan(chars * 0.9)
    forgetTexts()
    const start = process.cpuUsage()
    const { model, problems, unreadable } = read(text)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(longestMs)
    if (unreadable === null) {
      expect(checkBounds(text)).toBeNull()
      expect(model.threats).toBeInstanceOf(Array)
    } else {
      const { line } = unreadable.span.start
      expect(unreadable.message).toMatch(/^(too complex to read|not a text), line \d+: /)
      expect(line).toBeLessThanOrEqual(text.split(/\r\n?|\n/).length)
      expect(unreadable.message).toContain(`line ${line}:`)
      expect(model.threats).toEqual([])
    }
    for (const { span } of problems) expect(span.end.offset).toBeLessThanOrEqual(text.length)
  })

  test.each([
    'quotes in a line',
    'stars in a line',
    'bullets in a line',
    'blank lines',
    'star and underscore',
    'nulls',
    'lone surrogates',
  ])('%s, of a megabyte', (name) => {
    const text = hostileShapes.find((shape) => shape.name === name)?.make(1_000_000) ?? ''
    const { unreadable } = read(text)
    expect(unreadable?.message).toMatch(/line \d+/)
  })
})
