import type { Rule } from '../policy/rule.ts'
import { defaultLevels, type RuleId } from '../policy/rule-ids.ts'
import { findRule, rules } from '../policy/rules.ts'
import { nearest } from '../shared/nearest.ts'
import type { Args, Command } from './command.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { styleFor } from './style.ts'

export const explainCommand: Command = {
  name: 'explain',
  summary: 'what a rule looks for, why, and what to do about a finding',
  help: `Usage: threat-model explain RULE
       threat-model explain --list

Explains one rule of the catalogue; --list names them all with their default levels. The same
texts are in docs/RULES.md.
`,
  options: { list: { type: 'boolean' } },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  if (args.flag('list')) {
    const width = Math.max(...rules.map((rule) => rule.id.length))
    io.stdout(rules.map((r) => `${r.id.padEnd(width)}  ${levelWords(r.id)}\n`).join(''))
    return exitStatus.fine
  }
  const [id] = args.positionals
  if (id === undefined) return refuse(io, 'explain needs a rule. See: threat-model explain --list')
  const rule = findRule(id)
  if (!rule) return refuse(io, `there is no rule "${id}". ${suggestion(id)}`)
  io.stdout(ruleText(rule, io))
  return exitStatus.fine
}

function suggestion(id: string): string {
  const names = rules.map((rule) => rule.id)
  const meant = nearest(id, names)
  return meant ? `Did you mean "${meant}"?` : 'See: threat-model explain --list'
}

function ruleText(rule: Rule, io: Io): string {
  const style = styleFor(io.color)
  const accept = rule.acceptable ? 'A permitted person may accept a finding.' : ''
  return `${style.bold(rule.id)} (${levelWords(rule.id)})

${rule.reason}

${rule.advice} ${accept}`.concat(
    `\n\nTo change its level, in .github/threat-model.yml:\n\n  rules:\n    ${rule.id}: warning\n`,
  )
}

function levelWords(id: RuleId): string {
  const level = defaultLevels[id]
  return level === 'acceptance' ? 'needs acceptance' : level
}
