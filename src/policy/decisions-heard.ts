import type { CommandReading } from '../command/command.ts'
import { mayConcernUs, readCommands } from '../command/read.ts'
import type { CommentFacts, OwnReplyFacts } from '../pull-request/facts.ts'
import { digest } from '../shared/digest.ts'
import { type Memory, readMemory } from './decisions-memory.ts'

/*
 * Which comments are listened to, in the order in which they were said, each with its commands
 * and with what we remember of it. Bots are not listened to, so two of them never talk to each
 * other without end; our own comments are not even among the facts.
 *
 * A flood is one person's `floodMax`-th command comment within a minute and those after it:
 * nothing in them counts, and only the first of them gets an answer, which says so.
 */

export interface HeardComment {
  comment: CommentFacts
  /** ISO time from which the present words stand. */
  at: string
  hearing: Hearing
  reading: CommandReading
  /** Digest of what was read; the same words give the same. */
  text: string
  /** What our reply remembers, if the words are still those it answers. */
  memory: Memory | null
  /** Whether there is a reply of ours at all. */
  answered: boolean
}

export type Hearing =
  | 'heard'
  /** Somebody else edited it: nobody knows whose words they are. */
  | 'edited'
  /** One of too many at once; `flood-first` is the one that is answered. */
  | 'flood-first'
  | 'flood'

/** Command comments of one person within a minute that are followed. */
export const floodMax = 10
const floodWindowMs = 60_000

/** Of one person the latest are read: so many comments with commands, so many characters. */
const heardOfPersonMax = 100
const charsOfPersonMax = 300_000

const nothing: CommandReading = { commands: [], mistakes: [], left: 0 }

export function heardComments(
  comments: readonly CommentFacts[],
  ownReplies: readonly OwnReplyFacts[],
): HeardComment[] {
  const memories = memoriesOf(ownReplies)
  const heard = withinReason(comments)
    .flatMap((comment) => hear(comment, memories.get(commentKey(comment)) ?? null))
    .sort((a, b) => compare(a.at, b.at) || a.comment.id - b.comment.id)
  return withoutFloods(latestOfEach(heard))
}

function latestOfEach(heard: readonly HeardComment[]): HeardComment[] {
  const counts = new Map<string, number>()
  return heard
    .toReversed()
    .filter(({ comment }) => {
      const count = (counts.get(comment.author) ?? 0) + 1
      counts.set(comment.author, count)
      return count <= heardOfPersonMax
    })
    .toReversed()
}

/** People's comments that may hold a command, of each person the latest, in their order. */
function withinReason(comments: readonly CommentFacts[]): CommentFacts[] {
  const chars = new Map<string, number>()
  return comments
    .filter((comment) => !comment.authorIsBot)
    .toReversed()
    .filter(({ author, body }) => {
      if (!mayConcernUs(body)) return true
      const sum = (chars.get(author) ?? 0) + body.length
      chars.set(author, sum)
      return sum <= charsOfPersonMax
    })
    .toReversed()
}

export function commentKey(comment: Pick<CommentFacts, 'place' | 'id'>): string {
  return `${comment.place}:${comment.id}`
}

/** The latest reply to each comment. What others have edited is no memory of ours. */
function memoriesOf(ownReplies: readonly OwnReplyFacts[]): Map<string, Memory> {
  const memories = new Map<string, Memory>()
  for (const reply of ownReplies) {
    const memory = reply.edited ? null : readMemory(reply.body)
    if (memory) memories.set(memory.comment, memory)
  }
  return memories
}

function hear(comment: CommentFacts, memory: Memory | null): HeardComment[] {
  const at = comment.editedAt ?? comment.createdAt
  const edited = comment.editedBy !== null
  const reading = readCommands(comment.body, at.slice(0, 10))
  const isEmpty = reading.commands.length + reading.mistakes.length === 0
  // What we have answered concerns us also when there is nothing in it any more.
  if (isEmpty && memory === null) return []
  const kept = edited ? nothing : reading
  const text = digest([edited ? 'edited' : 'own words', JSON.stringify(saidIn(reading))])
  const same = memory !== null && memory.text === text && !edited
  return [
    {
      comment,
      at,
      hearing: edited ? 'edited' : 'heard',
      reading: kept,
      text,
      memory: same ? memory : null,
      answered: memory !== null,
    },
  ]
}

/** What was said, wherever it stands: words around the commands may change. */
function saidIn({ commands, mistakes, left }: CommandReading): unknown[] {
  return [commands.map(({ command }) => command), mistakes.map(({ text }) => text), left]
}

/** Marks what one person said too fast. It depends on the comments alone, so it stays as it is. */
function withoutFloods(heard: readonly HeardComment[]): HeardComment[] {
  const earlier = new Map<string, number[]>()
  return heard.map((one) => {
    const login = one.comment.author.toLowerCase()
    const now = Date.parse(one.comment.createdAt)
    const times = (earlier.get(login) ?? []).filter((time) => now - time < floodWindowMs)
    earlier.set(login, [...times, now].slice(-floodMax - 1))
    if (times.length < floodMax || one.hearing === 'edited') return one
    const hearing = times.length === floodMax ? 'flood-first' : 'flood'
    return { ...one, hearing, reading: nothing, memory: null }
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
