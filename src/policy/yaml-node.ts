import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { nearest } from '../shared/nearest.ts'
import type { PolicyProblem } from './policy.ts'

/*
 * YAML as a tree of plain nodes with places, and the questions a reader of settings asks of it.
 * Whatever is not as expected becomes a problem with its line, what was expected, and the nearest
 * valid word; reading goes on. The text is bounded before it is parsed, and what makes YAML
 * dangerous (anchors, aliases, tags, several documents, deep nesting) is refused.
 */

const charsMax = 64 * 1024
const depthMax = 12
const nodesMax = 5_000
const problemsMax = 50

export type YamlNode =
  | { kind: 'map'; entries: YamlEntry[]; at: At }
  | { kind: 'list'; items: YamlNode[]; at: At }
  | { kind: 'scalar'; value: unknown; at: At }

export interface YamlEntry {
  key: string
  at: At
  value: YamlNode
}

export interface At {
  line: number
  column: number
}

/** Collects mistakes while a text is read. */
export interface YamlReader {
  problems: PolicyProblem[]
  mistake(at: At, message: string, hint: string): void
}

export function yamlReader(): YamlReader {
  const problems: PolicyProblem[] = []
  return {
    problems,
    mistake(at, message, hint) {
      if (problems.length < problemsMax) problems.push({ ...at, message, hint })
    },
  }
}

const start: At = { line: 1, column: 1 }

/** The tree of a text, or null when it is empty or cannot be read; then a mistake says why. */
export function parseYaml(text: string, reader: YamlReader): YamlNode | null {
  if (text.length > charsMax) {
    reader.mistake(start, `the file is longer than ${charsMax} characters`, 'Shorten it.')
    return null
  }
  if (tooDeep(text)) {
    reader.mistake(start, 'the file is nested too deeply', `Use at most ${depthMax} levels.`)
    return null
  }
  try {
    return parse(text, reader)
  } catch {
    reader.mistake(start, 'the file is no YAML that can be read', 'Check its brackets and quotes.')
    return null
  }
}

function parse(text: string, reader: YamlReader): YamlNode | null {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
    schema: 'core',
    version: '1.2',
    logLevel: 'error',
  })
  const at = (offset: number): At => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  for (const error of [...document.errors, ...document.warnings]) {
    reader.mistake(at(error.pos[0]), firstSentence(error.message), 'Write it as YAML.')
  }
  if (hasDangerousNode(document, reader, at)) return null
  return document.contents === null ? null : convert(document.contents, at)
}

type Place = (offset: number) => At

function hasDangerousNode(
  document: ReturnType<typeof parseDocument>,
  reader: YamlReader,
  at: Place,
): boolean {
  let nodes = 0
  let dangerous = false
  visit(document, {
    Node(_key, node) {
      nodes++
      const named = isAlias(node) || node.anchor !== undefined
      if (!named && nodes <= nodesMax) return undefined
      const where = at(node.range?.[0] ?? 0)
      if (named) reader.mistake(where, 'anchors and aliases are not read', 'Write it out.')
      else reader.mistake(where, `the file has more than ${nodesMax} parts`, 'Shorten it.')
      dangerous = true
      return visit.BREAK
    },
  })
  return dangerous
}

/** Recursion is bounded by `tooDeep`. */
function convert(node: unknown, at: Place): YamlNode {
  if (isMap(node)) {
    const entries = node.items.flatMap((pair): YamlEntry[] => {
      const key = pair.key
      if (!isScalar(key)) return []
      const where = at(key.range?.[0] ?? 0)
      return [{ key: String(key.value), at: where, value: convertOr(pair.value, where, at) }]
    })
    return { kind: 'map', entries, at: at(node.range?.[0] ?? 0) }
  }
  if (isSeq(node)) {
    const here = at(node.range?.[0] ?? 0)
    const items = node.items.map((item) => convertOr(item, here, at))
    return { kind: 'list', items, at: here }
  }
  if (isScalar(node)) return { kind: 'scalar', value: node.value, at: at(node.range?.[0] ?? 0) }
  return { kind: 'scalar', value: null, at: start }
}

function convertOr(node: unknown, where: At, at: Place): YamlNode {
  return node === null || node === undefined
    ? { kind: 'scalar', value: null, at: where }
    : convert(node, at)
}

/** Brackets that are open at once, and the deepest indentation. */
function tooDeep(text: string): boolean {
  let open = 0
  for (const character of text) {
    if (character === '[' || character === '{') open++
    else if (character === ']' || character === '}') open = Math.max(0, open - 1)
    if (open > depthMax) return true
  }
  return /^(?: {80}|(?:\s?[-?:] ){12})/m.test(text)
}

function firstSentence(message: string): string {
  const sentence = message.split(/\n| at line /, 1)[0] ?? message
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/[.:]$/, '')
}

/** The entries of a map whose keys are known; other keys are mistakes. */
export function knownEntries(
  node: YamlNode,
  keys: readonly string[],
  reader: YamlReader,
): YamlEntry[] {
  if (node.kind !== 'map') {
    reader.mistake(node.at, 'expected keys with values', `Known keys: ${keys.join(', ')}.`)
    return []
  }
  return node.entries.filter((entry) => {
    if (keys.includes(entry.key)) return true
    reader.mistake(entry.at, `unknown key "${entry.key}"`, didYouMean(entry.key, keys))
    return false
  })
}

/** A word out of a few; null, with a mistake, when it is none of them. */
export function oneOf<T extends string>(
  node: YamlNode,
  choices: readonly T[],
  reader: YamlReader,
): T | null {
  const word = node.kind === 'scalar' ? scalarWord(node.value) : null
  const choice = choices.find((candidate) => candidate === word)
  if (choice !== undefined) return choice
  const found = word === null ? `found ${kindName(node)}` : `"${word}" is none of them`
  reader.mistake(node.at, `expected ${listed(choices)}; ${found}`, didYouMean(word ?? '', choices))
  return null
}

/** `off` is a word here, as it is in YAML 1.2; a bare `false` was meant as `off`. */
function scalarWord(value: unknown): string | null {
  if (typeof value === 'string') return value
  return value === null ? null : String(value)
}

export function textOf(node: YamlNode, reader: YamlReader): string | null {
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value
  if (node.kind === 'scalar' && typeof node.value === 'number') return String(node.value)
  reader.mistake(node.at, `expected a text; found ${kindName(node)}`, 'Put it in quotes.')
  return null
}

export function booleanOf(node: YamlNode, reader: YamlReader): boolean | null {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  reader.mistake(node.at, `expected true or false; found ${kindName(node)}`, 'Write true or false.')
  return null
}

export function wholeNumberOf(
  node: YamlNode,
  range: { min: number; max: number },
  reader: YamlReader,
): number | null {
  const value = node.kind === 'scalar' ? node.value : null
  const fits = typeof value === 'number' && Number.isInteger(value)
  if (fits && value >= range.min && value <= range.max) return value
  const expected = `expected a whole number from ${range.min} to ${range.max}`
  reader.mistake(
    node.at,
    `${expected}; found ${kindName(node)}`,
    `Write ${range.min} to ${range.max}.`,
  )
  return null
}

/** The texts of a list; a single text counts as a list of one. */
export function textsOf(node: YamlNode, reader: YamlReader): { text: string; at: At }[] {
  const items = node.kind === 'list' ? node.items : [node]
  return items.flatMap((item) => {
    const text = textOf(item, reader)
    return text === null ? [] : [{ text, at: item.at }]
  })
}

function kindName(node: YamlNode): string {
  if (node.kind === 'map') return 'keys with values'
  if (node.kind === 'list') return 'a list'
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string' ? 'a text' : `${node.value}`
}

export function didYouMean(word: string, choices: readonly string[]): string {
  const near = word === '' ? null : nearest(word, choices)
  return near === null ? `Known: ${choices.join(', ')}.` : `Did you mean "${near}"?`
}

function listed(choices: readonly string[]): string {
  return choices.length < 2
    ? choices.join('')
    : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}
