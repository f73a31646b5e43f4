import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../src/diff/change.ts'
import { compare } from '../../src/diff/compare.ts'
import { read } from '../../src/threat-model/read.ts'
import { expectWanted, goldenCases } from '../support/cases.ts'

/*
 * Two documents in, the changes of meaning out, one line each and its words below. Nothing wanted
 * means that nothing changed in meaning.
 */

describe('changes between two documents', () => {
  for (const golden of goldenCases('diff')) {
    test(golden.name, () => {
      const texts = {
        before: golden.parts.get('base') ?? '',
        after: golden.parts.get('head') ?? '',
      }
      const [before, after] = [read(texts.before).model, read(texts.after).model]
      expect(before.threats.length).toBeGreaterThan(0)
      expectWanted(golden, compare(before, after, texts).changes.flatMap(shown).join('\n'))
    })
  }
})

function shown(change: Change): string[] {
  const { kind, field, element, title, previousTitle, direction, confidence, phrases } = change
  const was = previousTitle === null ? '' : ` (was: ${previousTitle})`
  const others = change.others.map((other) => `    with ${other}`)
  const lonely = kind === 'added' || kind === 'removed'
  return [
    `${kind} ${element}${field === null ? '' : ` ${field}`}: ${title}${was}`,
    `    ${direction}, ${confidence >= 0.75 ? 'sure' : 'probably'}: ${change.reason}`,
    ...others,
    ...(lonely ? [] : lines(change.before, '-')),
    ...(lonely ? [] : lines(change.after, '+')),
    ...(phrases === null ? [] : [`    “${phrases.before}” → “${phrases.after}”`]),
  ]
}

function lines(text: string | null, sign: string): string[] {
  return text === null ? [] : text.split('\n').map((line) => `    ${sign} ${line}`)
}
