import { mayConcernUs } from '../command/read.ts'
import type { DocumentPair } from '../pull-request/documents.ts'
import { headPaths } from '../pull-request/documents.ts'
import type {
  CommentFacts,
  DocumentVersion,
  ModelVersions,
  PermissionFacts,
  PolicyFacts,
  PullFacts,
  PullRequestFacts,
  SourceText,
} from '../pull-request/facts.ts'
import type { Gathered, MergeGroup } from '../pull-request/reader.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import { type Conversation, commentFacts, isCut, ownPosts, ownReplies } from './conversation.ts'
import { absent, readFileAnswer, unreadable } from './documents.ts'
import { sourceBytesMax } from './limits.ts'
import {
  type ChecksAnswer,
  type CommitAnswer,
  type LookAnswer,
  type PolicyAnswer,
  type PullAnswer,
  type RemarkAnswer,
  seen,
} from './look-answer.ts'
import type { Compared, Shelf } from './shelf.ts'
import type { Wanted } from './wanted.ts'

/* Puts together what was found. Pure: GitHub's answers in, facts out. */

export interface Found {
  target: PullRequestRef
  compared: Compared
  shelf: Shelf
  wanted: Wanted
  nodes: { repository: string }
  pull: PullAnswer
  head: CommitAnswer & PolicyAnswer & ChecksAnswer
  organisation: LookAnswer['organisation']
  conversation: Conversation
  /** The compared commits are those of a merge queue. */
  queued: boolean
}

export interface Known {
  today: string
  policyPath: string
  permissions: PermissionFacts[]
}

export function gatheredFrom(found: Found, known: Known): Gathered {
  const { pull, compared } = found
  const { comparison } = compared
  const facts: PullRequestFacts = {
    schema: 'threat-model-facts/1',
    today: known.today,
    pull: pullFacts(found),
    base: { ref: pull.baseRefName, sha: pull.baseRef?.target?.oid ?? pull.baseRefOid },
    head: { ref: pull.headRefName, sha: compared.head },
    mergeBase: comparison.mergeBase?.sha ?? null,
    files: comparison.files.map(({ blob: _, ...file }) => file),
    filesTruncated: isTruncated(found),
    models: modelVersions(found),
    policy: policyFacts(found, known.policyPath),
    tree: treePaths(found),
    sources: sourceTexts(found),
    comments: commentFacts(found.conversation),
    permissions: known.permissions,
    headKnownAt: headKnownAt(found.head, pull),
    ownReplies: ownReplies(found.conversation),
    ...(isCut(found.conversation) ? { conversationCut: true as const } : {}),
  }
  return {
    facts,
    own: ownPosts(found.conversation, found.head),
    nodes: { pull: pull.id, repository: found.nodes.repository },
    mergeGroup: mergeGroup(pull),
  }
}

/**
 * Comments whose authors' permission matters, those that matter most last: so many people are asked
 * for and no more, and strangers by the dozen must not crowd out who belongs here.
 */
export function mayDecide(found: Found): CommentFacts[] {
  const { conversation } = found
  const remarks = [
    ...conversation.comments,
    ...conversation.reviews,
    ...threadRemarks(conversation),
  ]
  const insiders = new Set(remarks.filter(isInsider).map((remark) => remark.author?.login))
  const comments = commentFacts(conversation).filter((comment) => mayConcernUs(comment.body))
  const [strangers, known] = [false, true].map((is) =>
    comments.filter((comment) => insiders.has(comment.author) === is),
  )
  return [...(strangers ?? []), ...(known ?? [])]
}

function threadRemarks({ threads }: Conversation): RemarkAnswer[] {
  return threads.flatMap((thread) => [...seen(thread.opening), ...seen(thread.latest)])
}

function isInsider({ authorAssociation = '' }: RemarkAnswer): boolean {
  return ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(authorAssociation)
}

function pullFacts({ pull, target }: Found): PullFacts {
  return {
    repository: target.repository,
    number: target.number,
    title: pull.title,
    author: pull.author?.login ?? 'ghost',
    pusher: lastPusher(pull),
    draft: pull.isDraft,
    open: pull.state === 'OPEN',
    fromFork: pull.isCrossRepository,
  }
}

function isTruncated({ compared, pull, queued }: Found): boolean {
  const { complete, files } = compared.comparison
  return !complete || (!queued && files.length < pull.changedFiles)
}

function modelVersions({ compared, shelf, wanted }: Found): ModelVersions[] {
  const { complete } = compared.comparison
  const version = (side: 'before' | 'head', path: string | null): DocumentVersion =>
    path === null ? absent() : (shelf[side].known(path) ?? unreadable('not-fetched'))
  const one = (pair: DocumentPair): ModelVersions => {
    const base = version('before', pair.basePath)
    const head = pair.changed || !complete ? version('head', pair.headPath) : base
    return { path: pair.path, previousPath: pair.previousPath, base, head }
  }
  return wanted.pairs
    .map(one)
    .filter(({ base, head }) => base.state !== 'absent' || head.state !== 'absent')
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The base branch may have a newer policy than the head: that is no change by the pull request. */
function policyFacts({ pull, head, organisation, compared }: Found, path: string): PolicyFacts {
  const target = pull.baseRef?.target
  const base = target ? readFileAnswer(target.policy).version : unreadable('not-fetched')
  const { files, complete } = compared.comparison
  const touched = !complete || files.some((f) => f.path === path || f.previousPath === path)
  return {
    path,
    base,
    head: touched ? readFileAnswer(head.policy).version : base,
    organisation: readFileAnswer(organisation?.defaultBranchRef?.target?.policy).version,
  }
}

function treePaths({ compared }: Found): string[] | null {
  const { tree, comparison } = compared
  return tree && comparison.complete ? headPaths(tree.entries.keys(), comparison.files) : null
}

function sourceTexts({ shelf, wanted }: Found): SourceText[] {
  const asked = wanted.sourcePaths.flatMap((path): SourceText[] => {
    const version = shelf.head.known(path)
    const text = version?.state === 'present' ? version.text : null
    return text === null || text.length > sourceBytesMax ? [] : [{ path, text }]
  })
  return [...wanted.patchSources, ...asked].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * GitHub makes our check suite when a commit is first pushed; dates inside commits are only claims.
 * A commit that was there before can be forced back, or be compared with another base: then whoever
 * wrote in between saw something else.
 */
function headKnownAt(head: ChecksAnswer, pull: PullAnswer): string | null {
  const first = seen(head.checkSuites)
    .map((suite) => suite.createdAt)
    .sort()[0]
  const turn = seen(pull.timelineItems)[0]?.createdAt ?? ''
  return first === undefined ? null : ([first, turn].sort().at(-1) ?? null)
}

/** Programs aside, ours too: what one adds at somebody's order makes nobody's work another's. */
function lastPusher({ commits }: PullAnswer): string | null {
  const pushers = seen(commits)
    .flatMap(({ commit }) => seen(commit.checkSuites))
    .flatMap(({ push }) => push?.pusher ?? [])
    .filter((pusher) => pusher.__typename !== 'Bot')
  return pushers.at(-1)?.login ?? null
}

function mergeGroup(pull: PullAnswer): MergeGroup | null {
  const base = pull.mergeQueueEntry?.baseCommit?.oid
  const head = pull.mergeQueueEntry?.headCommit?.oid
  return base && head ? { base, head } : null
}
