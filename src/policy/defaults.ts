import type { Policy } from './policy.ts'

export const policyPath = '.github/threat-model.yml'

export const commentsMaxDefault = 10

/** What holds while a repository says nothing: tell, never block. */
export function defaultPolicy(): Policy {
  return {
    version: 1,
    mode: 'advisory',
    models: [],
    code: [],
    ignore: [],
    rules: {},
    accept: { permission: 'maintain', users: [], teams: [], author: false },
    comments: { max: commentsMaxDefault },
    commit: false,
    reading: {},
  }
}
