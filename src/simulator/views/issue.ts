import { isoTime, nodeId } from '../ids.ts'
import type { Pull, State } from '../state.ts'
import { type Shown, showAccount } from './account.ts'
import { association, reactionCounts } from './comment.ts'
import { pullHtmlUrl, pullUrl } from './pull.ts'
import { repositoryUrl } from './repository.ts'

/** A pull request as the issue it also is. */
export function showIssue(state: State, pull: Pull): Shown {
  const url = `${repositoryUrl(state, pull.repository)}/issues/${pull.number}`
  const html = pullHtmlUrl(state, pull)
  return {
    url,
    repository_url: repositoryUrl(state, pull.repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    title: pull.title,
    user: showAccount(state, pull.author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.comments.length,
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : isoTime(pull.closedAt),
    author_association: association(pull, pull.author.login),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: pullUrl(state, pull),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.mergedAt === null ? null : isoTime(pull.mergedAt),
    },
    body: pull.body,
    reactions: reactionCounts(url, []),
    state_reason: null,
  }
}
