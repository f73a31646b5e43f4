import { type DocumentPair, documentPairs } from '../pull-request/documents.ts'
import type { ChangedFile, SourceText } from '../pull-request/facts.ts'
import { securityPolicies } from '../threat-model/discovery.ts'
import { modelsMax, sourceBytesMax, sourceFilesMax } from './limits.ts'
import type { Compared, Shelf } from './shelf.ts'

/*
 * Which texts a pull request needs, and which of them have to be asked for. Pure: names in, names
 * out.
 */
export interface Wanted {
  pairs: DocumentPair[]
  /** True when there are more models than are read. */
  cut: boolean
  beforePaths: string[]
  headPaths: string[]
  /** Changed code files whose text is on the head side. */
  sourcePaths: string[]
  /** Texts that the patches already hold: of files that are new or gone. */
  patchSources: SourceText[]
}

/** Files without comments in which a marker could stand. */
const noCode = /\.(?:json|lock|svg|map|snap|csv|txt|md|mdx|png|jpg|gif|ico|pdf|woff2?)$/i
/** Says which files are generated. */
const attributesPath = '.gitattributes'
/** A changed file with more new lines than this is generated. */
const sourceAdditionsMax = 4_000

export function wantedOf(compared: Compared, shelf: Shelf, named: readonly string[]): Wanted {
  const { comparison, tree } = compared
  const listed = tree
    ? [...tree.models, ...named.filter((path) => tree.entries.has(path))]
    : [...named, ...securityPolicies]
  const all = documentPairs({ base: listed, files: comparison.files, named })
  const pairs = all.slice(0, modelsMax)
  const documents = new Set(pairs.map((pair) => pair.path))
  const code = comparison.files.filter((file) => !documents.has(file.path) && isCode(file))
  const patchSources = code.flatMap(sourceInPatch).slice(0, sourceFilesMax)
  const attributes = tree?.entries.has(attributesPath) ? [attributesPath] : []
  const sourcePaths = code
    .filter((file) => !isWhole(file) && fits(compared, file))
    .map((file) => file.path)
    .concat(attributes)
    .slice(0, sourceFilesMax)
  return {
    pairs,
    cut: all.length > pairs.length,
    beforePaths: unknown(shelf.before, paths(pairs, 'basePath')),
    headPaths: unknown(shelf.head, [...heads(pairs, comparison.complete), ...sourcePaths]),
    sourcePaths,
    patchSources,
  }
}

/** Further documents that only the policy's text made known. */
export function furtherOf(
  compared: Compared,
  shelf: Shelf,
  wanted: Wanted,
  named: string[],
): Wanted {
  const again = wantedOf(compared, shelf, named)
  return { ...again, sourcePaths: wanted.sourcePaths, patchSources: wanted.patchSources }
}

function unknown(side: Shelf['before'], list: string[]): string[] {
  return [...new Set(list)].filter((path) => side.known(path) === undefined)
}

function paths(pairs: DocumentPair[], side: 'basePath' | 'headPath'): string[] {
  return pairs.flatMap((pair) => pair[side] ?? [])
}

/** The head of a document that does not change is its base, if all changes are known. */
function heads(pairs: DocumentPair[], complete: boolean): string[] {
  return paths(
    pairs.filter((pair) => pair.changed || !complete),
    'headPath',
  )
}

function isCode(file: ChangedFile): boolean {
  return !noCode.test(file.path) && file.patch !== null && file.additions <= sourceAdditionsMax
}

/** The patch of such a file is its whole text. */
function isWhole(file: ChangedFile): boolean {
  return file.status === 'added' || file.status === 'removed'
}

function fits(compared: Compared, file: ChangedFile): boolean {
  const size = compared.tree?.entries.get(file.previousPath ?? file.path)?.size ?? 0
  return size <= sourceBytesMax
}

function sourceInPatch(file: ChangedFile): SourceText[] {
  if (!isWhole(file) || file.patch === null || file.patch.length > sourceBytesMax) return []
  const sign = file.status === 'added' ? '+' : '-'
  const lines = file.patch.split('\n').filter((line) => line.startsWith(sign))
  return [{ path: file.path, text: lines.map((line) => line.slice(1)).join('\n') }]
}
