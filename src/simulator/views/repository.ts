import { isoTime, nodeId } from '../ids.ts'
import type { Repository, State } from '../state.ts'
import { type Shown, showAccount } from './account.ts'

/* A repository as GitHub's API shows it: the short form, and the one with counts and settings. */

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`
}

export function repositoryUrl(state: State, repository: Repository): string {
  return `${state.apiUrl}/repos/${fullName(repository)}`
}

export function repositoryHtmlUrl(state: State, repository: Repository): string {
  return `${state.htmlUrl}/${fullName(repository)}`
}

/** Addresses below the repository, by the field that holds them. */
const addresses: Record<string, string> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

export function showMinimalRepository(state: State, repository: Repository): Shown {
  const url = repositoryUrl(state, repository)
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: showAccount(state, repository.owner),
    html_url: repositoryHtmlUrl(state, repository),
    description: null,
    fork: repository.parent !== null,
    url,
    ...Object.fromEntries(
      Object.entries(addresses).map(([field, address]) => [field, `${url}${address}`]),
    ),
  }
}

export function showRepository(state: State, repository: Repository): Shown {
  const html = repositoryHtmlUrl(state, repository)
  const open = repository.pulls.filter((pull) => pull.state === 'open').length
  return {
    ...showMinimalRepository(state, repository),
    git_url: `${html.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@github.com:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    visibility: repository.private ? 'private' : 'public',
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.pushedAt),
    pushed_at: isoTime(repository.pushedAt),
    ...counts(open),
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    topics: [],
  }
}

export function showFullRepository(state: State, repository: Repository): Shown {
  const { parent } = repository
  return {
    ...showRepository(state, repository),
    network_count: 0,
    subscribers_count: 0,
    ...(parent
      ? { parent: showRepository(state, parent), source: showRepository(state, parent) }
      : {}),
  }
}

function counts(open: number): Shown {
  return {
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: open,
    open_issues_count: open,
  }
}
