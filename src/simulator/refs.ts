import { findRepository } from './access.ts'
import type { Repository, State } from './state.ts'

/*
 * Turns what people write for a commit into the commit: a branch, a full or short hash, HEAD, the
 * head of a pull request, or OWNER:BRANCH for a fork.
 */

const shortestHash = 7

/** Null when nothing has that name. */
export function resolveRef(state: State, repository: Repository, text: string): string | null {
  const colon = text.indexOf(':')
  if (colon > 0) return resolveInFork(state, repository, text)
  const name = text.replace(/^(refs\/)?heads\//, '').replace(/^refs\/(?=pull\/)/, '')
  if (text === 'HEAD') return repository.branches.get(repository.defaultBranch) ?? null
  const branch = repository.branches.get(text) ?? repository.branches.get(name)
  if (branch !== undefined) return branch
  const pull = /^pull\/(\d+)\/head$/.exec(name)?.[1]
  if (pull !== undefined) {
    return repository.pulls.find((one) => one.number === Number(pull))?.head.sha ?? null
  }
  return resolveHash(repository, text)
}

function resolveHash(repository: Repository, text: string): string | null {
  const { commits } = repository.store
  if (commits.has(text)) return text
  if (text.length < shortestHash || !/^[0-9a-f]+$/.test(text)) return null
  return [...commits.keys()].find((sha) => sha.startsWith(text)) ?? null
}

/** OWNER:BRANCH or OWNER:REPOSITORY:BRANCH, within the same network of forks. */
function resolveInFork(state: State, repository: Repository, text: string): string | null {
  const parts = text.split(':')
  const owner = parts[0] ?? ''
  const branch = parts.at(-1) ?? ''
  const named = parts.length > 2 ? findRepository(state, `${owner}/${parts[1]}`) : undefined
  const fork =
    named ??
    state.repositories.find(
      (other) => other.owner.login === owner && other.store === repository.store,
    )
  return fork && fork.store === repository.store ? resolveRef(state, fork, branch) : null
}
