import { nodeId } from '../ids.ts'
import type { Account } from '../state.ts'
import { accountNodeId } from '../views/account.ts'
import type { Viewer } from './viewer.ts'

/* Accounts and the App. A bot's login has no "[bot]" here, other than in REST. */

export type Shown = Record<string, unknown>

export function showActor({ state }: Viewer, account: Account): Shown {
  const login = account.login.replace(/\[bot\]$/, '')
  const url = `${state.htmlUrl}/${account.type === 'Bot' ? `apps/${login}` : login}`
  return {
    __typename: account.type,
    id: accountNodeId(account),
    databaseId: account.id,
    login,
    url,
    avatarUrl: `${state.htmlUrl}/avatars/u/${account.id}?v=4`,
  }
}

export function showGraphqlApp({ state: { app } }: Viewer): Shown {
  return {
    __typename: 'App',
    id: nodeId('A', app.id),
    databaseId: app.id,
    clientId: app.clientId,
    slug: app.slug,
    name: app.name,
  }
}
