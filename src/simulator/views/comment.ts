import { isoTime, nodeId } from '../ids.ts'
import { positionOf } from '../patch.ts'
import { pullFiles } from '../pull-diff.ts'
import type { Comment, Pull, Reaction, Review, ReviewComment, State, Thread } from '../state.ts'
import { type Shown, showAccount, showApp } from './account.ts'
import { pullHtmlUrl, pullUrl } from './pull.ts'
import { repositoryUrl } from './repository.ts'

/* Comments, reviews and reactions as GitHub's API shows them. */

export function showComment(state: State, pull: Pull, comment: Comment): Shown {
  const base = repositoryUrl(state, pull.repository)
  const url = `${base}/issues/comments/${comment.id}`
  return {
    url,
    html_url: `${pullHtmlUrl(state, pull)}#issuecomment-${comment.id}`,
    issue_url: `${base}/issues/${pull.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: showAccount(state, comment.author),
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    body: comment.body,
    author_association: association(pull, comment.author.login),
    reactions: reactionCounts(url, comment.reactions),
    performed_via_github_app: comment.viaApp ? showApp(state, state.app) : null,
  }
}

export function showReview(state: State, pull: Pull, review: Review): Shown {
  const html = `${pullHtmlUrl(state, pull)}#pullrequestreview-${review.id}`
  const url = pullUrl(state, pull)
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: showAccount(state, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: association(pull, review.author.login),
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: isoTime(review.submittedAt),
    commit_id: review.commitSha,
  }
}

/** Lines are null once the thread is outdated; `original_line` stays. */
export function showReviewComment(
  state: State,
  pull: Pull,
  thread: Thread,
  comment: ReviewComment,
): Shown {
  const url = `${repositoryUrl(state, pull.repository)}/pulls/comments/${comment.id}`
  const html = `${pullHtmlUrl(state, pull)}#discussion_r${comment.id}`
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: thread.diffHunk,
    path: thread.path,
    commit_id: thread.outdated ? thread.commitSha : pull.head.sha,
    original_commit_id: thread.commitSha,
    user: showAccount(state, comment.author),
    body: comment.body,
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    html_url: html,
    pull_request_url: pullUrl(state, pull),
    author_association: association(pull, comment.author.login),
    _links: {
      self: { href: url },
      html: { href: html },
      pull_request: { href: pullUrl(state, pull) },
    },
    reactions: reactionCounts(url, comment.reactions),
    ...lineFields(pull, thread),
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  }
}

function lineFields(pull: Pull, thread: Thread): Shown {
  return {
    start_line: thread.outdated ? null : thread.startLine,
    original_start_line: thread.originalStartLine,
    start_side: thread.startSide,
    line: thread.outdated ? null : thread.line,
    original_line: thread.originalLine,
    side: thread.side,
    subject_type: thread.subject,
    position: thread.outdated ? null : positionNow(pull, thread),
    original_position: thread.originalPosition,
  }
}

function positionNow(pull: Pull, { path, side, line }: Thread): number | null {
  const patch = pullFiles(pull).find((file) => file.path === path)?.patch ?? ''
  return line === null ? null : positionOf(patch, side, line)
}

export function showReaction(state: State, reaction: Reaction): Shown {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: showAccount(state, reaction.user),
    content: reaction.content,
    created_at: isoTime(reaction.createdAt),
  }
}

/**
 * As GitHub tells it to an App: a member whose membership is private shows as CONTRIBUTOR, so this
 * word never says what somebody may do.
 */
export function association(pull: Pull, login: string): string {
  const { repository } = pull
  if (login === repository.owner.login) return 'OWNER'
  if (repository.collaborators.has(login)) return 'COLLABORATOR'
  const merged = repository.pulls.some((other) => other.author.login === login && other.mergedAt)
  return merged ? 'CONTRIBUTOR' : 'NONE'
}

const reactionNames = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes']

export function reactionCounts(url: string, reactions: readonly Reaction[]): Shown {
  const count = (name: string): number => reactions.filter((one) => one.content === name).length
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(reactionNames.map((name) => [name, count(name)])),
  }
}
