import { describe, expect, test } from '@jest/globals'
import type { AcceptRule } from '../../../src/policy/policy.ts'
import type { Permission } from '../../../src/pull-request/facts.ts'
import { finding, judge, type World } from '../decisions-world.ts'

/*
 * Who may decide: person × policy → yes or why not. The same for `accept`, `no-effect` and for
 * taking back what others decided; the table is walked once for each of the three.
 *
 *   yes   the decision holds         perm   not permitted        ?   nobody knows the permission
 *   auth  it is their own change     ghost  the account is gone
 */

const policies: Record<string, Partial<AcceptRule>> = {
  maintain: {},
  write: { permission: 'write' },
  admin: { permission: 'admin' },
  users: { permission: null, users: ['uma', 'Rita'] },
  team: { permission: null, teams: ['security'] },
  nobody: { permission: null },
  author: { permission: 'write', author: true },
}

const people: Record<string, { permission: Permission | null; teams?: string[] }> = {
  alma: { permission: 'admin' },
  mia: { permission: 'maintain' },
  wil: { permission: 'write' },
  tom: { permission: 'triage' },
  rita: { permission: 'read' },
  nora: { permission: 'none' },
  /** The look-up failed. */
  ulla: { permission: 'unknown' },
  /** Nobody looked. */
  zoe: { permission: null },
  /** Named in the policy, and a collaborator. */
  uma: { permission: 'triage' },
  /** In the team, and may only read. */
  sam: { permission: 'read', teams: ['Security'] },
  /** Was in the team and has left the organisation. */
  lev: { permission: 'none', teams: ['security'] },
  /** The author of the pull request, with all rights. */
  dana: { permission: 'admin' },
  ghost: { permission: 'admin' },
}

const table = `
          maintain  write  admin  users  team   nobody  author
  alma    yes       yes    yes    perm   perm   perm    yes
  mia     yes       yes    perm   perm   perm   perm    yes
  wil     perm      yes    perm   perm   perm   perm    yes
  tom     perm      perm   perm   perm   perm   perm    perm
  rita    perm      perm   perm   perm   perm   perm    perm
  nora    perm      perm   perm   perm   perm   perm    perm
  ulla    ?         ?      ?      ?      ?      ?       ?
  zoe     ?         ?      ?      ?      ?      ?       ?
  uma     perm      perm   perm   yes    perm   perm    perm
  sam     perm      perm   perm   perm   yes    perm    perm
  lev     perm      perm   perm   perm   perm   perm    perm
  dana    auth      auth   auth   auth   auth   auth    yes
  ghost   ghost     ghost  ghost  ghost  ghost  ghost   ghost`

const words: Record<string, string> = {
  yes: 'holds',
  perm: 'not-permitted',
  auth: 'is-author',
  '?': 'permission-unknown',
  ghost: 'ghost',
}

const threat = finding('Reading the roster')
const touched = finding('The roster', { rule: 'code-touches-asset', level: 'warning' })

function stateAfter(login: string, rule: Partial<AcceptRule>, comments: World['comments']): string {
  const known = Object.entries(people).filter(([, person]) => person.permission !== null)
  const decisions = judge({
    findings: [threat, touched],
    comments,
    people: Object.fromEntries(known.map(([name, p]) => [name, p.permission ?? 'unknown'])),
    teams: Object.fromEntries(known.map(([name, p]) => [name, p.teams ?? []])),
    rule,
  })
  return decisions.list.filter((decision) => decision.by === login).at(-1)?.state ?? 'none'
}

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const [head = [], ...body] = rows
const cells = body.flatMap(([login = '', ...marks]) =>
  marks.map((mark, i) => ({ login, policy: head[i] ?? '', wanted: words[mark] ?? 'unreadable' })),
)

test('the table names every person and every policy', () => {
  expect(head).toEqual(Object.keys(policies))
  expect(body.map(([login]) => login)).toEqual(Object.keys(people))
})

describe('accept', () => {
  test.each(cells)('$login under the policy "$policy": $wanted', ({ login, policy, wanted }) => {
    const text = '/threat-model accept #1 because the server is switched off'
    expect(stateAfter(login, policies[policy] ?? {}, [{ by: login, text }])).toBe(wanted)
  })
})

describe('no-effect', () => {
  test.each(cells)('$login under the policy "$policy": $wanted', ({ login, policy, wanted }) => {
    const text = '/threat-model no-effect "The roster" because only logs changed'
    expect(stateAfter(login, policies[policy] ?? {}, [{ by: login, text }])).toBe(wanted)
  })
})

describe('withdraw what others decided', () => {
  test.each(cells)('$login under the policy "$policy": $wanted', ({ login, policy, wanted }) => {
    const other = { by: 'olga', text: '/threat-model accept #1 because the server goes' }
    const mine = { by: login, text: '/threat-model withdraw #1' }
    const state = stateAfter(login, policies[policy] ?? {}, [other, mine])
    expect(state).toBe(wanted === 'holds' ? 'took-back' : wanted)
  })
})

describe('withdraw what one decided oneself', () => {
  test.each(cells)('$login under the policy "$policy": always', ({ login, policy }) => {
    const comments = [
      { by: login, text: '/threat-model accept #1 because the server goes' },
      { by: login, text: '/threat-model withdraw #1' },
    ]
    expect(stateAfter(login, policies[policy] ?? {}, comments)).toBe('took-back')
  })
})

describe('asking', () => {
  const commands = ['help', 'status', 'recheck', 'explain x', 'link src/** "The roster"', 'init']
  test.each(commands)('%s may be asked by everybody', (command) => {
    const decisions = judge({
      findings: [threat],
      comments: [{ by: 'nora', text: `/threat-model ${command}` }],
      people: { nora: 'none' },
    })
    expect(decisions.comments.map(({ results }) => results.length)).toEqual([1])
    expect(decisions.list).toEqual([])
  })
})

test('a login is compared without regard to case', () => {
  const comments = [{ by: 'MIA', text: '/threat-model accept #1 because the server goes' }]
  expect(stateAfter('MIA', {}, comments)).toBe('holds')
})
