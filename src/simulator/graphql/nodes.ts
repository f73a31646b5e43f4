import { readNodeId } from '../ids.ts'
import type {
  CheckRun,
  Comment,
  Pull,
  Repository,
  Review,
  ReviewComment,
  Thread,
} from '../state.ts'
import { type Shown, showActor } from './accounts.ts'
import { showRun, showSuite } from './checks.ts'
import { showPull, showRepository } from './pull.ts'
import { showIssueComment, showReview, showReviewComment, showThread } from './remarks.ts'
import { refuse, requireNeed, type Viewer } from './viewer.ts'

/* What a node id stands for, as state (for mutations) and as shown (for `node`). */

export type Found =
  | { kind: 'R'; repository: Repository }
  | { kind: 'PR'; repository: Repository; pull: Pull }
  | { kind: 'IC'; repository: Repository; pull: Pull; comment: Comment }
  | { kind: 'PRR'; repository: Repository; pull: Pull; review: Review }
  | { kind: 'PRRT'; repository: Repository; pull: Pull; thread: Thread }
  | { kind: 'PRRC'; repository: Repository; pull: Pull; thread: Thread; comment: ReviewComment }
  | { kind: 'CR'; repository: Repository; run: CheckRun }

export type FoundOf<K extends Found['kind']> = Extract<Found, { kind: K }>

/** The node of one of these kinds, where the caller may do `permission` at `level`. */
export function require<K extends Found['kind']>(
  viewer: Viewer,
  id: string,
  kinds: readonly K[],
  need: { permission: string; level: 'read' | 'write' },
): FoundOf<K> {
  const found = findNode(viewer, id)
  if (found === null || !(kinds as readonly string[]).includes(found.kind)) throw unknownNode(id)
  requireNeed(viewer, found.repository, need)
  return found as FoundOf<K>
}

export function unknownNode(id: string): Error {
  return refuse('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
}

export function findNode({ state }: Viewer, id: string): Found | null {
  const read = readNodeId(id)
  if (read === null) return null
  for (const repository of state.repositories) {
    const found = read.kind === 'R' ? inState(repository, read.id) : inRepository(repository, read)
    if (found) return found
  }
  return null
}

export function showNode(viewer: Viewer, id: string): Shown {
  const found = findNode(viewer, id)
  if (found === null) return showAccountNode(viewer, id)
  requireNeed(viewer, found.repository, { permission: 'metadata', level: 'read' })
  switch (found.kind) {
    case 'R':
      return showRepository(viewer, found.repository)
    case 'PR':
      return showPull(viewer, found.pull)
    case 'IC':
      return showIssueComment(viewer, found.pull, found.comment)
    case 'PRR':
      return showReview(viewer, found.pull, found.review)
    case 'PRRT':
      return showThread(viewer, found.pull, found.thread)
    case 'PRRC':
      return showReviewComment(viewer, found.pull, found.thread, found.comment)
    case 'CR':
      return showRun(viewer, found.repository, found.run)
  }
}

function showAccountNode(viewer: Viewer, id: string): Shown {
  const read = readNodeId(id)
  const suite = viewer.state.repositories
    .flatMap((repository) => repository.checkSuites.map((one) => ({ repository, one })))
    .find(({ one }) => read?.kind === 'CS' && one.id === read.id)
  if (suite) return showSuite(viewer, suite.repository, suite.one)
  const account = viewer.state.accounts.find((one) => one.id === read?.id && one.type === read.kind)
  if (!account) throw unknownNode(id)
  return showActor(viewer, account)
}

interface Read {
  kind: string
  id: number
}

function inState(repository: Repository, id: number): Found | null {
  return repository.id === id ? { kind: 'R', repository } : null
}

function inRepository(repository: Repository, { kind, id }: Read): Found | null {
  if (kind === 'CR') {
    const run = repository.checkRuns.find((one) => one.id === id)
    return run ? { kind, repository, run } : null
  }
  for (const pull of repository.pulls) {
    const found = inPull(repository, pull, { kind, id })
    if (found) return found
  }
  return null
}

function inPull(repository: Repository, pull: Pull, { kind, id }: Read): Found | null {
  switch (kind) {
    case 'PR':
      return pull.id === id ? { kind, repository, pull } : null
    case 'IC': {
      const comment = pull.comments.find((one) => one.id === id)
      return comment ? { kind, repository, pull, comment } : null
    }
    case 'PRR': {
      const review = pull.reviews.find((one) => one.id === id)
      return review ? { kind, repository, pull, review } : null
    }
    case 'PRRT': {
      const thread = pull.threads.find((one) => one.id === id)
      return thread ? { kind, repository, pull, thread } : null
    }
    case 'PRRC':
      return reviewComment(repository, pull, id)
    default:
      return null
  }
}

function reviewComment(repository: Repository, pull: Pull, id: number): Found | null {
  for (const thread of pull.threads) {
    const comment = thread.comments.find((one) => one.id === id)
    if (comment) return { kind: 'PRRC', repository, pull, thread, comment }
  }
  return null
}
