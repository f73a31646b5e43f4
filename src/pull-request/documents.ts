import { isModelPath, isSecurityPolicy, mayHoldModel } from '../threat-model/discovery.ts'
import { hasModelPart } from '../threat-model/part.ts'
import type { ChangedFile, DocumentVersion, ModelVersions } from './facts.ts'

/*
 * Which documents of a pull request are threat models, and what each was called before. Works on
 * names only; the texts come later. Renames are followed: a model keeps its history when its file
 * moves, even to a name that no longer looks like one.
 */
export interface DocumentPair {
  /** The head's path, or the base's when the document is gone. */
  path: string
  previousPath: string | null
  /** Where it stands at the merge base; null when it did not exist. */
  basePath: string | null
  /** Where it stands at the head; null when it is gone. */
  headPath: string | null
  /** The pull request changes it. */
  changed: boolean
}

export interface Listing {
  /** Files at the merge base: all of them, or as many as are known. */
  base: Iterable<string>
  files: readonly ChangedFile[]
  /** Paths that the policy names. */
  named: readonly string[]
}

/**
 * Sorted by path; changed ones first, so that a bound never cuts what the pull request is about.
 */
export function documentPairs(listing: Listing): DocumentPair[] {
  const named = new Set(listing.named)
  const isModel = (path: string) => mayHoldModel(path) || named.has(path)
  const pairs = new Map<string, DocumentPair>()
  for (const path of listing.base) {
    if (isModel(path)) pairs.set(path, unchanged(path))
  }
  for (const file of listing.files) {
    const from = file.previousPath ?? file.path
    if (!isModel(file.path) && !isModel(from)) continue
    if (file.status !== 'copied') pairs.delete(from)
    pairs.set(file.path, changed(file))
  }
  return [...pairs.values()].sort(
    (a, b) => Number(b.changed) - Number(a.changed) || (a.path < b.path ? -1 : 1),
  )
}

function unchanged(path: string): DocumentPair {
  return { path, previousPath: null, basePath: path, headPath: path, changed: false }
}

function changed(file: ChangedFile): DocumentPair {
  const { path, status } = file
  const isNew = status === 'added' || status === 'copied'
  const previousPath = status === 'renamed' ? file.previousPath : null
  return {
    path,
    previousPath,
    basePath: isNew ? null : (previousPath ?? path),
    headPath: status === 'removed' ? null : path,
    changed: true,
  }
}

/**
 * The models among documents that were read: those that the policy names, or without any all that
 * their name or a section of theirs makes one.
 */
export function modelsAmong(
  documents: readonly ModelVersions[],
  named: readonly string[],
): ModelVersions[] {
  const names = new Set(named)
  if (names.size > 0) {
    return documents.filter((d) => names.has(d.path) || names.has(d.previousPath ?? ''))
  }
  return documents
    .map((document) => ({
      ...document,
      base: withModel(document.base, document.previousPath ?? document.path),
      head: withModel(document.head, document.path),
    }))
    .filter(({ base, head }) => base.state !== 'absent' || head.state !== 'absent')
}

/** A SECURITY.md without a threat model is no model, however it is kept. */
function withModel(version: DocumentVersion, path: string): DocumentVersion {
  if (isModelPath(path) || !isSecurityPolicy(path)) return version
  if (version.state === 'unreadable') {
    return version.reason === 'not-fetched' || version.reason === 'too-costly' ? version : absent
  }
  return version.state === 'present' && hasModelPart(version.text) ? version : absent
}

const absent: DocumentVersion = { state: 'absent' }

/** All paths of the head: those of the merge base with the pull request's changes applied. */
export function headPaths(base: Iterable<string>, files: readonly ChangedFile[]): string[] {
  const paths = new Set(base)
  for (const file of files) {
    if (file.status === 'removed') paths.delete(file.path)
    if (file.status === 'renamed' && file.previousPath) paths.delete(file.previousPath)
  }
  for (const file of files) if (file.status !== 'removed') paths.add(file.path)
  return [...paths]
}
