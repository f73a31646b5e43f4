import type { Evidence } from '../policy/rule.ts'
import { safeCode, safeFence } from '../shared/markdown.ts'
import { knowsHeadPolicy, type Order } from './replies-commit.ts'
import { patchOf } from './replies-patch.ts'
import { starterFiles } from './replies-starter.ts'

/** `init`: what is missing of a threat model and a policy, as a patch to commit. */
export function initAnswer(evidence: Evidence): { text: string; done: boolean; order?: Order } {
  const { facts, inForce, models } = evidence
  const { tree } = facts
  if (tree === null) {
    const text = 'The list of files of this repository could not be had, so I cannot make a start.'
    return { text, done: false }
  }
  const there = models.filter((model) => model.head.state !== 'absent').map((model) => model.path)
  const policyPath = facts.policy.path
  const modelPath = inForce.policy.models[0]?.path
  const files = starterFiles(facts.pull.repository.name, tree, policyPath, modelPath)
  const wanted = files.filter(({ path }) =>
    path === policyPath ? !hasPolicy(evidence) : there.length === 0,
  )
  if (wanted.length === 0) {
    const path = safeCode(there[0] ?? facts.policy.path)
    return { text: `There is a threat model already (${path}), and a policy.`, done: true }
  }
  const patches = wanted.map(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n')
    return patchOf({ path, text: null, at: 0, removes: 0, lines })
  })
  const names = wanted.map(({ path }) => safeCode(path)).join(' and ')
  const lead =
    `A start for ${names}, made from the names of files alone. Apply it with \`git apply\`, ` +
    'correct it, and commit it; nothing is judged by it before that.'
  const text = `${lead}\n\n${safeFence(patches.join('\n'), 'diff')}`
  if (!knowsHeadPolicy(evidence)) return { text, done: true }
  const done =
    `I committed a start for ${names} to this branch, made from the names of files alone. ` +
    'Correct it; nothing is judged by the policy before it is merged.'
  return { text, done: true, order: { files: wanted, headline: 'Start a threat model', done } }
}

/** Its own, or the organisation's, which a file of its own would switch off. */
function hasPolicy({ facts: { policy } }: Evidence): boolean {
  return policy.head.state !== 'absent' || policy.organisation.state !== 'absent'
}
