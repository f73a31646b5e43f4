import type { Block } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Role } from '../vocabulary/vocabulary.ts'
import { nameOf } from './names.ts'

/*
 * "What the design guarantees" may be answered by what it does not:
 *
 *   - **The sender is not authenticated.** Anybody can sign.
 *   - **Locks are advisory.** Nothing stops a second writer.
 *   - **There is no confidentiality.** All is read by all.
 */

/** What a list below a promise means: the opposite, where half of it denies controls. */
export function meantBy(block: Block, role: Role | null): Role | null {
  if (role !== 'protected' || block.type !== 'list') return role
  const denied = block.entries.filter(({ head }) => deniesControl.test(nameOf(head)))
  return denied.length >= fewest && denied.length * 2 >= block.entries.length ? 'unprotected' : role
}

const fewest = 2

const deniesControl = pattern(
  'i',
  String.raw`\b(?:is|are) not (?:\w+ly )?(?:authenticated|encrypted|signed|verified|enforced`,
  '|checked|validated|isolated|sandboxed|protected|confidential|private',
  '|guaranteed|mitigated|prevented',
  String.raw`|defended)(?=\W*$|[,;—–-])`,
  String.raw`|^\W*there (?:is|are) no (?:\w+ )?(?:confidentiality|integrity|authentication`,
  '|authori[sz]ation|encryption|isolation|protection|guarantees?|boundary|sandbox)',
  String.raw`|\b(?:is|are) (?:only |merely )?(?:advisory|an? convention|best[- ]effort)\b`,
  String.raw`|^\W*nothing (?:stops|prevents|protects|enforces|keeps)\b`,
)
