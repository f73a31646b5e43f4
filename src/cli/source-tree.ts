import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CodeFile } from '../coverage/suggest.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import { type Git, splitZero } from './git.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'

/*
 * The files of a work tree as git lists them: committed, staged and new ones, without what is
 * ignored. Texts are read where names are to be weighed; large and binary files give only a path.
 */

const textBytesMax = 256 * 1024
const textsMax = 20_000
const linksMode = '120000'
const submoduleMode = '160000'

export async function listFiles(git: Git): Promise<Outcome<string[]>> {
  const tracked = await git.text(['ls-files', '-z', '--stage'])
  if (!tracked.ok) return tracked
  const fresh = await git.text(['ls-files', '-z', '--others', '--exclude-standard'])
  if (!fresh.ok) return fresh
  const paths = splitZero(tracked.value).flatMap((line) => {
    const mode = line.slice(0, 6)
    const isFile = mode !== linksMode && mode !== submoduleMode
    return isFile ? [line.slice(line.indexOf('\t') + 1)] : []
  })
  return ok([...new Set([...paths, ...splitZero(fresh.value)])].sort())
}

export async function readSources(git: Git, paths: readonly string[], io: Io): Promise<CodeFile[]> {
  const progress = startProgress(io, paths.length, 'files')
  const files: CodeFile[] = []
  for (const [index, path] of paths.entries()) {
    const text = index < textsMax ? await sourceText(join(git.root, path)) : null
    files.push({ path, text })
    progress.step()
  }
  progress.end()
  return files
}

/** The text of a file of the work tree, or null. */
export function workTreeText(git: Git): (path: string) => Promise<string | null> {
  return (path) => sourceText(join(git.root, path))
}

async function sourceText(path: string): Promise<string | null> {
  try {
    // Git lists a new link like a file; where it leads is not the repository's to show.
    const found = await lstat(path)
    if (!found.isFile() || found.size > textBytesMax) return null
    const bytes = await readFile(path)
    return bytes.includes(0) ? null : bytes.toString('utf8')
  } catch {
    // Deleted on disk and not yet in git: its name still counts.
    return null
  }
}
