import { readMarker } from '../publish/marker.ts'
import type { CommentFacts, OwnReplyFacts } from '../pull-request/facts.ts'
import type { OwnPosts, OwnThread } from '../pull-request/reader.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { conversationPagesMax } from './limits.ts'
import {
  type CheckAnswer,
  type ChecksAnswer,
  type EarlierAnswer,
  type PageAnswer,
  type PullAnswer,
  type RemarkAnswer,
  seen,
  type ThreadAnswer,
} from './look-answer.ts'
import { type Cursors, earlierQuery } from './look-query.ts'

/*
 * The conversation of a pull request, parted into what others wrote (facts) and what we did (own
 * posts). Ours is what GitHub says this token's account wrote (`viewerDidAuthor`); a marker in a
 * body proves nothing, anybody can copy it.
 */
export interface Conversation {
  comments: RemarkAnswer[]
  reviews: RemarkAnswer[]
  threads: ThreadAnswer[]
  /** One of the lists is longer than what is read of it: its beginning is not known. */
  cut: boolean
}

/** The last hundred of each came with the look; what is before them is fetched page by page. */
export async function wholeConversation(
  api: Api,
  pull: PullRequestRef,
  answer: PullAnswer,
): Promise<Outcome<Conversation>> {
  const found: Conversation = {
    comments: seen(answer.comments),
    reviews: seen(answer.reviews),
    threads: seen(answer.reviewThreads),
    cut: false,
  }
  let cursors = cursorsOf(answer)
  const { owner, name } = pull.repository
  for (let page = 1; page < conversationPagesMax; page++) {
    if (!isLeft(cursors)) break
    const doing = `read the conversation of ${owner}/${name}#${pull.number}`
    const query = earlierQuery({ owner, name, number: pull.number }, cursors)
    const earlier = await api.query<EarlierAnswer>(doing, query)
    if (!earlier.ok) return earlier
    const lists = earlier.value.repository?.pullRequest ?? {}
    found.comments.unshift(...seen(lists.comments))
    found.reviews.unshift(...seen(lists.reviews))
    found.threads.unshift(...seen(lists.reviewThreads))
    cursors = cursorsOf(lists)
  }
  return ok({ ...found, cut: isLeft(cursors) })
}

type Lists = Partial<Pick<PullAnswer, 'comments' | 'reviews' | 'reviewThreads'>>

function cursorsOf({ comments, reviews, reviewThreads }: Lists): Cursors {
  return {
    comments: cursor(comments?.pageInfo),
    reviews: cursor(reviews?.pageInfo),
    threads: cursor(reviewThreads?.pageInfo),
  }
}

function isLeft({ comments, reviews, threads }: Cursors): boolean {
  return comments !== null || reviews !== null || threads !== null
}

function cursor(page: PageAnswer | undefined): string | null {
  return page?.hasPreviousPage ? page.startCursor : null
}

/**
 * What others wrote, oldest first. The text of a review is answered in the conversation: what is
 * older than all that is known of that is left out, because its answer would not be found.
 */
export function commentFacts(conversation: Conversation): CommentFacts[] {
  const since = conversation.cut ? (conversation.comments[0]?.createdAt ?? '') : ''
  const reviews = conversation.reviews.filter(({ createdAt }) => createdAt >= since)
  const facts = [
    ...conversation.comments.map((remark) => commentFact(remark, 'conversation')),
    ...reviews.map((remark) => commentFact(remark, 'review')),
    ...conversation.threads.flatMap(replies),
  ]
  return facts
    .flatMap((fact) => (fact === null || fact.body === '' ? [] : [fact]))
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id - b.id))
}

/** Every remark of a thread that we did not write; in threads that others opened, that one too. */
function replies(thread: ThreadAnswer): (CommentFacts | null)[] {
  const opening = seen(thread.opening)[0]
  const ours = opening?.viewerDidAuthor ? opening : null
  const place = { id: thread.id, ours, lines: linesOf(thread) }
  return remarksOf(thread).map((remark) => commentFact(remark, 'reply', place))
}

/** Where a suggestion below the thread would be applied. */
function linesOf({ path, line, startLine, diffSide, isOutdated }: ThreadAnswer): ThreadLines {
  if (line === null || isOutdated || diffSide !== 'RIGHT') return null
  return { path, first: startLine ?? line, last: line }
}

type ThreadLines = NonNullable<CommentFacts['threadLines']> | null

/** In a long thread what others opened it with is left out: its answer would not be found. */
function remarksOf(thread: ThreadAnswer): RemarkAnswer[] {
  const opening = seen(thread.opening).filter((one) => one.viewerDidAuthor || !isLong(thread))
  const remarks = [...opening, ...seen(thread.latest)]
  return [...new Map(remarks.map((remark) => [remark.id, remark])).values()]
}

function isLong({ opening, latest }: ThreadAnswer): boolean {
  return opening.totalCount > seen(opening).length + seen(latest).length
}

/** Somebody may have said something that was not read. */
export function isCut({ cut, threads }: Conversation): boolean {
  return cut || threads.some(isLong)
}

/** `thread.ours`: the comment of ours that opened it. */
function commentFact(
  remark: RemarkAnswer,
  place: CommentFacts['place'],
  thread: { id: string; ours: RemarkAnswer | null; lines: ThreadLines } | null = null,
): CommentFacts | null {
  if (remark.viewerDidAuthor) return null
  const author = remark.author?.login ?? 'ghost'
  const editor = editorOf(remark)
  return {
    id: idOf(remark),
    place,
    inReplyTo: thread?.ours ? idOf(thread.ours) : null,
    inReplyToFinding: thread?.ours ? findingOf(thread.ours) : null,
    author,
    authorIsBot: remark.author?.__typename === 'Bot',
    body: remark.body,
    createdAt: remark.createdAt,
    editedBy: editor === author ? null : editor,
    editedAt: remark.lastEditedAt,
    url: remark.url,
    nodeId: remark.id,
    threadId: thread?.id ?? null,
    threadLines: thread?.lines ?? null,
  }
}

/** The finding that a comment of ours shows, as long as nobody else has changed it. */
function findingOf(ours: RemarkAnswer): string | null {
  const marker = isEditedByOthers(ours) ? null : readMarker(ours.body)
  return marker?.kind === 'finding' ? marker.fingerprint : null
}

function editorOf(remark: RemarkAnswer): string | null {
  return remark.lastEditedAt === null ? null : (remark.editor?.login ?? 'ghost')
}

/** What we wrote, in the conversation and below comments of ours and of others. */
export function ownReplies(conversation: Conversation): OwnReplyFacts[] {
  return [
    ...conversation.comments.flatMap((remark) => ownReply(remark, 'conversation')),
    ...conversation.threads.flatMap(remarksOf).flatMap((remark) => ownReply(remark, 'reply')),
  ]
}

function ownReply(remark: RemarkAnswer, place: OwnReplyFacts['place']): OwnReplyFacts[] {
  if (!remark.viewerDidAuthor) return []
  const { id: nodeId, body } = remark
  return [{ nodeId, place, body, edited: isEditedByOthers(remark) }]
}

function isEditedByOthers(remark: RemarkAnswer): boolean {
  const editor = editorOf(remark)
  return editor !== null && editor !== remark.author?.login
}

function idOf(remark: RemarkAnswer): number {
  return Number(remark.fullDatabaseId ?? 0)
}

/** What this App has posted. `checks` are those of the head. */
export function ownPosts(conversation: Conversation, checks: ChecksAnswer | null): OwnPosts {
  return {
    check: ownCheck(checks),
    threads: conversation.threads.flatMap(ownThread),
    comments: conversation.comments
      .filter((remark) => remark.viewerDidAuthor)
      .map((remark) => ({ id: idOf(remark), nodeId: remark.id, body: remark.body })),
    ...(conversation.cut ? { cut: true as const } : {}),
  }
}

/**
 * Our newest check run. When somebody asks for it again, GitHub takes the suite back to "queued"
 * and leaves the run as it was: such a run has to be concluded anew.
 */
function ownCheck(checks: ChecksAnswer | null): OwnPosts['check'] {
  const runs = seen(checks?.checkSuites).flatMap((suite) =>
    seen(suite.checkRuns).map((run) => ({ run, suite })),
  )
  const order = (run: CheckAnswer) => run.databaseId ?? 0
  const newest = runs.sort((a, b) => order(b.run) - order(a.run))[0]
  if (!newest) return null
  const { run, suite } = newest
  return {
    nodeId: run.id,
    concluded: run.status === 'COMPLETED' && suite.status === 'COMPLETED',
    summary: run.summary ?? '',
    annotations: run.annotations?.totalCount ?? 0,
  }
}

function ownThread(thread: ThreadAnswer): OwnThread[] {
  const opening = seen(thread.opening)[0]
  if (!opening?.viewerDidAuthor) return []
  const answered = seen(thread.latest).some((remark) => !remark.viewerDidAuthor)
  return [
    {
      threadId: thread.id,
      commentId: idOf(opening),
      commentNodeId: opening.id,
      path: thread.path,
      body: opening.body,
      resolved: thread.isResolved || opening.isMinimized === true,
      hasReplies: answered || thread.opening.totalCount > 1 + seen(thread.latest).length,
      canResolve: thread.viewerCanResolve,
    },
  ]
}
