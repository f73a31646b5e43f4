import type { ChangedFile } from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { Git } from './git.ts'

/*
 * What changed between two trees, in the words GitHub uses for the files of a pull request. Git is
 * asked twice, for the list (paths NUL-separated) and for the patches; both come in the same order,
 * so that no path has to be read out of a patch header.
 */

/** A patch larger than this is treated as missing, like on GitHub. */
const patchCharsMax = 512 * 1024

/** Rename detection compares every pair; beyond this many files git would be slow. */
const renameLimit = 2000

export async function changedFiles(
  git: Git,
  before: string,
  after: string,
): Promise<Outcome<ChangedFile[]>> {
  const common = ['diff-tree', '-r', '-M', `-l${renameLimit}`, '--no-ext-diff', '--no-textconv']
  const listed = await git.text([...common, '-z', '--raw', before, after])
  if (!listed.ok) return listed
  const patched = await git.text([...common, '-p', '--no-color', before, after])
  if (!patched.ok) return patched
  const files = readRaw(listed.value)
  const patches = splitPatches(patched.value)
  let next = 0
  return ok(
    files.map((file) => {
      const part = patches[next] ?? ''
      // A file that became a link (or the reverse) is shown as removed and added: two parts.
      next += file.status === 'changed' ? 2 : 1
      return { ...file, ...readPatch(file.status === 'changed' ? '' : part) }
    }),
  )
}

type Listed = Pick<ChangedFile, 'path' | 'previousPath' | 'status'>

/** `:100644 100644 old new R090\0from\0to\0` and so on. */
function readRaw(raw: string): Listed[] {
  const words = raw.split('\0')
  const files: Listed[] = []
  for (let i = 0; i + 1 < words.length; ) {
    const letter = (words[i] ?? '').split(' ')[4]?.[0] ?? 'M'
    const from = words[i + 1] ?? ''
    if (letter === 'R' || letter === 'C') {
      const status = letter === 'R' ? 'renamed' : 'copied'
      files.push({ path: words[i + 2] ?? '', previousPath: from, status })
      i += 3
    } else {
      files.push({ path: from, previousPath: null, status: statusWord(letter) })
      i += 2
    }
  }
  return files
}

function statusWord(letter: string): ChangedFile['status'] {
  if (letter === 'A') return 'added'
  if (letter === 'D') return 'removed'
  if (letter === 'T') return 'changed'
  return 'modified'
}

/** Inside a patch every line begins with a blank, +, -, @ or \; so `diff --git` starts a file. */
function splitPatches(text: string): string[] {
  return text.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '))
}

function readPatch(part: string): Pick<ChangedFile, 'additions' | 'deletions' | 'patch'> {
  const start = part.search(/^@@ /m)
  if (start < 0) return { additions: 0, deletions: 0, patch: null }
  const patch = part.slice(start).replace(/\n$/, '')
  let additions = 0
  let deletions = 0
  for (const line of patch.split('\n')) {
    if (line.startsWith('+')) additions++
    if (line.startsWith('-')) deletions++
  }
  return { additions, deletions, patch: patch.length > patchCharsMax ? null : patch }
}
