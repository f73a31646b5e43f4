import { readTarget } from '../command/targets.ts'
import { answersOf } from '../coverage/answer.ts'
import { type NamedElement, nearestTitle } from '../coverage/element.ts'
import { emptyModel, type ReviewedModel } from '../coverage/reviewed-model.ts'
import { normal } from '../diff/normal.ts'
import { type Act, isDecidable, meant } from '../policy/decisions-names.ts'
import { shortId } from '../policy/fingerprint.ts'
import type { Evidence, Rule } from '../policy/rule.ts'
import { ruleIds } from '../policy/rule-ids.ts'
import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { safeCode, safeText } from '../shared/markdown.ts'
import { nearest } from '../shared/nearest.ts'
import { type Element, elementsOf, type Threat, type ThreatModel } from '../threat-model/model.ts'
import { kindNames } from './words.ts'

/*
 * `explain <x>`: what a finding, a rule, or an element of the model is, and what can be done. A
 * name is looked for in that order, so that an id always means the finding.
 */

export interface Explaining {
  subject: string | null
  /** Fingerprint of the finding whose comment was answered. */
  replyTo: string | null
  findings: readonly Finding[]
  evidence: Evidence
}

export interface Explanation {
  text: string
  /** False when there is nothing of that name. */
  found: boolean
}

const sentenceMax = 600
const listedMax = 15

export function explanation(question: Explaining): Explanation {
  const { subject, replyTo, findings, evidence } = question
  const target = subject === null ? ({ kind: 'this' } as const) : readTarget(subject)
  const named = meant({ act: 'withdraw', target, findings, replyTo })
  const finding = named.ok ? (named.findings[0] ?? null) : null
  if (finding && target.kind !== 'title')
    return { text: findingText(finding, evidence), found: true }
  if (subject === null) return { text: whichText(replyTo, findings), found: false }
  const rule = findRule(subject.toLowerCase())
  if (rule) return { text: ruleText(rule, evidence), found: true }
  const element = elementCalled(subject, evidence.models)
  if (element) return { text: elementText(element, findings, evidence), found: true }
  // What is gone from the model is still the title of the finding that says so.
  if (finding) return { text: findingText(finding, evidence), found: true }
  return { text: unknownText(subject, evidence), found: false }
}

function whichText(replyTo: string | null, findings: readonly Finding[]): string {
  const gone = replyTo !== null && !findings.some((one) => one.fingerprint === replyTo)
  if (gone) return 'That finding is gone: nothing is left to do about it.'
  return 'What shall I explain? `/threat-model explain <rule, threat, asset or finding>`'
}

function findingText(finding: Finding, evidence: Evidence): string {
  const { message, why, next, accepted } = finding
  const rule = findRule(finding.rule)
  const settled = accepted ? `It is accepted by ${safeCode(accepted.by)}.` : ''
  const accept = rule?.acceptable && !accepted ? acceptText(finding) : ''
  return paragraphs([
    `**${safeText(message, sentenceMax)}** \`${shortId(finding)}\``,
    safeText(why, sentenceMax),
    `**Next:** ${safeText(next, sentenceMax)}`,
    rule ? `Rule \`${rule.id}\`${levelText(rule, evidence)}: ${rule.reason} ${rule.advice}` : '',
    settled || accept,
  ])
}

function acceptText(finding: Finding): string {
  const say = (act: Act) => `\`/threat-model ${act} ${shortId(finding)} because …\``
  const acts = (['no-effect', 'accept'] as const).filter((act) => isDecidable(finding, act))
  return `Whoever may accept risks here: ${acts.map(say).join(' or ')}`
}

function ruleText(rule: Rule, evidence: Evidence): string {
  const accept = rule.acceptable ? 'A permitted person may accept a finding.' : ''
  return paragraphs([
    `**\`${rule.id}\`**${levelText(rule, evidence)}`,
    rule.reason,
    `${rule.advice} ${accept}`.trim(),
  ])
}

function levelText(rule: Rule, evidence: Evidence): string {
  const level = evidence.inForce.policy.rules[rule.id]
  return level === undefined ? '' : ` (here: ${level})`
}

/** By written id or title, whole first, then by a part of the title that only one has. */
function elementCalled(name: string, models: readonly ReviewedModel[]): NamedElement | null {
  const all = models.flatMap((model) =>
    elementsOf(model.after ?? emptyModel).map((element) => ({ model, element })),
  )
  const wanted = normal(name)
  if (wanted === '') return null
  const whole = all.filter(
    ({ element }) =>
      element.writtenId?.toLowerCase() === name.toLowerCase() || normal(element.title) === wanted,
  )
  const part = all.filter(({ element }) => normal(element.title).includes(wanted))
  return whole[0] ?? (part.length === 1 ? (part[0] ?? null) : null)
}

function elementText(
  { model, element }: NamedElement,
  findings: readonly Finding[],
  evidence: Evidence,
): string {
  const about = findings.filter(
    (f) => f.element?.kind === element.kind && f.element.id === element.id,
  )
  const found = about.map((f) => `- ${safeText(f.message, sentenceMax)} \`${shortId(f)}\``)
  const where = `${safeCode(model.path)} line ${element.span.start.line}`
  const id = element.writtenId ? `${safeText(element.writtenId)}: ` : ''
  return paragraphs([
    `**${id}${safeText(element.title)}** is ${articled(kindNames[element.kind])} in ${where}.`,
    element.body === '' ? '' : safeText(element.body, sentenceMax),
    detailText(element, model, evidence),
    found.length > 0 ? `On this pull request:\n\n${found.slice(0, listedMax).join('\n')}` : '',
  ])
}

function articled(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

function detailText(element: Element, model: ReviewedModel, evidence: Evidence): string {
  const after = model.after ?? emptyModel
  if (element.kind === 'threat') return threatText(element, after)
  if (element.kind === 'asset') return assetText(element.id, model, evidence)
  if (element.kind === 'mitigation') {
    const names = after.threats.filter((threat) => element.answers.includes(threat.id))
    return names.length === 0 ? '' : `It answers:\n\n${titles(names)}`
  }
  return ''
}

function threatText(threat: Threat, model: ThreatModel): string {
  const basis = threat.statusBasis === 'none' ? 'not stated' : `${threat.status}`
  const ties = new Set(threat.mitigations.map((tie) => tie.id))
  const answers = model.mitigations.filter((mitigation) => ties.has(mitigation.id))
  const who = model.adversaries.filter((adversary) => threat.adversaries.includes(adversary.id))
  return paragraphs([
    `Status: ${basis}.${threat.severity ? ` Severity: ${safeText(threat.severity)}.` : ''}`,
    who.length > 0
      ? `By: ${who
          .slice(0, listedMax)
          .map((one) => safeText(one.title))
          .join(', ')}.`
      : '',
    answers.length > 0 ? `Answered by:\n\n${titles(answers)}` : 'No mitigation is written for it.',
  ])
}

function assetText(id: string, model: ReviewedModel, evidence: Evidence): string {
  const after = model.after ?? emptyModel
  const answers = answersOf(after, evidence.facts.today)
  const threats = after.threats.filter((threat) => threat.assets.includes(id))
  const open = threats.filter((threat) => answers(threat) === 'unanswered')
  const links = evidence.coverage.claims
    .filter((claim) => claim.model.path === model.path && claim.element.id === id)
    .map((claim) => safeCode(claim.link.pattern))
  return paragraphs([
    threats.length > 0 ? `${open.length} of its ${threats.length} threats without an answer.` : '',
    open.length > 0 ? titles(open) : '',
    links.length > 0
      ? `Its code: ${[...new Set(links)].slice(0, listedMax).join(', ')}.`
      : 'No code is linked to it. `/threat-model link <path> <asset>` gives the change that does.',
  ])
}

function titles(elements: readonly Element[]): string {
  const rows = elements.slice(0, listedMax).map((one) => `- ${safeText(one.title)}`)
  const left = elements.length - rows.length
  return [...rows, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n')
}

function unknownText(subject: string, evidence: Evidence): string {
  const kinds = ['asset', 'adversary', 'attack', 'threat', 'mitigation'] as const
  const near = nearest(subject, ruleIds) ?? nearestTitle(subject, evidence.models, kinds)
  const offer = near
    ? `Did you mean ${safeCode(near)}?`
    : '`/threat-model status` lists the findings; the rules are in docs/RULES.md.'
  const name = safeCode(subject, 120)
  return `I know no rule, finding or part of the threat model called ${name}. ${offer}`
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
