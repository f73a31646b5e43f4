import { type Breakdown, breakdownOf } from '../coverage/breakdown.ts'
import type { Ratio } from '../coverage/link.ts'
import { summaryMatrixMarkdown } from '../report/matrix.ts'
import type { ThreatModel } from '../threat-model/model.ts'
import { today } from './check.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { noThreats, readingOptions, readModelFile } from './model-file.ts'
import { printable, styleFor } from './style.ts'

/*
 * `report`: how much of one document has an answer, and the section that says who can get what.
 * About the document as it is; what a change makes of it is the business of `check` and `diff`.
 */

export const reportCommand: Command = {
  name: 'report',
  summary: 'how much of a threat model has an answer, and who can get what',
  help: `Usage: threat-model report FILE [--summary] [--format text|json]
                                [--policy FILE] [--tree DIR]

Prints the coverage of one threat model: threats with an answer ÷ threats in scope, in all and by
asset, adversary and category. A threat of several parts counts in each.

  --summary            instead: the section "who can get what" as Markdown, made from the
                       threats (attack × adversary), ready to put into the document
  --format text|json   json: {schema: "threat-model-coverage/1", all, assets, adversaries,
                       categories}
  --policy FILE        corrections of the reading (reading:) from this policy file
  --tree DIR           judge paths in the document by the files of this folder
`,
  options: {
    summary: { type: 'boolean' },
    format: { type: 'string' },
    policy: { type: 'string' },
    tree: { type: 'string' },
  },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  const [path, extra] = args.positionals
  if (path === undefined) return refuse(io, 'report needs a file. See: threat-model report --help')
  if (extra !== undefined) return refuse(io, `report takes one file; "${extra}" is one too many`)
  const format = readFormat(args, ['text', 'json'])
  if (!format.ok) return refuse(io, format.failure.message)
  const options = await readingOptions(args, io)
  if (!options.ok) return refuse(io, options.failure.message)
  const reading = await readModelFile(path, options.value, io)
  if (!reading.ok) return refuse(io, reading.failure.message)
  const { model, unreadable } = reading.value
  if (unreadable) {
    return refuse(io, `${path}:${unreadable.span.start.line}: ${unreadable.message}`)
  }
  io.stdout(show(model, args.flag('summary') ? 'summary' : format.value, io))
  if (model.threats.length === 0) io.stderr(noThreats(path))
  return exitStatus.fine
}

function show(model: ThreatModel, form: 'summary' | 'text' | 'json', io: Io): string {
  if (form === 'summary') return summaryMatrixMarkdown(model, today())
  const parts = breakdownOf(model, today())
  return form === 'json' ? json(parts) : text(parts, io)
}

function json(parts: Breakdown): string {
  const list = {
    schema: 'threat-model-coverage/1',
    all: parts.all,
    assets: parts.byAsset,
    adversaries: parts.byAdversary,
    categories: parts.byCategory,
  }
  return `${JSON.stringify(list, null, 2)}\n`
}

function text(parts: Breakdown, io: Io): string {
  const style = styleFor(io.color)
  const lines = [`${style.bold('All threats')}  ${ratio(parts.all)}`]
  for (const [name, list] of Object.entries({
    Assets: parts.byAsset,
    Adversaries: parts.byAdversary,
    Categories: parts.byCategory,
  })) {
    if (list.length > 0) lines.push('', style.bold(name))
    for (const part of list) lines.push(`  ${ratio(part.ratio)}  ${printable(part.title)}`)
  }
  return `${lines.join('\n')}\n`
}

function ratio({ answered, inScope }: Ratio): string {
  return `${String(answered).padStart(4)} of ${String(inScope).padStart(4)}`
}
