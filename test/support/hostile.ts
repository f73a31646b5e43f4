/*
 * Documents made to hurt a reader: each shape gives a text of about as many characters as wanted.
 * They come from what is known to make Markdown parsers slow or fall over (nesting, runs of
 * delimiters, brackets that never close, lazy lines, many small blocks, tables) and from text that
 * is hardly text. `test/threat-model/hostile.test.ts` reads all of them, the bench `hostile` in
 * three sizes.
 */

export interface HostileShape {
  name: string
  make: (chars: number) => string
}

export const hostileShapes: HostileShape[] = [
  // Containers in one line.
  line('quotes in a line', '>'),
  line('spaced quotes in a line', '> '),
  line('bullets in a line', '- ', 'a'),
  line('stars in a line', '* ', 'a'),
  line('pluses in a line', '+ ', 'a'),
  line('numbers in a line', '1. ', 'a'),
  line('quotes and bullets in a line', '> - ', 'a'),
  line('numbers and quotes in a line', '1) > ', 'a'),
  line('a break of dashes', '- '),
  line('a break of stars', '* '),
  line('a break of underscores', '_ '),
  // Containers over lines.
  lines('thirty quotes', `${'> '.repeat(30)}a`),
  lines('thirty bullets', `${'- '.repeat(30)}a`),
  lines('twelve bullets', `${'- '.repeat(12)}a`),
  lines('eight quotes and a bullet', `${'> '.repeat(8)}- a`),
  grown('list ever deeper', (i) => `${'  '.repeat(i)}- a`),
  grown('numbered list ever deeper', (i) => `${'   '.repeat(i)}1. a`),
  grown('quote ever deeper', (i) => `${'>'.repeat(i)} a`),
  lines('list ten deep', count(10, (i) => `${'  '.repeat(i)}- a`).join('\n')),
  lines('quote ten deep', count(10, (i) => `${'>'.repeat(i + 1)} a`).join('\n')),
  lines('quote and blank', '> a\n'),
  lines('bullets', '- a'),
  lines('loose bullets', '- a\n'),
  lines('empty bullets', '-'),
  lines('empty numbers', '1.'),
  lines('many lists', '* a\n+ b\n- c'),
  lines('huge numbers', '999999999. a'),
  lines('nested bullets', '- a\n  - b\n    - c'),
  lines('indented bullets', '  - a'),
  // Lazy lines.
  start('lazy quote', '> a\n', 'b\n'),
  start('lazy deep quote', `${'> '.repeat(20)}a\n`, 'b\n'),
  start('lazy bullet', '- a\n', 'b\n'),
  start('lazy deep bullet', `${'- '.repeat(20)}a\n`, 'b\n'),
  lines('lazy quotes', '> a\nb'),
  lines('lazy bullets', '- a\nb'),
  lines('lazy deep quotes', '> > > > > > a\nb'),
  // Emphasis.
  line('strong without spaces', 'a**b'),
  line('star and underscore', '*a_ '),
  line('opening stars', '*a '),
  line('opening double stars', '**a '),
  line('closing stars', 'a* '),
  line('stars', '*'),
  line('underscores', '_'),
  line('nested strong', '*a **a '),
  line('triple', '***a** '),
  around('star sandwich', '*', 'a', '*'),
  around('emphasis sandwich', '*a ', '', 'b*'),
  lines('lines of opening stars', '*a **b _c __d'),
  lines('lines of strong', 'a**b**c'.repeat(8)),
  paragraph('paragraph of opening stars', '*a **b '),
  // Code.
  line('backticks', '`'),
  grown('backtick runs', (i) => `a${'`'.repeat(i)}`),
  line('spaced backticks', '` '),
  paragraph('paragraph of backticks', 'a ` b `` c'),
  lines('fences', '```'),
  lines('tilde fences', '~~~\na'),
  start('open fence', '```\n', '# a\n'),
  lines('fence in list', '- ```\n# a'),
  grown('growing fences', (i) => '`'.repeat(i + 3)),
  lines('indented code', '    a'),
  lines('tab code', '\ta'),
  // Brackets.
  line('opening brackets', '['),
  line('closing brackets', ']'),
  line('open links', '[a]('),
  line('open angle links', '[a](<b'),
  line('open pictures', '![a]('),
  line('empty brackets', '[]'),
  line('references', '[a][b]'),
  line('nested links', '[a](b)]'),
  around('link sandwich', '[', 'a', '](b)'),
  around('picture sandwich', '![', 'a', '](b)'),
  line('parentheses', '[a](b(', ')'),
  paragraph('paragraph of open brackets', '[a [b [c'),
  paragraph('paragraph of open links', '[a](b "c'),
  // Definitions.
  lines('one definition', '[a]: b'),
  numbered('definitions', (i) => `[a${i}]: b`),
  numbered('definitions and uses', (i) => `[a${i}]: b\n\n[a${i}] [a${i + 1}]\n`),
  lines('open titles', '[a]: b "c'),
  paragraph('open label', '[a b c'),
  start('uses', '[a]: b\n\n', '[a] '),
  // HTML.
  line('less than', '<'),
  line('open tags', '<a '),
  line('open attributes', '<a b="'),
  line('comments', '<!--'),
  line('instructions', 'a <?'),
  line('data', 'a <![CDATA['),
  line('declarations', 'a <!A '),
  line('closing tags', '</a>'),
  paragraph('paragraph of open tags', 'a <b c="d'),
  paragraph('paragraph of comments', 'a <!-- b'),
  lines('blocks', '<div>'),
  lines('details', '<details>\n\n<summary>a</summary>\n\n</details>'),
  lines('open comment', '<!-- a'),
  lines('script', '<script>\n# a'),
  // Small things.
  line('ampersands', '&'),
  line('entities', '&amp;'),
  line('open entities', '&#1'),
  line('autolinks', '<http://a'),
  line('addresses', '<a@b'),
  line('backslashes', '\\'),
  line('escapes', '\\*'),
  lines('hard breaks', 'a  '),
  lines('escaped breaks', 'a\\'),
  // Headings and breaks.
  lines('headings', '# a'),
  lines('empty headings', '#'),
  line('number signs', '#'),
  line('heading of signs', '# '),
  lines('underlined', 'a\n='),
  lines('underlined twice', 'a\n-'),
  lines('underlines', '==='),
  lines('breaks', '***'),
  lines('dashes', '---'),
  start('long underlined', '', 'a\n', '---\n'),
  // Tables.
  lines('tables', '|a|b|\n|-|-|\n|1|2|\n'),
  lines('questions', `# Threats\n\n|${'?'.repeat(900)}a|Mitigation|\n|-|-|\n|b|c|\n`),
  lines('dashes in headings', `# Threats\n\n## A ${'-'.repeat(900)}a\n\nb\n`),
  lines('colons in introductions', `# Threats\n\nThese ${':'.repeat(900)}a:\n\n- b\n`),
  start('rows', '|a|b|\n|-|-|\n', '|1|2|\n'),
  start('short rows', `${'|a'.repeat(60)}|\n${'|-'.repeat(60)}|\n`, '|1\n'),
  start('long rows', '|a|\n|-|\n', `${'|b'.repeat(60)}|\n`),
  (() => ({
    name: 'wide table',
    make: (chars: number) => {
      const cells = Math.floor(chars / 6)
      return `${'|a'.repeat(cells)}|\n${'|-'.repeat(cells)}|\n${'|b'.repeat(cells)}|\n`
    },
  }))(),
  line('pipes', '|'),
  lines('heads without body', 'a|b'),
  lines('delimiter rows', '-|-'),
  lines('head and delimiters', '|a|\n|-|'),
  lines('escaped pipes', '|a\\|b|`c|d`|'),
  start('table in list', '- |a|b|\n  |-|-|\n', '  |1|2|\n'),
  // White space.
  line('line of spaces', ' '),
  line('line of tabs', '\t'),
  lines('blank lines', ''),
  lines('lines of spaces', '    '),
  lines('spaced words', `a${' '.repeat(60)}b`),
  (() => ({ name: 'carriage returns', make: (chars: number) => '\r'.repeat(chars) }))(),
  (() => ({ name: 'windows lines', make: (chars: number) => '- a\r\n'.repeat(chars / 5) }))(),
  lines('tabbed bullets', '-\ta\n\t-\tb'),
  // Front matter.
  start('open front matter', '---\n', 'a: b\n'),
  lines('front matters', '---\na: b'),
  // Hardly text.
  line('nulls', '\0'),
  lines('null lines', 'a\0b'),
  line('right to left', 'a\u202eb'),
  line('zero width', 'a\u200b'),
  line('byte order marks', '\ufeff'),
  line('lone surrogates', '\ud83d'),
  line('replacement characters', '\ufffd'),
  lines('emoji', '😀 *a* 😀'),
  line('combining marks', 'e\u0301'),
  line('line separators', 'a\u2028'),
  // As much as the limits allow.
  numbered('short entries', (i) => `- abc${i}`),
  numbered('short lists', (i) => `- abc${i}\n* abc${i}`),
  numbered('short headings', (i) => `# abc${i}`),
  numbered('short underlined', (i) => `abcde${i}\n=`),
  numbered('short quotes', (i) => `> abcde${i}\n`),
  numbered('short tables', (i) => `|abcd${i}|abcdefgh|\n|-------|-----|\n|abcd${i}|abcdefgh|\n`),
  lines('thirty deep and long', `${'- '.repeat(30)}${'word '.repeat(60)}`),
  lines('much emphasis', `${'*abcd _efgh '.repeat(240)}\n`),
  lines('much nesting', `${'*abc '.repeat(120)}${' abc*'.repeat(120)}\n`),
  lines('many brackets', `${'[abcd e] '.repeat(240)}\n`),
  lines('many instructions', `${'abcd <?efgh '.repeat(240)}\n`),
  lines('many code marks', `${count(120, (i) => `abcdef ${'`'.repeat(i % 7)}`).join(' ')}\n`),
  lines('many lazy lines', `> a\n${'abcdefghijkl\n'.repeat(900)}`),
  numbered('open titles in blocks', (i) => `[abcdefg${i}]: h "cdefgh${i % 900 ? '' : '\n'}`),
  start('instructions, then one paragraph', `${'a <?b '.repeat(240)}\n`, `${'word '.repeat(16)}\n`),
  start('code marks, then one line', count(120, (i) => `a ${'`'.repeat(i)}`).join(' '), 'word '),
  start('what is out of scope, again and again', '## Threats\n\n- **A flood.** ', 'out of scope '),
  lines('parts that are closed', '## Closed\n\n- a key\n'),
  lines('accepted risks, a heading each', '## Accepted risk: a key\n\nWords.\n'),
  // Just long.
  line('one word', 'a'),
  line('one line of words', 'word '),
  paragraph('one paragraph', 'word word word'),
  lines('long words, a paragraph each', `A${'a'.repeat(120)}:\n`),
]

function line(name: string, unit: string, end = ''): HostileShape {
  return { name, make: (chars) => `${unit.repeat(chars / unit.length)}${end}\n` }
}

function lines(name: string, unit: string): HostileShape {
  return { name, make: (chars) => `${unit}\n`.repeat(chars / (unit.length + 1)) }
}

/** Lines of about 70 characters without a blank line between them. */
function paragraph(name: string, unit: string): HostileShape {
  return lines(name, `${unit} `.repeat(Math.ceil(70 / unit.length)).trimEnd())
}

function start(name: string, first: string, unit: string, last = ''): HostileShape {
  return { name, make: (chars) => `${first}${unit.repeat(chars / unit.length)}${last}` }
}

function around(name: string, before: string, middle: string, after: string): HostileShape {
  return {
    name,
    make: (chars) => {
      const pairs = chars / (before.length + after.length)
      return `${before.repeat(pairs)}${middle}${after.repeat(pairs)}\n`
    },
  }
}

/** Line i comes from `lineAt(i)`, and is longer than the one before. */
function grown(name: string, lineAt: (i: number) => string): HostileShape {
  return numbered(name, lineAt)
}

function numbered(name: string, lineAt: (i: number) => string): HostileShape {
  return {
    name,
    make: (chars) => {
      const parts: string[] = []
      for (let i = 0, length = 0; length < chars; i++) {
        const part = `${lineAt(i)}\n`
        parts.push(part)
        length += part.length
      }
      return parts.join('')
    },
  }
}

function count<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i))
}
