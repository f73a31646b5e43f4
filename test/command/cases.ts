import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandReading, Target } from '../../src/command/command.ts'

/*
 * The table of comments and what is read in them (test/cases/commands). A row is a title after
 * `=`, the lines of the comment after `| `, and one line after `> ` for everything that was
 * read:
 *
 *     = a command in a fence is talk about commands
 *     | ```
 *     | /threat-model recheck
 *     | ```
 *     > nothing
 *
 * `UPDATE=1` rewrites only the `>` lines. In a comment `\t`, `\r`, `\s` (a space at the end) and
 * `\uXXXX` stand for signs that an editor would lose.
 */

export interface Row {
  file: string
  title: string
  comment: string
  wanted: string[]
}

const folder = join(import.meta.dirname, '../cases/commands')

export function readRows(): Row[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => rowsOf(name, readFileSync(join(folder, name), 'utf8')))
}

function rowsOf(file: string, text: string): Row[] {
  const rows: Row[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('= ')) rows.push({ file, title: line.slice(2), comment: '', wanted: [] })
    const row = rows.at(-1)
    if (row && line.startsWith('|')) row.comment += `${row.comment && '\n'}${signs(line.slice(2))}`
    if (row && line.startsWith('> ')) row.wanted.push(line.slice(2))
  }
  return rows
}

function signs(line: string): string {
  return line
    .replaceAll('\\t', '\t')
    .replaceAll('\\r', '\r')
    .replaceAll('\\s', ' ')
    .replace(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** Puts what is read now in place of what was wanted. */
export function rewriteRows(read: (comment: string) => string[]): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.txt'))) {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8')
    const rows = rowsOf(name, text)
    const kept = text.split('\n').filter((line) => !line.startsWith('> '))
    let row = -1
    const lines = kept.flatMap((line, index) => {
      if (line.startsWith('= ')) row += 1
      const ends = line.startsWith('|') && !kept[index + 1]?.startsWith('|')
      const found = rows[row]
      return ends && found ? [line, ...read(found.comment).map((each) => `> ${each}`)] : [line]
    })
    writeFileSync(path, lines.join('\n'))
  }
}

/** One line for every command and every mistake, `nothing` for none. */
export function describeReading(reading: CommandReading): string[] {
  const lines = [
    ...reading.commands.map(({ line, command }) => ({ line, text: describeCommand(command) })),
    ...reading.mistakes.map(({ line, message, say }) => ({
      line,
      text: `not understood: ${message}${say === null ? '' : ` Say: ${say}`}`,
    })),
  ]
  const sorted = lines.sort((a, b) => a.line - b.line).map(({ line, text }) => `${line}: ${text}`)
  if (reading.left > 0) sorted.push(`and ${reading.left} more, not read`)
  return sorted.length > 0 ? sorted : ['nothing']
}

function describeCommand(command: CommandReading['commands'][number]['command']): string {
  switch (command.name) {
    case 'help':
      return command.topic ? `help about ${command.topic}` : 'help'
    case 'explain':
      return `explain ${command.subject ?? 'this'}`
    case 'accept': {
      const until = command.until ? ` until ${command.until}` : ''
      return `accept ${describeTargets(command.targets)}${until} because "${command.reason}"`
    }
    case 'withdraw':
      return `withdraw ${describeTargets(command.targets)}`
    case 'no-effect':
      return `no-effect ${describeTargets(command.targets)} because "${command.reason}"`
    case 'link':
      return `link ${command.path} to ${command.asset ?? 'this'}`
    default:
      return command.name
  }
}

function describeTargets(targets: readonly Target[]): string {
  return targets.map(describeTarget).join(' + ')
}

function describeTarget(target: Target): string {
  switch (target.kind) {
    case 'id':
      return `${target.fingerprint}-${target.content}`
    case 'number':
      return `number ${target.number}`
    case 'title':
      return `[${target.text}]`
    default:
      return target.kind
  }
}
