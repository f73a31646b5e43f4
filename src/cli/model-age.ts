import type { ChangedFile, ModelAge } from '../pull-request/facts.ts'
import { type Git, splitZero } from './git.ts'

/*
 * How much code changed since each threat model did, up to where the work started: from the last
 * commit that touched the document to the merge base. Only the command line has the history to ask.
 */

/** Documents looked up; git walks the history once for each. */
const modelsMax = 20
const filesMax = 20_000

export async function modelAges(
  git: Git,
  mergeBase: string,
  paths: readonly string[],
  files: readonly ChangedFile[],
): Promise<ModelAge[]> {
  const before = new Map(files.map((file) => [file.path, file.previousPath ?? file.path]))
  const ages: ModelAge[] = []
  for (const path of paths.slice(0, modelsMax)) {
    const last = await lastCommit(git, mergeBase, before.get(path) ?? path)
    if (last === null) continue
    const changed = await linesSince(git, last.commit, mergeBase)
    ages.push({ path, since: last.date, changed })
  }
  return ages
}

async function lastCommit(
  git: Git,
  from: string,
  path: string,
): Promise<{ commit: string; date: string } | null> {
  const out = await git.text(['log', '-1', '--format=%H %as', from, '--', path])
  const [commit, date] = out.ok ? out.value.trim().split(' ') : []
  return commit && date ? { commit, date } : null
}

/** Each entry is `added TAB removed TAB path`; a binary file has dashes instead of numbers. */
async function linesSince(git: Git, commit: string, to: string): Promise<ModelAge['changed']> {
  const out = await git.text(['diff', '--numstat', '--no-renames', '-z', commit, to])
  if (!out.ok) return []
  return splitZero(out.value)
    .slice(0, filesMax)
    .flatMap((entry) => {
      const [added, removed, path] = entry.split('\t')
      const lines = Number(added) + Number(removed)
      return path && Number.isFinite(lines) ? [{ path, lines }] : []
    })
}
