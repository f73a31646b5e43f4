import type { FileComment, LineComment, Output } from '../publish/output.ts'
import type { Target, Writer, Written } from '../publish/writer.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { type GraphqlError, graphqlAnswer, graphqlFailure } from './errors.ts'
import { nameOf } from './look.ts'
import { type CheckIdentity, type Mutation, mutationOf } from './mutation.ts'

/*
 * Writes to GitHub, and tells apart what a mutation of several fields answers: done, refused for
 * good (a locked conversation, a missing permission), or not done and worth another look. A check
 * run that is refused is a failure; a comment that is refused is only noted.
 */
export function createWriter(api: Api, check: CheckIdentity, now: () => number): Writer {
  async function write(target: Target, outputs: readonly Output[]): Promise<Outcome<Written>> {
    const [first] = outputs
    if (outputs.length === 1 && first?.do === 'create-file-comment') {
      return writeFileComment(api, target, first.headSha, first.comment)
    }
    const mutation = mutationOf(target, outputs, check)
    const doing = `write to ${nameOf(target.pull)}`
    const answer = await api.write(doing, mutation.contents, async (client, request) => {
      try {
        const data = await client.graphql<Data>(mutation.document, {
          ...mutation.variables,
          request,
        })
        return { data, errors: [] }
      } catch (thrown) {
        const partial = graphqlAnswer(thrown)
        if (!partial?.data) throw thrown
        return { data: partial.data as Data, errors: partial.errors }
      }
    })
    return answer.ok ? readAnswer(mutation, answer.value, doing, now()) : answer
  }

  return { write, currentHead: (pull) => currentHead(api, pull) }
}

type Data = Record<string, FieldData | null>

/** Whatever of this the field's selection asked for. */
interface FieldData {
  checkRun?: { id: string } | null
  pullRequestReview?: {
    comments: { nodes: ({ body: string } | null)[] | null }
    pullRequest: { headRefOid: string }
  } | null
  issueComment?: { pullRequest: { headRefOid: string } | null } | null
  commit?: { oid: string } | null
  commentEdge?: { node: { pullRequest: { headRefOid: string } | null } | null } | null
}

function readAnswer(
  mutation: Mutation,
  answer: { data: Data; errors: GraphqlError[] },
  doing: string,
  now: number,
): Outcome<Written> {
  const written: Written = {
    head: null,
    commit: null,
    startedCheck: null,
    dropped: [],
    refused: [],
  }
  for (const { name, output } of mutation.fields) {
    const errors = answer.errors.filter((error) => error.path?.[0] === name)
    if (errors.length > 0) {
      const failure = graphqlFailure(errors, undefined, doing, now)
      if (!mayBeRefused(output) || !isFinal(failure.kind)) return { ok: false, failure }
      written.refused.push(`${output.do}: ${failure.message}`)
    }
    note(written, output, answer.data[name] ?? null)
  }
  const stray = answer.errors.filter((error) => !error.path?.length)
  if (stray.length === 0) return ok(written)
  return { ok: false, failure: graphqlFailure(stray, undefined, doing, now) }
}

function note(written: Written, output: Output, data: FieldData | null): void {
  if (output.do === 'commit-files') written.commit = data?.commit?.oid ?? null
  if (output.do === 'start-check') written.startedCheck = data?.checkRun?.id ?? null
  const review = data?.pullRequestReview
  written.head =
    review?.pullRequest.headRefOid ??
    data?.issueComment?.pullRequest?.headRefOid ??
    data?.commentEdge?.node?.pullRequest?.headRefOid ??
    written.head
  if (output.do === 'create-review' && review) {
    const bodies = new Set((review.comments.nodes ?? []).map((comment) => plain(comment?.body)))
    written.dropped.push(...output.comments.filter((c: LineComment) => !bodies.has(plain(c.body))))
  }
}

function plain(body: string | undefined): string {
  return (body ?? '').replaceAll('\r', '').trim()
}

function mayBeRefused(output: Output): boolean {
  return !output.do.endsWith('-check') && output.do !== 'add-annotations'
}

function isFinal(kind: string): boolean {
  return kind === 'forbidden' || kind === 'rejected' || kind === 'gone'
}

/** GraphQL puts such a comment into a review that somebody has to submit; REST posts it. */
async function writeFileComment(
  api: Api,
  { pull }: Target,
  headSha: string,
  comment: FileComment,
): Promise<Outcome<Written>> {
  const doing = `comment on a file of ${nameOf(pull)}`
  const answer = await api.write(doing, 1, (client, request) =>
    client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner: pull.repository.owner,
      repo: pull.repository.name,
      pull_number: pull.number,
      commit_id: headSha,
      path: comment.path,
      subject_type: 'file',
      body: comment.body,
      request,
    }),
  )
  const none: Written = { head: null, commit: null, startedCheck: null, dropped: [], refused: [] }
  if (answer.ok) return ok(none)
  if (!isFinal(answer.failure.kind)) return answer
  return ok({ ...none, refused: [answer.failure.message] })
}

async function currentHead(api: Api, pull: PullRequestRef): Promise<Outcome<string>> {
  const answer = await api.rest(`read ${nameOf(pull)}`, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: pull.repository.owner,
      repo: pull.repository.name,
      pull_number: pull.number,
      request,
    }),
  )
  return answer.ok ? ok(answer.value.head.sha) : answer
}
