import { commentKey, heardComments } from '../policy/decisions-heard.ts'
import { type Face, type Memory, readMemory } from '../policy/decisions-memory.ts'
import type { CommentFacts, OwnReplyFacts, PullRequestFacts } from '../pull-request/facts.ts'
import { goneReply } from '../report/replies-gone.ts'
import type { AnsweredComment, Reply } from '../report/reply.ts'
import type { CommitFiles, Output } from './output.ts'

/*
 * Which answers to comments are still to be given. One reply for each comment: what stands there
 * is found by what it remembers, left alone while it says the same about the same words, and
 * rewritten in its place otherwise. A reply that somebody else has edited is rewritten too; it
 * counted for nothing.
 *
 * The reactions say the same without words: eyes as soon as the comment was seen (`noticed`,
 * before anything is judged), then a thumb or a puzzled face with the reply, which changes with
 * it. The answer to a comment that was deleted says so, for what it said holds no more.
 */

/** New answers in one evaluation; the others come with the next. A pull request is no chat room. */
export const newRepliesMax = 20

/** The comments that wait for their first answer. */
export function waiting(facts: Pick<PullRequestFacts, 'comments' | 'ownReplies'>): CommentFacts[] {
  const heard = heardComments(facts.comments, facts.ownReplies ?? [])
  return heard
    .filter(({ answered, hearing }) => !answered && hearing === 'heard')
    .map(({ comment }) => comment)
}

/** Eyes on each of them that is answered in this evaluation. */
export function noticed(comments: readonly CommentFacts[]): Output[] {
  return comments.slice(0, newRepliesMax).flatMap((comment) => reaction(comment, 'eyes'))
}

export function replyOutputs(
  replies: readonly Reply[],
  ownReplies: readonly OwnReplyFacts[],
): Output[] {
  const standing = standingReplies(ownReplies)
  const outputs: Output[] = []
  const commits: CommitFiles[] = []
  let room = newRepliesMax
  for (const reply of replies) {
    const known = standing.get(commentKey(reply.comment))
    const answer = (body: string) =>
      known ? corrections({ ...reply, body }, known) : firstAnswer({ ...reply, body })
    const isNew = known?.memory.text !== reply.text
    if (!known && room-- <= 0) continue
    // After a commit the head is another: of several, the others are answered with their patch.
    if (reply.commit && isNew && commits.length === 0) {
      const { done, refused } = reply.commit
      commits.push({
        do: 'commit-files',
        ...reply.commit,
        done: answer(done),
        refused: answer(refused),
      })
    } else outputs.push(...answer(reply.body))
  }
  return [...commits, ...outputs]
}

interface Standing {
  own: OwnReplyFacts
  memory: Memory
}

/** The latest for each comment, should there ever be two. */
function standingReplies(ownReplies: readonly OwnReplyFacts[]): Map<string, Standing> {
  const standing = new Map<string, Standing>()
  for (const own of ownReplies) {
    const memory = readMemory(own.body)
    if (memory) standing.set(memory.comment, { own, memory })
  }
  return standing
}

function firstAnswer(reply: Reply): Output[] {
  const { place, threadId } = reply.comment
  const thread = place === 'reply' ? (threadId ?? null) : null
  return [
    ...reaction(reply.comment, reply.reaction),
    { do: 'create-reply', threadId: thread, body: reply.body },
  ]
}

function corrections(reply: Reply, { own, memory }: Standing): Output[] {
  const sameWords = memory.text === reply.text
  if (sameWords && memory.state === reply.state && !own.edited) return []
  const { nodeId, place } = own
  const turned = memory.face === reply.reaction ? [] : turn(reply.comment, memory.face, reply)
  return [...turned, { do: 'update-reply', nodeId, place, body: reply.body }]
}

function turn(comment: AnsweredComment, from: Face, to: Reply): Output[] {
  const subject = comment.nodeId
  if (subject === undefined) return []
  return [...reaction(comment, to.reaction), { do: 'remove-reaction', subject, reaction: from }]
}

function reaction(comment: AnsweredComment, content: 'eyes' | Face): Output[] {
  if (comment.nodeId === undefined) return []
  return [{ do: 'add-reaction', subject: comment.nodeId, reaction: content }]
}

/** Corrects the answers to comments that are there no more. */
export function goneOutputs(facts: Said): Output[] {
  const { comments, ownReplies = [], conversationCut } = facts
  const there = new Set(comments.map(commentKey))
  return [...standingReplies(ownReplies).values()].flatMap(({ own, memory }): Output[] => {
    if (there.has(memory.comment)) return []
    const gone = conversationCut !== true || isNewer(memory.comment, comments)
    const body = gone ? goneReply(memory) : null
    if (body === null) return []
    return [{ do: 'update-reply', nodeId: own.nodeId, place: own.place, body }]
  })
}

type Said = Pick<PullRequestFacts, 'comments' | 'ownReplies' | 'conversationCut'>

/** A conversation is read from its end: what is newer than something seen would be seen. */
function isNewer(key: string, comments: readonly CommentFacts[]): boolean {
  const [place, id] = key.split(':')
  if (place !== 'conversation') return false
  return comments.some((one) => one.place === place && one.id < Number(id))
}
