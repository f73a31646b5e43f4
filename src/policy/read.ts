import { pathMistake, readPattern } from '../shared/paths.ts'
import type { ColumnMeaning, ReadingHints } from '../threat-model/read-options.ts'
import { defaultPolicy } from './defaults.ts'
import type { CodeMapping, ModelScope, Policy, PolicyReading } from './policy.ts'
import { readAccept } from './read-accept.ts'
import { ruleIds } from './rule-ids.ts'
import type { RuleLevel } from './verdict.ts'
import {
  booleanOf,
  knownEntries,
  oneOf,
  parseYaml,
  textOf,
  textsOf,
  wholeNumberOf,
  type YamlNode,
  type YamlReader,
  yamlReader,
} from './yaml-node.ts'

/*
 * `.github/threat-model.yml` → Policy. Every mistake is a problem with its line; what reads well
 * counts all the same, so that a policy is always returned. Whether a policy with problems may
 * judge is decided elsewhere (in-force.ts). docs/policy.schema.json says the same for editors; a
 * test holds the two together.
 */

export const policyKeys = [
  'version',
  'mode',
  'models',
  'code',
  'ignore',
  'rules',
  'accept',
  'comments',
  'commit',
  'reading',
] as const

export const levels: readonly RuleLevel[] = ['error', 'warning', 'notice', 'off', 'acceptance']
const commentsMax = 50
const listMax = 500

/** Never throws; a text that is no policy at all gives the defaults and says why. */
export function readPolicy(text: string): PolicyReading {
  const reader = yamlReader()
  const policy = defaultPolicy()
  const root = parseYaml(text, reader)
  if (root !== null && !isNothing(root)) {
    for (const entry of knownEntries(root, policyKeys, reader)) {
      readKey[entry.key as (typeof policyKeys)[number]](entry.value, policy, reader)
    }
  }
  return { policy, problems: reader.problems }
}

type ReadKey = (node: YamlNode, policy: Policy, reader: YamlReader) => void

const readKey: Record<(typeof policyKeys)[number], ReadKey> = {
  version(node, _policy, reader) {
    if (node.kind === 'scalar' && node.value === 1) return
    reader.mistake(node.at, 'expected version 1', 'Write "version: 1".')
  },
  mode(node, policy, reader) {
    policy.mode = oneOf(node, ['advisory', 'enforce'] as const, reader) ?? policy.mode
  },
  models(node, policy, reader) {
    policy.models = listOf(node, reader).flatMap((item) => readModel(item, reader))
  },
  code(node, policy, reader) {
    policy.code = readCode(node, reader)
  },
  ignore(node, policy, reader) {
    policy.ignore = patternsOf(node, reader)
  },
  rules(node, policy, reader) {
    policy.rules = readRules(node, reader)
  },
  accept(node, policy, reader) {
    policy.accept = readAccept(node, reader)
  },
  comments(node, policy, reader) {
    for (const entry of knownEntries(node, ['max'], reader)) {
      const max = wholeNumberOf(entry.value, { min: 0, max: commentsMax }, reader)
      policy.comments = { max: max ?? policy.comments.max }
    }
  },
  commit(node, policy, reader) {
    policy.commit = booleanOf(node, reader) ?? false
  },
  reading(node, policy, reader) {
    policy.reading = readReading(node, reader)
  },
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

function listOf(node: YamlNode, reader: YamlReader): YamlNode[] {
  if (node.kind !== 'list') {
    reader.mistake(node.at, 'expected a list', 'Start each entry with "- ".')
    return []
  }
  if (node.items.length > listMax) {
    reader.mistake(node.at, `the list has more than ${listMax} entries`, 'Shorten it.')
  }
  return node.items.slice(0, listMax)
}

/** `- path: THREAT_MODEL.md` with an optional scope, or the path alone. */
function readModel(node: YamlNode, reader: YamlReader): ModelScope[] {
  if (node.kind === 'scalar') return modelAt(node, ['**'], reader)
  let path: YamlNode | null = null
  let scope = ['**']
  for (const entry of knownEntries(node, ['path', 'scope'], reader)) {
    if (entry.key === 'path') path = entry.value
    else scope = patternsOf(entry.value, reader)
  }
  if (path !== null) return modelAt(path, scope, reader)
  if (node.kind === 'map') {
    reader.mistake(node.at, 'expected a path', 'Write "path: THREAT_MODEL.md".')
  }
  return []
}

function modelAt(node: YamlNode, scope: string[], reader: YamlReader): ModelScope[] {
  const path = textOf(node, reader)
  if (path === null) return []
  const mistake = pathMistake(path) ?? (/[*?]/.test(path) ? 'is a pattern' : null)
  if (mistake === null) return [{ path: path.replace(/^\.\//, ''), scope }]
  reader.mistake(node.at, `the path ${mistake}`, 'Write the path of one file of this repository.')
  return []
}

function readCode(node: YamlNode, reader: YamlReader): CodeMapping[] {
  if (node.kind !== 'map') {
    const hint = 'Write the title of an asset, then its patterns: "The contact list: [roster/**]".'
    if (!isNothing(node)) reader.mistake(node.at, 'expected assets with their code', hint)
    return []
  }
  if (node.entries.length > listMax) {
    reader.mistake(node.at, `more than ${listMax} elements are mapped`, 'Shorten the map.')
  }
  return node.entries.slice(0, listMax).map((entry) => ({
    element: entry.key,
    patterns: patternsOf(entry.value, reader),
    line: entry.at.line,
  }))
}

function patternsOf(node: YamlNode, reader: YamlReader): string[] {
  return textsOf(node, reader).flatMap(({ text, at }) => {
    const reading = readPattern(text)
    if (reading.ok) return [text]
    const hint = 'Patterns start at the root of the repository: src/roster/**, lib/*.go.'
    reader.mistake(at, `the pattern "${text.slice(0, 80)}" ${reading.mistake}`, hint)
    return []
  })
}

function readRules(node: YamlNode, reader: YamlReader): Record<string, RuleLevel> {
  const rules: Record<string, RuleLevel> = {}
  for (const entry of knownEntries(node, ruleIds, reader)) {
    const level = oneOf(entry.value, levels, reader)
    if (level !== null) rules[entry.key] = level
  }
  return rules
}

const columnMeanings = [
  'id',
  'threat',
  'description',
  'asset',
  'adversary',
  'category',
  'severity',
  'likelihood',
  'impact',
  'mitigation',
  'status',
  'code',
  'residual',
] as const satisfies readonly ColumnMeaning[]

const readingKeys = ['columns', 'threatHeadingLevel', 'idPrefixes'] as const

function readReading(node: YamlNode, reader: YamlReader): ReadingHints {
  const hints: ReadingHints = {}
  for (const { key, value } of knownEntries(node, readingKeys, reader)) {
    if (key === 'columns') hints.columns = readColumns(value, reader)
    else if (key === 'idPrefixes') hints.idPrefixes = readPrefixes(value, reader)
    else {
      const level = wholeNumberOf(value, { min: 1, max: 6 }, reader)
      if (level !== null) hints.threatHeadingLevel = level
    }
  }
  return hints
}

function readColumns(node: YamlNode, reader: YamlReader): Partial<Record<ColumnMeaning, string[]>> {
  const columns: Partial<Record<ColumnMeaning, string[]>> = {}
  for (const entry of knownEntries(node, columnMeanings, reader)) {
    columns[entry.key as ColumnMeaning] = textsOf(entry.value, reader).map(({ text }) => text)
  }
  return columns
}

function readPrefixes(node: YamlNode, reader: YamlReader): string[] {
  return textsOf(node, reader).flatMap(({ text, at }) => {
    if (/^[\p{L}\p{N}_.-]{1,20}$/u.test(text)) return [text]
    reader.mistake(at, 'expected letters, digits, "-", "_" or "."', 'Write a prefix such as "T-".')
    return []
  })
}
