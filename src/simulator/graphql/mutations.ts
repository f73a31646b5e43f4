import {
  addComment,
  editComment,
  editReviewComment,
  type Reactable,
  react,
  unreact,
} from '../actions/comments.ts'
import {
  addReview,
  misplaced,
  type NewReview,
  type Place,
  reply,
  startThread,
  submitReview,
} from '../actions/reviews.ts'
import { nodeId } from '../ids.ts'
import type { Pull, Reaction } from '../state.ts'
import { type Shown, showActor } from './accounts.ts'
import { require } from './nodes.ts'
import {
  pendingReview,
  showIssueComment,
  showReview,
  showReviewComment,
  showThread,
} from './remarks.ts'
import { forbidden, mayResolve, refuse, type Viewer, viewerActor } from './viewer.ts'

/*
 * Mutations of reviews, comments and threads. What has no place in the diff is dropped here without
 * a word (REST refuses it): a caller who does not look at what came back never knows.
 */
const write = { permission: 'pull_requests', level: 'write' } as const

export type Input = Record<string, unknown>

export function addCommentMutation(viewer: Viewer, input: Input): Shown {
  const { pull } = require(viewer, String(input.subjectId), ['PR'], write)
  const comment = addComment(viewer.state, pull, viewerActor(viewer), String(input.body))
  return { commentEdge: { node: showIssueComment(viewer, pull, comment) } }
}

export function updateIssueComment(viewer: Viewer, input: Input): Shown {
  const { pull, comment } = require(viewer, String(input.id), ['IC'], write)
  const actor = viewerActor(viewer)
  editComment(viewer.state, pull, comment, { actor, body: String(input.body) })
  return { issueComment: showIssueComment(viewer, pull, comment) }
}

export function updateReviewComment(viewer: Viewer, input: Input): Shown {
  const id = String(input.pullRequestReviewCommentId)
  const { pull, thread, comment } = require(viewer, id, ['PRRC'], write)
  const actor = viewerActor(viewer)
  editReviewComment(viewer.state, pull, comment, { actor, body: String(input.body) })
  return { pullRequestReviewComment: showReviewComment(viewer, pull, thread, comment) }
}

export function addPullRequestReview(viewer: Viewer, input: Input): Shown {
  const { pull } = require(viewer, String(input.pullRequestId), ['PR'], write)
  if (pendingReview(viewer, pull)) {
    throw refuse('UNPROCESSABLE', 'User can only have one pending review per pull request')
  }
  const wanted = ((input.threads ?? []) as Input[]).map((one) => ({
    place: placeIn(one),
    body: String(one.body),
  }))
  const review = addReview(viewer.state, pull, viewerActor(viewer), {
    body: String(input.body ?? ''),
    event: (input.event ?? null) as NewReview['event'],
    commitSha: (input.commitOID ?? null) as string | null,
    comments: wanted.filter(({ place }) => misplaced(pull, place) === null),
  })
  return { pullRequestReview: showReview(viewer, pull, review) }
}

export function addThread(viewer: Viewer, input: Input): Shown {
  const { pull } = pullOrReview(viewer, input)
  const place = placeIn(input)
  if (misplaced(pull, place) !== null) return { thread: null }
  const actor = viewerActor(viewer)
  const review =
    pendingReview(viewer, pull) ??
    addReview(viewer.state, pull, actor, {
      body: '',
      event: null,
      commitSha: null,
      comments: [],
    })
  const body = String(input.body)
  const thread = startThread(viewer.state, pull, { actor, review, place, body })
  return { thread: showThread(viewer, pull, thread) }
}

export function addThreadReply(viewer: Viewer, input: Input): Shown {
  const id = String(input.pullRequestReviewThreadId)
  const { pull, thread } = require(viewer, id, ['PRRT'], write)
  const said = { actor: viewerActor(viewer), body: String(input.body) }
  const comment = reply(viewer.state, pull, thread, said)
  return { comment: showReviewComment(viewer, pull, thread, comment) }
}

export function submitPullRequestReview(viewer: Viewer, input: Input): Shown {
  const { pull } = pullOrReview(viewer, input)
  const review = pendingReview(viewer, pull)
  if (!review) throw refuse('NOT_FOUND', 'There is no pending review to submit.')
  const event = input.event as NonNullable<NewReview['event']>
  submitReview(viewer.state, pull, review, { event, body: (input.body ?? null) as string | null })
  return { pullRequestReview: showReview(viewer, pull, review) }
}

export function setResolved(viewer: Viewer, input: Input, resolved: boolean): Shown {
  const { pull, thread } = require(viewer, String(input.threadId), ['PRRT'], write)
  if (!mayResolve(viewer)) throw forbidden()
  thread.resolvedBy = resolved ? viewerActor(viewer).account : null
  return { thread: showThread(viewer, pull, thread) }
}

/** `classifier` null shows the comment again. */
export function setMinimized(viewer: Viewer, id: string, classifier: string | null): Shown {
  const found = require(viewer, id, ['IC', 'PRR', 'PRRC'], write)
  const reason = classifier === null ? null : classifier.toLowerCase().replaceAll('_', '-')
  const { pull } = found
  switch (found.kind) {
    case 'IC':
      found.comment.minimized = reason
      return showIssueComment(viewer, pull, found.comment)
    case 'PRRC':
      found.comment.minimized = reason
      return showReviewComment(viewer, pull, found.thread, found.comment)
    case 'PRR':
      found.review.minimized = reason
      return showReview(viewer, pull, found.review)
  }
}

const reactionNames: Record<string, string> = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
}

export function addReaction(viewer: Viewer, input: Input): Shown {
  const subject = reactable(viewer, input)
  const content = String(input.content)
  const { account } = viewerActor(viewer)
  const { reaction } = react(viewer.state, subject, account, reactionNames[content] ?? content)
  return { reaction: showReaction(viewer, reaction, content) }
}

/** What is not there cannot be removed. (Not documented; this is the harsher of two readings.) */
export function removeReaction(viewer: Viewer, input: Input): Shown {
  const subject = reactable(viewer, input)
  const content = String(input.content)
  const { account } = viewerActor(viewer)
  const reaction = unreact(subject, account, reactionNames[content] ?? content)
  if (reaction === null) throw refuse('NOT_FOUND', 'Could not find a reaction to remove.')
  return { reaction: showReaction(viewer, reaction, content) }
}

function reactable(viewer: Viewer, input: Input): Reactable {
  const found = require(viewer, String(input.subjectId), ['IC', 'PRRC', 'PRR'], write)
  return found.kind === 'PRR' ? found.review : found.comment
}

function showReaction(viewer: Viewer, reaction: Reaction, content: string): Shown {
  return {
    __typename: 'Reaction',
    id: nodeId('REA', reaction.id),
    content,
    createdAt: new Date(reaction.createdAt).toISOString(),
    user: showActor(viewer, reaction.user),
  }
}

function pullOrReview(viewer: Viewer, input: Input): { pull: Pull } {
  const id = String(input.pullRequestReviewId ?? input.pullRequestId ?? '')
  return require(viewer, id, ['PR', 'PRR'], write)
}

function placeIn(fields: Input): Place {
  const onFile = fields.subjectType === 'FILE'
  const startLine = typeof fields.startLine === 'number' && !onFile ? fields.startLine : null
  const side = fields.side === 'LEFT' ? 'LEFT' : 'RIGHT'
  return {
    path: String(fields.path),
    subject: onFile ? 'file' : 'line',
    side,
    line: typeof fields.line === 'number' && !onFile ? fields.line : null,
    startLine,
    startSide: startLine === null ? null : fields.startSide === 'LEFT' ? 'LEFT' : 'RIGHT',
  }
}
