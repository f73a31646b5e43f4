import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type CodeFile, readCodeFile } from './support/code-file.ts'

/*
 * Rules about the code itself. Each test lists every offender, so that one run tells all there is
 * to mend. The numbers are those of the style the project follows (docs/ARCHITECTURE.md,
 * "Invariants").
 */

const root = join(import.meta.dirname, '..')

/** A folder of src imports only from folders to its left. Root files stand at the right of all. */
const folders = [
  'shared',
  'threat-model',
  'command',
  'pull-request',
  'diff',
  'coverage',
  'policy',
  'report',
  'publish',
  'job',
  'webhook',
  'github',
  'simulator',
  'web',
  'cli',
]

/** The folders of src/threat-model likewise; what stands beside them serves all or uses all. */
const readingFolders = [
  'markdown',
  'vocabulary',
  'status',
  'outline',
  'draft',
  'tables',
  'units',
  'recognisers',
  'merge',
  'references',
]

/** Files that are lists by nature; they may exceed the length of a file, nothing else. */
const catalogues = new Set<string>([
  'src/threat-model/vocabulary/vocabulary.ts',
  'src/policy/rules.ts',
])

/** Pure folders: no node module but crypto, no clock, no randomness, no environment. */
const pureFolders = [
  'shared',
  'threat-model',
  'command',
  'pull-request',
  'diff',
  'coverage',
  'policy',
  'report',
]
const pureFiles = new Set(['src/review.ts', 'src/publish/plan.ts', 'src/publish/marker.ts'])

const packageHomes: { packages: RegExp; homes: RegExp }[] = [
  { packages: /^(mdast|micromark|unist)/, homes: /^src\/(threat-model|command)\// },
  { packages: /^yaml$/, homes: /^src\/policy\// },
  { packages: /^@octokit\//, homes: /^src\/github\// },
  { packages: /^probot$/, homes: /^src\/(app|main)\.ts$/ },
  { packages: /^(pg|node:sqlite)$/, homes: /^src\/job\// },
]

const sources = textsUnder('src').map(({ path, text }) => readCodeFile(path, text))
const tests = textsUnder('test')

describe('layout', () => {
  test('folders are the agreed ones', () => {
    const found = new Set(sources.map((file) => folderOf(file.path)).filter((name) => name !== ''))
    expect([...found].filter((name) => !folders.includes(name))).toEqual([])
  })

  test('a folder imports only from folders to its left', () => {
    expect(sources.flatMap(importsToTheRight)).toEqual([])
  })

  test('a folder of the reader imports only from folders to its left', () => {
    expect(sources.flatMap(readsToTheRight)).toEqual([])
  })

  test('packages stay in their homes', () => {
    expect(sources.flatMap(homelessPackages)).toEqual([])
  })

  test('pure code has no clock, randomness, environment or node module but crypto', () => {
    expect(sources.filter(isPure).flatMap(impurities)).toEqual([])
  })

  test('there are no import cycles', () => {
    expect(cycles(sources)).toEqual([])
  })

  test('only main.ts reads the environment', () => {
    const readers = sources.filter((file) => /process\.env/.test(file.text)).map((f) => f.path)
    expect(readers.filter((path) => path !== 'src/main.ts' && !path.startsWith('src/cli'))).toEqual(
      [],
    )
  })
})

describe('size', () => {
  const functions = sources.flatMap((file) => file.functions)

  test('files have at most 400 lines, 95 % of them 250', () => {
    const long = sources.filter((f) => f.lines > 400 && !catalogues.has(f.path))
    expect(long.map((f) => `${f.path} ${f.lines}`)).toEqual([])
    expect(
      shareOver(
        sources.map((f) => f.lines),
        250,
      ),
    ).toBeLessThanOrEqual(0.05)
  })

  test('functions have at most 70 lines, 95 % of them 40', () => {
    expect(functions.filter((f) => f.lines > 70).map((f) => `${f.at} ${f.lines}`)).toEqual([])
    expect(
      shareOver(
        functions.map((f) => f.lines),
        40,
      ),
    ).toBeLessThanOrEqual(0.05)
  })

  test('functions have at most 4 parameters', () => {
    expect(functions.filter((f) => f.parameters > 4).map((f) => `${f.at} ${f.parameters}`)).toEqual(
      [],
    )
  })

  test('nesting is at most 3 deep', () => {
    expect(functions.filter((f) => f.nesting > 3).map((f) => `${f.at} ${f.nesting}`)).toEqual([])
  })

  test('lines have at most 100 characters', () => {
    const wide = [...sources, ...tests].flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((line, i) => (line.length > 100 ? [`${file.path}:${i + 1}`] : [])),
    )
    expect(wide).toEqual([])
  })
})

describe('manners', () => {
  test('no any, no enum, no default export, no unfinished note', () => {
    expect(sources.flatMap((file) => file.banned)).toEqual([])
  })

  test('every file over 60 lines opens with a design comment', () => {
    const bare = sources.filter((file) => file.lines > 60 && !file.hasDesignComment)
    expect(bare.map((file) => file.path)).toEqual([])
  })

  test('every file of tests is run: by its name, or brought in by one that is', () => {
    const bringers = tests.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:import|from) '(\.[^']+)'/g)].map(([, to = '']) =>
        join(dirname(path), to),
      ),
    )
    const alone = tests.filter(
      ({ path, text }) =>
        /^import .*\btest\b.* from '@jest\/globals'/m.test(text) && !path.endsWith('.test.ts'),
    )
    const forgotten = alone.filter(({ path }) => !bringers.includes(path))
    expect(forgotten.map(({ path }) => path)).toEqual([])
  })

  test('no source asks whether it is being tested', () => {
    const asks = sources.filter((file) => /JEST_WORKER|NODE_ENV.*test|isTest/.test(file.text))
    expect(asks.map((file) => file.path)).toEqual([])
  })
})

describe('the documents about the code', () => {
  const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
  const names = new Set(sources.map(({ path }) => path))

  test('name only files that are there', () => {
    const page = textOf('docs/ARCHITECTURE.md')
    const named = [...page.matchAll(/`([\w./-]+\.ts)`/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(50)
    const isThere = (name: string) =>
      ['', 'src/', 'src/threat-model/', 'src/diff/'].some((folder) => names.has(folder + name)) ||
      tests.some(({ path }) => path === name)
    expect(named.filter((name) => !isThere(name))).toEqual([])
    const rootFiles = [...names].filter((path) => folderOf(path) === '')
    const listed = new Set(named.map((name) => name.replace(/^src\//, '')))
    expect(rootFiles.filter((path) => !listed.has(path.replace(/^src\//, '')))).toEqual([])
  })

  test('list each decision once, by its number', () => {
    const rows = [...textOf('docs/decisions/README.md').matchAll(/^\| \[(\d+)\]\((.+?)\) \|/gm)]
    const files = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name))
    expect(rows.map(([, , file = '']) => file)).toEqual(files.toSorted())
    for (const [, number = '', file = ''] of rows) {
      expect(file.startsWith(number.padStart(4, '0'))).toBe(true)
      expect(textOf(`docs/decisions/${file}`)).toMatch(new RegExp(`^# 0*${number}\\b`))
    }
  })
})

function textsUnder(folder: string): { path: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
}

function folderOf(path: string): string {
  const parts = path.split('/')
  return parts.length > 2 ? (parts[1] ?? '') : ''
}

function rank(path: string): number {
  const folder = folderOf(path)
  return folder === '' ? folders.length : folders.indexOf(folder)
}

function importsToTheRight(file: CodeFile): string[] {
  // The program's entry hands over to cli/, and cli/ drives the root files: both are the right end.
  if (file.path.startsWith('src/cli')) return []
  return file.imports
    .filter((name) => name.startsWith('src/') && rank(name) > rank(file.path))
    .map((name) => `${file.path} imports ${name}`)
}

function readsToTheRight(file: CodeFile): string[] {
  const own = readingRank(file.path)
  return file.imports
    .filter((name) => own >= 0 && readingRank(name) > own)
    .map((name) => `${file.path} imports ${name}`)
}

/** The place among the reader's folders, or -1 for what stands in none of them. */
function readingRank(path: string): number {
  const folder = /^src\/threat-model\/([^/]+)\//.exec(path)?.[1]
  return folder === undefined ? -1 : readingFolders.indexOf(folder)
}

function homelessPackages(file: CodeFile): string[] {
  return file.imports.flatMap((name) =>
    packageHomes
      .filter((rule) => rule.packages.test(name) && !rule.homes.test(file.path))
      .map(() => `${file.path} imports ${name}`),
  )
}

function isPure(file: CodeFile): boolean {
  return pureFolders.includes(folderOf(file.path)) || pureFiles.has(file.path)
}

function impurities(file: CodeFile): string[] {
  const modules = file.imports.filter((name) => /^node:(?!crypto$)/.test(name))
  const calls = file.code.match(/Date\.now\(|new Date\(\)|Math\.random\(|process\.|setTimeout\(/g)
  return [...modules, ...(calls ?? [])].map((what) => `${file.path}: ${what}`)
}

function shareOver(values: number[], limit: number): number {
  return values.filter((value) => value > limit).length / Math.max(values.length, 1)
}

function cycles(files: CodeFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.valueImports]))
  const done = new Set<string>()
  const found: string[] = []
  function visit(path: string, trail: string[]): void {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of imports.keys()) visit(path, [])
  return found
}
