import type { ChangedFile } from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef, RepositoryRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import type { Cache } from './cache.ts'
import { comparisonFilesMax, pageSizeMax, pullFilesMax } from './limits.ts'

/*
 * What two commits differ in: the merge base and the changed files with their patches. Two commits
 * never change, so the answer is kept for good. One request; a pull request of 300 files and more
 * needs one further for each hundred.
 */
export interface Comparison {
  /** Null when the branches have no common commit. */
  mergeBase: { sha: string; tree: string } | null
  files: ComparedFile[]
  /** False when there may be more files than GitHub lists. */
  complete: boolean
}

/** `blob` is the head's (the base's when removed), or null when GitHub did not say. */
export interface ComparedFile extends ChangedFile {
  blob: string | null
}

export interface Ends {
  base: string
  head: string
}

export interface Comparisons {
  /** `pull` null: the commits of a merge queue, of which no more than 300 files can be listed. */
  compare(
    repository: RepositoryRef,
    ends: Ends,
    pull: PullRequestRef | null,
  ): Promise<Outcome<Comparison>>
  /**
   * Call when the head was seen to be the compared one: pages of a pull request follow its head.
   */
  confirm(repository: RepositoryRef, ends: Ends, comparison: Comparison): void
}

/** Weighed by the characters of their patches. */
export type ComparisonCache = Cache<Comparison>

export function createComparisons(api: Api, kept: ComparisonCache): Comparisons {
  async function compare(
    repository: RepositoryRef,
    ends: Ends,
    pull: PullRequestRef | null,
  ): Promise<Outcome<Comparison>> {
    const key = `${repository.id}:${ends.base}:${ends.head}`
    const known = kept.get(key)
    if (known) return ok(known)
    const first = await firstPage(api, repository, ends)
    if (!first.ok) return first
    const comparison = first.value
    if (comparison.files.length < comparisonFilesMax && comparison.mergeBase) {
      remember(key, comparison)
      return ok(comparison)
    }
    if (pull === null) return ok({ ...comparison, complete: false })
    const files = await pullFiles(api, pull)
    if (!files.ok) return files
    return ok({
      mergeBase: comparison.mergeBase,
      files: files.value,
      complete: files.value.length < pullFilesMax,
    })
  }

  function remember(key: string, comparison: Comparison): void {
    const chars = comparison.files.reduce((sum, file) => sum + (file.patch?.length ?? 0) + 200, 0)
    kept.set(key, comparison, chars)
  }

  function confirm(repository: RepositoryRef, ends: Ends, comparison: Comparison): void {
    remember(`${repository.id}:${ends.base}:${ends.head}`, comparison)
  }

  return { compare, confirm }
}

async function firstPage(
  api: Api,
  repository: RepositoryRef,
  ends: Ends,
): Promise<Outcome<Comparison>> {
  const doing = `compare two commits of ${repository.owner}/${repository.name}`
  const answer = await api.rest(doing, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner: repository.owner,
      repo: repository.name,
      basehead: `${ends.base}...${ends.head}`,
      // Of the commits none is needed; the files come with the first page whatever its size.
      per_page: 1,
      request,
    }),
  )
  if (!answer.ok) return unrelated(answer)
  const { merge_base_commit: parted, files = [] } = answer.value
  return ok({
    mergeBase: { sha: parted.sha, tree: parted.commit.tree.sha },
    files: files.map(readFile),
    complete: true,
  })
}

/** Branches without a common commit are compared with 404, like branches that do not exist. */
function unrelated(answer: Outcome<never>): Outcome<Comparison> {
  const none = !answer.ok && /no common ancestor/i.test(answer.failure.message)
  return none ? ok({ mergeBase: null, files: [], complete: false }) : answer
}

async function pullFiles(api: Api, pull: PullRequestRef): Promise<Outcome<ComparedFile[]>> {
  const files: ComparedFile[] = []
  const { owner, name } = pull.repository
  for (let page = 1; files.length < pullFilesMax; page++) {
    const doing = `list the files of ${owner}/${name}#${pull.number}`
    const answer = await api.rest(doing, (client, request) =>
      client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
        owner,
        repo: name,
        pull_number: pull.number,
        per_page: pageSizeMax,
        page,
        request,
      }),
    )
    if (!answer.ok) return answer
    files.push(...answer.value.map(readFile))
    if (answer.value.length < pageSizeMax) break
  }
  return ok(files)
}

interface FileOfGitHub {
  sha: string | null
  filename: string
  previous_filename?: string
  status: ChangedFile['status']
  additions: number
  deletions: number
  patch?: string
}

function readFile(file: FileOfGitHub): ComparedFile {
  return {
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch: file.patch ?? null,
    blob: file.sha,
  }
}
