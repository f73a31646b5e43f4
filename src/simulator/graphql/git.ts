import { commitOf } from '../history.ts'
import { isoTime } from '../ids.ts'
import { isBinary, type TreeEntry, textOf } from '../objects.ts'
import { resolveRef } from '../refs.ts'
import type { Repository } from '../state.ts'
import { entriesOf, lookUp } from '../tree.ts'
import type { Shown } from './accounts.ts'
import { showSuites } from './checks.ts'
import { connection, type PageArguments } from './connection.ts'
import { refuse, type Viewer } from './viewer.ts'

/*
 * Git's objects. Other than in REST a symbolic link shows as one, by its mode, and a text is cut,
 * not refused, when it is long.
 */

/** Not documented; measured by users: exactly so many bytes. */
const blobTextBytesMax = 512_000
const shortHash = 7

/** An object by its hash, or by what `git rev-parse` understands: "main:docs", "HEAD", a branch. */
export function findObject(
  viewer: Viewer,
  repository: Repository,
  wanted: { oid?: string | null; expression?: string | null },
): Shown | null {
  if (wanted.oid != null) return objectNamed(viewer, repository, wanted.oid)
  const expression = wanted.expression ?? ''
  const colon = expression.indexOf(':')
  const name = colon === -1 ? expression : expression.slice(0, colon)
  const commit = resolveRef(viewer.state, repository, name)
  if (colon === -1) return commit ? showCommit(viewer, repository, commit) : null
  if (commit === null) return null
  const { store } = repository
  const path = expression.slice(colon + 1)
  const entry = lookUp(store, commitOf(store, commit).tree, path)
  return entry ? objectNamed(viewer, repository, entry.sha) : null
}

export function showCommit(viewer: Viewer, repository: Repository, sha: string): Shown {
  const { store } = repository
  const commit = commitOf(store, sha)
  const date = isoTime(commit.author.at)
  return {
    ...objectFields('Commit', repository, sha),
    message: commit.message,
    messageHeadline: commit.message.split('\n', 1)[0],
    committedDate: date,
    authoredDate: date,
    tree: () => showTree(viewer, repository, commit.tree, ''),
    parents: (page: PageArguments) =>
      connection('parents', commit.parents, page, (one) => showCommit(viewer, repository, one)),
    file: ({ path }: { path: string }) => fileAt(viewer, repository, commit.tree, path),
    checkSuites: (page: PageArguments) => showSuites(viewer, repository, sha, page),
  }
}

/** What is not there is null and an error too: both come. */
function fileAt(viewer: Viewer, repository: Repository, tree: string, path: string): Shown {
  const entry = path === '' ? null : lookUp(repository.store, tree, path)
  if (!entry) throw refuse('NOT_FOUND', `Could not resolve file for path '${path}'.`)
  return showEntry(viewer, repository, entry, path)
}

function showEntry(viewer: Viewer, repository: Repository, entry: TreeEntry, path: string): Shown {
  const isSubmodule = entry.mode === '160000'
  const isFolder = entry.mode === '040000'
  return {
    __typename: 'TreeEntry',
    name: entry.name,
    path,
    mode: Number.parseInt(entry.mode, 8),
    type: isSubmodule ? 'commit' : isFolder ? 'tree' : 'blob',
    oid: entry.sha,
    size: repository.store.blobs.get(entry.sha)?.length ?? 0,
    object: () => (isSubmodule ? null : objectNamed(viewer, repository, entry.sha, path)),
  }
}

function objectNamed(viewer: Viewer, repository: Repository, sha: string, path = ''): Shown | null {
  const { commits, trees, blobs } = repository.store
  if (commits.has(sha)) return showCommit(viewer, repository, sha)
  if (trees.has(sha)) return showTree(viewer, repository, sha, path)
  const bytes = blobs.get(sha)
  return bytes ? showBlob(repository, sha, bytes) : null
}

function showTree(viewer: Viewer, repository: Repository, sha: string, path: string): Shown {
  const prefix = path === '' ? '' : `${path}/`
  return {
    ...objectFields('Tree', repository, sha),
    entries: () =>
      entriesOf(repository.store, sha).map((entry) =>
        showEntry(viewer, repository, entry, `${prefix}${entry.name}`),
      ),
  }
}

function showBlob(repository: Repository, sha: string, bytes: Uint8Array): Shown {
  const binary = isBinary(bytes)
  return {
    ...objectFields('Blob', repository, sha),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: bytes.length > blobTextBytesMax,
    text: binary ? null : textOf(bytes.subarray(0, blobTextBytesMax)),
  }
}

function objectFields(type: string, repository: Repository, sha: string): Shown {
  return {
    __typename: type,
    id: `${type[0]}_${Buffer.from(`${repository.id}:${sha}`).toString('base64url')}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, shortHash),
  }
}
