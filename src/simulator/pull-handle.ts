import { assert } from '../shared/assert.ts'
import { suiteFor, tellCheckRun, tellCheckSuite } from './actions/checks.ts'
import { type Actor, addComment, deleteComment, editComment, react } from './actions/comments.ts'
import { dequeuePull, mergePull, queuePull } from './actions/merging.ts'
import {
  closePull,
  commit,
  editPull,
  push,
  reopenPull,
  retarget,
  setDraft,
} from './actions/pulls.ts'
import { addReview, misplaced, type NewReview, type Place, reply } from './actions/reviews.ts'
import type { FileChange } from './comparison.ts'
import { tellPull } from './events.ts'
import { pullFiles, pullMergeBase } from './pull-diff.ts'
import type { Account, CheckRun, Comment, Pull, ReviewComment, State, Thread } from './state.ts'
import type { Edit } from './tree.ts'

/*
 * A pull request in a test's or the demo's hands: what people do to it, in one line each, and what
 * stands on it afterwards. People are named by login and come into being when first named.
 */
export interface PullHandle {
  readonly pull: Pull
  readonly number: number
  readonly headSha: string
  readonly baseSha: string
  readonly mergeBase: string | null
  readonly files: FileChange[]
  /** Runs on the present head, newest last. */
  readonly checks: CheckRun[]
  readonly comments: Comment[]
  readonly threads: Thread[]
  /** A new commit on the head branch; returns its hash. */
  push(edit: Edit, options?: { author?: string; message?: string }): string
  /** Replaces the head branch by one commit on top of `onto` (a commit; usual: the base's tip). */
  forcePush(edit: Edit, options?: { onto?: string; author?: string; message?: string }): string
  comment(author: string, body: string): Comment
  editComment(comment: Comment, editor: string, body: string): void
  deleteComment(comment: Comment, by: string): void
  reply(thread: Thread, author: string, body: string): ReviewComment
  review(author: string, review?: Partial<NewReview>): void
  resolve(thread: Thread, by: string): void
  react(comment: Comment, author: string, content: string): void
  close(by?: string): void
  reopen(by?: string): void
  merge(by?: string): void
  /** Into the merge queue; returns the group's head. */
  queue(by?: string): string
  dequeue(by?: string): void
  retarget(base: string, by?: string): void
  edit(change: { title?: string; body?: string }, by?: string): void
  ready(by?: string): void
  draft(by?: string): void
  /** Asks for the newest run again; by a button of the check when `identifier` is given. */
  requestCheck(by: string, identifier?: string): void
  requestSuite(by: string): void
  /** Tells the App of the pull request again: "synchronize", "labeled", whatever is named. */
  tell(action: string, by?: string): void
}

export function handlePull(
  state: State,
  pull: Pull,
  person: (login: string) => Account,
): PullHandle {
  const actor = (login: string): Actor => ({ account: person(login), viaApp: false })
  const by = (login?: string): Account => (login === undefined ? pull.author : person(login))
  return {
    pull,
    get number() {
      return pull.number
    },
    get headSha() {
      return pull.head.sha
    },
    get baseSha() {
      return pull.base.sha
    },
    get mergeBase() {
      return pullMergeBase(pull)
    },
    get files() {
      return pullFiles(pull)
    },
    get checks() {
      return pull.repository.checkRuns.filter((run) => run.headSha === pull.head.sha)
    },
    get comments() {
      return pull.comments
    },
    get threads() {
      return pull.threads
    },
    push: (edit, options = {}) =>
      pushTo(state, pull, edit, { ...options, author: by(options.author) }),
    forcePush: (edit, options = {}) => {
      const onto = options.onto ?? pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
      return pushTo(state, pull, edit, { ...options, onto, author: by(options.author) })
    },
    ...conversation(state, pull, actor),
    ...decisions(state, pull, by),
    ...requests(state, pull, person),
    tell: (action, login) => void tellPull(state, pull, { action, sender: by(login) }),
  }
}

type Conversation = Pick<
  PullHandle,
  'comment' | 'editComment' | 'deleteComment' | 'reply' | 'review' | 'resolve' | 'react'
>

function conversation(state: State, pull: Pull, actor: (login: string) => Actor): Conversation {
  return {
    comment: (author, body) => addComment(state, pull, actor(author), body),
    editComment: (comment, editor, body) =>
      editComment(state, pull, comment, { actor: actor(editor), body }),
    deleteComment: (comment, by) => deleteComment(state, pull, comment, actor(by)),
    reply: (thread, author, body) => reply(state, pull, thread, { actor: actor(author), body }),
    review: (author, review = {}) => {
      const usual: NewReview = { body: '', event: 'COMMENT', commitSha: null, comments: [] }
      const wanted = { ...usual, ...review }
      const wrong = wanted.comments.find(({ place }) => misplaced(pull, place))
      assert(!wrong, `no comment can stand at ${JSON.stringify(wrong?.place)}`)
      addReview(state, pull, actor(author), wanted)
    },
    resolve: (thread, by) => {
      thread.resolvedBy = actor(by).account
    },
    react: (comment, author, content) => void react(state, comment, actor(author).account, content),
  }
}

type Decisions = Pick<
  PullHandle,
  'close' | 'reopen' | 'merge' | 'queue' | 'dequeue' | 'retarget' | 'edit' | 'ready' | 'draft'
>

function decisions(state: State, pull: Pull, by: (login?: string) => Account): Decisions {
  return {
    close: (login) => closePull(state, pull, by(login)),
    reopen: (login) => reopenPull(state, pull, by(login)),
    merge: (login) => mergePull(state, pull, by(login)),
    queue: (login) => queuePull(state, pull, by(login)),
    dequeue: (login) => dequeuePull(state, pull, by(login), 'dequeued'),
    retarget: (base, login) => retarget(state, pull, base, by(login)),
    edit: (change, login) => editPull(state, pull, { ...change, sender: by(login) }),
    ready: (login) => setDraft(state, pull, false, by(login)),
    draft: (login) => setDraft(state, pull, true, by(login)),
  }
}

function requests(
  state: State,
  pull: Pull,
  person: (login: string) => Account,
): Pick<PullHandle, 'requestCheck' | 'requestSuite'> {
  const { repository } = pull
  return {
    requestCheck: (by, identifier) => {
      const run = repository.checkRuns.findLast((one) => one.headSha === pull.head.sha)
      assert(run !== undefined, `pull request ${pull.number} has a check run on its head`)
      const sender = person(by)
      if (identifier === undefined) {
        tellCheckRun(state, repository, run, { action: 'rerequested', sender })
      } else {
        const action = 'requested_action'
        tellCheckRun(state, repository, run, { action, sender, requested: identifier })
      }
    },
    requestSuite: (by) => {
      const suite = suiteFor(state, repository, pull.head.sha)
      tellCheckSuite(state, repository, suite, { action: 'rerequested', sender: person(by) })
    },
  }
}

function pushTo(
  state: State,
  pull: Pull,
  edit: Edit,
  options: { onto?: string; author: Account; message?: string },
): string {
  const { repository, ref, sha: present } = pull.head
  assert(repository !== null, 'the head repository exists')
  const sha = commit(state, repository, {
    edit,
    author: options.author,
    message: options.message ?? 'More work',
    parent: options.onto ?? present,
  })
  push(state, repository, { branch: ref, sha, sender: options.author })
  return sha
}

/** A place on one line of the head, or of the other side. */
export function lineAt(path: string, line: number, side: 'LEFT' | 'RIGHT' = 'RIGHT'): Place {
  return { path, subject: 'line', side, line, startSide: null, startLine: null }
}
