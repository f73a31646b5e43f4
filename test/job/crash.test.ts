import { expect, test } from '@jest/globals'
import { killTrial, sharingTrial } from '../support/crash-trials.ts'
import { effort } from '../support/effort.ts'

/* A few trials of each kind that needs no privilege; `test/job/crash.ts` runs them at length. */

test('a process killed again and again keeps every promise', async () => {
  const { acked, unkept, sound } = await killTrial(effort(2, 5), null)
  expect({ unkept, sound }).toEqual({ unkept: 0, sound: 'ok' })
  expect(acked).toBeGreaterThan(0)
}, 60_000)

test('two processes on one file do every job once', async () => {
  const { acked, unkept, twice, sound } = await sharingTrial(2, 300, null)
  expect({ acked, unkept, twice, sound }).toEqual({ acked: 300, unkept: 0, twice: 0, sound: 'ok' })
}, 60_000)
