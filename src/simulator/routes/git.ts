import { notFound, Refusal } from '../answer.ts'
import { compareTrees } from '../comparison.ts'
import { commitOf, commitsSince, mergeBase } from '../history.ts'
import { nodeId } from '../ids.ts'
import type { TreeEntry } from '../objects.ts'
import { resolveRef } from '../refs.ts'
import type { Repository } from '../state.ts'
import { entriesOf, listTree, lookUp } from '../tree.ts'
import { showCommit, showFile, showRef } from '../views/git.ts'
import { repositoryHtmlUrl, repositoryUrl } from '../views/repository.ts'
import { ok, pageOf, type Route, type RouteCall, repositoryOf } from './call.ts'

/* Comparisons, commits, trees, blobs and references. */

/** Only the first page of a comparison has files, and no more than these. */
const comparedFilesMax = 300
const comparedCommitsMax = 250
const treeEntriesMax = 100_000
const base64LineLength = 60

export const compare: Route = (call) => {
  const repository = repositoryOf(call)
  const { state, params } = call
  const [baseName = '', headName = ''] = params.basehead?.split('...') ?? [
    params.base ?? '',
    params.head ?? '',
  ]
  const base = required(call, baseName)
  const head = required(call, headName)
  const { store } = repository
  const from = mergeBase(store, base, head)
  if (from === null)
    throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`)
  const ahead = commitsSince(store, base, head)
  const behind = commitsSince(store, head, base)
  const paging = call.query.has('page') || call.query.has('per_page')
  const { slice, headers, page } = pageOf(call, ahead)
  const files = compareTrees(store, commitOf(store, from).tree, commitOf(store, head).tree)
  const shown = page > 1 ? [] : files.slice(0, comparedFilesMax)
  const range = `${baseName}...${headName}`
  const html = repositoryHtmlUrl(state, repository)
  const body = {
    url: `${repositoryUrl(state, repository)}/compare/${range}`,
    html_url: `${html}/compare/${range}`,
    permalink_url: `${html}/compare/${base}...${head}`,
    diff_url: `${html}/compare/${range}.diff`,
    patch_url: `${html}/compare/${range}.patch`,
    base_commit: showCommit(state, repository, commitOf(store, base)),
    merge_base_commit: showCommit(state, repository, commitOf(store, from)),
    status: comparisonStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: (paging ? slice : ahead.slice(-comparedCommitsMax)).map((commit) =>
      showCommit(state, repository, commit),
    ),
    files: shown.map((file) => showFile(state, repository, head, file)),
  }
  return { status: 200, body, headers: paging ? headers : {} }
}

export const getCommit: Route = (call) => {
  const repository = repositoryOf(call)
  const { store } = repository
  const commit = commitOf(store, required(call, call.params.ref ?? '', 422))
  const parent = commit.parents[0]
  const before = parent === undefined ? null : commitOf(store, parent).tree
  const files = compareTrees(store, before, commit.tree)
  const additions = files.reduce((sum, file) => sum + file.additions, 0)
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0)
  const { slice, headers } = pageOf(call, files)
  const body = {
    ...showCommit(call.state, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: slice.map((file) => showFile(call.state, repository, commit.sha, file)),
  }
  return { status: 200, body, headers }
}

export const getTree: Route = (call) => {
  const repository = repositoryOf(call)
  const { store } = repository
  const name = call.params.tree_sha ?? ''
  const commit = resolveRef(call.state, repository, name)
  const sha = commit ? commitOf(store, commit).tree : name
  if (!store.trees.has(sha)) throw notFound()
  const all = call.query.has('recursive')
    ? listTree(store, sha)
    : entriesOf(store, sha).map((entry) => ({ path: entry.name, entry }))
  const url = repositoryUrl(call.state, repository)
  return ok({
    sha,
    url: `${url}/git/trees/${sha}`,
    tree: all.slice(0, treeEntriesMax).map(({ path, entry }) => ({
      path,
      mode: entry.mode,
      type: typeOf(entry),
      sha: entry.sha,
      ...(typeOf(entry) === 'blob' ? { size: store.blobs.get(entry.sha)?.length ?? 0 } : {}),
      ...(typeOf(entry) === 'commit' ? {} : { url: `${url}/git/${typeOf(entry)}s/${entry.sha}` }),
    })),
    truncated: all.length > treeEntriesMax,
  })
}

export const getBlob: Route = (call) => {
  const repository = repositoryOf(call)
  const sha = call.params.file_sha ?? ''
  const bytes = repository.store.blobs.get(sha)
  if (!bytes) throw notFound()
  if (/\braw\b/.test(call.accept)) return { status: 200, raw: bytes }
  return ok({
    sha,
    node_id: nodeId('B', repository.id),
    size: bytes.length,
    url: `${repositoryUrl(call.state, repository)}/git/blobs/${sha}`,
    content: base64(bytes),
    encoding: 'base64',
  })
}

export const getRef: Route = (call) => {
  const repository = repositoryOf(call)
  const branch = (call.params.ref ?? '').replace(/^heads\//, '')
  const sha = repository.branches.get(branch)
  if (sha === undefined) throw notFound()
  return ok(showRef(call.state, repository, branch, sha))
}

/** GitHub breaks base64 into lines. */
export function base64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64')
  const lines = text.match(new RegExp(`.{1,${base64LineLength}}`, 'g')) ?? []
  return lines.map((line) => `${line}\n`).join('')
}

export function typeOf(entry: TreeEntry): 'blob' | 'tree' | 'commit' {
  if (entry.mode === '040000') return 'tree'
  return entry.mode === '160000' ? 'commit' : 'blob'
}

/** What stands at a path of a commit; null when nothing does. */
export function entryAt(repository: Repository, commit: string, path: string): TreeEntry | null {
  return lookUp(repository.store, commitOf(repository.store, commit).tree, path)
}

function required(call: RouteCall, name: string, status = 404): string {
  const sha = resolveRef(call.state, repositoryOf(call), name)
  if (sha === null) {
    throw new Refusal(status, status === 404 ? 'Not Found' : `No commit found for SHA: ${name}`)
  }
  return sha
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
