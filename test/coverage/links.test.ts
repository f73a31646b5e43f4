import { describe, expect, test } from '@jest/globals'
import { generatedFiles } from '../../src/coverage/generated.ts'
import { readMarkers } from '../../src/coverage/markers.ts'
import { firstChangedLine, readPatch } from '../../src/coverage/patch-lines.ts'
import { lookUpPaths, pathsBefore } from '../../src/coverage/tree.ts'
import { factsOf } from '../support/facts.ts'
import { processorMs } from '../support/processor.ts'

const plain = factsOf({ name: 'plain', file: '', about: '', parts: new Map() })

describe('marks in code', () => {
  test.each([
    ['// threat-model: asset="The contact list"'],
    ['//! threat-model: asset="The contact list"'],
    ['# threat-model: asset="The contact list"'],
    ['-- threat-model: asset="The contact list"'],
    ['/* threat-model: asset="The contact list" */'],
    [' * threat-model: asset="The contact list"'],
    ['<!-- threat-model: asset="The contact list" -->'],
    ['; threat-model: asset="The contact list"'],
    ['% threat-model: asset="The contact list"'],
    ['\' threat-model: asset="The contact list"'],
    ['(* threat-model: asset="The contact list" *)'],
    ['{- threat-model: asset="The contact list" -}'],
    ['REM threat-model: asset="The contact list"'],
    ['let x = 1 // threat-model: asset="The contact list"'],
    ['// Threat-Model: ASSET="The contact list"'],
  ])('%s', (line) => {
    expect(readMarkers(line)[0]?.asset ?? []).toEqual(
      line.includes('threat-model:') ? ['The contact list'] : [],
    )
  })

  test('several names, and several things in one mark', () => {
    const [marker] = readMarkers('// threat-model: asset=list mitigates=T-1,T-2 mitigation="A b"')
    expect(marker).toMatchObject({
      asset: ['list'],
      mitigates: ['T-1', 'T-2'],
      mitigation: ['A b'],
    })
  })

  test.each([
    ['threat-model: asset=list'],
    ['see the threat-model: asset=list'],
    ['// threat-model: nothing known=here'],
    ['// threat-model:'],
    [`// threat-model: asset=${'x'.repeat(2_000)}`],
  ])('no mark: %s', (line) => {
    expect(readMarkers(line)).toEqual([])
  })

  test('before any code it speaks for the file, elsewhere for what follows', () => {
    const text = [
      '#!/usr/bin/env python', // 1
      '# threat-model: asset=list', // 2
      'import os', // 3
      '', // 4
      '# threat-model: asset=keys', // 5
      'def load():', // 6
      '    a()', // 7
      '', // 8
      '    b()', // 9
      '', // 10
      'def other():', // 11
      '    # threat-model: asset=room', // 12
      '    c()', // 13
      '    d()', // 14
    ].join('\n')
    const ranges = readMarkers(text).map(({ asset, from, to }) => [asset[0], from, to])
    expect(ranges).toEqual([
      ['list', 1, 14],
      ['keys', 5, 9],
      ['room', 12, 14],
    ])
  })

  test('a flood of marks is bounded', () => {
    const text = '// threat-model: asset=list\n'.repeat(20_000)
    const start = processorMs()
    expect(readMarkers(text).length).toBe(200)
    expect(processorMs() - start).toBeLessThan(1_000)
  })
})

describe('changed lines', () => {
  const patch = '@@ -10,4 +10,5 @@ func a\n kept\n-gone\n+new\n+more\n kept\n-last'

  test('of both sides, with the place of what is gone', () => {
    const lines = readPatch(patch)
    expect(lines?.added).toEqual([11, 12])
    expect(lines?.removed).toEqual([11, 13])
    expect([...(lines?.spots ?? [])]).toEqual([
      [11, 11],
      [13, 13],
    ])
  })

  test.each([
    [patch, 11],
    ['@@ -1,2 +0,0 @@\n-a\n-b', null],
    ['@@ -5,3 +5,2 @@\n a\n-b\n c', 6],
    ['@@ -0,0 +1,2 @@\n+a\n+b', 1],
    ['', null],
    [null, null],
  ])('the first that a comment can stand on: %j → %s', (text, line) => {
    expect(firstChangedLine(readPatch(text))).toBe(line)
  })
})

describe('files that nobody writes', () => {
  const attributes = (text: string) => ({
    ...plain,
    sources: [{ path: '.gitattributes', text }],
  })
  test.each([
    ['package-lock.json', true],
    ['deep/down/yarn.lock', true],
    ['vendor/lib/a.go', true],
    ['src/vendor/shop.ts', false],
    ['api/user.pb.go', true],
    ['src/roster.go', false],
    ['made/by/hand.ts', false],
  ])('%s: %s', (path, expected) => {
    expect(generatedFiles(plain, [])(path)).toBe(expected)
  })

  test('as .gitattributes says, and what it takes back', () => {
    const text = '*.api.ts linguist-generated\nvendor/own/** -linguist-vendored\n# x\n\nbad'
    const isGenerated = generatedFiles(attributes(text), ['docs/**'])
    expect(isGenerated('src/deep/a.api.ts')).toBe(true)
    expect(isGenerated('vendor/own/a.go')).toBe(false)
    expect(isGenerated('docs/a.ts')).toBe(true)
  })

  test('a pull request cannot excuse its own code', () => {
    const files = [
      {
        path: '.gitattributes',
        previousPath: null,
        status: 'modified' as const,
        additions: 1,
        deletions: 0,
        patch: null,
      },
    ]
    const facts = { ...attributes('src/** linguist-generated'), files }
    expect(generatedFiles(facts, [])('src/a.ts')).toBe(false)
  })
})

describe('trees', () => {
  test('a path by its end, when only one has it', () => {
    const lookup = lookUpPaths(['src/a/b.go', 'lib/a/b.go', 'src/c.go', 'odd "näme\n.go'])
    expect(lookup.uniqueBySuffix('c.go')).toBe('src/c.go')
    expect(lookup.uniqueBySuffix('a/b.go')).toBeNull()
    expect(lookup.uniqueBySuffix('src/a/b.go')).toBeNull()
    expect(lookup.has('odd "näme\n.go')).toBe(true)
  })

  test('a folder is there when a file in it is', () => {
    const lookup = lookUpPaths(['src/a/b/c.go', 'src/a/d.go', 'top.go'])
    const asked = ['src', 'src/a', 'src/a/b', 'src/a/b/c.go', 'rc/a', 'src/', 'src/a/c', '']
    expect(asked.filter((path) => lookup.has(path))).toEqual(asked.slice(0, 4))
  })

  test('the tree before is the tree after without what the pull request did', () => {
    const file = { additions: 0, deletions: 0, patch: null }
    const facts = {
      ...plain,
      tree: ['kept', 'new', 'to'],
      files: [
        { path: 'new', previousPath: null, status: 'added' as const, ...file },
        { path: 'gone', previousPath: null, status: 'removed' as const, ...file },
        { path: 'to', previousPath: 'from', status: 'renamed' as const, ...file },
      ],
    }
    expect(pathsBefore(facts)?.sort()).toEqual(['from', 'gone', 'kept'])
    expect(pathsBefore({ ...facts, tree: null })).toBeNull()
  })

  test('a hundred thousand files are looked up within a second', () => {
    const paths = Array.from({ length: 100_000 }, (_, i) => `src/d${i % 500}/f${i}.ts`)
    const start = processorMs()
    const lookup = lookUpPaths(paths)
    expect(lookup.uniqueBySuffix('f77.ts')).toBe('src/d77/f77.ts')
    expect(processorMs() - start).toBeLessThan(1_000)
  })
})
