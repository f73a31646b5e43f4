import { type Outcome, ok } from '../shared/outcome.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import { mayHoldModel } from '../threat-model/discovery.ts'
import type { Api } from './api.ts'
import type { Cache } from './cache.ts'

/*
 * Every file of a commit by name, mode and content's name: one request, kept for good by the name
 * of the tree. The head's listing is never asked for: it is that of the merge base with the pull
 * request's changes applied.
 */
export interface Tree {
  entries: ReadonlyMap<string, TreeEntry>
  /** The threat models among them, by name. */
  models: string[]
}

export interface TreeEntry {
  /** As git writes it: `100644`, `120000` for a symbolic link, `160000` for a submodule. */
  mode: string
  sha: string
  /** Bytes; null for what is no file. */
  size: number | null
}

/** Null for a repository too large to be listed at once. */
export type Trees = (repository: RepositoryRef, tree: string) => Promise<Outcome<Tree | null>>

/** Weighed by their entries. */
export type TreeCache = Cache<{ tree: Tree | null }>

export function createTrees(api: Api, kept: TreeCache): Trees {
  return async function treeOf(repository, tree) {
    const key = `${repository.id}:${tree}`
    const known = kept.get(key)
    if (known) return ok(known.tree)
    const doing = `list the files of ${repository.owner}/${repository.name}`
    const answer = await api.rest(doing, (client, request) =>
      client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
        owner: repository.owner,
        repo: repository.name,
        tree_sha: tree,
        recursive: '1',
        request,
      }),
    )
    if (!answer.ok) return answer
    const found = answer.value.truncated ? null : readTree(answer.value.tree)
    kept.set(key, { tree: found }, found?.entries.size ?? 1)
    return ok(found)
  }
}

interface EntryOfGitHub {
  path?: string
  mode?: string
  type?: string
  sha?: string
  size?: number
}

function readTree(list: readonly EntryOfGitHub[]): Tree {
  const entries = new Map<string, TreeEntry>()
  for (const { path, mode, type, sha, size } of list) {
    if (!path || !mode || !sha || type === 'tree') continue
    entries.set(path, { mode, sha, size: size ?? null })
  }
  return { entries, models: [...entries.keys()].filter(mayHoldModel) }
}
