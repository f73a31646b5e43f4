import type { Threat } from '../../src/threat-model/model.ts'
import { reworded } from './edits.ts'
import type { Random } from './random.ts'

/*
 * Edits of real documents, as text. Form edits change every line they can without changing what is
 * said; the others do one thing to one threat that a reading found, at the place where it found it.
 */

export interface FormEdit {
  name: string
  apply(text: string): string
}

/** Lines outside fenced code, which no author reformats by accident. */
function eachLine(text: string, change: (line: string) => string): string {
  let fence: string | null = null
  return text
    .split('\n')
    .map((line) => {
      const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? null
      if (fence !== null) {
        if (mark?.startsWith(fence)) fence = null
        return line
      }
      if (mark !== null) fence = mark
      return mark === null ? change(line) : line
    })
    .join('\n')
}

export const formEdits: FormEdit[] = [
  {
    name: 'headings one level down',
    apply: (text) => eachLine(text, (line) => line.replace(/^(#{1,5}) /, '#$1 ')),
  },
  {
    name: 'headings in capitals',
    apply: (text) =>
      eachLine(text, (line) => (/^#{2,6} [^`[]*$/.test(line) ? line.toUpperCase() : line)),
  },
  {
    name: 'other bullets',
    apply: (text) => eachLine(text, (line) => line.replace(/^(\s*)- (?!\[)/, '$1* ')),
  },
  {
    name: 'bold with underscores',
    apply: (text) =>
      eachLine(text, (line) =>
        line.replace(/(?<![\w*])\*\*([^*_`\s][^*_`]*)\*\*(?![\w*])/g, '__$1__'),
      ),
  },
  {
    name: 'no italics',
    apply: (text) =>
      eachLine(text, (line) => line.replace(/(?<![*\w])\*([^*_`\s][^*_`]*)\*(?![*\w])/g, '$1')),
  },
  {
    name: 'wide tables',
    apply: (text) => eachLine(text, (line) => (/^\|.*\|\s*$/.test(line) ? widened(line) : line)),
  },
  {
    name: 'other link targets',
    apply: (text) => eachLine(text, (line) => line.replace(/\]\(https?:[^()\s]*\)/g, '](#moved)')),
  },
  { name: 'windows line ends', apply: (text) => text.replace(/\r?\n/g, '\r\n') },
  {
    name: 'paragraphs rewrapped',
    apply: rewrapped,
  },
]

/** Cells one blank wider, columns aligned to the middle. */
function widened(line: string): string {
  if (/^\|[\s:|-]+\|\s*$/.test(line)) return line.replace(/:?-+:?/g, ':---:')
  return line.replace(/(?<!\\)\|/g, ' | ').trim()
}

/** Joins the lines of plain paragraphs and breaks them elsewhere. */
function rewrapped(text: string): string {
  const plain = (line: string) =>
    /^[A-Za-z(`"][^|]*$/.test(line) && !/[:>]\s*$|^\s*<|\s{2}$|^\w+[.)]\s|^[=-]+$/.test(line)
  const out: string[] = []
  let run: string[] = []
  const close = () => {
    if (run.length > 0) out.push(...wrap(run.join(' '), 57))
    run = []
  }
  let fenced = false
  let previous = ''
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
    const joins = run.length > 0 || previous.trim() === ''
    if (!fenced && joins && plain(line)) run.push(line.trim())
    else {
      close()
      out.push(line)
    }
    previous = line
  }
  close()
  return out.join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    // A line must not begin like a list or a heading.
    const fits =
      line === '' || line.length + word.length < width || /^(?:[-+*#>=]|\d+[.)])/.test(word)
    if (fits) line = line === '' ? word : `${line} ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** The document without the entry of a threat; null when its lines hold other things, too. */
export function withoutThreat(text: string, threat: Threat, all: readonly Threat[]): string | null {
  const { start, end } = threat.span
  const lines = text.split('\n')
  const [first, last] = [start.line - 1, lineOfEnd(text, end.offset)]
  const shared = all.some((other) => {
    const line = other.span.start.line - 1
    return other !== threat && line >= first && line <= last
  })
  if (last < first || shared || threat.places.length > 1) return null
  return [...lines.slice(0, first), ...lines.slice(last + 1)].join('\n')
}

function lineOfEnd(text: string, offset: number): number {
  return text.slice(0, Math.max(0, offset)).trimEnd().split('\n').length - 1
}

/** The document with up to a third of the words of a threat's title exchanged where it stands. */
export function withRewordedThreat(text: string, threat: Threat, random: Random): string | null {
  const { start } = threat.span
  const words = threat.title.split(' ')
  if (words.length < 3 || /[*_`[\]|<>()&\\]/.test(threat.title)) return null
  const at = text.indexOf(threat.title, start.offset)
  if (at < 0 || at > start.offset + 200) return null
  if (text.indexOf(threat.title, at + 1) >= 0) return null
  const title = reworded(threat.title, random, 1 / 3)
  return text.slice(0, at) + title + text.slice(at + threat.title.length)
}

/** The document with two entries of one list, table or section in each other's place. */
export function withSwappedThreats(text: string, first: Threat, second: Threat): string | null {
  const lines = text.split('\n')
  const [a, b] = [first, second].map((threat) => {
    return { from: threat.span.start.line - 1, to: lineOfEnd(text, threat.span.end.offset) }
  })
  if (a === undefined || b === undefined || a.to < a.from || b.to < b.from || b.from <= a.to) {
    return null
  }
  const alike = /^\s*(?:\||[-*+] |\d+[.)] |#+ )/
  const [above, below] = [alike.exec(lines[a.from] ?? ''), alike.exec(lines[b.from] ?? '')]
  if (above === null || below === null || above[0] !== below[0]) return null
  if (first.section.join() !== second.section.join()) return null
  return [
    ...lines.slice(0, a.from),
    ...lines.slice(b.from, b.to + 1),
    ...lines.slice(a.to + 1, b.from),
    ...lines.slice(a.from, a.to + 1),
    ...lines.slice(b.to + 1),
  ].join('\n')
}

/** The document with every numbered id of its threats counted one up; null without such ids. */
export function withRenumberedThreats(text: string, threats: readonly Threat[]): string | null {
  const ids = threats.flatMap((threat) => threat.writtenId ?? [])
  const numbered = ids.filter((id) => /^[A-Za-z]{1,8}-?\d{1,3}$/.test(id))
  if (numbered.length < 3) return null
  const next = new Map(numbered.map((id) => [id, countedUp(id)]))
  return text.replace(/(?<![\w-])[A-Za-z]{1,8}-?\d{1,3}(?![\w-])/g, (id) => next.get(id) ?? id)
}

function countedUp(id: string): string {
  const digits = /\d+$/.exec(id)?.[0] ?? '0'
  const number = String(Number(digits) + 1).padStart(digits.length, '0')
  return id.slice(0, id.length - digits.length) + number
}
