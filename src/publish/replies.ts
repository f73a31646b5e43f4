import { commentKey, heardComments } from '../policy/decisions-heard.ts'
import { type Memory, readMemory } from '../policy/decisions-memory.ts'
import type { CommentFacts, OwnReplyFacts, PullRequestFacts } from '../pull-request/facts.ts'
import type { AnsweredComment, Reply } from '../report/replies.ts'
import type { Output } from './output.ts'

/*
 * Which answers to comments are still to be given. One reply for each comment: what stands there
 * is found by what it remembers, left alone while it says the same about the same words, and
 * rewritten in its place otherwise. A reply that somebody else has edited is rewritten too; it
 * counted for nothing.
 *
 * The reactions say the same without words: eyes as soon as the comment was seen (`noticed`,
 * before anything is judged), then a thumb or a puzzled face with the reply. GitHub takes no
 * reaction to the text of a review; that is only answered.
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
  let room = newRepliesMax
  for (const reply of replies) {
    const known = standing.get(commentKey(reply.comment))
    if (known) outputs.push(...corrections(reply, known))
    else if (room-- > 0) outputs.push(...firstAnswer(reply))
  }
  return outputs
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
  const again = sameWords ? [] : reaction(reply.comment, reply.reaction)
  return [...again, { do: 'update-reply', nodeId, place, body: reply.body }]
}

function reaction(comment: AnsweredComment, content: 'eyes' | Reply['reaction']): Output[] {
  if (comment.place === 'review' || comment.nodeId === undefined) return []
  return [{ do: 'add-reaction', subject: comment.nodeId, reaction: content }]
}
