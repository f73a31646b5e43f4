import { describe, expect, test } from '@jest/globals'
import { pathMistake, readPattern } from '../../../src/shared/paths.ts'
import { processorMs } from '../../support/processor.ts'

describe('a pattern', () => {
  test.each([
    ['LICENSE', 'LICENSE', true],
    ['src', 'src/a/b.go', true],
    ['src', 'srcs/a.go', false],
    ['src/', 'src/a/b.go', true],
    ['./src/**', 'src/a.go', true],
    ['/src/**', 'src/.hidden/a.go', true],
    ['src/**', 'src', false],
    ['**', 'anything/at all', true],
    ['**/roster.go', 'roster.go', true],
    ['**/roster.go', 'a/b/roster.go', true],
    ['xmpp/roster*.go', 'xmpp/roster_test.go', true],
    ['xmpp/roster*.go', 'xmpp/deep/roster.go', false],
    ['*.go', 'main.go', true],
    ['*.go', 'cmd/main.go', false],
    ['#notes/*', '#notes/a', true],
    ['docs/*.md', 'docs/odd\nname "x".md', true],
    ['src/[ab].ts', 'src/b.ts', true],
    ['src/[ab].ts', 'src/c.ts', false],
    ['SRC/**', 'src/a.ts', false],
  ])('%s on %j: %s', (source, path, expected) => {
    const reading = readPattern(source)
    expect(reading.ok && reading.pattern.matches(path)).toBe(expected)
  })

  test.each([
    ['', 'is empty'],
    ['!vendor/**', 'starts with "!"'],
    ['src/{a,b}.ts', 'has braces'],
    ['src/@(a|b).ts', 'has a form like @(a|b)'],
    ['../other/**', 'leaves the repository'],
    ['*a*a*a*a*a', 'has more than 4 wild cards in one segment'],
    ['**/'.repeat(4), 'has "**" more than 3 times'],
    ['a/'.repeat(40), 'has more than 32 segments'],
    ['x'.repeat(257), 'is longer than 256 characters'],
    ['[a-z]'.repeat(5), 'has "[" more than 4 times'],
  ])('%s %s', (source, mistake) => {
    const reading = readPattern(source)
    expect(reading.ok ? null : reading.mistake).toContain(mistake)
  })
})

test('hostile patterns within the caps cost little more than a plain one', () => {
  const hostile = ['*a*a*a*a/**', '**/*a*b*c*d/**/*a*b*c*d/**', '**/**/**/a', '?*?*', '**a**/**b']
  const paths = ['a'.repeat(4000), `${'a/'.repeat(2000)}a`, 'abcd/'.repeat(800)]
  for (const source of hostile) {
    const reading = readPattern(source)
    expect(reading.ok).toBe(true)
    const start = processorMs()
    for (const path of paths) if (reading.ok) reading.pattern.matches(path)
    expect(processorMs() - start).toBeLessThan(500)
  }
})

test.each([
  ['THREAT_MODEL.md', null],
  ['docs/..notes.md', null],
  ['../../other', 'leaves the repository'],
  ['/etc/passwd', 'is absolute'],
  ['C:\\x', 'is absolute'],
  ['', 'is empty'],
])('the path %j: %s', (path, mistake) => {
  expect(pathMistake(path)).toBe(mistake)
})
