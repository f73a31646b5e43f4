import { expect, test } from '@jest/globals'
import { playDemo } from '../../src/cli/demo.ts'
import { demoPage, demoText } from '../../src/cli/demo-views.ts'

/* The demo is the real service; what it shows is what the README promises. */

test('the demo answers its pull request with a check, comments on both sides, and few requests', async () => {
  const demo = await playDemo()
  if (!demo.ok) throw new Error(demo.failure.message)
  const { pull, github } = demo.value
  expect(github.violations).toEqual([])
  expect(pull.checks.map((check) => [check.name, check.status, check.conclusion])).toEqual([
    ['Threat model', 'completed', 'failure'],
  ])
  const comments = pull.threads.map((thread) => [thread.path, thread.side])
  expect(comments.sort()).toEqual([
    ['THREAT_MODEL.md', 'LEFT'],
    ['THREAT_MODEL.md', 'RIGHT'],
    ['src/lists/store.js', 'RIGHT'],
    ['src/session.js', 'RIGHT'],
  ])
  const counts = github.log.counts()
  expect(counts.total - counts.token).toBeLessThanOrEqual(6)

  const text = demoText(demo.value, { color: false })
  expect(text).toMatch(/Review comment on THREAT_MODEL\.md, deleted line \d+/)
  expect(text).not.toContain('<!--')
  const page = demoPage(demo.value)
  expect(page).toContain('Share a list by address')
  expect(page).not.toContain('<script')
})
