import type { HeardComment } from '../policy/decisions-heard.ts'
import { mayPush } from '../policy/decisions-person.ts'
import type { Evidence } from '../policy/rule.ts'
import { safeCode } from '../shared/markdown.ts'
import type { FileText, OrderedCommit } from './reply.ts'

/*
 * What a command would have committed to the pull request's branch, where the policy of the base
 * says `commit: true`: the starter of `init`, the mapping of `link`, the lasting record of an
 * acceptance. It is done for people who could push themselves, never on a fork, and on exactly the
 * head that was looked at. Everywhere else the answer keeps its patch and says why.
 *
 * A commit's message holds no words of the pull request: "fixes #1" in it would close an issue.
 */

export interface Order {
  files: FileText[]
  headline: string
  /** The answer once it was done, in the place of the one with the patch. */
  done: string
}

export const refusedNote =
  'GitHub did not let me commit it. I need the permission `contents: write` for that, and the ' +
  'branch has to let me in.'

/** What is added to an answer that keeps its patch; null: the commit may be made. */
export function whyNoCommit({ comment }: HeardComment, evidence: Evidence): string | null {
  const { facts, inForce } = evidence
  if (!inForce.policy.commit || inForce.problems.length > 0) return ''
  if (facts.pull.fromFork) return 'I do not commit to forks.'
  if (mayPush(comment.author, facts.permissions)) return null
  return `I commit to ${safeCode(facts.head.ref)} only for people with write access.`
}

/** Of several orders in one comment, those that do not speak of the same file. */
export function withoutClashes(orders: readonly Order[]): Order[] {
  const taken = new Set<string>()
  return orders.filter(({ files }) => {
    const clashes = files.some(({ path }) => taken.has(path))
    if (!clashes) for (const { path } of files) taken.add(path)
    return !clashes
  })
}

export function commitFor(
  orders: readonly Order[],
  { comment }: HeardComment,
  evidence: Evidence,
): Omit<OrderedCommit, 'done' | 'refused'> | null {
  const [first] = orders
  if (!first) return null
  const { ref, sha } = evidence.facts.head
  return {
    branch: ref,
    headSha: sha,
    headline: first.headline,
    detail: `Asked for by ${comment.author}: ${comment.url}`,
    files: orders.flatMap(({ files }) => files),
  }
}

/**
 * Whether what we know as the policy file of the head is that, to the letter. One that the pull
 * request leaves alone is read at the tip of the base, which may have moved on.
 */
export function knowsHeadPolicy({ facts }: Evidence): boolean {
  const { path } = facts.policy
  const touched = facts.files.some((file) => file.path === path || file.previousPath === path)
  return touched || facts.base.sha === facts.mergeBase
}

/** A text in which something could not be decoded would not be written back as it was. */
export function isFaithful(text: string): boolean {
  return !text.includes('\ufffd')
}
