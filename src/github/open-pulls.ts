import { type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef, RepositoryRef } from '../shared/refs.ts'
import { type Api, missing } from './api.ts'
import { openPullsMax, pageSizeMax } from './limits.ts'
import { type PageAnswer, seen } from './look-answer.ts'
import type { Query } from './look-query.ts'

/* Which pull requests are open: all of a repository, those on one branch, those with one head. */

export interface OpenPull extends PullRequestRef {
  head: string
  /** Our check run on this head has its conclusion. */
  concluded: boolean
}

export interface OpenPulls {
  /** Newest first, at most `openPullsMax`. `branch` null: whatever they are to be merged into. */
  list(repository: RepositoryRef, branch: string | null): Promise<Outcome<OpenPull[]>>
  withHead(repository: RepositoryRef, sha: string): Promise<Outcome<PullRequestRef[]>>
}

interface ListAnswer {
  repository: { pullRequests: PageOfPulls } | null
}

interface PageOfPulls {
  pageInfo: PageAnswer
  nodes: (NodeAnswer | null)[] | null
}

interface NodeAnswer {
  number: number
  headRefOid: string
  commits: {
    nodes:
      | ({
          commit: {
            checkSuites: {
              nodes: ({ status: string; checkRuns: { totalCount: number } | null } | null)[] | null
            } | null
          }
        } | null)[]
      | null
  }
}

const listDocument = `query OpenPulls(
  $owner: String!, $name: String!, $before: String, $branch: String, $app: Int!, $check: String!
) {
  repository(owner: $owner, name: $name) {
    pullRequests(last: ${pageSizeMax}, before: $before, states: [OPEN], baseRefName: $branch) {
      pageInfo { hasPreviousPage startCursor }
      nodes {
        number headRefOid
        commits(last: 1) {
          nodes {
            commit {
              checkSuites(first: 1, filterBy: { appId: $app }) {
                nodes { status checkRuns(first: 1, filterBy: { checkName: $check }) { totalCount } }
              }
            }
          }
        }
      }
    }
  }
}`

export function createOpenPulls(api: Api, app: { id: number; checkName: string }): OpenPulls {
  return {
    list: (repository, branch) => list(api, app, repository, branch),
    withHead: (repository, sha) => withHead(api, repository, sha),
  }
}

async function list(
  api: Api,
  app: { id: number; checkName: string },
  repository: RepositoryRef,
  branch: string | null,
): Promise<Outcome<OpenPull[]>> {
  const { owner, name } = repository
  const doing = `list the open pull requests of ${owner}/${name}`
  const found: OpenPull[] = []
  let before: string | null = null
  while (found.length < openPullsMax) {
    const common = { owner, name, branch, app: app.id, check: app.checkName }
    const query: Query = { document: listDocument, variables: { ...common, before } }
    const answer: Outcome<ListAnswer> = await api.query<ListAnswer>(doing, query)
    if (!answer.ok) return answer
    const page: PageOfPulls | undefined = answer.value.repository?.pullRequests
    if (!page) return missing(doing)
    found.push(
      ...seen(page)
        .map((node) => openPull(repository, node))
        .reverse(),
    )
    if (!page.pageInfo.hasPreviousPage) break
    before = page.pageInfo.startCursor
  }
  return ok(found)
}

function openPull(repository: RepositoryRef, node: NodeAnswer): OpenPull {
  const suites = seen(node.commits).flatMap(({ commit }) => seen(commit.checkSuites))
  const concluded = suites.some(
    (suite) => suite.status === 'COMPLETED' && (suite.checkRuns?.totalCount ?? 0) > 0,
  )
  return { repository, number: node.number, head: node.headRefOid, concluded }
}

async function withHead(
  api: Api,
  repository: RepositoryRef,
  sha: string,
): Promise<Outcome<PullRequestRef[]>> {
  const doing = `find the pull requests of a commit in ${repository.owner}/${repository.name}`
  const answer = await api.rest(doing, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
      owner: repository.owner,
      repo: repository.name,
      commit_sha: sha,
      per_page: pageSizeMax,
      request,
    }),
  )
  if (!answer.ok) return answer
  const open = answer.value.filter((pull) => pull.state === 'open' && pull.head.sha === sha)
  return ok(open.map(({ number }) => ({ repository, number })))
}
