import { isoTime, nodeId } from '../ids.ts'
import type { Account, App, Installation, State } from '../state.ts'

/* Accounts, the App and its installations as GitHub's API shows them. */

export type Shown = Record<string, unknown>

export function showAccount(state: State, account: Account): Shown {
  const url = `${state.apiUrl}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${state.htmlUrl}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${state.htmlUrl}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

export function accountNodeId(account: Account): string {
  return nodeId(account.type, account.id)
}

export function showApp(state: State, app: App): Shown {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: showAccount(state, app.owner),
    name: app.name,
    description: null,
    external_url: `https://${app.slug}.example`,
    html_url: `${state.htmlUrl}/apps/${app.slug}`,
    created_at: isoTime(app.createdAt),
    updated_at: isoTime(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  }
}

export function showInstallation(state: State, installation: Installation): Shown {
  const { id, account } = installation
  return {
    id,
    client_id: state.app.clientId,
    account: showAccount(state, account),
    repository_selection: installation.repositoryIds === null ? 'all' : 'selected',
    access_tokens_url: `${state.apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${state.apiUrl}/installation/repositories`,
    html_url: `${state.htmlUrl}/settings/installations/${id}`,
    app_id: state.app.id,
    app_slug: state.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: state.app.events,
    created_at: isoTime(installation.createdAt),
    updated_at: isoTime(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspended ? showAccount(state, account) : null,
    suspended_at: installation.suspended ? isoTime(state.now()) : null,
  }
}
