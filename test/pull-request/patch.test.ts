import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { commentable, readPatch } from '../../src/pull-request/patch.ts'
import { diffTexts } from '../../src/simulator/patch.ts'

const changed = [
  '@@ -10,4 +10,5 @@ func main() {',
  ' context',
  '-removed',
  '+added',
  '+also added',
  ' context',
  ' context',
].join('\n')

describe('the lines of a patch', () => {
  test('of a change stand on both sides', () => {
    const patch = readPatch(changed)
    expect([...patch.left.keys()]).toEqual([10, 11, 12, 13])
    expect([...patch.right.keys()]).toEqual([10, 11, 12, 13, 14])
    expect(patch.removed).toEqual([11])
    expect(patch.added).toEqual([11, 12])
  })

  test.each<[string, string, number[], number[]]>([
    ['a new file', '@@ -0,0 +1,2 @@\n+one\n+two', [], [1, 2]],
    ['a removed file', '@@ -1,2 +0,0 @@\n-one\n-two', [1, 2], []],
    ['one line without counts', '@@ -3 +3 @@\n-old\n+new', [3], [3]],
    ['no newline at the end', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b', [1], [1]],
    ['an empty line of context', '@@ -1,2 +1,3 @@\n a\n\n+b', [1, 2], [1, 2, 3]],
    ['a removed line that looks like a header', '@@ -1 +1 @@\n-@@ -9,9 +9,9 @@\n+x', [1], [1]],
    ['lines beyond the counts', '@@ -1 +1 @@\n-a\n+b\n+c\n d', [1], [1]],
    ['text that is no patch', 'hello\n+world', [], []],
    ['nothing', '', [], []],
  ])('of %s', (_, text, left, right) => {
    const patch = readPatch(text)
    expect([...patch.left.keys()]).toEqual(left)
    expect([...patch.right.keys()]).toEqual(right)
  })

  test('of two hunks keep them apart', () => {
    const { right } = readPatch('@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d')
    expect([...right]).toEqual([
      [1, 1],
      [9, 2],
    ])
  })

  test('are those that really differ, for any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '+c', '-d', '@@ -1 +1 @@', ''), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { patch: shown } = diffTexts(before.join('\n'), after.join('\n'))
        const patch = readPatch(shown ?? '')
        for (const line of patch.left.keys()) expect(before.length).toBeGreaterThanOrEqual(line)
        for (const line of patch.right.keys()) expect(after.length).toBeGreaterThanOrEqual(line)
        const kept = [...patch.left.keys()].filter((line) => !patch.removed.includes(line))
        const same = [...patch.right.keys()].filter((line) => !patch.added.includes(line))
        expect(kept.map((line) => before[line - 1])).toEqual(same.map((line) => after[line - 1]))
      }),
    )
  })
})

describe('where a comment may stand', () => {
  const patch = readPatch(`${changed}\n@@ -30 +31 @@\n-x\n+y`)
  test.each<['LEFT' | 'RIGHT', number, number, object | null]>([
    ['RIGHT', 11, 11, { line: 11, endLine: 11 }],
    ['RIGHT', 11, 14, { line: 11, endLine: 14 }],
    ['LEFT', 11, 11, { line: 11, endLine: 11 }],
    ['RIGHT', 14, 31, { line: 14, endLine: 14 }],
    ['RIGHT', 20, 40, { line: 31, endLine: 31 }],
    ['RIGHT', 1, 9, null],
    ['LEFT', 14, 20, null],
  ])('%s %d to %d', (side, line, endLine, want) => {
    expect(commentable(patch, side, line, endLine)).toEqual(want)
  })
})
