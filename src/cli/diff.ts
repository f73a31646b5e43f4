import type { Comparison } from '../diff/change.ts'
import { compare } from '../diff/compare.ts'
import { changesJson } from '../report/changes-json.ts'
import { changesMarkdown } from '../report/changes-markdown.ts'
import { changesText } from '../report/changes-text.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import { isModelPath } from '../threat-model/discovery.ts'
import type { Reading } from '../threat-model/model.ts'
import { read } from '../threat-model/read.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { openGit } from './git.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { isExternalDiff, readVersions, type Version } from './versions.ts'

/*
 * `diff`: two versions of a document, read and compared by meaning. Also what git calls as its
 * external diff: there, files that are no threat model are shown as git itself would.
 */

const formats = ['text', 'json', 'markdown'] as const
type Format = (typeof formats)[number]

export const diffCommand: Command = {
  name: 'diff',
  summary: 'say what changed in meaning between two versions of a threat model',
  help: `Usage: threat-model diff BEFORE AFTER
       threat-model diff REVISION [REVISION] --path FILE

Compares two files, or one file in two revisions of this git repository (with one revision: that
revision and the file on disk), and prints what changed in meaning. Pure form (order, headings,
emphasis, numbering, line breaks, spelling) is no change.

  --path FILE                   the document, when revisions are compared
  --format text|json|markdown   json is the contract threat-model-diff/1

As git's own diff of threat models:

  git config diff.threat-model.command "threat-model diff"
  echo "THREAT_MODEL.md diff=threat-model" >> .gitattributes

or once: GIT_EXTERNAL_DIFF="threat-model diff" git diff. Other files are shown as usual.

Exit status: 0 compared, whatever was found · 2 wrong usage or unreadable input.
`,
  options: { path: { type: 'string' }, format: { type: 'string' } },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  const format = readFormat(args, formats)
  if (!format.ok) return refuse(io, format.failure.message)
  const path = args.positionals[0] ?? ''
  if (isExternalDiff(args) && !isModelPath(path)) return plainDiff(args, io)
  const versions = await readVersions(args, io)
  if (!versions.ok) return refuse(io, versions.failure.message)
  const before = readVersion(versions.value.before)
  const after = readVersion(versions.value.after)
  for (const { name, reading } of [before, after]) {
    const problem = reading.unreadable
    if (problem) return refuse(io, `${name}:${problem.span.start.line}: ${problem.message}`)
  }
  if (isExternalDiff(args)) io.stdout(`${path}\n`)
  const comparison = compare(before.reading.model, after.reading.model, {
    before: versions.value.before.text,
    after: versions.value.after.text,
  })
  io.stdout(showComparison(comparison, format.value, io))
  return exitStatus.fine
}

/** Changes of meaning in one of the forms that commands offer. */
export function showComparison(comparison: Comparison, format: Format, io: Io): string {
  if (format === 'json') return `${JSON.stringify(changesJson(comparison), null, 2)}\n`
  if (format === 'markdown') return `${changesMarkdown(comparison)}\n`
  return changesText(comparison, { color: io.color })
}

function readVersion({ name, text }: Version): { name: string; reading: Reading } {
  return { name, reading: read(text, { path: name }) }
}

/** Git hands every changed file to an external diff; what is no threat model looks as ever. */
async function plainDiff(args: Args, io: Io): Promise<number> {
  const [, before = '', , , after = ''] = args.positionals
  const shown = await showPlainDiff(before, after, io)
  if (!shown.ok) return refuse(io, shown.failure.message)
  io.stdout(shown.value)
  return exitStatus.fine
}

async function showPlainDiff(before: string, after: string, io: Io): Promise<Outcome<string>> {
  const git = await openGit(io.cwd)
  if (!git.ok) return git
  const words = ['diff', '--no-index', '--no-ext-diff', '--no-color', '--', before, after]
  const out = await git.value.text(words, { statusMax: 1 })
  return out.ok ? ok(out.value) : out
}
