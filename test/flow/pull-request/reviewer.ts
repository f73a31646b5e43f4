import { expect, test } from '@jest/globals'
import type { PullRequestFacts } from '../../../src/pull-request/facts.ts'
import { createReviewer } from '../../../src/reviewer.ts'
import { createFlow, jobOf, policy, policyPath, withT4 } from '../support.ts'

async function factsOf(): Promise<PullRequestFacts> {
  const { repository, hub } = createFlow()
  repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
  const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
  const { reader } = await hub.installation(1)
  const gathered = await reader.read(jobOf(pull).pull, '2026-11-24')
  if (!gathered.ok) throw new Error(gathered.failure.message)
  return gathered.value.facts
}

test('what a thread cannot judge is "cannot tell", said once and never green', async () => {
  const lines: object[] = []
  const reviewer = createReviewer({ error: (fields) => void lines.push(fields) }, 1)
  const facts = await factsOf()
  // A function cannot be sent to a thread: as good as a document that takes too long.
  const broken = { ...facts, headKnownAt: (() => null) as unknown as string }
  expect(await reviewer.review(broken)).toMatchObject({
    ok: true,
    value: { verdict: 'cannot-tell', conclusion: 'failure' },
  })
  expect(lines).toHaveLength(1)
  expect(JSON.stringify(lines)).not.toContain('Reading the backup')
  expect(await reviewer.review(facts)).toMatchObject({ ok: true, value: { verdict: 'fail' } })
  await reviewer.stop()
})

test('in advisory mode, too, it is said', async () => {
  const reviewer = createReviewer({ error: () => {} }, 1)
  const facts = await factsOf()
  const text = policy.replace('enforce', 'advisory')
  const advisory = { path: policyPath, base: { state: 'present', text } } as const
  const broken = {
    ...facts,
    policy: { ...facts.policy, ...advisory, head: advisory.base },
    headKnownAt: (() => null) as unknown as string,
  }
  expect(await reviewer.review(broken)).toMatchObject({
    ok: true,
    value: { verdict: 'cannot-tell', conclusion: 'neutral' },
  })
  await reviewer.stop()
})
