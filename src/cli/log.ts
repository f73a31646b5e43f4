import type { Comparison } from '../diff/change.ts'
import { compare } from '../diff/compare.ts'
import { changesJson } from '../report/changes-json.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { read } from '../threat-model/read.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { showComparison } from './diff.ts'
import { type Git, openGit, resolveCommit, short, splitZero } from './git.ts'
import { documentAt, documentHistory, type Revision } from './history.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { chooseModel } from './model-paths.ts'
import { startProgress } from './progress.ts'
import { printable, styleFor } from './style.ts'

/*
 * `log`: walks the history of one document through its renames and says what each commit changed in
 * meaning. Each step is compared alone, so a long history costs only its length.
 */

export const logCommand: Command = {
  name: 'log',
  summary: 'what each commit changed in the meaning of a threat model',
  help: `Usage: threat-model log [FILE] [--revision REV] [--format text|json] [--all]

Walks the history of one threat model, oldest commit first, through renames, and prints for each
commit what it changed in meaning. Without FILE: the only threat model of this repository.

  --revision REV       end of the history (default HEAD)
  --format text|json   json: a list of {commit, date, subject, changes}
  --all                name the commits that changed only the form, too
`,
  options: {
    revision: { type: 'string' },
    format: { type: 'string' },
    all: { type: 'boolean' },
  },
  run,
}

interface Entry {
  revision: Revision
  comparison: Comparison
}

async function run(args: Args, io: Io): Promise<number> {
  const format = readFormat(args, ['text', 'json'])
  if (!format.ok) return refuse(io, format.failure.message)
  const git = await openGit(io.cwd)
  if (!git.ok) return refuse(io, git.failure.message)
  const entries = await walk(git.value, args, io)
  if (!entries.ok) return refuse(io, entries.failure.message)
  if (format.value === 'json') {
    const list = entries.value.map(({ revision, comparison }) => ({
      commit: revision.commit,
      date: revision.date,
      subject: revision.subject,
      ...changesJson(comparison),
    }))
    io.stdout(`${JSON.stringify(list, null, 2)}\n`)
  } else {
    for (const entry of entries.value) io.stdout(entryText(entry, args.flag('all'), io))
  }
  return exitStatus.fine
}

async function walk(git: Git, args: Args, io: Io): Promise<Outcome<Entry[]>> {
  const revision = args.text('revision') ?? 'HEAD'
  const commit = await resolveCommit(git, revision)
  if (!commit.ok) return commit
  const path = await documentPath(git, commit.value, args.positionals[0])
  if (!path.ok) return path
  const history = await documentHistory(git, path.value, commit.value)
  if (!history.ok) return history
  if (history.value.length === 0) {
    return failed('gone', `no commit up to ${revision} touches ${path.value}. Check the path`)
  }
  const progress = startProgress(io, history.value.length, 'commits')
  const entries: Entry[] = []
  for (const step of history.value) {
    const before = await documentAt(git, `${step.commit}^`, step.before)
    const after = await documentAt(git, step.commit, step.after)
    progress.step()
    if (!before.ok || !after.ok) continue
    entries.push({ revision: step, comparison: compareTexts(before.value, after.value) })
  }
  progress.end()
  return ok(entries)
}

function compareTexts(before: string, after: string): Comparison {
  return compare(read(before).model, read(after).model, { before, after })
}

/** The named file, or the repository's only threat model. */
async function documentPath(
  git: Git,
  commit: string,
  named: string | undefined,
): Promise<Outcome<string>> {
  if (named !== undefined) return ok(named)
  const listed = await git.text(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit])
  if (!listed.ok) return listed
  return chooseModel(splitZero(listed.value), named, async (path) => {
    const text = await documentAt(git, commit, path)
    return text.ok ? text.value : null
  })
}

function entryText({ revision, comparison }: Entry, all: boolean, io: Io): string {
  const formOnly = comparison.changes.length === 0
  if (formOnly && !all) return ''
  const style = styleFor(io.color)
  const head = `${style.yellow(short(revision.commit))} ${revision.date} `
  const title = style.bold(printable(revision.subject))
  const body = formOnly
    ? style.dim('  no change of meaning\n')
    : showComparison(comparison, 'text', io)
  return `${head}${title}\n${body}\n`
}
