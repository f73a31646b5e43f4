import type { PullRequestFacts } from '../pull-request/facts.ts'
import { firstMatch, type PathPattern, readPatterns } from '../shared/paths.ts'

/*
 * Files that nobody writes by hand: lock files, vendored and generated code. They never count as a
 * change of an asset. Known names come first; the repository adds its own in `.gitattributes`
 * (`linguist-generated`, `linguist-vendored`) and in the policy's `ignore:`.
 *
 * A pull request must not excuse its own code, so `.gitattributes` counts only while the pull
 * request leaves it alone.
 */

const knownPatterns = readPatterns([
  '**/package-lock.json',
  '**/npm-shrinkwrap.json',
  '**/yarn.lock',
  '**/pnpm-lock.yaml',
  '**/bun.lock',
  '**/deno.lock',
  '**/Cargo.lock',
  '**/Gemfile.lock',
  '**/composer.lock',
  '**/poetry.lock',
  '**/Pipfile.lock',
  '**/uv.lock',
  '**/pdm.lock',
  '**/go.sum',
  '**/go.work.sum',
  '**/flake.lock',
  '**/gradle.lockfile',
  '**/packages.lock.json',
  '**/mix.lock',
  '**/pubspec.lock',
  '**/Package.resolved',
  '**/Podfile.lock',
  '**/node_modules/**',
  '**/bower_components/**',
  'vendor/**',
  '**/third_party/**',
  '**/*.min.js',
  '**/*.min.css',
  '**/*.map',
  '**/*.pb.go',
  '**/*_pb2.py',
  '**/*.pb.cc',
  '**/*.pb.h',
  '**/*_generated.*',
  '**/*.generated.*',
  '**/*.g.dart',
  '**/*.designer.cs',
  '**/__snapshots__/**',
  '**/__generated__/**',
])

const attributesPath = '.gitattributes'
/** Git itself reads no longer line; more lines than this are no honest list. */
const attributeLinesMax = 2_000
const attributeLineLengthMax = 2_048

/** Whether a path is written by hand, as far as the repository says. */
export function generatedFiles(
  facts: PullRequestFacts,
  ignore: readonly string[],
): (path: string) => boolean {
  const own = readPatterns(ignore)
  const { generated, written } = attributes(facts)
  return (path) => {
    if (firstMatch(own, path)) return true
    if (firstMatch(written, path)) return false
    return firstMatch(generated, path) !== null || firstMatch(knownPatterns, path) !== null
  }
}

interface Attributes {
  generated: PathPattern[]
  /** Marked as not generated, which overrules the known names. */
  written: PathPattern[]
}

function attributes(facts: PullRequestFacts): Attributes {
  const touched = facts.files.some((file) => file.path === attributesPath)
  const text = facts.sources.find((source) => source.path === attributesPath)?.text
  const found: Attributes = { generated: [], written: [] }
  if (touched || text === undefined) return found
  for (const line of text.split('\n', attributeLinesMax)) {
    if (line.length <= attributeLineLengthMax) readAttributeLine(line, found)
  }
  return found
}

const setsIt = /^linguist-(?:generated|vendored)(?:=true)?$/
const clearsIt = /^(?:-linguist-(?:generated|vendored)|linguist-(?:generated|vendored)=false)$/

function readAttributeLine(line: string, found: Attributes): void {
  const [pattern, ...words] = line.trim().split(/\s+/)
  if (pattern === undefined || pattern === '' || pattern.startsWith('#')) return
  const patterns = readPatterns([anywhere(pattern)])
  if (words.some((word) => setsIt.test(word))) found.generated.push(...patterns)
  if (words.some((word) => clearsIt.test(word))) found.written.push(...patterns)
}

/** Git matches a pattern without a slash at any depth. */
function anywhere(pattern: string): string {
  return pattern.includes('/') ? pattern : `**/${pattern}`
}
