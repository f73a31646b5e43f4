import { invalid, Refusal } from '../answer.ts'
import type { FileChange } from '../comparison.ts'
import { tell } from '../events.ts'
import { takeId } from '../ids.ts'
import { hunksOf, positionOf } from '../patch.ts'
import { pullCommits, pullFiles } from '../pull-diff.ts'
import type { Pull, Review, ReviewComment, State, Thread } from '../state.ts'
import { showReview, showReviewComment } from '../views/comment.ts'
import { showListedPull } from '../views/pull.ts'
import { type Actor, createComment } from './comments.ts'

/*
 * Reviews and the threads they start. A line must stand in a hunk of the diff, on its side; a range
 * must rise and stay in one hunk. Whether a place that does not fit is refused (REST) or dropped in
 * silence (GraphQL) is the caller's choice.
 */
export interface Place {
  path: string
  subject: 'line' | 'file'
  side: 'LEFT' | 'RIGHT'
  line: number | null
  startSide: 'LEFT' | 'RIGHT' | null
  startLine: number | null
}

export interface NewReview {
  body: string
  /** Null leaves the review pending: only its author sees it. */
  event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' | null
  commitSha: string | null
  comments: { place: Place; body: string }[]
}

const states = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const

/** Every place must have been found fitting before. */
export function addReview(state: State, pull: Pull, actor: Actor, wanted: NewReview): Review {
  if (wanted.event === 'APPROVE' && actor.account === pull.author) {
    throw new Refusal(422, 'Unprocessable Entity', ['Can not approve your own pull request'])
  }
  if (wanted.event !== null && wanted.event !== 'APPROVE') {
    if (wanted.body.trim() === '' && wanted.comments.length === 0) {
      throw new Refusal(422, 'Unprocessable Entity', ['Review comments or a body are needed'])
    }
  }
  const review = createReview(state, pull, actor, wanted)
  for (const { place, body } of wanted.comments) {
    startThread(state, pull, { actor, review, place, body })
  }
  pull.updatedAt = state.now()
  if (wanted.event !== null) tellReview(state, pull, review, 'submitted')
  return review
}

function createReview(
  state: State,
  pull: Pull,
  actor: Actor,
  wanted: Pick<NewReview, 'body' | 'event' | 'commitSha'>,
): Review {
  const review: Review = {
    id: takeId(state),
    author: actor.account,
    viaApp: actor.viaApp,
    body: wanted.body,
    state: wanted.event === null ? 'PENDING' : states[wanted.event],
    commitSha: wanted.commitSha ?? pull.head.sha,
    submittedAt: state.now(),
    editor: null,
    minimized: null,
    reactions: [],
  }
  pull.reviews.push(review)
  return review
}

export interface NewThread {
  actor: Actor
  /** Null makes a review of its own for the one comment, as GitHub does. */
  review: Review | null
  place: Place
  body: string
}

export function startThread(state: State, pull: Pull, wanted: NewThread): Thread {
  const { actor, place } = wanted
  const review =
    wanted.review ??
    createReview(state, pull, actor, { body: '', event: 'COMMENT', commitSha: null })
  const comment = createReviewComment(state, actor, wanted.body, { review, inReplyTo: null })
  const thread: Thread = {
    id: takeId(state),
    ...place,
    originalLine: place.line,
    originalStartLine: place.startLine,
    originalPosition: positionFor(pull, place),
    diffHunk: hunkAbove(pull, place),
    commitSha: review.commitSha,
    outdated: false,
    resolvedBy: null,
    comments: [comment],
  }
  pull.threads.push(thread)
  if (review.state !== 'PENDING') tellReviewComment(state, pull, thread, comment)
  return thread
}

/** Publishes a pending review: only now its comments are told. */
export function submitReview(
  state: State,
  pull: Pull,
  review: Review,
  said: { event: keyof typeof states; body: string | null },
): void {
  review.state = states[said.event]
  review.body = said.body ?? review.body
  review.submittedAt = state.now()
  for (const thread of pull.threads) {
    for (const comment of thread.comments) {
      if (comment.reviewId === review.id) tellReviewComment(state, pull, thread, comment)
    }
  }
  tellReview(state, pull, review, 'submitted')
}

export function reply(
  state: State,
  pull: Pull,
  thread: Thread,
  said: { actor: Actor; body: string },
): ReviewComment {
  const { actor, body } = said
  const review = createReview(state, pull, actor, { body: '', event: 'COMMENT', commitSha: null })
  const inReplyTo = thread.comments[0]?.id ?? null
  const comment = createReviewComment(state, actor, body, { review, inReplyTo })
  thread.comments.push(comment)
  tellReviewComment(state, pull, thread, comment)
  return comment
}

/** Null when a comment can stand there; else GitHub's word for what could not be resolved. */
export function misplaced(pull: Pull, place: Place): 'Path' | 'Line' | 'Start line' | null {
  const file = pullFiles(pull).find((changed) => changed.path === place.path)
  if (!file) return 'Path'
  if (place.subject === 'file') return null
  const hunk = hunkHolding(file, place.side, place.line)
  if (hunk === undefined) return 'Line'
  if (place.startLine === null) return null
  const side = place.startSide ?? place.side
  const rises = side !== place.side || place.startLine < (place.line ?? 0)
  return rises && hunkHolding(file, side, place.startLine) === hunk ? null : 'Start line'
}

/** The commit a review may speak about: one of the pull request's own. */
export function requireCommit(pull: Pull, sha: string): void {
  if (pullCommits(pull).some((commit) => commit.sha === sha)) return
  throw invalid('PullRequestReview', 'commit_id', 'commit_id is not part of the pull request')
}

function createReviewComment(
  state: State,
  actor: Actor,
  body: string,
  part: { review: Review; inReplyTo: number | null },
): ReviewComment {
  const comment = createComment(state, actor, body)
  return { ...comment, reviewId: part.review.id, inReplyTo: part.inReplyTo }
}

function hunkHolding(file: FileChange, side: string, line: number | null): number | undefined {
  const sideName = side === 'LEFT' ? 'left' : 'right'
  const index = hunksOf(file.patch ?? '').findIndex(
    (hunk) => line !== null && line >= hunk[sideName].from && line <= hunk[sideName].to,
  )
  return index === -1 ? undefined : index
}

function positionFor(pull: Pull, { path, side, line }: Place): number | null {
  const patch = pullFiles(pull).find((file) => file.path === path)?.patch ?? ''
  return line === null ? null : positionOf(patch, side, line)
}

/** The hunk's text down to the line; '' on a whole file. */
function hunkAbove(pull: Pull, place: Place): string {
  const file = pullFiles(pull).find((changed) => changed.path === place.path)
  const index = file ? hunkHolding(file, place.side, place.line) : undefined
  const hunk = (file?.patch ?? '').split(/\n(?=@@ -)/)[index ?? -1]
  if (hunk === undefined || place.line === null) return ''
  const sign = place.side === 'LEFT' ? '-' : '+'
  const lines = hunk.split('\n')
  let at = Number(new RegExp(`\\${sign}(\\d+)`).exec(lines[0] ?? '')?.[1] ?? 0) - 1
  const end = lines.findIndex((line, i) => {
    if (i > 0 && (line.startsWith(sign) || line.startsWith(' '))) at += 1
    return i > 0 && at === place.line
  })
  return lines.slice(0, end + 1).join('\n')
}

export function tellReview(state: State, pull: Pull, review: Review, action: string): void {
  tell(state, {
    event: 'pull_request_review',
    action,
    repository: pull.repository,
    sender: review.author,
    fields: {
      review: { ...showReview(state, pull, review), state: review.state.toLowerCase() },
      pull_request: showListedPull(state, pull),
    },
  })
}

function tellReviewComment(state: State, pull: Pull, thread: Thread, comment: ReviewComment): void {
  tell(state, {
    event: 'pull_request_review_comment',
    action: 'created',
    repository: pull.repository,
    sender: comment.author,
    fields: {
      comment: showReviewComment(state, pull, thread, comment),
      pull_request: showListedPull(state, pull),
    },
  })
}
