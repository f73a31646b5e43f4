import { relative, resolve } from 'node:path'
import { homeOf } from '../coverage/speakers.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { openGit } from './git.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { readingOptions, readModelFile } from './model-file.ts'
import { chooseModel, modelPaths } from './model-paths.ts'
import { listFiles, readSources, workTreeText } from './source-tree.ts'
import { type ElementSuggestions, mapYaml, suggestMap } from './suggested-map.ts'

/*
 * `link --suggest`: which code each asset and mitigation probably is. It prints and changes
 * nothing; links themselves live in the policy file, where a person puts them.
 */

export const linkCommand: Command = {
  name: 'link',
  summary: 'suggest which code each asset and mitigation is',
  help: `Usage: threat-model link [FILE] --suggest [--format text|json] [--policy FILE]

Looks through the names of this repository (paths, folders, definitions, comments) for each asset
and mitigation of the threat model and prints a ready "code:" map for .github/threat-model.yml.
Every line is commented out: confirm by taking the # away. The lines with ## say which words of the
element each file has in its names, and which share of the title's telling words that is. A
suggestion never decides anything.

  --format text|json   json: a list of {element, kind, suggestions: [{path, confidence, words}]}
  --policy FILE        corrections of the reading (reading:) from this policy file

Without FILE: the only threat model of this repository. Where there are several, each gets its code
from its own folder.
`,
  options: { suggest: { type: 'boolean' }, format: { type: 'string' }, policy: { type: 'string' } },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  if (!args.flag('suggest')) {
    return refuse(io, 'link needs --suggest; links themselves live in the policy file')
  }
  const format = readFormat(args, ['text', 'json'])
  if (!format.ok) return refuse(io, format.failure.message)
  const found = await suggestHere(args, io)
  if (!found.ok) return refuse(io, found.failure.message)
  io.stdout(format.value === 'json' ? json(found.value) : mapYaml(found.value))
  return exitStatus.fine
}

/** Suggestions for the model that `args` names, from the work tree around. */
export async function suggestHere(args: Args, io: Io): Promise<Outcome<ElementSuggestions[]>> {
  const git = await openGit(io.cwd)
  if (!git.ok) return git
  const paths = await listFiles(git.value)
  if (!paths.ok) return paths
  const textOf = workTreeText(git.value)
  const path = await chooseModel(paths.value, args.positionals[0], textOf)
  if (!path.ok) return path
  const options = await readingOptions(args, io)
  if (!options.ok) return options
  const inRoot = args.positionals[0] === undefined ? { ...io, cwd: git.value.root } : io
  const reading = await readModelFile(path.value, options.value, inRoot)
  if (!reading.ok) return reading
  const inTree = relative(git.value.root, resolve(inRoot.cwd, path.value))
  const models = await modelPaths(paths.value, textOf)
  const home = models.length > 1 ? homeOf(inTree) : ''
  const own = paths.value.filter((file) => file.startsWith(home))
  const files = await readSources(git.value, own, io)
  return ok(suggestMap(reading.value.model, files))
}

function json(list: readonly ElementSuggestions[]): string {
  const shown = list.map(({ element, suggestions }) => ({
    element: element.title,
    kind: element.kind,
    suggestions: suggestions.map(({ path, confidence, words }) => ({ path, confidence, words })),
  }))
  return `${JSON.stringify(shown, null, 2)}\n`
}
