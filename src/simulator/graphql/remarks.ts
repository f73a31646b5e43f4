import { isoTime, nodeId } from '../ids.ts'
import type { Comment, Pull, Review, ReviewComment, Thread } from '../state.ts'
import { association } from '../views/comment.ts'
import { pullHtmlUrl } from '../views/pull.ts'
import { type Shown, showActor } from './accounts.ts'
import { connection, type PageArguments } from './connection.ts'
import { showCommit } from './git.ts'
import { mayResolve, type Viewer, viewerActor, viewerIs } from './viewer.ts'

/* Comments, reviews, threads. Lines of an outdated thread are null, as everywhere on GitHub. */

export function showIssueComment(viewer: Viewer, pull: Pull, comment: Comment): Shown {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    ...commentFields(viewer, pull, comment),
    url: `${pullHtmlUrl(viewer.state, pull)}#issuecomment-${comment.id}`,
    pullRequest: () => viewer.links.pull(viewer, pull),
  }
}

export function showReview(viewer: Viewer, pull: Pull, review: Review): Shown {
  const at = isoTime(review.submittedAt)
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    author: showActor(viewer, review.author),
    authorAssociation: association(pull, review.author.login),
    body: review.body,
    state: review.state,
    createdAt: at,
    updatedAt: at,
    submittedAt: review.state === 'PENDING' ? null : at,
    lastEditedAt: review.editor ? at : null,
    editor: review.editor ? showActor(viewer, review.editor) : null,
    isMinimized: review.minimized !== null,
    minimizedReason: review.minimized,
    url: `${pullHtmlUrl(viewer.state, pull)}#pullrequestreview-${review.id}`,
    viewerDidAuthor: viewerIs(viewer, review.author),
    commit: () => showCommit(viewer, pull.repository, review.commitSha),
    pullRequest: () => viewer.links.pull(viewer, pull),
    comments: (page: PageArguments) => {
      const all = pull.threads.flatMap((thread) =>
        thread.comments.map((comment) => ({ thread, comment })),
      )
      const own = all.filter(({ comment }) => comment.reviewId === review.id)
      return connection('comments', own, page, ({ thread, comment }) =>
        showReviewComment(viewer, pull, thread, comment),
      )
    },
  }
}

export function showThread(viewer: Viewer, pull: Pull, thread: Thread): Shown {
  const resolved = thread.resolvedBy !== null
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', thread.id),
    isResolved: resolved,
    isOutdated: thread.outdated,
    path: thread.path,
    ...lineFields(thread),
    diffSide: thread.side,
    startDiffSide: thread.startSide,
    subjectType: thread.subject.toUpperCase(),
    resolvedBy: thread.resolvedBy ? showActor(viewer, thread.resolvedBy) : null,
    viewerCanResolve: !resolved && mayResolve(viewer),
    viewerCanUnresolve: resolved && mayResolve(viewer),
    pullRequest: () => viewer.links.pull(viewer, pull),
    comments: (page: PageArguments) =>
      connection('comments', thread.comments, page, (comment) =>
        showReviewComment(viewer, pull, thread, comment),
      ),
  }
}

export function showReviewComment(
  viewer: Viewer,
  pull: Pull,
  thread: Thread,
  comment: ReviewComment,
): Shown {
  const review = pull.reviews.find((one) => one.id === comment.reviewId)
  const replyTo = thread.comments.find((one) => one.id === comment.inReplyTo)
  const headNow = thread.outdated ? thread.commitSha : pull.head.sha
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', comment.id),
    ...commentFields(viewer, pull, comment),
    path: thread.path,
    ...lineFields(thread),
    diffHunk: thread.diffHunk,
    subjectType: thread.subject.toUpperCase(),
    outdated: thread.outdated,
    state: review?.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    url: `${pullHtmlUrl(viewer.state, pull)}#discussion_r${comment.id}`,
    replyTo: () => (replyTo ? showReviewComment(viewer, pull, thread, replyTo) : null),
    pullRequest: () => viewer.links.pull(viewer, pull),
    pullRequestReview: () => (review ? showReview(viewer, pull, review) : null),
    commit: () => showCommit(viewer, pull.repository, headNow),
    originalCommit: () => showCommit(viewer, pull.repository, thread.commitSha),
  }
}

/** Threads of a review that is still pending are its author's alone. */
export function visibleThreads(viewer: Viewer, pull: Pull): Thread[] {
  return pull.threads.filter((thread) => {
    const review = pull.reviews.find((one) => one.id === thread.comments[0]?.reviewId)
    return review?.state !== 'PENDING' || viewerIs(viewer, review.author)
  })
}

export function visibleReviews(viewer: Viewer, pull: Pull): Review[] {
  return pull.reviews.filter(
    (review) => review.state !== 'PENDING' || viewerIs(viewer, review.author),
  )
}

/** The viewer's own review that is not yet submitted; there is at most one. */
export function pendingReview(viewer: Viewer, pull: Pull): Review | undefined {
  const { account } = viewerActor(viewer)
  return pull.reviews.find((one) => one.state === 'PENDING' && one.author === account)
}

function commentFields(viewer: Viewer, pull: Pull, comment: Comment): Shown {
  return {
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: showActor(viewer, comment.author),
    authorAssociation: association(pull, comment.author.login),
    body: comment.body,
    createdAt: isoTime(comment.createdAt),
    updatedAt: isoTime(comment.updatedAt),
    lastEditedAt: comment.editor ? isoTime(comment.updatedAt) : null,
    editor: comment.editor ? showActor(viewer, comment.editor) : null,
    includesCreatedEdit: false,
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized,
    viewerDidAuthor: viewerIs(viewer, comment.author),
  }
}

function lineFields(thread: Thread): Shown {
  const gone = thread.outdated
  return {
    line: gone ? null : thread.line,
    startLine: gone ? null : thread.startLine,
    originalLine: thread.originalLine,
    originalStartLine: thread.originalStartLine,
  }
}
