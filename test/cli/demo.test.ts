import { describe, expect, test } from '@jest/globals'
import { playDemo } from '../../src/cli/demo.ts'
import type { Demo } from '../../src/cli/demo-views.ts'
import { demoPage, demoText } from '../../src/cli/demo-views.ts'
import { main } from '../../src/cli/main.ts'
import { type SampleName, samples } from '../../src/cli/sample.ts'
import { inline } from '../flow/running.ts'
import './demo/pull-request.ts'

/* The demo is the real service; what it shows is what the README promises. */

test('the demo answers with a check, comments on both sides, and few requests', async () => {
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

describe('a situation', () => {
  /** Conclusion, title, then where comments stand and whether they are folded, then remarks. */
  const wanted: Record<Exclude<SampleName, 'everything'>, unknown> = {
    clean: ['success', '2 changes, nothing to object to', [], 0],
    added: ['failure', '1 new threat without an answer', ['RIGHT'], 1],
    removed: ['action_required', 'Someone has to agree: 1 threat removed', ['LEFT'], 1],
    advisory: ['neutral', '1 new threat without an answer', ['LEFT', 'RIGHT', 'RIGHT', 'RIGHT'], 1],
    'cannot-tell': ['failure', '1 threat model that cannot be read', ['RIGHT'], 1],
    settled: ['success', 'Settled: 1 threat removed, accepted', ['LEFT folded', 'RIGHT folded'], 3],
  }

  test.each(Object.entries(wanted))('%s', async (name, outcome) => {
    const demo = await playDemo(name as SampleName, inline)
    if (!demo.ok) throw new Error(demo.failure.message)
    expect(demo.value.github.violations).toEqual([])
    expect(seen(demo.value)).toEqual(outcome)
    const page = demoPage(demo.value)
    expect(page).toContain(samples[name as SampleName].title)
    expect(page.includes('A comment that is settled')).toBe(name === 'settled')
  })

  test('that there is none of is answered with the nearest', async () => {
    const said: string[] = []
    const io = {
      cwd: '',
      env: {},
      color: false,
      progress: false,
      stdin: async () => new Uint8Array(),
    }
    const write = { stdout: () => undefined, stderr: (text: string) => void said.push(text) }
    expect(await main(['demo', '--situation', 'setled'], { ...io, ...write })).toBe(2)
    expect(said.join('')).toMatch(/no situation "setled"\. Did you mean "settled"\?/)
  })
})

function seen({ pull }: Demo): unknown {
  const check = pull.checks.at(-1)
  const threads = pull.threads.map(({ side, comments }) =>
    comments[0]?.minimized ? `${side} folded` : side,
  )
  return [check?.conclusion, check?.title, threads.sort(), pull.comments.length]
}
