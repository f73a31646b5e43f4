import type { Target } from '../command/command.ts'
import { isDecidable } from '../policy/decisions-names.ts'
import type { PersonRefusal } from '../policy/decisions-person.ts'
import type {
  CommandResult,
  Decision,
  DecisionState,
  NamingFlaw,
} from '../policy/decisions-types.ts'
import { shortId } from '../policy/fingerprint.ts'
import type { AcceptRule } from '../policy/policy.ts'
import type { Finding } from '../policy/verdict.ts'
import { safeCode, safeText } from '../shared/markdown.ts'

/*
 * What is answered to accept, no-effect and withdraw: what was recorded, for which findings by
 * id, what would end it, how to take it back; or why not, and how to say it. One short paragraph
 * or list for each kind of outcome, never a reproach.
 */

export interface Court {
  accept: AcceptRule
  findings: readonly Finding[]
}

/** Findings listed by name; `all` can mean many. */
const listedMax = 50
const namesMax = 10

export function decidedText(result: CommandResult, court: Court): string {
  const groups = new Map<DecisionState, Decision[]>()
  for (const decision of result.decisions) {
    groups.set(decision.state, [...(groups.get(decision.state) ?? []), decision])
  }
  const texts = [...groups].map(([state, decisions]) => groupText(state, decisions, court))
  const flaws = [...new Set(result.flaws.map((flaw) => flawText(flaw, result, court)))]
  return [...texts, ...flaws.slice(0, namesMax)].join('\n\n')
}

/** Whether the command came to nothing, or not to all that it names; what ended later was done. */
export function isRefused(result: CommandResult): boolean {
  return result.flaws.length > 0 || result.decisions.some(({ state }) => !done.includes(state))
}

const done: readonly DecisionState[] = [
  ...(['holds', 'took-back', 'replaced', 'withdrawn'] as const),
  ...(['expired', 'content-changed', 'settled'] as const),
]

function groupText(state: DecisionState, decisions: readonly Decision[], court: Court): string {
  const [first] = decisions
  if (!first) return ''
  switch (state) {
    case 'holds':
      return `${listed(heldLead(first), decisions)}\n\n${endText(first)}`
    case 'took-back':
      return listed('Taken back:', decisions)
    case 'withdrawn':
      return listed('No longer in force, it was taken back:', decisions)
    case 'replaced':
      return listed(`Replaced by what ${safeCode(first.by)} said later:`, decisions)
    case 'expired':
      return listed(`No longer in force since ${first.until} is over:`, decisions)
    case 'settled':
      return listed('Nothing is left to decide, the finding is gone:', decisions)
    case 'content-changed':
      return changedText(decisions, court)
    case 'not-acceptable':
      return listed('This cannot be settled by a comment:', decisions)
    default:
      return `${notDone[first.act]} ${personText(state, first, court.accept)}`
  }
}

const notDone = {
  accept: 'Not accepted.',
  'no-effect': 'Not recorded.',
  withdraw: 'Not taken back.',
} as const

function heldLead(decision: Decision): string {
  const until = decision.until === null ? '' : ` until **${decision.until}**`
  if (decision.act === 'no-effect') return 'Recorded that the changed code has no effect on:'
  return `Accepted${until}, in the name of ${safeCode(decision.by)}:`
}

function endText(decision: Decision): string {
  const what =
    decision.act === 'no-effect'
      ? 'the linked code or the threats change'
      : 'the threat, its mitigations or its linked code change'
  const day = decision.until === null ? '' : `, and after ${decision.until}`
  const back = `\`/threat-model withdraw ${decision.bound.id}\``
  return `It ends by itself when ${what}${day}. ${back} takes it back.`
}

function changedText(decisions: readonly Decision[], court: Court): string {
  const lead = 'No longer in force, because what it was about has changed:'
  const now = decisions.flatMap(({ bound }) =>
    court.findings.filter((finding) => finding.fingerprint === bound.fingerprint),
  )
  const [first] = now
  if (!first) return listed(lead, decisions)
  const noEffect = decisions[0]?.act === 'no-effect'
  const again = noEffect
    ? `If that has no effect either: \`/threat-model no-effect ${shortId(first)} because …\``
    : `To accept it as it is now: ${acceptLine(first)}`
  return `${listed(lead, decisions)}\n\n${again}`
}

function acceptLine(finding: Finding): string {
  return `\`/threat-model accept ${shortId(finding)} because …\``
}

/** One in the sentence, several as a list below it. */
function listed(lead: string, decisions: readonly Decision[]): string {
  const names = decisions.map(({ bound }) => nameOf(bound.id, bound.title))
  if (names.length === 1) return `${lead} ${names[0]}.`
  const rows = names.slice(0, listedMax).map((name) => `- ${name}`)
  const left = names.length - rows.length
  return [`${lead}\n`, ...rows, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n')
}

function nameOf(id: string, title: string): string {
  return title === '' ? `\`${id}\`` : `**${safeText(title)}** (\`${id}\`)`
}

export function personText(state: PersonRefusal, decision: Decision, accept: AcceptRule): string {
  switch (state) {
    case 'is-author':
      return (
        'It is your own pull request, and its risks have to be accepted by somebody else: ' +
        `${whoMay(accept)}.`
      )
    case 'not-permitted':
      return `The policy of the base branch leaves this to ${whoMay(accept)}.`
    case 'permission-unknown':
      return (
        `I could not find out what ${safeCode(decision.by)} may do in this repository. ` +
        '`/threat-model recheck` tries again.'
      )
    case 'team-unknown':
      return (
        `The policy of the base branch leaves this to ${whoMay(accept)}. Who is in a team I may ` +
        'not read: the App needs the organisation’s permission “Members: read” for that.'
      )
    case 'ghost':
      return 'The account that wrote this is gone.'
  }
}

/** "people with maintain access, `ann`, or the team `security`". */
export function whoMay(accept: AcceptRule): string {
  const { permission, users, teams } = accept
  const groups = [
    ...(permission === null ? [] : [`people with ${permission} access or more`]),
    ...users.slice(0, namesMax).map((user) => safeCode(user)),
    ...teams.slice(0, namesMax).map((team) => `the team ${safeCode(team)}`),
  ]
  const last = groups.pop()
  if (last === undefined) return 'nobody; the policy names no one'
  return groups.length === 0 ? last : `${groups.join(', ')} or ${last}`
}

function flawText({ target, why, near }: NamingFlaw, result: CommandResult, court: Court): string {
  const named = targetText(target)
  const again = safeCode(result.placed.text)
  switch (why) {
    case 'no-such-finding':
      if (result.placed.command.name === 'no-effect') {
        return `No changed code of ${named} is waiting for an answer. ${offer(near)}`
      }
      return `There is no finding called ${named} on this pull request. ${offer(near)}`
    case 'content-changed':
      return `${named} has changed since that id was shown. ${offerNow(near)}`
    case 'several':
      return `${named} can mean several. ${offer(near)}`
    case 'no-reply':
      return (
        'Which finding? Name it by its id, or answer one of my comments in the code. ' +
        '`/threat-model status` lists them.'
      )
    case 'nothing-open':
      return nothingText(result)
    case 'not-acceptable':
      return `${named} cannot be settled this way: ${whyNot(near, result)}`
    case 'own-push':
      return (
        'You pushed the latest commit here, and nobody accepts the risks of their own work. ' +
        `That is left to others: ${whoMay(court.accept)}.`
      )
    case 'head-newer':
      return (
        'The pull request changed when you wrote, or after it, so please look at it as it is ' +
        `now. If you still mean it, say it again: ${again}`
      )
    case 'closed':
      return 'The pull request was closed when you wrote this. If you still mean it, say it again.'
    case 'too-many':
      return 'These are more findings than one comment can decide on. Use another for the rest.'
    case 'nothing-to-withdraw':
      return (
        `There is no decision about ${named} to take back. ` +
        '`/threat-model status` lists what there is.'
      )
  }
}

export function targetText(target: Target): string {
  switch (target.kind) {
    case 'all':
      return 'anything'
    case 'this':
      return 'this'
    case 'id':
      return `\`${target.fingerprint}-${target.content.slice(0, 8)}\``
    case 'number':
      return `\`#${target.number}\``
    case 'title':
      return safeCode(target.text, 120)
  }
}

function offer(near: readonly Finding[]): string {
  const names = near.map((finding) => nameOf(shortId(finding), titleOf(finding)))
  if (names.length === 0) return '`/threat-model status` lists what there is, with ids.'
  return `Did you mean ${names.join(' or ')}?`
}

function offerNow(near: readonly Finding[]): string {
  const [first] = near
  if (!first) return '`/threat-model status` lists what there is now.'
  const now = nameOf(shortId(first), titleOf(first))
  return `It is now ${now}. Look at it again; if you accept it so: ${acceptLine(first)}`
}

function titleOf(finding: Finding): string {
  return finding.element?.title ?? finding.message
}

function nothingText({ placed }: CommandResult): string {
  if (placed.command.name === 'no-effect') {
    return 'No changed code of an asset is waiting for an answer.'
  }
  return 'Nothing on this pull request has to be accepted.'
}

function whyNot(near: readonly Finding[], { placed }: CommandResult): string {
  const [finding] = near
  if (placed.command.name === 'no-effect' && finding && isDecidable(finding, 'accept')) {
    return `\`no-effect\` is for changed code of an asset. For this one: ${acceptLine(finding)}`
  }
  return 'it has to be mended.'
}
