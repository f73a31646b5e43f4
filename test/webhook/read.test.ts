import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSimulator } from '../../src/simulator/simulator.ts'
import { type OwnApp, type Reading, readDelivery } from '../../src/webhook/read.ts'
import './read/registration.ts'

const app: OwnApp = {
  id: 4711,
  checkName: 'Threat model',
  policyPath: '.github/threat-model.yml',
}
const repository = { id: 5, full_name: 'acme/chat', default_branch: 'main' }
const installation = { id: 9 }

function read(
  event: string,
  payload: object,
  more: object = { installation, repository },
): Reading {
  const whole = { ...more, ...payload } as Record<string, unknown>
  return readDelivery({ id: 'd1', event, payload: whole, receivedAt: 1 }, app)
}

/** The reading in a few words. */
function place(reading: Reading): string {
  switch (reading.look) {
    case 'nowhere':
      return 'nowhere'
    case 'pulls':
      return `pulls ${reading.pulls.map((pull) => pull.number).join(' ')}`
    case 'commit':
      return `commit ${reading.sha}`
    case 'base':
      return `base ${reading.branch}`
    case 'repositories':
      return `repositories ${reading.repositories.map((one) => one.name).join(' ')}`
  }
}

const pull = { number: 7, base: { sha: 'b' }, head: { sha: 'h' } }
const run = { app: { id: 4711 }, external_id: '5/7', pull_requests: [] }
const suite = { app: { id: 4711 }, head_sha: 'abc', pull_requests: [] }
const person = { type: 'User', login: 'kim' }
const command = { body: 'Yes.\n/threat-model accept all because …', user: person }
const onPull = { issue: { number: 7, pull_request: {} } }
const touched = (path: string) => [{ added: [], removed: [], modified: [path] }]

describe('where to look', () => {
  test.each<[string, string, object, string]>([
    ['opened', 'pull_request', { action: 'opened', pull_request: pull }, 'pulls 7'],
    ['pushed to', 'pull_request', { action: 'synchronize', pull_request: pull }, 'pulls 7'],
    ['reopened', 'pull_request', { action: 'reopened', pull_request: pull }, 'pulls 7'],
    ['ready', 'pull_request', { action: 'ready_for_review', pull_request: pull }, 'pulls 7'],
    ['closed', 'pull_request', { action: 'closed', pull_request: pull }, 'nowhere'],
    ['labelled', 'pull_request', { action: 'labeled', pull_request: pull }, 'nowhere'],
    [
      'another base',
      'pull_request',
      { action: 'edited', changes: { base: {} }, pull_request: pull },
      'pulls 7',
    ],
    [
      'another title',
      'pull_request',
      { action: 'edited', changes: { title: {} }, pull_request: pull },
      'nowhere',
    ],
    [
      'queued',
      'merge_group',
      {
        action: 'checks_requested',
        merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-0123456789abcdef' },
      },
      'pulls 7',
    ],
    ['taken from the queue', 'merge_group', { action: 'destroyed' }, 'nowhere'],
    ['run again', 'check_run', { action: 'rerequested', check_run: run }, 'pulls 7'],
    [
      'run again, by its list',
      'check_run',
      {
        action: 'rerequested',
        check_run: { app: { id: 4711 }, pull_requests: [{ number: 3 }, { number: 4 }] },
      },
      'pulls 3 4',
    ],
    [
      'run of another repository',
      'check_run',
      { action: 'rerequested', check_run: { ...run, external_id: '6/7' } },
      'nowhere',
    ],
    [
      "another App's run",
      'check_run',
      { action: 'rerequested', check_run: { ...run, app: { id: 1 } } },
      'nowhere',
    ],
    ['our own run', 'check_run', { action: 'completed', check_run: run }, 'nowhere'],
    [
      'suite again, fork',
      'check_suite',
      { action: 'rerequested', check_suite: suite },
      'commit abc',
    ],
    [
      'suite again',
      'check_suite',
      { action: 'rerequested', check_suite: { ...suite, pull_requests: [{ number: 7 }] } },
      'pulls 7',
    ],
    ['suite of a push', 'check_suite', { action: 'requested', check_suite: suite }, 'nowhere'],
    ['a command', 'issue_comment', { action: 'created', comment: command, ...onPull }, 'pulls 7'],
    [
      'a command edited away',
      'issue_comment',
      {
        action: 'edited',
        comment: { body: 'No.', user: person },
        changes: { body: { from: command.body } },
        ...onPull,
      },
      'pulls 7',
    ],
    [
      'a command deleted',
      'issue_comment',
      { action: 'deleted', comment: command, ...onPull },
      'pulls 7',
    ],
    [
      'chatter',
      'issue_comment',
      { action: 'created', comment: { body: 'Nice.', user: person }, ...onPull },
      'nowhere',
    ],
    [
      'a command of a program',
      'issue_comment',
      { action: 'created', comment: { ...command, user: { type: 'Bot' } }, ...onPull },
      'nowhere',
    ],
    [
      'a command in an issue',
      'issue_comment',
      { action: 'created', comment: command, issue: { number: 7 } },
      'nowhere',
    ],
    [
      'a command in a review',
      'pull_request_review',
      { action: 'submitted', review: command, pull_request: pull },
      'pulls 7',
    ],
    [
      'a command below a line',
      'pull_request_review_comment',
      { action: 'created', comment: command, pull_request: pull },
      'pulls 7',
    ],
    [
      'policy pushed',
      'push',
      { ref: 'refs/heads/v1', commits: touched(app.policyPath) },
      'base v1',
    ],
    [
      'model pushed',
      'push',
      { ref: 'refs/heads/main', commits: touched('THREATS.md') },
      'base main',
    ],
    [
      'model on a topic branch',
      'push',
      { ref: 'refs/heads/t', commits: touched('THREATS.md') },
      'nowhere',
    ],
    ['code pushed', 'push', { ref: 'refs/heads/main', commits: touched('a.ts') }, 'nowhere'],
    [
      'history rewritten',
      'push',
      { ref: 'refs/heads/main', forced: true, commits: [] },
      'base main',
    ],
    ['branch deleted', 'push', { ref: 'refs/heads/main', deleted: true }, 'nowhere'],
    ['a tag', 'push', { ref: 'refs/tags/v1', commits: touched(app.policyPath) }, 'nowhere'],
    [
      'installed',
      'installation',
      { action: 'created', repositories: [repository] },
      'repositories chat',
    ],
    [
      'repository added',
      'installation_repositories',
      { action: 'added', repositories_added: [repository] },
      'repositories chat',
    ],
    ['uninstalled', 'installation', { action: 'deleted', repositories: [repository] }, 'nowhere'],
    ['a star', 'star', { action: 'created' }, 'nowhere'],
    ['a name of every object', 'constructor', {}, 'nowhere'],
  ])('%s', (_, event, payload, want) => {
    expect(place(read(event, payload))).toBe(want)
  })

  test('a delivery without an installation leads nowhere', () => {
    const reading = read('pull_request', { action: 'opened', pull_request: pull }, { repository })
    expect(place(reading)).toBe('nowhere')
  })

  test('the commits are a guess, the button is a cause', () => {
    const opened = read('pull_request', { action: 'opened', pull_request: pull })
    expect(opened).toMatchObject({ cause: { ends: { base: 'b', head: 'h' } } })
    const asked = { action: 'requested_action', requested_action: { identifier: 'recheck' } }
    expect(read('check_run', { ...asked, check_run: run })).toMatchObject({
      cause: { delivery: 'd1', event: 'check_run', action: 'requested_action: recheck' },
    })
  })

  test('whatever the payload, it is read without an exception', () => {
    const events = [
      'pull_request',
      'merge_group',
      'check_run',
      'check_suite',
      'issue_comment',
      'push',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.object({ maxDepth: 4 }), (event, payload) => {
        expect(typeof place(read(event, payload))).toBe('string')
      }),
    )
  })
})

test('everything that the simulated GitHub sends about a pull request can be read', () => {
  const github = createSimulator()
  const repo = github.repository('acme/chat', { files: { 'THREATS.md': '# Threats\n' } })
  repo.branch('x', { edit: { 'a.ts': '1' } })
  const opened = repo.openPullRequest({ head: 'x', author: 'sam' })
  opened.comment('kim', '/threat-model status')
  opened.retarget('main')
  opened.queue()
  const looks = github.take().map(({ id, event, body }) => {
    const delivered = { id, event, payload: JSON.parse(body), receivedAt: 1 }
    return `${event} ${place(readDelivery(delivered, { ...app, id: github.app.id }))}`
  })
  expect(looks).toContain('pull_request pulls 1')
  expect(looks).toContain('issue_comment pulls 1')
  expect(looks).toContain('merge_group pulls 1')
})
