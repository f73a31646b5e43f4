import { posix } from 'node:path'
import { type Answer, notFound, Refusal } from '../answer.ts'
import { type TreeEntry, textOf } from '../objects.ts'
import { resolveRef } from '../refs.ts'
import type { Repository } from '../state.ts'
import { entriesOf } from '../tree.ts'
import { repositoryHtmlUrl, repositoryUrl } from '../views/repository.ts'
import { ok, type Route, type RouteCall, repositoryOf } from './call.ts'
import { base64, entryAt, typeOf } from './git.ts'

/*
 * The contents of a path. As on GitHub a symbolic link to a file of the repository is followed: the
 * answer then does not show that there was a link. Above 1 MB the content is missing, above 100 MB
 * the request is refused.
 */
const contentBytesMax = 1_000_000
const rawBytesMax = 100_000_000
const directoryEntriesMax = 1000
const linksMax = 8

interface At {
  repository: Repository
  commit: string
  path: string
  ref: string
}

export const getContent: Route = (call) => {
  const repository = repositoryOf(call)
  const ref = call.query.get('ref') ?? repository.defaultBranch
  const commit = resolveRef(call.state, repository, ref)
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`)
  const at = { repository, commit, path: (call.params.path ?? '').replace(/\/+$/, ''), ref }
  const entry = entryAt(repository, commit, at.path)
  if (!entry) throw notFound()
  return answerFor(call, at, entry)
}

function answerFor(call: RouteCall, at: At, entry: TreeEntry): Answer {
  if (entry.mode === '040000') return directory(call, at, entry)
  if (entry.mode === '160000') {
    const url = `${repositoryHtmlUrl(call.state, at.repository)}-module.git`
    return ok({ ...common(call, at, entry), type: 'submodule', submodule_git_url: url })
  }
  if (entry.mode === '120000') return link(call, at, entry)
  return file(call, at, entry)
}

function file(call: RouteCall, at: At, entry: TreeEntry): Answer {
  const bytes = at.repository.store.blobs.get(entry.sha) ?? new Uint8Array()
  if (bytes.length > rawBytesMax) throw tooLarge()
  if (/\braw\b/.test(call.accept)) return { status: 200, raw: bytes }
  const large = bytes.length > contentBytesMax
  return ok({
    ...common(call, at, entry),
    type: 'file',
    content: large ? '' : base64(bytes),
    encoding: large ? 'none' : 'base64',
  })
}

function link(call: RouteCall, at: At, entry: TreeEntry): Answer {
  const found = followed(at, entry)
  if (found) return file(call, at, { ...found, name: entry.name })
  const target = textOf(at.repository.store.blobs.get(entry.sha) ?? new Uint8Array())
  return ok({ ...common(call, at, entry), type: 'symlink', target })
}

/** The file a link leads to; null when it leads out of the repository or to no file. */
function followed(at: At, entry: TreeEntry): TreeEntry | null {
  let path = at.path
  let present = entry
  for (let step = 0; step < linksMax && present.mode === '120000'; step++) {
    const target = textOf(at.repository.store.blobs.get(present.sha) ?? new Uint8Array())
    path = posix.normalize(posix.join(posix.dirname(path), target))
    const next = path.startsWith('..') ? null : entryAt(at.repository, at.commit, path)
    if (next === null) return null
    present = next
  }
  return present.mode.startsWith('100') ? present : null
}

function directory(call: RouteCall, at: At, entry: TreeEntry): Answer {
  const entries = entriesOf(at.repository.store, entry.sha).slice(0, directoryEntriesMax)
  const shown = entries.map((child) => {
    const path = at.path === '' ? child.name : `${at.path}/${child.name}`
    // In listings a submodule is called a file: GitHub's own old mistake, kept for compatibility.
    const kind = { tree: 'dir', blob: child.mode === '120000' ? 'symlink' : 'file', commit: 'file' }
    return { ...common(call, { ...at, path }, child), type: kind[typeOf(child)] }
  })
  if (/\bobject\b/.test(call.accept)) {
    return ok({ ...common(call, at, entry), type: 'dir', entries: shown })
  }
  return ok(shown)
}

function common(call: RouteCall, at: At, entry: TreeEntry): Record<string, unknown> {
  const { repository, ref } = at
  const path = at.path.split('/').map(encodeURIComponent).join('/')
  const url = `${repositoryUrl(call.state, repository)}/contents/${path}?ref=${ref}`
  const git = `${repositoryUrl(call.state, repository)}/git/${typeOf(entry)}s/${entry.sha}`
  const html = `${repositoryHtmlUrl(call.state, repository)}/blob/${ref}/${path}`
  const isFile = typeOf(entry) === 'blob'
  return {
    name: at.path.slice(at.path.lastIndexOf('/') + 1),
    path: at.path,
    sha: entry.sha,
    size: repository.store.blobs.get(entry.sha)?.length ?? 0,
    url,
    html_url: html,
    git_url: git,
    download_url: isFile ? html.replace('/blob/', '/raw/') : null,
    _links: { self: url, git, html },
  }
}

function tooLarge(): Refusal {
  const errors = [{ resource: 'Blob', field: 'data', code: 'too_large' }]
  return new Refusal(403, 'This API returns blobs up to 100 MB in size.', errors)
}
