import { describe, expect, test } from '@jest/globals'
import { checkBounds, findHiddenCharacters } from '../../src/threat-model/bounds.ts'
import { asHeadings, asList, asOneTable, asTables, seedShaped } from '../bench/documents.ts'
import { effort } from '../support/effort.ts'
import { sharedDocuments } from '../support/shared-documents.ts'

const prose = 'A line of prose that is as long as lines of prose usually are.\n'

describe('what may be read', () => {
  test.each([
    seedShaped(),
    ...[asHeadings, asList, asTables, asOneTable].map((make) => make(effort(400, 1000))),
    ...sharedDocuments(),
    { name: 'nothing', text: '' },
    { name: 'a paragraph of a hundred code spans', text: `${'a `b` c '.repeat(100)}\n` },
    { name: 'a paragraph of a hundred strong words', text: `${'a **b** c '.repeat(100)}\n` },
    { name: 'a paragraph of two hundred names', text: `${'SOME_LONG_NAME '.repeat(200)}\n` },
    { name: 'a form to fill in', text: 'Name: ____________ Date: ____________\n\n'.repeat(50) },
    {
      name: 'a picture in the text',
      text: `![a](data:image/png;base64,${'Ab0/Cd1+Ef2g'.repeat(13_000)})\n`,
    },
    { name: 'a page of quotes', text: `${'> quoted words\n'.repeat(2_000)}` },
    {
      name: 'a block of code',
      text: `\`\`\`\n${'rows = load(path, mode)[0]  # note\n'.repeat(900)}\`\`\`\n`,
    },
    {
      name: 'a dashed boundary',
      text: `${'- '.repeat(60)}\n\n\`\`\`\n${'- '.repeat(60)}a\n\`\`\`\n`,
    },
    {
      name: 'links at the end',
      text: Array.from({ length: 300 }, (_, i) => `[a${i}]: /b`).join('\n'),
    },
    { name: 'an entry wrapped without indent', text: `- a\n${'words\n'.repeat(100)}` },
    { name: 'lists twelve deep', text: twelveDeep().repeat(20) },
    { name: 'lost characters, a few', text: `caf\ufffd\n${prose.repeat(20)}` },
  ])('$name', ({ text }) => expect(checkBounds(text)).toBeNull())
})

describe('what may not', () => {
  test.each([
    ['a null', 'not-text', 3, `a\n\nb\0c\n`],
    ['half a character', 'not-text', 2, 'a\nb\ud83dc\n'],
    ['another encoding', 'not-text', 2, `a\n${'Pr\ufffdfung der Schl\ufffdssel\n'.repeat(9)}`],
    ['too long', 'too-complex', 34_953, `${prose.slice(3)}`.repeat(40_000)],
    ['a line too long', 'too-complex', 2, `a\n${'word '.repeat(60_000)}\n`],
    ['more marks than text', 'too-complex', 4_501, '- a\n'.repeat(9_000)],
    ['emphasis without end', 'too-complex', 3, `a\n\n${'*abcdefg _hijklmn '.repeat(300)}\n`],
    ['a run of stars', 'too-complex', 1, `a ${'*'.repeat(300)} b\n`],
    ['brackets without end', 'too-complex', 1, `${'[abcdefgh '.repeat(600)}\n`],
    [
      'code without end',
      'too-complex',
      1,
      `${count(40, (i) => `abc ${'`'.repeat(i)}`).join(' ')}\n`,
    ],
    ['instructions without end', 'too-complex', 1, `${'abcdefgh <?b '.repeat(100)}\n`],
    ['definitions without end', 'too-complex', 1_001, '[abcdefgh]: ijklmnopq\n'.repeat(1_200)],
    ['lazy lines without end', 'too-complex', 402, `> a\n${prose.repeat(600)}`],
    ['quotes in a line', 'too-complex', 2, `a\n${'> '.repeat(40)}a\n`],
    [
      'a list in a list in a list',
      'too-complex',
      32,
      count(60, (i) => `${'  '.repeat(i)}- a\n`).join(''),
    ],
  ])('%s', (_, code, line, text) => {
    const problem = checkBounds(text)
    expect(problem).toMatchObject({ code, span: { start: { line } } })
    expect(problem?.message).toContain(`line ${line}`)
    expect(problem?.hint).toContain('it was not read')
  })

  test('the line is that of the document, wherever the parser was', () => {
    const text = `${asHeadings(40).text}\n${'*a _b '.repeat(400)}\n`
    const lines = text.split('\n').length
    expect(checkBounds(text)?.span.start.line).toBe(lines - 1)
  })
})

describe('hidden characters', () => {
  test.each([
    ['a forced direction', 'a\u202eb', 'U+202E'],
    ['an isolate', 'a\u2066b', 'U+2066'],
    ['a space without width', 'a\u200bb', 'U+200B'],
    ['a byte order mark in the text', 'a\ufeffb', 'U+FEFF'],
    ['a joiner between letters', 'a\u200db', 'U+200D'],
    ['a tag', 'a\u{e0041}b', 'U+E0041'],
    ['a control', 'a\u001b[31mb', 'U+001B'],
  ])('%s is told with its line', (_, line, subject) => {
    const text = `ok\n\n${line} ${line}\nok\n`
    expect(checkBounds(text)).toBeNull()
    expect(findHiddenCharacters(text)).toMatchObject([
      { code: 'hidden-characters', subject, span: { start: { line: 3, column: 2, offset: 5 } } },
    ])
  })

  test.each([
    ['a byte order mark at the start', '\ufeffa'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['the flag of a region', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['Persian', 'می\u200cخواهم'],
    ['a direction mark of Hebrew', 'אבג\u200f (abc)'],
    ['tabs and all ends of lines', 'a\tb\r\nc\rd\n'],
  ])('%s is none', (_, text) => expect(findHiddenCharacters(text)).toEqual([]))

  test('so many are told, however many there are', () => {
    expect(findHiddenCharacters('a\u200bb\u200b\n'.repeat(90_000))).toHaveLength(20)
  })
})

function twelveDeep(): string {
  return `${count(12, (i) => `${'  '.repeat(i)}- level\n`).join('')}\n`
}

function count<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i))
}
