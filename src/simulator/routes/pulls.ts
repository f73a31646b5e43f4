import { requireBody, threadOf } from '../actions/comments.ts'
import {
  addReview,
  misplaced,
  type NewReview,
  type Place,
  reply,
  requireCommit,
  startThread,
} from '../actions/reviews.ts'
import { notFound, Refusal } from '../answer.ts'
import { pullCommits, pullFiles } from '../pull-diff.ts'
import type { Pull, Thread } from '../state.ts'
import { showReview, showReviewComment } from '../views/comment.ts'
import { showCommit, showFile } from '../views/git.ts'
import { showListedPull, showPull } from '../views/pull.ts'
import { actorOf, numberOf, ok, paged, pullOf, type Route, repositoryOf, textIn } from './call.ts'
import { reviewCommentOf } from './comments.ts'

/* Pull requests, their files, commits, reviews and review comments. */

const filesMax = 3000
const commitsMax = 250

export const listPulls: Route = (call) => {
  const { query, state } = call
  const wanted = query.get('state') ?? 'open'
  const head = query.get('head')
  const pulls = repositoryOf(call)
    .pulls.filter((pull) => wanted === 'all' || pull.state === wanted)
    .filter((pull) => (query.get('base') ?? pull.base.ref) === pull.base.ref)
    .filter((pull) => head === null || head === headLabel(pull))
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const sorted = pulls.toSorted((a, b) => a[key] - b[key] || a.number - b.number)
  const ascending = query.get('direction') === 'asc'
  return paged(call, ascending ? sorted : sorted.reverse(), (pull) => showListedPull(state, pull))
}

export const getPull: Route = (call) => ok(showPull(call.state, pullOf(call)))

export const listFiles: Route = (call) => {
  const pull = pullOf(call)
  const files = pullFiles(pull).slice(0, filesMax)
  return paged(call, files, (file) => showFile(call.state, pull.repository, pull.head.sha, file))
}

export const listCommits: Route = (call) => {
  const pull = pullOf(call)
  const commits = pullCommits(pull).slice(0, commitsMax)
  return paged(call, commits, (commit) => showCommit(call.state, pull.repository, commit))
}

export const pullsOfCommit: Route = (call) => {
  const sha = call.params.commit_sha ?? ''
  const pulls = repositoryOf(call).pulls.filter((pull) =>
    pullCommits(pull).some((commit) => commit.sha === sha),
  )
  return paged(call, pulls, (pull) => showListedPull(call.state, pull))
}

export const listReviews: Route = (call) => {
  const pull = pullOf(call)
  const shown = pull.reviews.filter((review) => review.state !== 'PENDING')
  return paged(call, shown, (review) => showReview(call.state, pull, review))
}

/** One place outside the diff refuses the whole review, and the answer does not say which. */
export const createReview: Route = (call) => {
  const pull = pullOf(call)
  const wanted = call.body.comments as Record<string, unknown>[] | undefined
  const comments = (wanted ?? []).map((one) => ({ place: placeIn(one), body: String(one.body) }))
  const commitSha = textIn(call, 'commit_id') ?? null
  if (commitSha !== null) requireCommit(pull, commitSha)
  const wrong = comments.map(({ place }) => misplaced(pull, place)).find((word) => word !== null)
  if (wrong) {
    throw new Refusal(422, 'Unprocessable Entity', [`${wrong} could not be resolved`])
  }
  for (const { body } of comments) requireBody(body)
  const event = (textIn(call, 'event') ?? null) as NewReview['event']
  const actor = actorOf(call.state, call.caller)
  const body = textIn(call, 'body') ?? ''
  const review = addReview(call.state, pull, actor, { body, event, commitSha, comments })
  return ok(showReview(call.state, pull, review))
}

export const listReviewComments: Route = (call) => {
  const pull = pullOf(call)
  const comments = submittedThreads(pull).flatMap((thread) =>
    thread.comments.map((comment) => ({ thread, comment })),
  )
  comments.sort((a, b) => a.comment.id - b.comment.id)
  return paged(call, comments, ({ thread, comment }) =>
    showReviewComment(call.state, pull, thread, comment),
  )
}

export const createReviewComment: Route = (call) => {
  const pull = pullOf(call)
  const actor = actorOf(call.state, call.caller)
  const body = textIn(call, 'body') ?? ''
  const answered = numberOf(call.body.in_reply_to)
  if (answered !== null) {
    const thread = pull.threads.find((one) => one.comments.some(({ id }) => id === answered))
    return said(call, pull, thread, body)
  }
  requireCommit(pull, textIn(call, 'commit_id') ?? '')
  const place = placeIn(call.body)
  if (misplaced(pull, place)) throw unresolved(place)
  requireBody(body)
  const thread = startThread(call.state, pull, { actor, review: null, place, body })
  const [comment] = thread.comments
  if (!comment) throw notFound()
  return ok(showReviewComment(call.state, pull, thread, comment), 201)
}

export const replyToReviewComment: Route = (call) => {
  const { pull, comment } = reviewCommentOf(call)
  return said(call, pull, threadOf(pull, comment), textIn(call, 'body') ?? '')
}

function said(
  call: Parameters<Route>[0],
  pull: Pull,
  thread: Thread | undefined,
  body: string,
): ReturnType<Route> {
  if (!thread) throw notFound()
  const actor = actorOf(call.state, call.caller)
  const comment = reply(call.state, pull, thread, { actor, body })
  return ok(showReviewComment(call.state, pull, thread, comment), 201)
}

function unresolved(place: Place): Refusal {
  const field = `pull_request_review_thread.${place.subject === 'file' ? 'path' : 'line'}`
  const error = {
    resource: 'PullRequestReviewComment',
    code: 'custom',
    field,
    message: `${field} could not be resolved`,
  }
  return new Refusal(422, 'Validation Failed', [error])
}

/** `position`, the old way to name a line, is not taken: it finds no line. */
function placeIn(fields: Record<string, unknown>): Place {
  const side = fields.side === 'LEFT' ? 'LEFT' : 'RIGHT'
  const startLine = numberOf(fields.start_line)
  const startSide = fields.start_side === 'LEFT' ? 'LEFT' : 'RIGHT'
  const onFile = fields.subject_type === 'file'
  return {
    path: String(fields.path),
    subject: onFile ? 'file' : 'line',
    side,
    line: onFile ? null : numberOf(fields.line),
    startLine: onFile ? null : startLine,
    startSide: startLine === null ? null : fields.start_side === undefined ? side : startSide,
  }
}

/** What belongs to a pending review is nobody's to see here. */
function submittedThreads(pull: Pull): Thread[] {
  const pending = new Set(pull.reviews.filter((one) => one.state === 'PENDING').map(({ id }) => id))
  return pull.threads.filter(({ comments }) => !pending.has(comments[0]?.reviewId ?? 0))
}

function headLabel(pull: Pull): string {
  return `${pull.head.repository?.owner.login ?? 'unknown'}:${pull.head.ref}`
}
