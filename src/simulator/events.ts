import { randomUUID } from 'node:crypto'
import { installationOf } from './access.ts'
import { nodeId, takeId } from './ids.ts'
import type { Account, Delivery, Pull, Repository, State } from './state.ts'
import { type Shown, showAccount } from './views/account.ts'
import { showPull } from './views/pull.ts'
import { showRepository } from './views/repository.ts'

/*
 * Every change of state tells the App, as on GitHub: the payload is made at that moment and the
 * delivery waits, in order, to be sent. What the App itself changes comes back to it too.
 */

/** Events that reach an App whether it subscribed to them or not. */
const unsubscribable = new Set(['installation', 'installation_repositories'])

export interface Happening {
  event: string
  action: string | null
  repository: Repository | null
  sender: Account
  /** What the payload holds beside action, repository, sender and installation. */
  fields: Shown
  installationId?: number
}

/** Makes the payload and queues the delivery; null when no installation is to be told. */
export function tell(state: State, happening: Happening): Delivery | null {
  const { event, action, repository, sender, fields } = happening
  const found = repository === null ? null : installationOf(state, repository)
  const installationId = happening.installationId ?? found
  if (installationId === null) return null
  if (!unsubscribable.has(event) && !state.app.events.includes(event)) return null
  const payload = {
    ...(action === null ? {} : { action }),
    ...fields,
    ...(repository === null ? {} : placeFields(state, repository)),
    sender: showAccount(state, sender),
    // An `installation` event brings the whole installation itself.
    ...('installation' in fields
      ? {}
      : { installation: { id: installationId, node_id: nodeId('I', installationId) } }),
  }
  const delivery: Delivery = {
    id: takeId(state),
    guid: randomUUID(),
    event,
    action,
    payload: structuredClone(payload) as Delivery['payload'],
    redelivery: false,
    statusCode: null,
    deliveredAt: state.now(),
    installationId,
    repositoryId: repository?.id ?? null,
  }
  state.deliveries.push(delivery)
  return delivery
}

/** `more` is what this action brings beside the pull request: `before`, `changes`, a label … */
export function tellPull(
  state: State,
  pull: Pull,
  happened: { action: string; sender: Account; more?: Shown },
): Delivery | null {
  return tell(state, {
    event: 'pull_request',
    action: happened.action,
    repository: pull.repository,
    sender: happened.sender,
    fields: { number: pull.number, pull_request: showPull(state, pull), ...happened.more },
  })
}

function placeFields(state: State, repository: Repository): Shown {
  const { owner } = repository
  if (owner.type !== 'Organization') return { repository: showRepository(state, repository) }
  return {
    repository: showRepository(state, repository),
    organization: showOrganisation(state, owner),
  }
}

function showOrganisation(state: State, account: Account): Shown {
  const url = `${state.apiUrl}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${state.htmlUrl}/avatars/u/${account.id}?v=4`,
    description: null,
  }
}
