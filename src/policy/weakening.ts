import type { PolicyInForce } from './in-force.ts'
import { loudnessOf } from './levels.ts'
import type { Policy } from './policy.ts'
import { defaultLevels, ruleIds } from './rule-ids.ts'

/*
 * In what a proposed policy is looser than the one in force. Only what the program can judge by is
 * compared; a different order or form of the file is no change.
 */

export interface Weakening {
  /** Names the weakening for ever. */
  key: string
  message: string
  /** 1-based line of the proposed file where it stands, as near as can be told. */
  line: number
}

export function weakenings(inForce: PolicyInForce): Weakening[] {
  const { policy, proposed, source } = inForce
  if (source === 'default') return []
  if (proposed.state === 'removed') {
    const message = 'The policy file is removed; nothing would block any more.'
    return policy.mode === 'enforce' ? [{ key: 'file', message, line: 1 }] : []
  }
  if (proposed.state !== 'changed') return []
  const next = proposed.reading.policy
  const mended = inForce.mends === null ? [] : [mending(inForce.mends)]
  const losses = comparisons.flatMap(({ key, compare }) =>
    compare(policy, next).map((loss) => ({
      key: `${key} ${loss.what}`.trim(),
      message: loss.message,
      line: lineOf(proposed.text, loss.what, key),
    })),
  )
  return [...mended, ...losses]
}

function mending(doubt: string): Weakening {
  const message = `This mends the policy, and what the old one meant cannot be told: ${doubt}`
  return { key: 'mended', message, line: 1 }
}

interface Loss {
  what: string
  message: string
}

const comparisons: { key: string; compare(before: Policy, after: Policy): Loss[] }[] = [
  { key: 'mode', compare: compareModes },
  { key: 'rules', compare: compareRules },
  { key: 'ignore', compare: compareIgnored },
  { key: 'code', compare: compareCode },
  { key: 'models', compare: compareModels },
  { key: 'accept', compare: compareAccept },
]

function compareModes(before: Policy, after: Policy): Loss[] {
  if (before.mode !== 'enforce' || after.mode === 'enforce') return []
  return [{ what: '', message: 'The mode goes from enforce to advisory: nothing would block.' }]
}

function compareRules(before: Policy, after: Policy): Loss[] {
  return ruleIds.flatMap((id) => {
    const was = before.rules[id] ?? defaultLevels[id]
    const is = after.rules[id] ?? defaultLevels[id]
    if (loudnessOf(is) >= loudnessOf(was)) return []
    return [{ what: id, message: `The rule ${id} goes from ${was} to ${is}.` }]
  })
}

function compareIgnored(before: Policy, after: Policy): Loss[] {
  return without(after.ignore, before.ignore).map((pattern) => ({
    what: pattern,
    message: `${pattern} would no longer be looked at.`,
  }))
}

function compareCode(before: Policy, after: Policy): Loss[] {
  return before.code.flatMap((mapping) => {
    const next = after.code.find((candidate) => candidate.element === mapping.element)
    return without(mapping.patterns, next?.patterns ?? []).map((pattern) => ({
      what: `${mapping.element} ${pattern}`,
      message: `${pattern} would no longer belong to “${mapping.element}”.`,
    }))
  })
}

function compareModels(before: Policy, after: Policy): Loss[] {
  return before.models.flatMap((model): Loss[] => {
    const next = after.models.find((candidate) => candidate.path === model.path)
    if (next === undefined) {
      if (after.models.length === 0) return []
      return [{ what: model.path, message: `${model.path} would no longer be looked at.` }]
    }
    return without(model.scope, next.scope).map((pattern) => ({
      what: `${model.path} ${pattern}`,
      message: `${model.path} would no longer speak for ${pattern}.`,
    }))
  })
}

const ladder = ['write', 'maintain', 'admin']

function compareAccept(before: Policy, after: Policy): Loss[] {
  const [was, is] = [before.accept, after.accept]
  const losses: Loss[] = []
  const wasRung = was.permission === null ? ladder.length : ladder.indexOf(was.permission)
  const isRung = is.permission === null ? ladder.length : ladder.indexOf(is.permission)
  if (isRung < wasRung) {
    const message = `Everyone with ${is.permission} permission could accept.`
    losses.push({ what: 'permission', message })
  }
  if (is.author && !was.author) {
    losses.push({ what: 'author', message: 'Authors could accept their own pull requests.' })
  }
  for (const name of [...without(is.users, was.users), ...without(is.teams, was.teams)]) {
    losses.push({ what: name, message: `${name} could accept.` })
  }
  return losses
}

function without(list: readonly string[], known: readonly string[]): string[] {
  return list.filter((entry) => !known.includes(entry))
}

/** The line with the words, else the line of the key, else the first. */
function lineOf(text: string, what: string, key: string): number {
  const lines = text.split('\n')
  const word = what.split(' ').at(-1) ?? ''
  const exact = word === '' ? -1 : lines.findIndex((line) => line.includes(word))
  const found = exact >= 0 ? exact : lines.findIndex((line) => line.startsWith(`${key}:`))
  return Math.max(found, 0) + 1
}
