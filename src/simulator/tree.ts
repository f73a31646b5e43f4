import { assert } from '../shared/assert.ts'
import { type ObjectStore, type TreeEntry, writeBlob, writeTree } from './objects.ts'

/*
 * Trees by path: edit, look up, list. An edit names whole files; folders come and go with them.
 */

/**
 * What a path shall hold afterwards: a text, bytes, a special entry, or nothing (`null`, which
 * removes a file or a whole folder).
 */
export type FileEdit =
  | string
  | Uint8Array
  | null
  | { symlink: string }
  | { submodule: string }
  | { executable: string | Uint8Array }
  | { entry: Pick<TreeEntry, 'mode' | 'sha'> }

export type Edit = Record<string, FileEdit>

/** A path from the root with what stands there. */
export interface PathEntry {
  path: string
  entry: TreeEntry
}

const emptyTree: readonly TreeEntry[] = []

/** The tree after `edit`; `tree` is null for a repository without files. Returns its name. */
export function editTree(store: ObjectStore, tree: string | null, edit: Edit): string {
  const entries = new Map(entriesOf(store, tree).map((entry) => [entry.name, entry]))
  const inFolders = new Map<string, Edit>()
  for (const [path, value] of Object.entries(edit)) {
    const slash = path.indexOf('/')
    assert(path !== '' && slash !== 0, `a path starts with a name: ${path}`)
    if (slash === -1) setEntry(store, entries, path, value)
    else {
      const folder = path.slice(0, slash)
      const inside = inFolders.get(folder) ?? {}
      inside[path.slice(slash + 1)] = value
      inFolders.set(folder, inside)
    }
  }
  for (const [folder, inside] of inFolders) {
    const old = entries.get(folder)
    const sha = editTree(store, old?.mode === '040000' ? old.sha : null, inside)
    if (entriesOf(store, sha).length === 0) entries.delete(folder)
    else entries.set(folder, { name: folder, mode: '040000', sha })
  }
  return writeTree(store, [...entries.values()])
}

/** What stands at `path`, which may be a folder; null when nothing does. '' is the root itself. */
export function lookUp(store: ObjectStore, tree: string, path: string): TreeEntry | null {
  let at: TreeEntry = { name: '', mode: '040000', sha: tree }
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (at.mode !== '040000') return null
    const next = entriesOf(store, at.sha).find((entry) => entry.name === name)
    if (next === undefined) return null
    at = next
  }
  return at
}

/** Everything below a tree, folders before what they hold. */
export function listTree(store: ObjectStore, tree: string, prefix = ''): PathEntry[] {
  return entriesOf(store, tree).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    const below = entry.mode === '040000' ? listTree(store, entry.sha, `${path}/`) : []
    return [{ path, entry }, ...below]
  })
}

export function entriesOf(store: ObjectStore, tree: string | null): readonly TreeEntry[] {
  if (tree === null) return emptyTree
  const entries = store.trees.get(tree)
  assert(entries !== undefined, `no tree ${tree}`)
  return entries
}

function setEntry(
  store: ObjectStore,
  entries: Map<string, TreeEntry>,
  name: string,
  value: FileEdit,
): void {
  if (value === null) entries.delete(name)
  else entries.set(name, { name, ...newEntry(store, value) })
}

function newEntry(store: ObjectStore, value: Exclude<FileEdit, null>): Omit<TreeEntry, 'name'> {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return { mode: '100644', sha: writeBlob(store, value) }
  }
  if ('entry' in value) return value.entry
  if ('symlink' in value) return { mode: '120000', sha: writeBlob(store, value.symlink) }
  if ('submodule' in value) return { mode: '160000', sha: value.submodule }
  return { mode: '100755', sha: writeBlob(store, value.executable) }
}
