import { relative, resolve } from 'node:path'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { modelText } from '../threat-model/part.ts'
import type { Args } from './command.ts'
import { readDocument } from './document.ts'
import { type Git, openGit, resolveCommit } from './git.ts'
import type { Io } from './io.ts'

/*
 * The two versions of a document that `threat-model diff` compares, from what was said:
 *
 *   diff BEFORE AFTER                 two files ("-" is standard input)
 *   diff REV REV --path FILE          the file in two revisions
 *   diff REV --path FILE              the file in a revision and on disk
 *   diff PATH OLD HEX MODE NEW HEX MODE   as git calls GIT_EXTERNAL_DIFF
 */

export interface Version {
  /** For people: the file, or the file in a revision. */
  name: string
  text: string
}

export interface Versions {
  before: Version
  after: Version
}

/** The number of words git gives an external diff, without and with a rename. */
const externalDiffWords = [7, 9]

export function isExternalDiff(args: Args): boolean {
  return externalDiffWords.includes(args.positionals.length)
}

export async function readVersions(args: Args, io: Io): Promise<Outcome<Versions>> {
  const words = args.positionals
  const path = args.text('path')
  if (isExternalDiff(args)) return both(words[1] ?? '', words[4] ?? '', io)
  if (path !== undefined) return fromRevisions(words, path, io)
  const [before, after, extra] = words
  if (before === undefined || after === undefined) {
    return failed('rejected', 'diff needs two files, or --path. See: threat-model diff --help')
  }
  if (extra !== undefined) return failed('rejected', `diff takes two files; not also "${extra}"`)
  return both(before, after, io)
}

async function both(before: string, after: string, io: Io): Promise<Outcome<Versions>> {
  const old = await fileVersion(before, io)
  if (!old.ok) return old
  const young = await fileVersion(after, io)
  return young.ok ? ok({ before: old.value, after: young.value }) : young
}

async function fileVersion(path: string, io: Io): Promise<Outcome<Version>> {
  // Git names a side that does not exist so.
  if (path === '/dev/null') return ok({ name: 'nothing', text: '' })
  const text = await readDocument(path, io)
  return text.ok ? ok({ name: path, text: modelText(text.value, path) }) : text
}

async function fromRevisions(words: string[], path: string, io: Io): Promise<Outcome<Versions>> {
  const [before, after, extra] = words
  if (before === undefined) {
    return failed('rejected', 'diff --path needs a revision. See: threat-model diff --help')
  }
  if (extra !== undefined) return failed('rejected', `diff takes two revisions; not also ${extra}`)
  const git = await openGit(io.cwd)
  if (!git.ok) return git
  const old = await revisionVersion(git.value, before, { path, io })
  if (!old.ok) return old
  const young =
    after === undefined
      ? await fileVersion(path, io)
      : await revisionVersion(git.value, after, { path, io })
  return young.ok ? ok({ before: old.value, after: young.value }) : young
}

async function revisionVersion(
  git: Git,
  revision: string,
  { path, io }: { path: string; io: Io },
): Promise<Outcome<Version>> {
  const commit = await resolveCommit(git, revision)
  if (!commit.ok) return commit
  const inTree = relative(git.root, resolve(io.cwd, path))
  const text = await git.text(['cat-file', 'blob', `${commit.value}:${inTree}`])
  if (text.ok) return ok({ name: `${path} in ${revision}`, text: modelText(text.value, path) })
  return failed('gone', `there is no file ${path} in ${revision}. Check the path`)
}
