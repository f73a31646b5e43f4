import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Nodes, Parents } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { commandsMax } from '../../src/command/command.ts'
import { readCommands } from '../../src/command/read.ts'
import { anyText } from '../support/any-text.ts'
import { effort } from '../support/effort.ts'

/*
 * Our own scanner against the Markdown parser: on comments put together at random from the signs
 * that matter, a command line counts for us exactly when the parser shows it as plain text at
 * the start of a line. Two things are left out, because parsers disagree on them: a lone inline
 * tag right below a quote or a list entry, and a lone list sign.
 */

const command = '/threat-model recheck'

const piece = fc.constantFrom(
  ...[
    command,
    command,
    command,
    'some text',
    '',
    '',
    ' ',
    '```',
    '````',
    '~~~',
    '``` js',
    '`',
    '``',
  ],
  ...[
    '> quoted',
    '>',
    '> ```',
    '- entry',
    '1. entry',
    '2. entry',
    '  more',
    '   three',
    '    four',
  ],
  ...[
    '<!--',
    '-->',
    '<!-- all -->',
    '<div>',
    '</div>',
    '\n\n<span>',
    'a<br/>',
    '<a title="',
    '">',
    '<?',
    '?>',
  ],
  ...[
    '# heading',
    '---',
    'text\n===',
    '***',
    '[link',
    '](https://x.example)',
    '[a]: b',
    '| a | b |',
    '| - | - |',
  ],
  ...['a `code` b', 'a ` b', '\\`', '<x y=', 'text <!-- from', 'to --> here', '+ plus', '- - -'],
)
const indented = fc
  .tuple(fc.constantFrom('', '', '', '', ' ', '  ', '    ', '> ', '- ', '\t'), piece)
  .map(([indent, text]) => (text.trim() === '' && indent === '- ' ? text : indent + text))
const comment = fc.array(indented, { maxLength: 14 }).map((lines) => lines.join('\n'))

/**
 * The parser takes "2." right behind indented code for text, where CommonMark and GitHub begin a
 * list: it cannot judge there.
 */
const misread = [
  /^[> -]{0,4}(?: {4}|\t).*(?:\n[ \t>-]*)*\n[> \t-]*2\. entry/m,
  // And a header row that goes on with a text, however far indented, makes a table on GitHub.
  /^[> -]{0,4}(?: {4}|\t).*\|.*\n[> \t-]*\| - \| - \|/m,
]

/** The lines on which the parser shows a command as text, and those it shows in a quote. */
function shownByParser(text: string): { free: number[]; quoted: number[] } {
  const tree = fromMarkdown(text, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  const shown = { free: [] as number[], quoted: [] as number[] }
  collect(tree, [], text, shown)
  return shown
}

type Shown = { free: number[]; quoted: number[] }

function collect(node: Nodes, above: string[], text: string, shown: Shown): void {
  if (node.type === 'text') noteText(node, above, text, shown)
  if (!('children' in node)) return
  for (const child of (node as Parents).children) {
    collect(child, [...above, node.type], text, shown)
  }
}

function noteText(node: Nodes, above: string[], text: string, shown: Shown): void {
  const first = node.position?.start.line ?? 0
  const last = node.position?.end.line ?? 0
  const lines = text.split('\n')
  for (let line = first; line <= last; line++) {
    const written = lines[line - 1] ?? ''
    // The whole line, or what follows the node's start on its first line.
    const from = line === first ? (node.position?.start.column ?? 1) - 1 : 0
    if (written.slice(0, from).trim() !== '') continue
    if (written.trim() !== command) continue
    if (above.some((type) => ['link', 'linkReference', 'tableCell', 'tableRow'].includes(type))) {
      continue
    }
    shown[above.includes('blockquote') ? 'quoted' : 'free'].push(line)
  }
}

describe('our scanner agrees with the Markdown parser', () => {
  test('on which command lines are text, and which continue a quote', () => {
    fc.assert(
      fc.property(comment, (text) => {
        fc.pre(!misread.some((form) => form.test(text)))
        const reading = readCommands(text, '2026-11-24')
        const shown = shownByParser(text)
        const quoted = reading.mistakes.filter((mistake) => /quote/.test(mistake.message))
        expect({
          free: reading.commands.map((placed) => placed.line),
          quoted: quoted.map((mistake) => mistake.line),
        }).toEqual(shown)
      }),
      { numRuns: effort(300, 1_000) },
    )
  })
})

const limitMs = 1_000

/**
 * By the processor's time and up to three times, because other work on the machine is not what is
 * measured.
 */
function readQuickly(text: string) {
  for (let tries = 3; ; tries--) {
    const began = process.cpuUsage()
    const reading = readCommands(text, '2026-11-24')
    const { user, system } = process.cpuUsage(began)
    const ms = (user + system) / 1_000
    if (ms < limitMs || tries === 1) return { reading, ms }
  }
}

describe('hostile comments', () => {
  const size = 60_000
  const shapes = [
    ...[
      '> ',
      '>',
      '- ',
      '* ',
      '1. ',
      '`',
      '``` \n',
      '~~~\n',
      '[',
      '](',
      '[a](',
      '![a](',
      '<',
      '<!--',
    ],
    ...[
      '<a ',
      '<a b="',
      "<a b='",
      '<!',
      '<?',
      '<![CDATA[',
      '</',
      '~a ',
      '~~a ',
      '~a~',
      '*a_ ',
      '\\',
    ],
    ...['| a ', '|', '=', '#', '\t', ' ', '\n', '\r', '&#47;', '"a ', "'a ", '\u201ca '],
    ...['<details>', '</details>', '<pre>\n\n', '> a\nb\n', '- a\n\n', '[a]: b\n', '[a]: b "\n'],
    ...['/threat-model recheck\n', '/threat-model accept ', '/threat-model ', '/threat-model\n\n'],
    ...[
      '/threat-model accept all because a\n',
      '@threat-model accept\n',
      'On 1 wrote:\n',
      '`\n/threat-model ',
    ],
    ...[
      '/threat-model accept "a because ',
      '/threat-model accept a, ',
      '> /threat-model a\n',
      '\u0000',
    ],
  ]
  const starts = ['', '/threat-model accept ', '/threat-model recheck\n\n']

  test.each(shapes.map((shape, i) => [shape, i] as const))(
    '%j, sixty kilobytes of it, are read at once',
    (shape, i) => {
      // With less effort, each shape begins in one of the ways, by turns.
      for (const start of effort([starts[i % starts.length] ?? ''], starts)) {
        const text = (start + shape.repeat(size / shape.length)).slice(0, size)
        const { reading, ms } = readQuickly(text)
        expect(reading.commands.length + reading.mistakes.length).toBeLessThanOrEqual(commandsMax)
        expect(ms).toBeLessThan(limitMs)
      }
    },
  )

  test('any text is read without a throw, and its answers are bounded', () => {
    const words = fc.constantFrom(
      '/threat-model',
      'accept',
      'because',
      'until',
      '"',
      '`',
      '\n',
      ',',
    )
    const text = fc.array(fc.oneof(words, anyText({ maxLength: 8 }))).map((all) => {
      return all.join(' ')
    })
    fc.assert(
      fc.property(text, (body) => {
        const reading = readCommands(body, '2026-11-24')
        for (const said of [...reading.commands, ...reading.mistakes]) {
          expect(said.text.length).toBeLessThanOrEqual(200)
        }
      }),
      { numRuns: effort(300, 1_000) },
    )
  })

  test('a hundred commands are one answer: twenty are read, the others counted', () => {
    const reading = readCommands('/threat-model recheck\n'.repeat(100), '2026-11-24')
    expect(reading.commands.length).toBe(commandsMax)
    expect(reading.left).toBe(80)
  })

  test('a comment beyond the limit of GitHub is not read', () => {
    const reading = readCommands(`/threat-model recheck\n${'x'.repeat(70_000)}`, '2026-11-24')
    expect(reading.commands).toEqual([])
    expect(reading.mistakes.length).toBe(1)
  })
})
