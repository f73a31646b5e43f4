import type { Need } from '../access.ts'
import * as apps from './apps.ts'
import type { Route } from './call.ts'
import * as checks from './checks.ts'
import * as comments from './comments.ts'
import * as contents from './contents.ts'
import * as deliveries from './deliveries.ts'
import * as git from './git.ts'
import * as people from './people.ts'
import * as pulls from './pulls.ts'

/*
 * Every operation of openapi.json with its route and the permission GitHub asks for
 * (docs.github.com, "Permissions required for GitHub Apps").
 */
export interface TableEntry {
  route: Route
  need: Need
}

const contentsRead: Need = { permission: 'contents', level: 'read' }
const metadataRead: Need = { permission: 'metadata', level: 'read' }
const pullsRead: Need = { permission: 'pull_requests', level: 'read' }
const pullsWrite: Need = { permission: 'pull_requests', level: 'write' }
const checksRead: Need = { permission: 'checks', level: 'read' }
const checksWrite: Need = { permission: 'checks', level: 'write' }

export const routes: Record<string, TableEntry> = {
  'apps/get-authenticated': { route: apps.getApp, need: metadataRead },
  'apps/list-installations': { route: apps.listInstallations, need: metadataRead },
  'apps/get-installation': { route: apps.getInstallation, need: metadataRead },
  'apps/create-installation-access-token': { route: apps.createToken, need: metadataRead },
  'apps/get-repo-installation': { route: apps.getRepositoryInstallation, need: metadataRead },
  'apps/list-repos-accessible-to-installation': {
    route: apps.listInstalledRepositories,
    need: metadataRead,
  },
  'apps/list-webhook-deliveries': { route: deliveries.listDeliveries, need: metadataRead },
  'apps/get-webhook-delivery': { route: deliveries.getDelivery, need: metadataRead },
  'apps/redeliver-webhook-delivery': { route: deliveries.redeliver, need: metadataRead },
  'rate-limit/get': { route: apps.getRateLimit, need: metadataRead },
  'repos/get': { route: apps.getRepository, need: metadataRead },
  'repos/compare-commits': { route: git.compare, need: contentsRead },
  'repos/compare-commits-with-basehead': { route: git.compare, need: contentsRead },
  'repos/get-content': { route: contents.getContent, need: contentsRead },
  'repos/get-commit': { route: git.getCommit, need: contentsRead },
  'repos/list-pull-requests-associated-with-commit': {
    route: pulls.pullsOfCommit,
    need: pullsRead,
  },
  'repos/get-collaborator-permission-level': { route: people.getPermission, need: metadataRead },
  'git/get-tree': { route: git.getTree, need: contentsRead },
  'git/get-blob': { route: git.getBlob, need: contentsRead },
  'git/get-ref': { route: git.getRef, need: contentsRead },
  'pulls/list': { route: pulls.listPulls, need: pullsRead },
  'pulls/get': { route: pulls.getPull, need: pullsRead },
  'pulls/list-files': { route: pulls.listFiles, need: pullsRead },
  'pulls/list-commits': { route: pulls.listCommits, need: pullsRead },
  'pulls/list-reviews': { route: pulls.listReviews, need: pullsRead },
  'pulls/create-review': { route: pulls.createReview, need: pullsWrite },
  'pulls/list-review-comments': { route: pulls.listReviewComments, need: pullsRead },
  'pulls/create-review-comment': { route: pulls.createReviewComment, need: pullsWrite },
  'pulls/create-reply-for-review-comment': {
    route: pulls.replyToReviewComment,
    need: pullsWrite,
  },
  'pulls/update-review-comment': { route: comments.updateReviewComment, need: pullsWrite },
  'checks/create': { route: checks.createCheck, need: checksWrite },
  'checks/update': { route: checks.updateCheck, need: checksWrite },
  'checks/get': { route: checks.getCheck, need: checksRead },
  'checks/list-annotations': { route: checks.listAnnotations, need: checksRead },
  'checks/list-for-ref': { route: checks.listChecks, need: checksRead },
  'checks/list-suites-for-ref': { route: checks.listSuites, need: checksRead },
  'issues/list-comments': { route: comments.listComments, need: pullsRead },
  'issues/get-comment': { route: comments.getComment, need: pullsRead },
  'issues/create-comment': { route: comments.createComment, need: pullsWrite },
  'issues/update-comment': { route: comments.updateComment, need: pullsWrite },
  'reactions/create-for-issue-comment': { route: comments.reactToComment, need: pullsWrite },
  'reactions/list-for-issue-comment': { route: comments.listReactions, need: pullsRead },
  'reactions/create-for-pull-request-review-comment': {
    route: comments.reactToReviewComment,
    need: pullsWrite,
  },
  'teams/get-membership-for-user-in-org': {
    route: people.getTeamMembership,
    need: metadataRead,
  },
}
