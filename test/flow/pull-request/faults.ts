import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../../src/simulator/faults.ts'
import type { PullHandle } from '../../../src/simulator/pull-handle.ts'
import { effort } from '../../support/effort.ts'
import {
  createFlow,
  createHub,
  evaluatePull,
  type Flow,
  model,
  shown,
  withoutT2,
} from '../support.ts'

/*
 * The fault sweep: the n-th call fails, for n = 1, 2, 3 … until an evaluation ends untouched. After
 * each, the job is done again as the store would do it, and what then stands on GitHub must be what
 * stands there without faults: nothing missing, nothing twice, nothing left unfinished.
 */

interface World {
  flow: Flow
  pull: PullHandle
}

const faults: [string, Fault][] = [
  ['is answered 502 after it had its effect', { kind: 'status', status: 502, after: true }],
  ['is cut before it had its effect', { kind: 'cut' }],
  ['meets a secondary limit', { kind: 'secondary-limit', retryAfterSeconds: 0 }],
]

/** More calls than any evaluation here makes. */
const callsMax = 40
const triesMax = 5

const situations: [string, () => Promise<World>][] = [
  ['a new pull request', async () => newPull({ 'THREAT_MODEL.md': withoutT2, ...touchedCode })],
  ['a push that settles everything', settledPull],
  ['more annotations than one request takes', async () => newPull({ 'THREAT_MODEL.md': long })],
]

const touchedCode = { 'roster/list.go': 'package roster\n\nfunc List() { x() }\n' }
const rows = Array.from(
  { length: 70 },
  (_, i) => `| L${i} | Way ${i} to read it | Server | | Open |`,
)
const long = `${model}${rows.join('\n')}\n`

/** With less effort, every fault in the first situation and another one in each of the others. */
const faultsAt = (at: number) => effort(at === 0 ? faults : faults.slice(at, at + 1), faults)

describe.each(situations.map((one, at) => [...one, at] as const))('%s', (_, begin, at) => {
  test.each(faultsAt(at))('ends as ever when a call %s', async (_name, fault) => {
    const untouched = await begin()
    await settle(untouched)
    const want = shown(untouched.pull)
    let points = 0
    for (let n = 1; n <= callsMax; n++) {
      const { flow, pull } = await begin()
      flow.github.faults.failCall(n, fault)
      await settle({ flow, pull })
      if (flow.github.faults.waiting()) break
      points++
      expect({ n, ...shown(pull) }).toEqual({ n, ...want })
      expect(flow.github.violations).toEqual([])
    }
    expect(points).toBeGreaterThan(3)
    expect(points).toBeLessThan(callsMax)
  })
})

/**
 * As the job store does: again until it ends well, each time in a process that remembers nothing.
 */
async function settle({ flow, pull }: World): Promise<void> {
  for (let i = 0; i < triesMax; i++) {
    const outcome = await evaluatePull(createHub(flow.github), pull)
    if (outcome.ok) return
  }
  throw new Error('the evaluation never ended well')
}

function newPull(edit: Record<string, string>): World {
  const flow = createFlow()
  flow.repository.branch('change', { edit })
  return { flow, pull: flow.repository.openPullRequest({ head: 'change', author: 'sam' }) }
}

async function settledPull(): Promise<World> {
  const world = newPull({ 'THREAT_MODEL.md': withoutT2 })
  await settle(world)
  world.pull.push({ 'THREAT_MODEL.md': model, 'README.md': 'Hello\n' })
  return world
}
