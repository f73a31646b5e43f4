/** A repository as GitHub names it. The id survives renames and transfers; names do not. */
export interface RepositoryRef {
  id: number
  owner: string
  name: string
}

/** A pull request of a repository. */
export interface PullRequestRef {
  repository: RepositoryRef
  number: number
}

/** A commit and the branch name it was reached by. Branch names come from outside: data only. */
export interface CommitRef {
  ref: string
  sha: string
}

export function repositoryName(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`
}
