import { tell } from '../events.ts'
import { nodeId, takeId } from '../ids.ts'
import { createUsage } from '../limits.ts'
import type { Account, Installation, Repository, State } from '../state.ts'
import { showInstallation } from '../views/account.ts'
import { fullName } from '../views/repository.ts'

/* Installing the App on the repositories of an account, and taking it away. */

export function installationFor(state: State, owner: Account): Installation | undefined {
  return state.installations.find((one) => one.account === owner)
}

export function addInstallation(
  state: State,
  owner: Account,
  ids: Set<number> | null,
): Installation {
  const installation: Installation = {
    id: takeId(state),
    account: owner,
    repositoryIds: ids,
    permissions: state.app.permissions,
    suspended: false,
    createdAt: state.now(),
    usage: createUsage(),
  }
  state.installations.push(installation)
  return installation
}

export function install(state: State, owner: Account, names: string[] | null): Installation {
  const chosen = state.repositories.filter(
    (one) => one.owner === owner && (names === null || names.includes(fullName(one))),
  )
  const ids = names === null ? null : new Set(chosen.map(({ id }) => id))
  const known = installationFor(state, owner)
  if (known) {
    known.repositoryIds = ids === null ? null : new Set([...(known.repositoryIds ?? []), ...ids])
    tellInstallation(state, known, { event: 'installation_repositories', action: 'added', chosen })
    return known
  }
  const installation = addInstallation(state, owner, ids)
  tellInstallation(state, installation, { event: 'installation', action: 'created', chosen })
  return installation
}

export function uninstall(state: State, owner: Account): void {
  const installation = installationFor(state, owner)
  if (!installation) return
  state.installations = state.installations.filter((one) => one !== installation)
  tellInstallation(state, installation, { event: 'installation', action: 'deleted', chosen: [] })
}

function tellInstallation(
  state: State,
  installation: Installation,
  happened: { event: string; action: string; chosen: Repository[] },
): void {
  const { event, action, chosen } = happened
  const listed = chosen.map((one) => ({
    id: one.id,
    node_id: nodeId('R', one.id),
    name: one.name,
    full_name: fullName(one),
    private: one.private,
  }))
  const fields =
    event === 'installation'
      ? { repositories: listed, requester: null }
      : {
          repositories_added: listed,
          repositories_removed: [],
          repository_selection: 'selected',
          requester: null,
        }
  tell(state, {
    event,
    action,
    repository: null,
    sender: installation.account,
    fields: { installation: showInstallation(state, installation), ...fields },
    installationId: installation.id,
  })
}
