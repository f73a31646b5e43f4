import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { homeOf } from '../coverage/speakers.ts'
import { policyPath } from '../policy/defaults.ts'
import { type StarterFile, starterFiles } from '../report/replies-starter.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { Args, Command } from './command.ts'
import { type Git, openGit } from './git.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { suggestHere } from './link.ts'
import { modelPaths } from './model-paths.ts'
import { listFiles, workTreeText } from './source-tree.ts'
import { type ElementSuggestions, mapYaml } from './suggested-map.ts'

/*
 * `init`: writes what is missing of a threat model and a policy, made from names alone. It never
 * overwrites and never commits; what it writes is a draft that decides nothing.
 */

export const initCommand: Command = {
  name: 'init',
  summary: 'start a threat model and a policy from what this repository looks like',
  help: `Usage: threat-model init [--dry-run]

Writes what is missing of THREAT_MODEL.md and ${policyPath}, made from the names in
this repository: a first draft to correct, not an answer. With a threat model already there, the
policy gets a "code:" map suggested for its assets and mitigations, commented out, and of several
which code each speaks for. Nothing that exists is overwritten, nothing is committed.

  --dry-run   print the files instead of writing them
`,
  options: { 'dry-run': { type: 'boolean' } },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  const git = await openGit(io.cwd)
  if (!git.ok) return refuse(io, git.failure.message)
  const files = await missingFiles(git.value, args, io)
  if (!files.ok) return refuse(io, files.failure.message)
  if (files.value.length === 0) {
    io.stdout('There is a threat model and a policy already; nothing was written.\n')
    return exitStatus.fine
  }
  for (const file of files.value) {
    if (args.flag('dry-run')) {
      io.stdout(`--- ${file.path}\n${file.text}\n`)
      continue
    }
    const target = join(git.value.root, file.path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, file.text, { flag: 'wx' })
    io.stdout(`wrote ${file.path}\n`)
  }
  if (!args.flag('dry-run')) io.stdout('Correct them, then: threat-model check\n')
  return exitStatus.fine
}

async function missingFiles(git: Git, args: Args, io: Io): Promise<Outcome<StarterFile[]>> {
  const paths = await listFiles(git)
  if (!paths.ok) return paths
  const drafts = starterFiles(basename(git.root), paths.value, policyPath)
  const wanted = drafts.filter((file) => !existsSync(join(git.root, file.path)))
  const models = await modelPaths(paths.value, workTreeText(git))
  if (models.length === 0) return ok(wanted)
  const policy = wanted.find((file) => file.path === policyPath)
  if (!policy) return ok([])
  const suggestions: ElementSuggestions[] = []
  for (const model of models) {
    const found = await suggestHere({ ...args, positionals: [model] }, { ...io, cwd: git.root })
    if (!found.ok) return found
    suggestions.push(...found.value)
  }
  const text = `version: 1\nmode: advisory\n${modelsYaml(models)}${mapYaml(suggestions)}`
  return ok([{ path: policyPath, text }])
}

/** Says of several models which code each speaks for; of one there is nothing to say. */
function modelsYaml(models: readonly string[]): string {
  if (models.length < 2) return ''
  const entries = models.map((path) => {
    const scope = JSON.stringify([`${homeOf(path)}**`])
    return `  - path: ${JSON.stringify(path)}\n    scope: ${scope}\n`
  })
  return `models:\n${entries.join('')}`
}
