import type { PullRequestFacts } from '../pull-request/facts.ts'
import type { PathLookup } from '../threat-model/read-options.ts'

/** Look-ups of files and folders in one commit's list of paths; indexes are built on first use. */
export function lookUpPaths(paths: readonly string[]): PathLookup {
  const all = new Set(paths)
  let byName: Map<string, string[]> | null = null
  let folders: Set<string> | null = null
  return {
    has(path) {
      if (all.has(path)) return true
      folders ??= foldersOf(paths)
      return folders.has(path)
    },
    uniqueBySuffix(suffix) {
      byName ??= groupByName(paths)
      const named = byName.get(lastSegment(suffix)) ?? []
      const found = named.filter((path) => path.endsWith(`/${suffix}`))
      return found.length === 1 ? (found[0] ?? null) : null
    },
  }
}

/** The paths before the pull request, worked out from the head's and the changed files. */
export function pathsBefore(facts: PullRequestFacts): string[] | null {
  if (facts.tree === null) return null
  const paths = new Set(facts.tree)
  for (const file of facts.files) {
    if (file.status === 'added' || file.status === 'renamed' || file.status === 'copied') {
      paths.delete(file.path)
    }
  }
  for (const file of facts.files) {
    if (file.status === 'removed') paths.add(file.path)
    if (file.status === 'renamed' && file.previousPath !== null) paths.add(file.previousPath)
  }
  return [...paths]
}

/** Every folder of every path; one that is known has its parents known, too. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    let end = path.lastIndexOf('/')
    while (end > 0 && !folders.has(path.slice(0, end))) {
      folders.add(path.slice(0, end))
      end = path.lastIndexOf('/', end - 1)
    }
  }
  return folders
}

function groupByName(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const name = lastSegment(path)
    const group = groups.get(name)
    if (group) group.push(path)
    else groups.set(name, [path])
  }
  return groups
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
