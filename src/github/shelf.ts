import type { DocumentVersion } from '../pull-request/facts.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import type { Cache } from './cache.ts'
import type { ComparedFile, Comparison } from './comparison.ts'
import { absent, reasonOfMode, unreadable } from './documents.ts'
import { documentBytesMax } from './limits.ts'
import type { Tree } from './tree.ts'

/*
 * The documents known without asking, on both sides of a comparison. Content is kept by the name
 * git gives it, so that a document is read once however many pull requests and pushes show it. What
 * the pull request does not change is the same on both sides and is asked for once.
 */
export interface Shelf {
  before: Side
  head: Side
}

export interface Side {
  /** Undefined: has to be asked for. */
  known(path: string): DocumentVersion | undefined
  keep(path: string, version: DocumentVersion): void
  /** The content's name when it is known beforehand. */
  blob(path: string): string | null
}

export interface Compared {
  repository: RepositoryRef
  /** Commits. */
  before: string
  head: string
  comparison: Comparison
  /** Files at the merge base; null when there are too many to list. */
  tree: Tree | null
}

/** Weighed by their characters. */
export type Documents = Cache<DocumentVersion>

export function shelfOf(documents: Documents, compared: Compared): Shelf {
  const { repository, comparison, tree } = compared
  const changed = new Map(comparison.files.map((file) => [file.path, file]))
  const before = tree
    ? listedSide(documents, repository, tree)
    : commitSide(documents, repository, compared.before, () => null)
  const own = commitSide(documents, repository, compared.head, (path) => blobOf(changed.get(path)))
  const side = (path: string) => (changed.has(path) || !comparison.complete ? own : before)
  return {
    before,
    head: {
      known: (path) => side(path).known(path),
      keep: (path, version) => side(path).keep(path, version),
      blob: (path) => side(path).blob(path),
    },
  }
}

function blobOf(file: ComparedFile | undefined): string | null {
  return file?.blob ?? null
}

/** A side whose files are listed: mode and content's name are known, only texts may be missing. */
function listedSide(documents: Documents, repository: RepositoryRef, tree: Tree): Side {
  const key = (sha: string) => `${repository.id}:${sha}`
  return {
    known(path) {
      const entry = tree.entries.get(path)
      if (!entry) return absent()
      const reason = reasonOfMode(entry.mode)
      if (reason) return unreadable(reason)
      if ((entry.size ?? 0) > documentBytesMax) return unreadable('too-large')
      return documents.get(key(entry.sha))
    },
    keep(path, version) {
      const entry = tree.entries.get(path)
      if (entry) documents.set(key(entry.sha), version, weight(version))
    },
    blob: (path) => tree.entries.get(path)?.sha ?? null,
  }
}

/** A side of which only the commit is known: the mode is part of what has to be asked. */
function commitSide(
  documents: Documents,
  repository: RepositoryRef,
  commit: string,
  blob: Side['blob'],
): Side {
  const key = (path: string) => `${repository.id}:${commit}:${path}`
  return {
    known: (path) => documents.get(key(path)),
    keep: (path, version) => documents.set(key(path), version, weight(version)),
    blob,
  }
}

function weight(version: DocumentVersion): number {
  return 200 + (version.state === 'present' ? version.text.length : 0)
}
