import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cut, safeCode, safeFence, safeText, visible } from '../../src/shared/markdown.ts'
import { anyText } from '../support/any-text.ts'
import { effort } from '../support/effort.ts'
import { aliveIn, blocksOf, markdown } from '../support/markdown-oracle.ts'

/*
 * The oracle is another Markdown parser with tables, plus GitHub's own reading of finished text:
 * whatever text remains outside code must hold nothing that GitHub turns into something.
 */

const nasty = [
  '@octocat',
  '&#64;octocat',
  '@acme/security',
  '#12',
  'GH-7',
  'fixes #3',
  'closes acme/app#4',
  '0123456789abcdef',
  'http://evil.example',
  'www.evil.example',
  'mailto:a@b.example',
  '![x](http://e.example/x.png)',
  '[x](javascript:alert(1))',
  '<img src=x onerror=alert(1)>',
  '<!-- threat-model-bot -->',
  '-->',
  '</details>',
  '```',
  '~~~',
  '`',
  '``a`',
  '|',
  '\\|',
  '\\',
  '\n\n# heading',
  '\n- list',
  '1. one',
  '- - -',
  '===',
  '> quote',
  '[^1]',
  '[x]: http://e.example',
  ':octocat:',
  '$x$',
  '**bold**',
  '__b__',
  '~~s~~',
  '\u202eevil',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
  '   ',
  '\t',
  '\0',
  'a|b@c|d',
]

const foreign = fc
  .array(fc.oneof(fc.constantFrom(...nasty), anyText(), fc.lorem()), {
    maxLength: 12,
  })
  .chain((parts) => fc.constantFrom('', ' ', '\n').map((glue) => parts.join(glue)))

describe('foreign text written into Markdown', () => {
  test('stays text in a paragraph, a list entry, a quote and a heading', () => {
    fc.assert(
      fc.property(foreign, fc.constantFrom('', '- ', '> ', '### ', 'Words '), (text, before) => {
        const rendered = markdown.parse(`${before}${safeText(text)}\n`, {})
        expect(aliveIn(rendered)).toEqual([])
        expect(blocksOf(rendered).length).toBeLessThanOrEqual(3)
      }),
      { numRuns: effort(600, 2000) },
    )
  })

  test('stays in its table cell, as text and as code', () => {
    fc.assert(
      fc.property(foreign, foreign, (a, b) => {
        const row = `| ${safeText(a)} | ${safeCode(b)} | end |`
        const tokens = markdown.parse(`| a | b | c |\n|---|---|---|\n${row}\n`, {})
        expect(tokens.filter((token) => token.type === 'td_open').length).toBe(3)
        expect(tokens.at(-5)?.content ?? '').toBe('end')
        expect(aliveIn(tokens)).toEqual([])
      }),
      { numRuns: effort(300, 1000) },
    )
  })

  test('does not close its fence', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const tokens = markdown.parse(`${safeFence(text, 'suggestion')}\n\nafter\n`, {})
        expect(tokens.map((token) => token.type)).toEqual([
          'fence',
          'paragraph_open',
          'inline',
          'paragraph_close',
        ])
      }),
    )
  })

  test('shows what cannot be seen', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\n]/u)
        expect(visible(text).isWellFormed()).toBe(true)
      }),
    )
    expect(visible('user\u202eimda')).toBe('user⟨U+202E⟩imda')
  })

  test('is cut at a whole character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        expect(cut(text, max).length).toBeLessThanOrEqual(max)
        expect(cut(text, max).isWellFormed()).toBe(true)
      }),
    )
  })

  test.each([
    ['Stealing the contact list', 'Stealing the contact list'],
    ['Replay of `token` & more', 'Replay of \\`token\\` \\& more'],
    ['ask @octocat', 'ask `@octocat`'],
    ['fixes #12', 'fixes `#12`'],
    ['see 0123abcd today', 'see `0123abcd` today'],
    ['- not a list', '\\- not a list'],
    ['3. not a list', '3\\. not a list'],
    ['a|b', 'a\\|b'],
    ['C# and F#', 'C# and F#'],
    ['say :tada: now', 'say `:tada:` now'],
  ])('%s → %s', (text, written) => {
    expect(safeText(text)).toBe(written)
  })
})
