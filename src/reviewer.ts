import type { PullRequestFacts } from './pull-request/facts.ts'
import type { Report } from './report/report.ts'
import { review } from './review.ts'
import { startThread, type Thread } from './review-thread.ts'
import { digest } from './shared/digest.ts'
import { type Outcome, ok } from './shared/outcome.ts'

/*
 * `review` for the service: in threads beside the event loop, each ended when it takes too long.
 * What cannot be judged within the bounds is not judged by trying again: the documents that the
 * pull request brings are declared unreadable, and the report says that it cannot tell, which is
 * never green.
 */
export interface Reviewer {
  review(facts: PullRequestFacts): Promise<Outcome<Report>>
  stop(): Promise<void>
}

export interface ReviewerLog {
  error(fields: object, message: string): void
}

/** Documents wait for each other in a thread; a slow one should not hold up everybody. */
const threadsMax = 3

export function createReviewer(log: ReviewerLog, threadCount: number = threadsMax): Reviewer {
  const module = new URL(`./review.${extension()}`, import.meta.url)
  const threads = Array.from({ length: threadCount }, () => ({
    thread: startThread<PullRequestFacts, Report>({ module, name: 'review' }),
    waiting: 0,
  }))
  return {
    async review(facts) {
      const [free] = threads.toSorted((a, b) => a.waiting - b.waiting)
      if (!free) return ok(review(facts))
      free.waiting++
      const reviewed = await free.thread.run(facts)
      free.waiting--
      if (reviewed.ok || reviewed.failure.kind !== 'rejected') return reviewed
      log.error(describe(facts, reviewed.failure.message), 'A pull request could not be judged')
      return ok(review(withoutTexts(facts)))
    },
    async stop() {
      await Promise.all(
        threads.map(({ thread }: { thread: Thread<never, Report> }) => thread.stop()),
      )
    },
  }
}

function extension(): string {
  return import.meta.url.endsWith('.ts') ? 'ts' : 'js'
}

/** By the digest, facts that somebody saved are known to be those that failed. */
function describe(facts: PullRequestFacts, reason: string): object {
  const { repository, number } = facts.pull
  return {
    pull: `${repository.owner}/${repository.name}#${number}`,
    head: facts.head.sha,
    facts: digest([JSON.stringify(facts)]),
    reason,
  }
}

/** Without everything that takes time to read; what is left says who, where and by which policy. */
function withoutTexts(facts: PullRequestFacts): PullRequestFacts {
  const costly = { state: 'unreadable', reason: 'too-costly' } as const
  const models = facts.models.map(({ base, head, ...model }) => ({
    ...model,
    base: base.state === 'absent' ? base : costly,
    head: head.state === 'absent' ? head : costly,
  }))
  const files = facts.files.map((file) => ({ ...file, patch: null }))
  return { ...facts, models, files, sources: [], comments: [], tree: null }
}
