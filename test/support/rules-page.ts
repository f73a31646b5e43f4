import type { Rule } from '../../src/policy/rule.ts'
import { defaultLevels } from '../../src/policy/rule-ids.ts'
import { rules } from '../../src/policy/rules.ts'
import { type GoldenCase, goldenCases } from './cases.ts'

/** docs/RULES.md as it should be, made from the catalogue and the golden cases. */
export function rulesPage(): string {
  const cases = goldenCases('review')
  return [
    '# Rules',
    '',
    'Made from the catalogue in `src/policy/rules/` by `UPDATE=1 npm test -- test/policy/rules`; a',
    'test compares the two. Levels can be changed in the policy file, see [POLICY.md](POLICY.md).',
    '',
    '| Level | What it does |',
    '|---|---|',
    '| error | fails the pull request (in `mode: enforce`) |',
    '| acceptance | fails it until a permitted person accepts the finding |',
    '| warning | is told by a comment and blocks nothing |',
    '| notice | stands in the check’s summary only |',
    '| off | is not looked at |',
    '',
    'What was only guessed from prose, and not stated by the document, is never more than a ' +
      'notice.',
    '',
    '| Rule | Level | Why |',
    '|---|---|---|',
    ...rules.map((rule) => `| [${rule.id}](#${rule.id}) | ${levelOf(rule)} | ${rule.reason} |`),
    '',
    ...rules.flatMap((rule) => ruleSection(rule, cases)),
  ].join('\n')
}

function levelOf(rule: Rule): string {
  return defaultLevels[rule.id]
}

function ruleSection(rule: Rule, cases: GoldenCase[]): string[] {
  const own = cases.filter((golden) => owner(golden.name) === rule.id)
  const mirror =
    'rule' in rule.mirror
      ? `Its opposite is [${rule.mirror.rule}](#${rule.mirror.rule}).`
      : `It has no opposite: ${lowerFirst(rule.mirror.none)}`
  const accept = rule.acceptable
    ? 'A permitted person can accept a finding.'
    : 'Nobody can accept a finding; it has to be mended.'
  return [
    `## ${rule.id}`,
    '',
    `**${rule.reason}** Level: ${levelOf(rule)}.`,
    '',
    `${rule.advice} ${accept} ${mirror}`,
    '',
    'Shown by:',
    '',
    ...own.map((golden) => `- [${golden.about.trim()}](../test/cases/review/${golden.name}.txt)`),
    '',
  ]
}

/** The rule whose name is the longest beginning of the case's. */
function owner(name: string): string | undefined {
  return rules
    .map((rule) => rule.id as string)
    .filter((id) => name === id || name.startsWith(`${id}-`))
    .sort((a, b) => b.length - a.length)[0]
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
