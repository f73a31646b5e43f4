import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { diffLines } from '../../src/simulator/line-diff.ts'
import { mergeTexts } from '../../src/simulator/merge.ts'
import { diffTexts, hunksOf, positionOf } from '../../src/simulator/patch.ts'

const line = fc.constantFrom('a', 'b', 'c', '  d', '}', '', 'a longer line')
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))

describe('unified patches', () => {
  test('applied to the old text they give the new one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, diffTexts(before, after).patch)).toBe(after)
      }),
    )
  })

  test('look as git prints them, with the section a hunk stands in', () => {
    const before = ['Title', '', 'one', 'two', 'three', 'four', 'five', 'six', ''].join('\n')
    const after = before.replace('four\n', '').replace('six', 'SIX')
    expect(diffTexts(before, after)).toEqual({
      patch: [
        '@@ -3,6 +3,5 @@ Title',
        ' one',
        ' two',
        ' three',
        '-four',
        ' five',
        '-six',
        '+SIX',
      ].join('\n'),
      additions: 1,
      deletions: 2,
    })
  })

  test('say that a last line has no end', () => {
    expect(diffTexts('a', 'a\n').patch).toBe('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a')
  })

  test('number a range without lines by the line before it', () => {
    expect(diffTexts('', 'a\nb\n').patch).toMatch(/^@@ -0,0 \+1,2 @@/)
    expect(diffTexts('a\nb\n', '').patch).toMatch(/^@@ -1,2 \+0,0 @@/)
  })

  test('an inserted copy of a block is shown after the block, as git does', () => {
    const { patch } = diffTexts('- a\n- b\n', '- a\n- b\n- b\n')
    expect(patch).toBe('@@ -1,2 +1,3 @@\n - a\n - b\n+- b')
  })

  test('texts too different for the exact search still come out right', () => {
    const before = lines(6000, (i) => `old ${i}`)
    const after = lines(6000, (i) => (i % 100 === 0 ? `old ${i}` : `new ${i}`))
    const { patch, additions } = diffTexts(before, after)
    expect(applied(before, patch)).toBe(after)
    expect(additions).toBe(5940)
  })

  test('the exact search finds the fewest edits', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (a, b) => {
        const edits = diffLines(a, b).reduce(
          (sum, region) => sum + region.aEnd - region.aStart + region.bEnd - region.bStart,
          0,
        )
        expect(edits).toBe(a.length + b.length - 2 * longestCommon(a, b))
      }),
    )
  })
})

describe('lines of a patch', () => {
  const patch = diffTexts('a\nb\nc\nd\n', 'a\nB\nc\nd\n').patch

  test('hunks name the lines of both sides', () => {
    expect(hunksOf(patch)).toEqual([{ left: { from: 1, to: 4 }, right: { from: 1, to: 4 } }])
    expect(hunksOf('@@ -0,0 +1 @@\n+a')).toEqual([
      { left: { from: 0, to: -1 }, right: { from: 1, to: 1 } },
    ])
  })

  test('a position counts lines below the first @@', () => {
    expect(positionOf(patch, 'LEFT', 2)).toBe(2)
    expect(positionOf(patch, 'RIGHT', 2)).toBe(3)
    expect(positionOf(patch, 'RIGHT', 9)).toBeNull()
  })
})

describe('merging texts', () => {
  test('takes both sides where they changed other lines', () => {
    expect(mergeTexts('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n')).toBe('A\nb\nc\nD\n')
  })

  test('is a conflict where both changed the same line', () => {
    expect(mergeTexts('a\nb\n', 'A\nb\n', 'AA\nb\n')).toBeNull()
  })
})

function lines(count: number, make: (i: number) => string): string {
  return `${Array.from({ length: count }, (_, i) => make(i)).join('\n')}\n`
}

/** Applies a unified patch the way `git apply` does, checking every line it takes away or keeps. */
function applied(before: string, patch: string): string {
  const old = before.split(/(?<=\n)/)
  if (patch === '') return before
  const result: string[] = []
  let at = 0
  for (const hunk of patch.split(/\n(?=@@ -)/)) {
    const [header = '', ...body] = hunk.split('\n')
    const [, start = '0', length = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(header) ?? []
    const from = length === '0' ? Number(start) : Number(start) - 1
    result.push(...old.slice(at, from))
    at = from
    for (const [i, shown] of body.entries()) {
      if (shown.startsWith('\\')) continue
      const unended = body[i + 1]?.startsWith('\\') === true
      const content = shown.slice(1) + (unended ? '' : '\n')
      if (!shown.startsWith('+')) expect(old[at++]).toBe(content)
      if (!shown.startsWith('-')) result.push(content)
    }
  }
  return [...result, ...old.slice(at)].join('')
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const x of a) {
    const next = [0]
    b.forEach((y, j) => {
      next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0))
    })
    row = next
  }
  return row[b.length] ?? 0
}
