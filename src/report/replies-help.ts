import { type CommandName, commandPrefix } from '../command/command.ts'
import { allHelp, helpOf, typed } from '../command/help.ts'
import { safeFence } from '../shared/markdown.ts'

/** The commands for people, from the one source of their usage (command/help.ts). */
export function helpText(topic: CommandName | null): string {
  if (topic === null) {
    const rows = allHelp().map(({ usage, summary }) => `| \`${escapeBars(usage)}\` | ${summary} |`)
    const table = `| ${commandPrefix} … | to |\n|---|---|\n${rows.join('\n')}`
    const note =
      'A command stands at the start of a line. Nothing in code, quotes or list entries is run.'
    return `${table}\n\n${note}`
  }
  const { usage, summary, example, details } = helpOf(topic)
  const lead = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  return [
    safeFence(typed(usage)),
    lead,
    ...details,
    `For example:\n${safeFence(typed(example))}`,
  ].join('\n\n')
}

function escapeBars(text: string): string {
  return text.replaceAll('|', '\\|')
}
