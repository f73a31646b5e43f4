import { addComment, editComment, editReviewComment, react, threadOf } from '../actions/comments.ts'
import { notFound } from '../answer.ts'
import type { Comment, Pull, ReviewComment } from '../state.ts'
import { showComment, showReaction, showReviewComment } from '../views/comment.ts'
import {
  actorOf,
  ok,
  paged,
  pullOf,
  type Route,
  type RouteCall,
  repositoryOf,
  textIn,
} from './call.ts'

/* The conversation of a pull request, and reactions to any comment. */

export const listComments: Route = (call) => {
  const pull = pullOf(call, 'issue_number')
  const since = Date.parse(call.query.get('since') ?? '') || 0
  const comments = pull.comments.filter((comment) => comment.updatedAt >= since)
  return paged(call, comments, (comment) => showComment(call.state, pull, comment))
}

export const getComment: Route = (call) => {
  const { pull, comment } = commentOf(call)
  return ok(showComment(call.state, pull, comment))
}

export const createComment: Route = (call) => {
  const pull = pullOf(call, 'issue_number')
  const actor = actorOf(call.state, call.caller)
  const comment = addComment(call.state, pull, actor, textIn(call, 'body') ?? '')
  return ok(showComment(call.state, pull, comment), 201)
}

export const updateComment: Route = (call) => {
  const { pull, comment } = commentOf(call)
  const actor = actorOf(call.state, call.caller)
  editComment(call.state, pull, comment, { actor, body: textIn(call, 'body') ?? '' })
  return ok(showComment(call.state, pull, comment))
}

export const updateReviewComment: Route = (call) => {
  const { pull, comment } = reviewCommentOf(call)
  const actor = actorOf(call.state, call.caller)
  editReviewComment(call.state, pull, comment, { actor, body: textIn(call, 'body') ?? '' })
  const thread = threadOf(pull, comment)
  if (!thread) throw notFound()
  return ok(showReviewComment(call.state, pull, thread, comment))
}

export const listReactions: Route = (call) => {
  const { comment } = commentOf(call)
  const content = call.query.get('content')
  const shown = comment.reactions.filter((one) => content === null || one.content === content)
  return paged(call, shown, (one) => showReaction(call.state, one))
}

export const reactToComment: Route = (call) => reactTo(call, commentOf(call).comment)

export const reactToReviewComment: Route = (call) => reactTo(call, reviewCommentOf(call).comment)

function reactTo(call: RouteCall, comment: Comment): ReturnType<Route> {
  const { account } = actorOf(call.state, call.caller)
  const { reaction, fresh } = react(call.state, comment, account, textIn(call, 'content') ?? '')
  return ok(showReaction(call.state, reaction), fresh ? 201 : 200)
}

function commentOf(call: RouteCall): { pull: Pull; comment: Comment } {
  const id = Number(call.params.comment_id)
  for (const pull of repositoryOf(call).pulls) {
    const comment = pull.comments.find((one) => one.id === id)
    if (comment) return { pull, comment }
  }
  throw notFound()
}

export function reviewCommentOf(call: RouteCall): { pull: Pull; comment: ReviewComment } {
  const id = Number(call.params.comment_id)
  for (const pull of repositoryOf(call).pulls) {
    const comment = pull.threads.flatMap((thread) => thread.comments).find((one) => one.id === id)
    if (comment) return { pull, comment }
  }
  throw notFound()
}
