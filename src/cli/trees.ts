import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { DocumentVersion } from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import { type Git, type GitOptions, splitZero } from './git.ts'

/*
 * Trees of a repository as values: the entries of a commit or of the work tree as it stands now
 * (changes not committed and new files included), and the documents in them.
 *
 * The work tree becomes a tree object by git's own rules (.gitignore, filters, submodules), written
 * into a temporary index and object folder: the user's repository is not touched.
 */

/** Documents larger than this are not read; GitHub's contents interface has the same limit. */
const documentBytesMax = 1024 * 1024

export interface TreeEntry {
  mode: string
  object: string
}

/** Everything of one tree, by path. */
export interface Tree {
  id: string
  entries: Map<string, TreeEntry>
}

export async function readTree(git: Git, id: string): Promise<Outcome<Tree>> {
  const out = await git.text(['ls-tree', '-r', '-z', '--full-tree', id])
  if (!out.ok) return out
  const entries = new Map<string, TreeEntry>()
  for (const line of splitZero(out.value)) {
    const tab = line.indexOf('\t')
    const [mode = '', , object = ''] = line.slice(0, tab).split(' ')
    entries.set(line.slice(tab + 1), { mode, object })
  }
  return ok({ id, entries })
}

/** A document of a tree with everything that may stand in its place. */
export async function readVersion(git: Git, tree: Tree, path: string): Promise<DocumentVersion> {
  const entry = tree.entries.get(path)
  if (!entry) return { state: 'absent' }
  if (entry.mode === '120000') return { state: 'unreadable', reason: 'symbolic-link' }
  if (entry.mode === '160000') return { state: 'unreadable', reason: 'submodule' }
  const size = await git.text(['cat-file', '-s', entry.object])
  if (!size.ok) return { state: 'unreadable', reason: 'not-fetched' }
  if (Number(size.value) > documentBytesMax) return { state: 'unreadable', reason: 'too-large' }
  const blob = await git.bytes(['cat-file', 'blob', entry.object])
  if (!blob.ok) return { state: 'unreadable', reason: 'not-fetched' }
  return decode(blob.value)
}

function decode(bytes: Uint8Array): DocumentVersion {
  if (bytes.includes(0)) return { state: 'unreadable', reason: 'not-text' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.startsWith('version https://git-lfs.github.com/')) {
      return { state: 'unreadable', reason: 'large-file-pointer' }
    }
    return { state: 'present', text }
  } catch {
    return { state: 'unreadable', reason: 'not-text' }
  }
}

/** Runs `use` with the id of a tree that is the work tree, and a git that can read it. */
export async function withWorkTree<T>(
  git: Git,
  use: (git: Git, tree: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'threat-model-'))
  try {
    const prepared = await temporaryGit(git, folder)
    if (!prepared.ok) return prepared
    const added = await prepared.value.bytes(['add', '--all', '--ignore-errors', '.'])
    if (!added.ok) return added
    const tree = await prepared.value.text(['write-tree'])
    if (!tree.ok) return tree
    return await use(prepared.value, tree.value.trim())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Git with its own index and object folder; everything else is the repository's. */
async function temporaryGit(git: Git, folder: string): Promise<Outcome<Git>> {
  const index = await git.text(['rev-parse', '--git-path', 'index'])
  if (!index.ok) return index
  const objects = await git.text(['rev-parse', '--git-path', 'objects'])
  if (!objects.ok) return objects
  const own = join(folder, 'objects')
  await mkdir(own)
  // A copy of the index saves hashing files that have not changed; a new clone may have none.
  await cp(absolute(git, index.value), join(folder, 'index')).catch(() => {})
  const env = {
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: own,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: absolute(git, objects.value),
  }
  const withEnv = (more: GitOptions = {}) => ({ ...more, env: { ...env, ...more.env } })
  return ok({
    root: git.root,
    bytes: (words, more) => git.bytes(words, withEnv(more)),
    text: (words, more) => git.text(words, withEnv(more)),
  })
}

function absolute(git: Git, output: string): string {
  const path = output.trim()
  return isAbsolute(path) ? path : join(git.root, path)
}
