import { invalid, Refusal } from '../answer.ts'
import { tell } from '../events.ts'
import { takeId } from '../ids.ts'
import type { Account, Comment, Pull, Reaction, ReviewComment, State, Thread } from '../state.ts'
import type { Shown } from '../views/account.ts'
import { showComment, showReviewComment } from '../views/comment.ts'
import { showIssue } from '../views/issue.ts'
import { showListedPull } from '../views/pull.ts'

/* Comments of the conversation, edits of any comment, and reactions. */

/** Whoever acts; `viaApp` when it is the App with an installation token. */
export interface Actor {
  account: Account
  viaApp: boolean
}

/** Measured on GitHub: one more is refused with "Body is too long". */
const bodyCharactersMax = 65_536

export function createComment(state: State, actor: Actor, body: string): Comment {
  requireBody(body)
  const at = state.now()
  return {
    id: takeId(state),
    author: actor.account,
    viaApp: actor.viaApp,
    body,
    createdAt: at,
    updatedAt: at,
    editor: null,
    minimized: null,
    reactions: [],
  }
}

export function addComment(state: State, pull: Pull, actor: Actor, body: string): Comment {
  const comment = createComment(state, actor, body)
  pull.comments.push(comment)
  pull.updatedAt = state.now()
  tellComment(state, pull, comment, { action: 'created', sender: actor.account })
  return comment
}

export function editComment(
  state: State,
  pull: Pull,
  comment: Comment,
  edit: { actor: Actor; body: string },
): void {
  requireBody(edit.body)
  const from = comment.body
  if (from === edit.body) return
  applyEdit(state, comment, edit)
  const changes = { body: { from } }
  tellComment(state, pull, comment, { action: 'edited', sender: edit.actor.account, changes })
}

export function deleteComment(state: State, pull: Pull, comment: Comment, actor: Actor): void {
  pull.comments = pull.comments.filter((other) => other !== comment)
  tellComment(state, pull, comment, { action: 'deleted', sender: actor.account })
}

export function editReviewComment(
  state: State,
  pull: Pull,
  comment: ReviewComment,
  edit: { actor: Actor; body: string },
): void {
  requireBody(edit.body)
  const from = comment.body
  applyEdit(state, comment, edit)
  const thread = threadOf(pull, comment)
  if (!thread) return
  tell(state, {
    event: 'pull_request_review_comment',
    action: 'edited',
    repository: pull.repository,
    sender: edit.actor.account,
    fields: {
      changes: { body: { from } },
      comment: showReviewComment(state, pull, thread, comment),
      pull_request: showListedPull(state, pull),
    },
  })
}

/** What people can react to: comments of all kinds, and the text of a review. */
export type Reactable = Pick<Comment, 'reactions'>

/** The same reaction twice is one reaction; `fresh` says which it was. */
export function react(
  state: State,
  comment: Reactable,
  user: Account,
  content: string,
): { reaction: Reaction; fresh: boolean } {
  const known = comment.reactions.find((one) => one.user === user && one.content === content)
  if (known) return { reaction: known, fresh: false }
  const reaction = { id: takeId(state), user, content, createdAt: state.now() }
  comment.reactions.push(reaction)
  return { reaction, fresh: true }
}

/** The reaction that was there, or null. */
export function unreact(comment: Reactable, user: Account, content: string): Reaction | null {
  const known = comment.reactions.find((one) => one.user === user && one.content === content)
  comment.reactions = comment.reactions.filter((one) => one !== known)
  return known ?? null
}

export function requireBody(body: unknown): void {
  if (typeof body !== 'string' || body.trim() === '') {
    throw invalid('IssueComment', 'body', 'body cannot be blank')
  }
  if ([...body].length > bodyCharactersMax) {
    throw new Refusal(422, 'Validation Failed', [
      {
        resource: 'IssueComment',
        field: 'body',
        code: 'custom',
        message: `body is too long (maximum is ${bodyCharactersMax} characters)`,
      },
    ])
  }
}

export function threadOf(pull: Pull, comment: ReviewComment): Thread | undefined {
  return pull.threads.find((thread) => thread.comments.includes(comment))
}

function applyEdit(state: State, comment: Comment, edit: { actor: Actor; body: string }): void {
  comment.body = edit.body
  comment.updatedAt = state.now()
  comment.editor = edit.actor.account
}

interface CommentHappening {
  action: string
  sender: Account
  changes?: Shown
}

function tellComment(state: State, pull: Pull, comment: Comment, happened: CommentHappening): void {
  tell(state, {
    event: 'issue_comment',
    action: happened.action,
    repository: pull.repository,
    sender: happened.sender,
    fields: {
      ...(happened.changes ? { changes: happened.changes } : {}),
      issue: showIssue(state, pull),
      comment: showComment(state, pull, comment),
    },
  })
}
