import type { Decision, DecisionState } from '../policy/decisions-types.ts'
import { shortId } from '../policy/fingerprint.ts'
import { safeCode, safeText } from '../shared/markdown.ts'
import type { Report } from './report.ts'
import { findingMark, isOpen, modeNote, verdictMark } from './words.ts'

/*
 * Where the pull request stands: the verdict, what is open, and every decision with who, when, why,
 * until when, whether it holds, and what would end it. The lines about decisions are also the audit
 * trail of the check run and of the log.
 */

const openMax = 30
const decisionsShownMax = 50
const decisionsLoggedMax = 200
const reasonMax = 300

export function statusText(report: Report): string {
  const open = report.findings.filter((finding) => isOpen(finding) && finding.level !== 'notice')
  const rows = open.slice(0, openMax).map((finding) => {
    const number = report.findings.indexOf(finding) + 1
    const message = safeText(finding.message, reasonMax)
    return `- ${findingMark(finding)} \`#${number}\` ${message} \`${shortId(finding)}\``
  })
  if (open.length > rows.length) rows.push(`- … and ${open.length - rows.length} more`)
  const note = modeNote(report)
  const parts = [
    `${verdictMark(report)} **${safeText(report.title, 255)}**${note === '' ? '' : ` *${note}*`}`,
    rows.length > 0 ? `Open:\n\n${rows.join('\n')}` : '',
    decisionsText(report.decisions.list),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** The decisions as a list under a lead, or that there are none. */
export function decisionsText(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'Nobody has decided anything here.'
  const rows = decisionLines(decisions).slice(-decisionsShownMax)
  const left = decisions.length - rows.length
  const note = left > 0 ? `\n- … and ${left} earlier` : ''
  return `Decisions:\n\n${rows.map((row) => `- ${row}`).join('\n')}${note}`
}

/** One line for each decision, in the order in which they were made. Markdown. */
export function decisionLines(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => {
    const { act, by, at, bound, reason, url } = decision
    const title = bound.title === '' ? '' : ` ${safeText(bound.title)}`
    const why = reason === '' ? '' : `, because ${safeText(reason, reasonMax)}`
    const when = `[${at.slice(0, 10)}](${url})`
    const did = `${mark(decision.state)} ${safeCode(by)} ${actText(act)} \`${bound.id}\`${title}`
    return `${did} on ${when}${why}. ${stateText(decision)}`.trimEnd()
  })
}

/** The latest as fields for a log: no text of the pull request, no reason. */
export function decisionFields(decisions: readonly Decision[]): object[] {
  return decisions.slice(-decisionsLoggedMax).map(({ act, by, at, until, bound, state }) => ({
    ...{ act, by, at, until, state },
    finding: bound.id,
    rule: bound.rule,
  }))
}

function mark(state: DecisionState): string {
  return state === 'holds' ? '✅' : state === 'took-back' ? '↩️' : '⛔'
}

function actText(act: Decision['act']): string {
  switch (act) {
    case 'accept':
      return 'accepted'
    case 'no-effect':
      return 'saw no effect on'
    case 'withdraw':
      return 'took back'
  }
}

/** Whether it holds and what would end it, or why it does not. */
export function stateText({ state, until, by, act }: Decision): string {
  switch (state) {
    case 'holds': {
      const change = act === 'no-effect' ? 'a change of its code' : 'a change of what it is about'
      return until === null
        ? `*In force; ${change} or a withdrawal ends it.*`
        : `*In force until ${until}; ${change} or a withdrawal ends it sooner.*`
    }
    case 'took-back':
      return ''
    case 'expired':
      return `*Over: it was good until ${until}.*`
    case 'content-changed':
      return '*Over: what it was about has changed.*'
    case 'settled':
      return '*Over: the finding is gone.*'
    case 'withdrawn':
      return '*Over: taken back.*'
    case 'replaced':
      return `*Over: ${safeCode(by)} decided again.*`
    case 'not-acceptable':
      return '*Does not count: this cannot be accepted.*'
    case 'is-author':
      return '*Does not count: it is their own pull request.*'
    case 'not-permitted':
      return '*Does not count: the policy does not leave it to them.*'
    case 'permission-unknown':
      return '*Does not count: what they may do could not be found out.*'
    case 'team-unknown':
      return '*Does not count: who is in the team may not be read by this App.*'
    case 'ghost':
      return '*Does not count: the account is gone.*'
  }
}
