import { describe, expect, test } from '@jest/globals'
import { sameText } from '../../src/diff/body-changes.ts'
import { normal, normalName, sentences, stems, ticks } from '../../src/diff/normal.ts'
import { indexText, timesIn } from '../../src/diff/text-index.ts'
import { differBySpelling } from '../../src/diff/typos.ts'

const form: [left: string, right: string][] = [
  ['Reading *mail*', 'reading mail'],
  ['Run `a_b` now', 'Run a_b now'],
  ['See [the list](https://example.org/x).', 'See [the list](#here)'],
  ['one,  two\nthree', 'One two; three.'],
  ["The user's key", 'The users key'],
  ['__Never__ share', 'never share'],
  ['multi-user', 'multi user'],
  ['Ｆull width', 'full width'],
]

const meaning: [left: string, right: string][] = [
  ['Use TLS 1.2', 'Use TLS 12'],
  ['at least 5 tries', 'at most 5 tries'],
  ['more than > 5', 'more than < 5'],
  ['A trusts B', 'B trusts A'],
  ['✅ checked', '❌ checked'],
]

describe('normal form', () => {
  test.each(form)('%j says what %j says', (left, right) => {
    expect(sameText(left, right)).toBe(true)
  })

  test.each(meaning)('%j does not say what %j says', (left, right) => {
    expect(sameText(left, right)).toBe(false)
  })

  test('numbering in front of a name is no part of it', () => {
    expect(normalName('(D) Compromised build')).toBe('compromised build')
    expect(normalName('(A)(B2) Deleted code')).toBe('deleted code')
    expect(normalName('(D)')).toBe('d')
    expect(normalName('(AWS) keys')).toBe('aws keys')
  })

  test('a tick that comes or goes is form, a tick that becomes a cross is not', () => {
    expect(ticks('✅ yes ✔')).toBe('++')
    expect(sameText('✅ checked', 'checked')).toBe(true)
  })

  test('sentences end where one can begin', () => {
    expect(sentences('It reads v1.2 files. Then it stops! (Always.) e.g. here')).toEqual([
      'It reads v1.2 files.',
      'Then it stops!',
      '(Always.) e.g. here',
    ])
    expect(sentences('鍵は古い。新しい鍵はない。')).toEqual(['鍵は古い。', '新しい鍵はない。'])
  })

  test('stems of one word family are the same', () => {
    expect(new Set(stems('encrypted encryption encrypts'))).toEqual(new Set(['encrypt']))
    expect(stems('鍵を盗む')).toEqual(['鍵を', 'を盗', '盗む'])
    expect(normal('')).toBe('')
  })
})

const harbour = 'the key of the gate. the old key of the gate, the keyhole; a_b'

const phrases: [phrase: string, times: number][] = [
  ['the key', 1],
  ['key of the gate', 2],
  ['the gate. the', 1],
  ['the lamp', 0],
  ['a', 1],
  ['. ', 0],
]

describe('phrases of a long text', () => {
  test.each(phrases)('%j stands there %i times', (phrase, times) => {
    expect(timesIn(indexText(harbour), phrase, 9)).toBe(times)
  })

  test('counting ends where it was told to end', () => {
    expect(timesIn(indexText(harbour), 'the', 2)).toBe(2)
  })

  test('what was not looked for is known', () => {
    const index = { ...indexText('tide '.repeat(9)), looksLeft: 3 }
    expect([timesIn(index, 'tide', 9), index.fellShort]).toEqual([3, true])
  })
})

const spelling: [before: string, after: string, same: boolean][] = [
  ['Names are explicitely left out', 'Names are explicitly left out', true],
  ['The traffice at the gate', 'The traffic at the gate', true],
  ['A signed ticket', 'A unsigned ticket', false],
  ['The filter prevents floods', 'The filter presents floods', false],
  ['After 10 minutes', 'After 30 minutes', false],
  ['Only the operator may enter', 'Only the operators may enter', false],
  ['It is not open', 'It is now open', false],
  ['The internal gate', 'The external gate', false],
  ['The encryted list', 'The encrypted list', false],
  ['The same list', 'The same list', false],
]

describe('spelling', () => {
  test.each(spelling)('%j and %j: only spelt otherwise is %j', (before, after, same) => {
    expect([differBySpelling(before, after), differBySpelling(after, before)]).toEqual([same, same])
  })
})
