import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import type { Simulator } from '../../src/simulator/simulator.ts'

/* Real clients for the simulated GitHub: as the App, as one installation, as a person. */

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export function appClient(github: Simulator): Octokit {
  return client(github, { authStrategy: createAppAuth, auth: appAuth(github) })
}

export function installationClient(github: Simulator, account = 'acme'): Octokit {
  const installation = github.state.installations.find((one) => one.account.login === account)
  const auth = { ...appAuth(github), installationId: installation?.id }
  return client(github, { authStrategy: createAppAuth, auth })
}

export function personClient(github: Simulator, login: string): Octokit {
  return client(github, { auth: github.personalToken(login) })
}

export function anonymousClient(github: Simulator): Octokit {
  return client(github, {})
}

function appAuth(github: Simulator): Record<string, unknown> {
  return { appId: github.app.id, privateKey: github.app.privateKey }
}

function client(github: Simulator, options: Record<string, unknown>): Octokit {
  return new Octokit({ ...options, log: quiet, request: { fetch: github.fetch } })
}
