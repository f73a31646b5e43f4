import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { createSimulator } from '../../../src/simulator/simulator.ts'
import { readDelivery } from '../../../src/webhook/read.ts'

const manifest = parse(readFileSync(join(import.meta.dirname, '../../../app.yml'), 'utf8')) as {
  default_events: string[]
  default_permissions: Record<string, string>
}

test('every event that the App is registered for is one that it acts on', () => {
  const app = { id: 1, checkName: 'Threat model', policyPath: '.github/threat-model.yml' }
  const payload = { installation: { id: 1 }, repository: { id: 2, full_name: 'acme/chat' } }
  for (const event of manifest.default_events) {
    const reading = readDelivery({ id: 'd', event, payload, receivedAt: 0 }, app)
    expect(reading).not.toMatchObject({ why: `nothing depends on ${event}` })
  }
})

test('the tests run with the permissions and events that the App is registered with', () => {
  const { app } = createSimulator()
  expect(manifest.default_permissions).toEqual(app.permissions)
  expect(manifest.default_events.toSorted()).toEqual(app.events.toSorted())
})

/** What GitHub asks for before it takes an event from a manifest. */
const neededBy: Record<string, string> = {
  check_run: 'checks',
  check_suite: 'checks',
  issue_comment: 'issues',
  merge_group: 'merge_queues',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  push: 'contents',
}

test('no event is without the permission that GitHub asks for it', () => {
  // https://docs.github.com/en/webhooks/webhook-events-and-payloads; else the manifest is refused.
  const refused = manifest.default_events.filter((event) => {
    return manifest.default_permissions[neededBy[event] ?? ''] === undefined
  })
  expect(refused).toEqual([])
})

test('the page that Probot registers from can hold the manifest', () => {
  // It writes `value='…'` around the JSON and escapes nothing.
  expect(JSON.stringify(manifest)).not.toContain("'")
})
