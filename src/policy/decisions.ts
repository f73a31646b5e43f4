import type { Target } from '../command/command.ts'
import { readCommands } from '../command/read.ts'
import type { CommentFacts } from '../pull-request/facts.ts'

/*
 * What people decided in comments, in the order in which they wrote it. Whether a decision holds is
 * decided in acceptance.ts. Comments of bots, and comments that somebody else edited, decide
 * nothing: nobody knows whose words they are.
 */

export interface Decision {
  act: 'accept' | 'withdraw' | 'no-effect'
  targets: Target[]
  /** ISO date, or null when it has no end. */
  until: string | null
  reason: string
  by: string
  /** ISO time at which the comment was written. */
  at: string
  url: string
  /** The finding whose comment was answered, by fingerprint; null when none was. */
  replyTo: string | null
}

const decisionsMax = 500

export function readDecisions(comments: readonly CommentFacts[]): Decision[] {
  return comments
    .filter((comment) => !comment.authorIsBot && comment.editedBy === null)
    .flatMap(decisionsOf)
    .slice(0, decisionsMax)
}

function decisionsOf(comment: CommentFacts): Decision[] {
  const { commands } = readCommands(comment.body, comment.createdAt.slice(0, 10))
  const fixed = {
    by: comment.author,
    at: comment.createdAt,
    url: comment.url,
    replyTo: comment.inReplyToFinding ?? null,
  }
  return commands.flatMap(({ command }): Decision[] => {
    switch (command.name) {
      case 'accept': {
        const { targets, until, reason } = command
        return [{ act: 'accept', targets, until, reason, ...fixed }]
      }
      case 'no-effect': {
        const { targets, reason } = command
        return [{ act: 'no-effect', targets, until: null, reason, ...fixed }]
      }
      case 'withdraw':
        return [{ act: 'withdraw', targets: command.targets, until: null, reason: '', ...fixed }]
      default:
        return []
    }
  })
}
