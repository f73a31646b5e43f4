import { findRepository } from '../access.ts'
import { isoTime } from '../ids.ts'
import { type Shown, showActor } from './accounts.ts'
import { createCheckRun, updateCheckRunMutation } from './check-mutations.ts'
import { createCommitOnBranch } from './commit.ts'
import * as mutations from './mutations.ts'
import { showNode, unknownNode } from './nodes.ts'
import { showRepository } from './pull.ts'
import { noRepository, requireNeed, type Viewer, viewerActor } from './viewer.ts'

/*
 * The fields of Query and Mutation. Each mutation is a function from its input to its payload; what
 * it changes is told to the App as any other change.
 */

export interface Spent {
  cost: number
  limit: number
  used: number
  resetAtSeconds: number
}

type Mutation = (viewer: Viewer, input: mutations.Input) => Shown

const mutationFields: Record<string, Mutation> = {
  addComment: mutations.addCommentMutation,
  addPullRequestReview: mutations.addPullRequestReview,
  addPullRequestReviewThread: mutations.addThread,
  addPullRequestReviewThreadReply: mutations.addThreadReply,
  addReaction: mutations.addReaction,
  createCheckRun,
  createCommitOnBranch,
  minimizeComment: (viewer, input) => ({
    minimizedComment: mutations.setMinimized(
      viewer,
      String(input.subjectId),
      String(input.classifier),
    ),
  }),
  removeReaction: mutations.removeReaction,
  resolveReviewThread: (viewer, input) => mutations.setResolved(viewer, input, true),
  submitPullRequestReview: mutations.submitPullRequestReview,
  unminimizeComment: (viewer, input) => ({
    unminimizedComment: mutations.setMinimized(viewer, String(input.subjectId), null),
  }),
  unresolveReviewThread: (viewer, input) => mutations.setResolved(viewer, input, false),
  updateCheckRun: updateCheckRunMutation,
  updateIssueComment: mutations.updateIssueComment,
  updatePullRequestReviewComment: mutations.updateReviewComment,
}

/** Of these mutations GitHub counts the content they create; the others only write. */
export const contentMutations = new Set([
  'addComment',
  'addPullRequestReview',
  'addPullRequestReviewThread',
  'addPullRequestReviewThreadReply',
])

export function rootValue(viewer: Viewer, spent: Spent): Shown {
  return { ...queryFields(viewer, spent), ...boundMutations(viewer) }
}

function queryFields(viewer: Viewer, spent: Spent): Shown {
  return {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const fullName = `${owner}/${name}`
      const repository = findRepository(viewer.state, fullName)
      if (!repository) throw noRepository(fullName)
      requireNeed(viewer, repository, { permission: 'metadata', level: 'read' })
      return showRepository(viewer, repository)
    },
    node: ({ id }: { id: string }) => showNode(viewer, id),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        try {
          return showNode(viewer, id)
        } catch {
          return unknownNode(id)
        }
      }),
    viewer: () => ({ ...showActor(viewer, viewerActor(viewer).account), __typename: 'User' }),
    rateLimit: () => ({
      cost: spent.cost,
      limit: spent.limit,
      nodeCount: 0,
      remaining: Math.max(0, spent.limit - spent.used),
      resetAt: isoTime(spent.resetAtSeconds * 1000),
      used: spent.used,
    }),
  }
}

function boundMutations(viewer: Viewer): Shown {
  return Object.fromEntries(
    Object.entries(mutationFields).map(([name, mutate]) => [
      name,
      ({ input }: { input: mutations.Input }) => ({
        clientMutationId: input.clientMutationId ?? null,
        ...mutate(viewer, input),
      }),
    ]),
  )
}
