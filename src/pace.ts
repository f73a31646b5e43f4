import { type Cache, createCache } from './github/cache.ts'
import { jobKey } from './job/job.ts'
import type { PullRequestRef } from './shared/refs.ts'

/*
 * A burst of pushes to one pull request is looked at when it begins and when it is over, not at
 * every push. The first is due at once; the next ones wait for a common look, later and later as
 * long as they keep coming. Only pushes wait: who comments or presses a button is answered at once,
 * and that look covers the pushes too.
 *
 * In memory: after a restart, or in another process, one look more is all it costs.
 */
export interface Pace {
  /** How long the look after this push has to wait, in ms. */
  delayMs(pull: PullRequestRef): number
}

export interface PaceRules {
  /** Between the first look of a burst and the second. */
  stepMs: number
  stepMsMax: number
}

export const paceRules: PaceRules = { stepMs: 10_000, stepMsMax: 60_000 }

/** Pull requests remembered at once. */
const pullsMax = 10_000

export function createPace(now: () => number, rules: PaceRules = paceRules): Pace {
  const bursts: Cache<{ dueAt: number; stepMs: number }> = createCache(pullsMax)
  return {
    delayMs(pull) {
      const at = now()
      const key = jobKey(pull)
      const last = bursts.get(key)
      if (last && last.dueAt > at) return last.dueAt - at
      const isBurst = last !== undefined && at - last.dueAt < last.stepMs
      const stepMs = isBurst ? Math.min(last.stepMs * 2, rules.stepMsMax) : rules.stepMs
      const dueAt = isBurst ? last.dueAt + last.stepMs : at
      bursts.set(key, { dueAt, stepMs }, 1)
      return dueAt - at
    },
  }
}
