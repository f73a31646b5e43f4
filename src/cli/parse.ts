import { toJson } from '../threat-model/json.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { noThreats, readingOptions, readModelFile } from './model-file.ts'
import { modelText } from './model-text.ts'
import { styleFor } from './style.ts'

export const parseCommand: Command = {
  name: 'parse',
  summary: 'read a threat model and say what it says',
  help: `Usage: threat-model parse FILE [--format text|json] [--explain]
                               [--policy FILE] [--tree DIR]

Reads one Markdown document ("-" is standard input) and prints its assets, adversaries, attacks,
threats and mitigations with their lines, and what was not understood.

  --format text|json   json is the contract threat-model/1 (docs/threat-model.schema.json)
  --explain            for every element: which recogniser found it, and why
  --policy FILE        corrections of the reading (reading:) from this policy file
  --tree DIR           judge paths in the document by the files of this folder

A document without threats is no error: the text says so and the exit status is 0. A document
that cannot be read (too complex, not text) ends with status 2.
`,
  options: {
    format: { type: 'string' },
    explain: { type: 'boolean' },
    policy: { type: 'string' },
    tree: { type: 'string' },
  },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  const [path, extra] = args.positionals
  if (path === undefined) return refuse(io, 'parse needs a file. See: threat-model parse --help')
  if (extra !== undefined) return refuse(io, `parse takes one file; "${extra}" is one too many`)
  const format = readFormat(args, ['text', 'json'])
  if (!format.ok) return refuse(io, format.failure.message)
  const options = await readingOptions(args, io)
  if (!options.ok) return refuse(io, options.failure.message)
  const read = await readModelFile(path, options.value, io)
  if (!read.ok) return refuse(io, read.failure.message)
  const reading = read.value
  if (format.value === 'json') {
    io.stdout(`${JSON.stringify(toJson(reading), null, 2)}\n`)
  } else {
    const style = styleFor(io.color)
    io.stdout(modelText(reading, { path, explain: args.flag('explain'), style }))
  }
  const { unreadable, model } = reading
  if (unreadable) {
    return refuse(io, `${path}:${unreadable.span.start.line}: ${unreadable.message}`)
  }
  if (model.threats.length === 0) io.stderr(noThreats(path))
  return exitStatus.fine
}
