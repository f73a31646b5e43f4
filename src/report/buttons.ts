import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { commentCharsMax } from '../shared/github-limits.ts'
import { safeFence, safeText } from '../shared/markdown.ts'
import { type Block, joinBlocks } from './blocks.ts'
import { reviewCommentBody } from './comments.ts'
import type { Report } from './report.ts'
import { acceptCommand } from './summary.ts'
import { findingMark, isOpen } from './words.ts'

/*
 * What the buttons of the check run say in a comment. GitHub tells us that a button was pressed,
 * not what for; the answer is about everything that is open now.
 */
export type Button = 'explain' | 'accept'

export const buttons: readonly Button[] = ['explain', 'accept']

const markerRoom = 500
const findingsMax = 30
const sentenceMax = 400

/** The Markdown of the comment. */
export function buttonText(button: Button, report: Report): string {
  const open = report.findings.filter((one) => isOpen(one) && one.level !== 'notice')
  const blocks = button === 'explain' ? explained(open, report) : acceptable(open)
  return joinBlocks(blocks, commentCharsMax - markerRoom)
}

function explained(open: readonly Finding[], report: Report): Block[] {
  if (open.length === 0)
    return [{ head: 'There is nothing to explain: nothing is open.', rows: [] }]
  const rows = open
    .slice(0, findingsMax)
    .map((finding) => `${reviewCommentBody({ ...finding, suggestion: null }, report)}\n\n---\n`)
  return [{ head: '**What each finding means**\n', rows }, rest(open.length)]
}

function acceptable(open: readonly Finding[]): Block[] {
  const may = open.filter((finding) => findRule(finding.rule)?.acceptable === true)
  if (may.length === 0) return [{ head: 'Nothing that is open can be accepted.', rows: [] }]
  const rows = may.slice(0, findingsMax).map((finding) => {
    const title = `${findingMark(finding)} ${safeText(finding.message, sentenceMax)}`
    return `${title}\n\n${safeFence(acceptCommand(finding))}\n`
  })
  const lead =
    'A person whom the policy allows to accept risks can settle a finding with a comment. ' +
    'Say why in the place of the dots; `until YYYY-MM-DD` before `because` makes it expire.'
  return [{ head: `${lead}\n`, rows }, rest(may.length)]
}

function rest(count: number): Block {
  const left = count - findingsMax
  return { head: left > 0 ? `… and ${left} more; see the check run.` : '', rows: [] }
}
