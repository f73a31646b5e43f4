import { type Outcome, ok } from '../shared/outcome.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import type { RecoveryReader, Unconcluded } from '../webhook/recovery.ts'
import type { FailedDelivery } from '../webhook/redeliveries.ts'
import type { Api } from './api.ts'
import { pageSizeMax } from './limits.ts'

/*
 * What recovery asks GitHub: the log of deliveries and the installations with the App's own token,
 * everything else with the installation's. Lists are read page by page up to the caller's bound.
 */
export interface RecoveryReaderParts {
  /** With the App's JWT. */
  app: Api
  installation(installationId: number): Promise<Api>
  own: { id: number; checkName: string }
}

/** Pull requests of one GraphQL page: each brings its last commit's suites and runs along. */
const pullsPerPage = 50

export function createRecoveryReader(parts: RecoveryReaderParts): RecoveryReader {
  const { app } = parts
  return {
    failedDeliveries: (max) => failedDeliveries(app, max),
    redeliver: (attemptId) =>
      app.rest('redeliver', (client, request) =>
        client.request('POST /app/hook/deliveries/{delivery_id}/attempts', {
          delivery_id: attemptId,
          request,
        }),
      ),
    installations: (max) => installations(app, max),
    repositories: async (id, max) => repositories(await parts.installation(id), max),
    unconcluded: async (id, repository, max) =>
      unconcluded(await parts.installation(id), repository, parts.own, max),
  }
}

/**
 * `status` asks for failures only; servers that do not know it send all, so it is checked again.
 */
async function failedDeliveries(app: Api, max: number): Promise<Outcome<FailedDelivery[]>> {
  const found: FailedDelivery[] = []
  let cursor: string | undefined
  for (let page = 0; page * pageSizeMax < max; page += 1) {
    const answer = await app.rest('list failed deliveries', async (client, request) => {
      const { data, headers } = await client.request('GET /app/hook/deliveries', {
        per_page: pageSizeMax,
        status: 'failure',
        ...(cursor === undefined ? {} : { cursor }),
        request,
      })
      return { data: { deliveries: data, link: headers.link ?? '' } }
    })
    if (!answer.ok) return answer
    for (const { id, guid, status_code, delivered_at } of answer.value.deliveries) {
      const isFailure = status_code < 200 || status_code >= 400
      const deliveredAt = Date.parse(delivered_at)
      if (isFailure) found.push({ attemptId: Number(id), guid, deliveredAt })
    }
    cursor = /[?&]cursor=([^&>]{1,200})[^>]{0,500}>; rel="next"/.exec(answer.value.link)?.[1]
    if (cursor === undefined) break
  }
  return ok(found.slice(0, max))
}

async function installations(app: Api, max: number): Promise<Outcome<number[]>> {
  const found: number[] = []
  for (let page = 1; (page - 1) * pageSizeMax < max; page += 1) {
    const answer = await app.rest('list installations', (client, request) =>
      client.request('GET /app/installations', { per_page: pageSizeMax, page, request }),
    )
    if (!answer.ok) return answer
    const active = answer.value.filter((installation) => installation.suspended_at === null)
    found.push(...active.map((installation) => installation.id))
    if (answer.value.length < pageSizeMax) break
  }
  return ok(found.sort((a, b) => a - b).slice(0, max))
}

async function repositories(api: Api, max: number): Promise<Outcome<RepositoryRef[]>> {
  const found: RepositoryRef[] = []
  for (let page = 1; (page - 1) * pageSizeMax < max; page += 1) {
    const answer = await api.rest('list repositories', (client, request) =>
      client.request('GET /installation/repositories', { per_page: pageSizeMax, page, request }),
    )
    if (!answer.ok) return answer
    const listed = answer.value.repositories
    // The count holds pull requests too: at 0 there is none open.
    const open = listed.filter((one) => !one.archived && one.open_issues_count > 0)
    found.push(...open.map(({ id, owner, name }) => ({ id: Number(id), owner: owner.login, name })))
    if (listed.length < pageSizeMax) break
  }
  return ok(found.slice(0, max))
}

interface OpenAnswer {
  repository: { pullRequests: OpenPulls } | null
}

interface OpenPulls {
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  nodes: (OpenPull | null)[] | null
}

interface OpenPull {
  number: number
  headRefOid: string
  commits: { nodes: ({ commit: { checkSuites: Suites } } | null)[] | null }
}

type Suites = { nodes: ({ checkRuns: Runs } | null)[] | null } | null
type Runs = { nodes: ({ conclusion: string | null } | null)[] | null } | null

async function unconcluded(
  api: Api,
  repository: RepositoryRef,
  own: RecoveryReaderParts['own'],
  max: number,
): Promise<Outcome<Unconcluded[]>> {
  const { owner, name } = repository
  const found: Unconcluded[] = []
  let after: string | null = null
  for (let seen = 0; seen < max; seen += pullsPerPage) {
    const answer: Outcome<OpenAnswer> = await api.query(`list open pulls of ${owner}/${name}`, {
      document: openQuery,
      variables: { owner, name, after, app: own.id, check: own.checkName },
    })
    if (!answer.ok) return answer
    const pulls: OpenPulls | undefined = answer.value.repository?.pullRequests
    for (const pull of pulls?.nodes ?? []) {
      if (pull && !isConcluded(pull)) {
        found.push({ number: pull.number, headSha: pull.headRefOid })
      }
    }
    after = pulls?.pageInfo.hasNextPage ? pulls.pageInfo.endCursor : null
    if (after === null) break
  }
  return ok(found.slice(0, max))
}

function isConcluded({ commits }: OpenPull): boolean {
  const suites = commits.nodes?.[0]?.commit.checkSuites?.nodes ?? []
  const runs = suites.flatMap((suite) => suite?.checkRuns?.nodes ?? [])
  return runs.some((run) => run?.conclusion != null)
}

/** One point of the hourly limit for fifty pull requests. */
const openQuery = `query Open($owner: String!, $name: String!, $after: String,
    $app: Int!, $check: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: ${pullsPerPage}, after: $after, states: [OPEN],
        orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number headRefOid
        commits(last: 1) {
          nodes {
            commit {
              checkSuites(first: 5, filterBy: { appId: $app }) {
                nodes {
                  checkRuns(first: 5, filterBy: { appId: $app, checkName: $check }) {
                    nodes { conclusion }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}`
