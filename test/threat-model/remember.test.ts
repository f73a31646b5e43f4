import { describe, expect, test } from '@jest/globals'
import { rememberingEntries } from '../../src/threat-model/outline/keep.ts'
import type { Entry, List } from '../../src/threat-model/outline/types.ts'
import { rememberingIn } from '../../src/threat-model/remember.ts'
import { anyOf } from '../../src/threat-model/vocabulary/pattern.ts'

/*
 * What is asked once and not again. That the answers are the same as without any memory is tested
 * on whole documents (markdown.test.ts); here is told how often a question is asked.
 */

describe('a list whose entries are known from the list before', () => {
  const names = 'abcdefghijkl'.split('')
  const entries = names.map(entryOf)
  const added = entryOf('new')

  test.each([
    ['the same entries', entries, []],
    ['one in the middle is another', entries.with(6, added), ['new']],
    ['one more in the middle', entries.toSpliced(5, 0, added), ['new']],
    ['one more at the start', [added, ...entries], ['new']],
    ['one more at the end', [...entries, added], ['new']],
    ['one is gone', entries.toSpliced(3, 1), []],
    ['the first is gone', entries.slice(1), []],
    ['two change places', entries.with(2, at(7)).with(7, at(2)), ['h', 'd', 'e', 'f', 'g', 'c']],
    ['a short list is asked about anew', entries.slice(0, 3), ['a', 'b', 'c']],
  ])('%s', (_, now, expected) => {
    const asked: string[] = []
    const named = rememberingEntries(({ head }) => {
      asked.push(head.text)
      return head.text
    })
    named(listOf(entries))
    asked.length = 0
    expect(named(listOf(now))).toEqual(now.map(({ head }) => head.text))
    expect(asked).toEqual(expected)
  })

  function at(index: number): Entry {
    return entries[index] ?? added
  }
})

describe('what is known of an object', () => {
  const count = { asked: 0 }
  const twice = rememberingIn(({ value }: { value: number }) => {
    count.asked++
    return value < 0 ? undefined : value * 2
  })

  test('is told again, nothing as well as something', () => {
    const [something, nothing] = [{ value: 2 }, { value: -1 }]
    expect([twice(something), twice(something), twice(nothing), twice(nothing)]).toEqual([
      4,
      4,
      undefined,
      undefined,
    ])
    expect(count.asked).toBe(2)
  })

  test('is not known of its copy', () => {
    const object = { value: 3 }
    twice(object)
    const copy = { ...object, value: 5 }
    expect([twice(copy), twice(object)]).toEqual([10, 6])
  })
})

describe('any of several patterns', () => {
  const patterns = [/^open|^shut/, /gate$/, /^(?:a|b) key/, /\bBELL\b/i, /[|^]x/, /^\p{Lu}é/u]
  const isAny = anyOf(patterns)

  test.each([
    ['open doors', true],
    ['half open', false],
    ['all shut', false],
    ['shut', true],
    ['the gate', true],
    ['b key', true],
    ['the b key', false],
    ['a bell rings', true],
    ['a|x', true],
    ['Éé', true],
    ['', false],
  ])('%s', (text, expected) => {
    expect(isAny(text)).toBe(expected)
    expect(patterns.some((one) => one.test(text))).toBe(expected)
  })
})

function entryOf(text: string): Entry {
  return { head: { text } } as Entry
}

function listOf(entries: Entry[]): List {
  return { type: 'list', entries: [...entries] } as List
}
