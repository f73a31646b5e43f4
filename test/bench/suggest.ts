import { execFileSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { codeWords, symbolsAndComments } from '../../src/coverage/code-words.ts'
import { type CodeFile, indexCode, isConfident } from '../../src/coverage/suggest.ts'
import { lookUpPaths } from '../../src/coverage/tree.ts'
import { isModelPath } from '../../src/threat-model/discovery.ts'
import type { PathLookup } from '../../src/threat-model/read-options.ts'

/*
 * How often the suggester finds the code that a threat model names, when the names are hidden from
 * it. In each git repository given, every row and section of a threat model that names files of the
 * tree is a question, asked without these names; the answer is right when one of the files is among
 * the first 1, 5 or 10. Beside it a plain count of common words.
 *
 *     node test/bench/suggest.ts [--json] GIT_DIRECTORY...
 *
 * Nothing of the repositories is kept; the figures in docs/ say which ones they were.
 */

interface Score {
  repository: string
  questions: number
  files: number
  ms: number
  ours: number[]
  plain: number[]
  /** First suggestions made with confidence, and those of them that were right. */
  confident: number
  confidentRight: number
}

const ranks = [1, 5, 10]
const isText = new RegExp(
  '\\.(?:go|[jt]sx?|mjs|cjs|py|rs|java|kt|rb|php|c|h|cc|cpp|hpp|cs|swift|sh|sol|vy|ex|exs|lua|' +
    'scala|zig|vue|svelte|tf|ya?ml|toml)$',
)
const titleWordsMin = 2
/** Who names more files than this names none in particular. */
const namedMax = 6
const textFilesMax = 5_000
const textCharsMax = 200_000
const questionsMax = 200

const directories = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const scores = directories.flatMap((directory) => scoreOf(directory) ?? [])
if (process.argv.includes('--json')) console.log(JSON.stringify(scores))
else printTable(scores)

function scoreOf(directory: string): Score | null {
  const paths = git(directory, 'ls-tree', '-r', '-z', '--name-only', 'HEAD')
    .split('\0')
    .filter((path) => path !== '')
  const questions = paths.filter(isModelPath).flatMap((path) => questionsIn(directory, path, paths))
  if (questions.length === 0) return null
  const asked = questions.slice(0, questionsMax)
  const files = textsOf(directory, paths)
  const start = performance.now()
  const index = indexCode(files)
  const score: Score = {
    repository: basename(dirname(directory)),
    questions: asked.length,
    files: files.length,
    ms: 0,
    ours: [0, 0, 0],
    plain: [0, 0, 0],
    confident: 0,
    confidentRight: 0,
  }
  for (const { query, named } of asked) {
    const found = index.suggest(query, Math.max(...ranks))
    count(
      score.ours,
      found.map((one) => one.path),
      named,
    )
    const [first] = found
    if (first && isConfident(first)) {
      score.confident++
      score.confidentRight += Number(named.has(first.path))
    }
  }
  score.ms = Math.round(performance.now() - start)
  const plain = plainRanking(files)
  for (const { query, named } of asked) count(score.plain, plain(query), named)
  return score
}

interface Question {
  query: { title: string; body: string }
  named: Set<string>
}

/**
 * Each table row that names code is a question, and each heading with the text below it. The
 * reader is left out of this, so that the figure is the suggester's own.
 */
function questionsIn(directory: string, path: string, paths: string[]): Question[] {
  const text = git(directory, 'show', `HEAD:${path}`)
  const lookup = lookUpPaths(paths)
  const questions: Question[] = []
  let section: Question = { query: { title: '', body: '' }, named: new Set() }
  for (const line of text.split('\n')) {
    const named = pathsIn(line).flatMap((name) => resolve(name, lookup, paths))
    const heading = /^#{2,6}\s+(.*)$/.exec(line)?.[1]
    if (heading !== undefined) {
      questions.push(section)
      section = { query: { title: withoutCode(heading), body: '' }, named: new Set() }
    } else if (line.trimStart().startsWith('|')) {
      const cells = line.split('|').map((cell) => withoutCode(cell).trim())
      const title = cells.find((cell) => codeWords(cell).length >= titleWordsMin) ?? ''
      questions.push({ query: { title, body: cells.join(' ') }, named: new Set(named) })
    } else {
      section.query.body += ` ${withoutCode(line)}`
      for (const one of named) section.named.add(one)
    }
  }
  return [...questions, section].filter(
    ({ query, named }) =>
      codeWords(query.title).length >= titleWordsMin && named.size > 0 && named.size <= namedMax,
  )
}

function pathsIn(line: string): string[] {
  const ticked = [...line.matchAll(/`([^`\s]{3,200})`/g)].map((match) => match[1] ?? '')
  const linked = [...line.matchAll(/\]\(([^)\s]{3,300})\)/g)].map((match) => match[1] ?? '')
  return [...ticked, ...linked]
    .map((name) => name.replace(/^.*\/(?:blob|tree)\/[^/]+\//, '').replace(/[#:].*$/, ''))
    .map((name) => name.replace(/^(?:\.{1,2}\/)+/, ''))
    .filter((name) => /\.[a-z]{1,6}$/i.test(name))
}

function resolve(name: string, lookup: PathLookup, paths: string[]): string[] {
  const path = lookup.has(name) ? name : lookup.uniqueBySuffix(name)
  const isCode = path !== null && !isModelPath(path) && paths.includes(path) && isText.test(path)
  return isCode ? [path] : []
}

/** Nothing in code marks, no link targets, no file names and no paths remain. */
function withoutCode(text: string): string {
  return text
    .replace(/`[^`]*`/g, ' ')
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/[\w./-]+\.(?:go|tsx?|jsx?|py|rs|java|rb|c|h|cpp|sh|ya?ml|toml|json|md|sol)\b/g, ' ')
    .replace(/[\w-]+(?:\/[\w.-]+)+/g, ' ')
}

function textsOf(directory: string, paths: string[]): CodeFile[] {
  return paths.map((path, index) => {
    if (index >= textFilesMax || !isText.test(path)) return { path, text: null }
    return { path, text: git(directory, 'show', `HEAD:${path}`).slice(0, textCharsMax) }
  })
}

/** The other ranking: how many of the query's words a file has anywhere, ties by path. */
function plainRanking(files: CodeFile[]): (query: Question['query']) => string[] {
  const words = files.map(({ path, text }) => {
    const found = text === null ? null : symbolsAndComments(text)
    const all = [path, ...(found?.symbols ?? []), ...(found?.comments ?? [])].join(' ')
    return { path, words: new Set(codeWords(all)) }
  })
  return ({ title, body }) => {
    const wanted = [...new Set(codeWords(`${title} ${body}`))]
    return words
      .map((file) => ({ path: file.path, hits: wanted.filter((w) => file.words.has(w)).length }))
      .sort((a, b) => b.hits - a.hits || (a.path < b.path ? -1 : 1))
      .slice(0, Math.max(...ranks))
      .map(({ path }) => path)
  }
}

function count(hits: number[], found: string[], named: Set<string>): void {
  const place = found.findIndex((path) => named.has(path))
  ranks.forEach((rank, i) => {
    if (place >= 0 && place < rank) hits[i] = (hits[i] ?? 0) + 1
  })
}

function git(directory: string, ...args: string[]): string {
  const how = { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: 'pipe' } as const
  try {
    return execFileSync('git', [`--git-dir=${directory}`, ...args], how)
  } catch {
    return ''
  }
}

function printTable(all: Score[]): void {
  const share = (hits: number, of: number) => `${Math.round((100 * hits) / Math.max(of, 1))} %`
  const cells = ({ ours, plain, questions }: Pick<Score, 'ours' | 'plain' | 'questions'>) =>
    [...ours, ...plain].map((hits) => share(hits, questions))
  console.log('| repository | files | questions | @1 | @5 | @10 | plain @1 | @5 | @10 | ms |')
  console.log('|---|---|---|---|---|---|---|---|---|---|')
  for (const score of all) {
    const { repository, files, questions, ms } = score
    console.log(`| ${[repository, files, questions, ...cells(score), ms].join(' | ')} |`)
  }
  const sum = (pick: (score: Score) => number) => all.reduce((total, one) => total + pick(one), 0)
  const total = {
    questions: sum((score) => score.questions),
    ours: ranks.map((_, i) => sum((score) => score.ours[i] ?? 0)),
    plain: ranks.map((_, i) => sum((score) => score.plain[i] ?? 0)),
  }
  console.log(`| **all** | ${['', total.questions, ...cells(total), ''].join(' | ')} |`)
  const mean = (pick: (score: Score) => number[]) =>
    ranks.map((_, i) =>
      share(
        sum((s) => (pick(s)[i] ?? 0) / s.questions),
        all.length,
      ),
    )
  const means = [...mean((score) => score.ours), ...mean((score) => score.plain)]
  const sure = sum((score) => score.confident)
  const right = sum((score) => score.confidentRight)
  console.log(`| mean of repositories | | ${['', ...means, ''].join(' | ')} |`)
  console.log(
    `\nOf ${sure} suggestions made with confidence, ${right} were right (${share(right, sure)}).`,
  )
}
