import { randomBytes } from 'node:crypto'
import { createUsage } from './limits.ts'
import type { Account, Installation, Permissions, State, Token } from './state.ts'

/*
 * Tokens as GitHub issues them since 2026: an installation's is `ghs_`, the App's id, and a signed
 * part; it is not 40 characters long, which is what a filter for secrets must know.
 *
 * A token does not die by the simulated clock: clients keep theirs by the clock on the wall, and a
 * test that moves an hour ahead would meet a refusal that no real client meets. `expireTokens` ends
 * them on purpose.
 */
const tokenLifeMs = 3_600_000
const personLifeMs = 365 * 24 * 3_600_000

export function issueToken(
  state: State,
  installation: Installation,
  permissions: Permissions,
  repositoryIds: Set<number> | null,
): Token {
  const part = (bytes: number): string => randomBytes(bytes).toString('base64url')
  const token: Token = {
    value: `ghs_${state.app.id}_${part(27)}.${part(60)}.${part(48)}`,
    installation,
    user: null,
    repositoryIds,
    permissions,
    expiresAt: state.now() + tokenLifeMs,
    usage: installation.usage,
  }
  state.tokens.set(token.value, token)
  return token
}

export function issuePersonalToken(state: State, user: Account): Token {
  const token: Token = {
    value: `github_pat_${randomBytes(41).toString('hex')}`,
    installation: null,
    user,
    repositoryIds: null,
    permissions: {},
    expiresAt: state.now() + personLifeMs,
    usage: createUsage(),
  }
  state.tokens.set(token.value, token)
  return token
}
