import type { Nodes } from 'mdast'
import type { Options } from 'mdast-util-from-markdown'

/*
 * Link definitions (`[name]: url`) hold for the whole document, wherever they stand. Here are the
 * ways to find the names a tree defines, to find the known names that a text mentions in brackets,
 * and to let the parser know names whose definitions it will not see. Mentions are generous: a name
 * too many costs time, a name missed would turn a link into plain text.
 */

/** The known names a text mentions, in a fixed order. */
export type Mentions = (text: string) => string[]

export type SyntaxExtension = Exclude<NonNullable<Options['extensions']>[number], undefined>
type Constructs = NonNullable<NonNullable<SyntaxExtension['text']>['null']>
export type Construct = Exclude<Constructs, unknown[]>

/** `[`, with which a link starts, and `!`, with which a picture does. */
const openers = [91, 33]

/** Brackets without brackets inside; a backslash may escape one. */
const bracketed = /\[((?:\\[\s\S]|[^\\[\]])+)\]/g

export function mentionsOf(known: string[]): Mentions {
  if (known.length === 0) return () => []
  const namesBySquashed = new Map<string, Set<string>>()
  for (const name of known) {
    const key = squash(name)
    namesBySquashed.set(key, (namesBySquashed.get(key) ?? new Set()).add(name))
  }
  return (text) => {
    const found = new Set<string>()
    for (const match of text.matchAll(bracketed)) {
      for (const name of namesBySquashed.get(squash(match[1] ?? '')) ?? []) found.add(name)
    }
    return [...found].sort()
  }
}

/** Two texts in brackets that the parser takes for the same name are equal after this. */
function squash(name: string): string {
  // The prefix of a block quote may stand inside a name that is broken over lines.
  return name
    .replace(/[\s>\0\uFFFD]+/g, '')
    .toLowerCase()
    .toUpperCase()
}

/** The names of the links a tree defines, as the parser compares them. */
export function definedIn(node: Nodes): string[] {
  if (node.type === 'definition') return [node.identifier.toUpperCase()]
  return 'children' in node ? node.children.flatMap(definedIn) : []
}

/** Lets the parser take `names` for defined. */
export function knowing(names: string[]): SyntaxExtension {
  const learn: Construct = {
    partial: true,
    tokenize(_effects, _ok, nok) {
      // Before the first bracket of any text is looked at, all blocks have been read.
      for (const name of names) {
        if (!this.parser.defined.includes(name)) this.parser.defined.push(name)
      }
      return nok
    },
  }
  return { text: Object.fromEntries(openers.map((code) => [code, learn])) }
}
