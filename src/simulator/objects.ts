import { createHash } from 'node:crypto'

/*
 * Git's objects as plain values, named by the hash git itself would give them: two commits with the
 * same content have the same name, and a tree that did not change is the same tree. A repository
 * and its forks share one store, as on GitHub, so that a comparison across forks needs no fetch.
 *
 * What it does not do: tags, signatures, packs, deltas.
 */
export interface ObjectStore {
  blobs: Map<string, Uint8Array>
  trees: Map<string, TreeEntry[]>
  commits: Map<string, Commit>
}

/** `mode` is git's: 100644 file, 100755 program, 120000 symbolic link, 160000 submodule. */
export interface TreeEntry {
  name: string
  mode: '100644' | '100755' | '120000' | '160000' | '040000'
  sha: string
}

export interface Commit {
  sha: string
  tree: string
  parents: string[]
  message: string
  author: Signature
}

/** `at` is in milliseconds since 1970. */
export interface Signature {
  name: string
  email: string
  at: number
}

export function createStore(): ObjectStore {
  return { blobs: new Map(), trees: new Map(), commits: new Map() }
}

export function writeBlob(store: ObjectStore, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const sha = hashObject('blob', bytes)
  store.blobs.set(sha, bytes)
  return sha
}

export function writeTree(store: ObjectStore, entries: readonly TreeEntry[]): string {
  const sorted = [...entries].sort((a, b) => compareText(sortKey(a), sortKey(b)))
  const parts = sorted.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.name}\0`),
    Buffer.from(entry.sha, 'hex'),
  ])
  const sha = hashObject('tree', Buffer.concat(parts))
  store.trees.set(sha, sorted)
  return sha
}

export function writeCommit(store: ObjectStore, commit: Omit<Commit, 'sha'>): string {
  const { tree, parents, message, author } = commit
  const stamp = `${author.name} <${author.email}> ${Math.floor(author.at / 1000)} +0000`
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${stamp}`,
    `committer ${stamp}`,
    '',
    message,
  ]
  const sha = hashObject('commit', Buffer.from(lines.join('\n')))
  store.commits.set(sha, { sha, ...commit })
  return sha
}

/** True when git would call the content binary: a zero byte among the first 8,000. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0)
}

/** Bytes as text; whatever is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function hashObject(kind: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Git sorts a folder as if its name ended with a slash. */
function sortKey(entry: TreeEntry): string {
  return entry.mode === '040000' ? `${entry.name}/` : entry.name
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
