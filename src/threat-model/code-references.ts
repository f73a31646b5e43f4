import type { Span } from '../shared/span.ts'
import { plainSpan } from './markdown/place.ts'
import type { CodeReference } from './model.ts'
import type { Phrase } from './outline/phrase.ts'
import type { Block } from './outline/types.ts'
import type { PathLookup } from './read-options.ts'
import { remembering } from './remember.ts'
import { pattern } from './vocabulary/pattern.ts'

/*
 * Paths of the repository in a document. The same backticks hold routes, flags, variables, payloads
 * and files of the running system, so a text is a candidate only when it has the form of a path
 * with a known ending or of a folder. With the tree of the commit, only paths that exist are
 * accepted (as written, or as the only path with that ending); one that has the form of a source
 * file and does not exist is a dead link. Words with spaces between them are a path only where the
 * tree has it: more often they are a command.
 */

const endings =
  'c|cc|cpp|cs|css|cfg|conf|dart|ex|exs|go|gradle|graphql|h|hpp|hs|html|ini|java|jl|js|json|jsx' +
  '|kt|lua|m|md|mjs|cjs|mm|nix|php|pl|proto|ps1|py|pyi|rb|rego|rs|scala|sh|sol|sql|swift|tf|toml' +
  '|ts|tsx|vue|wit|xml|yaml|yml|zig|service'
/** Frameworks write `[id]`, `(group)`, `+page` and `$name`; people write letters of all scripts. */
const sign = String.raw`[\p{L}\p{M}\p{N}_.@+$()[\]-]`
const file = new RegExp(`^(?:${sign}{1,80}/){0,12}${sign}{1,100}\\.(?:${endings})$`, 'iu')
const folder = new RegExp(`^(?:${sign}{1,80}/){1,12}$`, 'u')
const lineSuffix = /(?::|#L)(\d{1,6})(?:(?:-L?|:)(\d{1,6}))?$/

/** A blob link carries its path after `/blob/<ref>/`. */
const blob = /^https:\/\/[^/\s]+\/[^/\s]+\/[^/\s]+\/(?:blob|tree)\/[^/\s]+\/([^?\s]+)$/

/** Places of a running system and of the web, not of a repository. */
const elsewhere = pattern(
  '',
  String.raw`^(?:\/|~|\.\.\/|\.?\.?$|etc\/|usr\/|var\/|tmp\/|proc\/|dev\/|home\/|run\/`,
  String.raw`|api\/|application\/json|text\/|image\/)`,
)

/** Folders further in than this are not tried. */
const foldersMax = 12

export function pathsIn(phrases: readonly Phrase[], max = 30): CodeReference[] {
  const found = new Map<string, CodeReference>()
  for (const phrase of phrases) {
    for (const code of phrase.codes) addPath(found, code.text, code.span, looksLikeSpacedPath)
    for (const link of phrase.links) addPath(found, linkedPath(link.url), link.span)
    if (found.size >= max) break
  }
  return [...found.values()].slice(0, max)
}

/** Paths in a cell or field that is about code, where authors leave the backticks out. */
export function pathsInText(text: string, span: Span, max = 30): CodeReference[] {
  const found = new Map<string, CodeReference>()
  for (const word of text.split(/[\s,;()]+/).slice(0, 200)) addPath(found, word, span)
  return [...found.values()].slice(0, max)
}

function linkedPath(url: string): string {
  const linked = blob.exec(url)?.[1]
  if (linked !== undefined) return linked
  return /^[a-z]+:|^#|^\/\//i.test(url) ? '' : url.replace(/^\.\//, '')
}

function addPath(
  found: Map<string, CodeReference>,
  text: string,
  span: Span,
  mayBe: (path: string) => boolean = () => false,
): void {
  const words = text.trim().replace(/^`|`$/g, '')
  const suffix = lineSuffix.exec(words)
  const path = words.slice(0, suffix?.index ?? words.length)
  if ((!looksLikePath(path) && !mayBe(path)) || found.has(path)) return
  const first = Number(suffix?.[1])
  const last = Number(suffix?.[2] ?? suffix?.[1])
  const lines = suffix === null ? null : { first, last: Math.max(first, last) }
  found.set(path, { path, lines, exists: null, span })
}

const looksLikePath = remembering((path): boolean => {
  if (path.length < 4 || path.length > 300 || elsewhere.test(path)) return false
  if (path.endsWith('.md') && !path.includes('/')) return false
  return file.test(path) || folder.test(path)
})

function looksLikeSpacedPath(path: string): boolean {
  return (
    hasSpace(path) && /^[^ ].*\/(?:.*[^ ])?$/.test(path) && looksLikePath(path.replaceAll(' ', '_'))
  )
}

function hasSpace(path: string): boolean {
  return path.includes(' ')
}

/** Without those that only a tree could tell from commands. */
export function withoutTree(references: CodeReference[]): CodeReference[] {
  const some = references.some(({ path }) => hasSpace(path))
  return some ? references.filter(({ path }) => !hasSpace(path)) : references
}

/** The path below each folder of the document, the innermost first. */
function pathsAround(path: string, from: string): string[] {
  const folders = from.split('/').slice(0, -1).slice(0, foldersMax)
  return folders.map((_, at) => `${folders.slice(0, at + 1).join('/')}/${path}`).reverse()
}

/** The reference as an element has it: its span stays when the text moves. */
export function settledCode(code: CodeReference): CodeReference {
  return { ...code, span: plainSpan(code.span) }
}

/** Phrases of blocks and everything nested in them. */
export function phrasesOf(blocks: readonly Block[]): Phrase[] {
  const found: Phrase[] = []
  for (const block of blocks) addPhrases(found, block)
  return found
}

function addPhrases(found: Phrase[], block: Block): void {
  switch (block.type) {
    case 'paragraph':
      found.push(block.phrase)
      return
    case 'list':
      for (const entry of block.entries) {
        found.push(entry.head, ...entry.restLines)
        for (const inner of entry.blocks) addPhrases(found, inner)
      }
      return
    case 'quote':
      for (const inner of block.blocks) addPhrases(found, inner)
      return
    case 'table':
      for (const row of block.rows) for (const cell of row.cells) found.push(cell.phrase)
      return
    case 'code':
  }
}

/**
 * Judges a candidate by the tree: the path as it is in the tree, a dead one when it has the form of
 * a source file in a folder, or null when it was no path of this repository at all. `from` is the
 * document: a path may begin at the root, or at a folder that the document stands in.
 */
export function judged(
  reference: CodeReference,
  tree: PathLookup,
  from: string,
): CodeReference | null {
  const path = reference.path.replace(/\/$/, '')
  const full = [path, ...pathsAround(path, from)].find((candidate) => tree.has(candidate))
  if (full !== undefined) return { ...reference, path: full, exists: true }
  const only = tree.uniqueBySuffix(path)
  if (only !== null) return { ...reference, path: only, exists: true }
  const sourceFile = file.test(path) && path.includes('/')
  return sourceFile ? { ...reference, path, exists: false } : null
}
