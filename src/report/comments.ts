import type { AffectedAsset } from '../coverage/link.ts'
import { findingId } from '../policy/fingerprint.ts'
import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { safeCode, safeFence, safeText } from '../shared/markdown.ts'
import type { Report } from './report.ts'
import { findingMark } from './words.ts'

/*
 * One finding as a review comment, for somebody who has never heard of threat models: what is the
 * case, why it matters here, what to do next. Then, folded away, how to accept it.
 */

const sentenceMax = 1_000
const threatsMax = 10
const titleMax = 160

export function reviewCommentBody(finding: Finding, report: Report): string {
  const asset = affectedBy(finding, report)
  const parts = [
    `${findingMark(finding)} **${safeText(finding.message, sentenceMax)}**`,
    asset ? threatList(asset) : safeText(finding.why, sentenceMax),
    `**Next:** ${safeText(finding.next, sentenceMax)}`,
    finding.suggestion ? safeFence(finding.suggestion.replacement, 'suggestion') : '',
    asset
      ? `<sub>Why here: ${safeText(asset.files[0]?.link.because ?? '', sentenceMax)}.</sub>`
      : '',
    acceptHint(finding),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function affectedBy(finding: Finding, report: Report): AffectedAsset | null {
  if (finding.rule !== 'code-touches-asset') return null
  const { element } = finding
  const isIt = (asset: AffectedAsset) =>
    asset.kind === element?.kind && asset.assetId === element.id
  return report.affected.find(isIt) ?? null
}

function threatList(asset: AffectedAsset): string {
  const rows = asset.open.slice(0, threatsMax).map((threat) => {
    return `- ${safeText(threat.title, titleMax)} (line ${threat.line})`
  })
  const left = asset.open.length - rows.length
  if (left > 0) rows.push(`- … and ${left} more`)
  const lead =
    `${safeCode(asset.modelPath)} lists what attackers could do to it, and this change touches ` +
    'code that would have to resist. Without an answer so far:'
  return `${lead}\n\n${rows.join('\n')}`
}

function acceptHint(finding: Finding): string {
  if (findRule(finding.rule)?.acceptable !== true) return ''
  const lines = [`/threat-model accept ${findingId(finding)} because …`]
  if (finding.rule === 'code-touches-asset' && finding.element) {
    lines.unshift(`/threat-model no-effect ${findingId(finding)} because …`)
  }
  const summary = 'For those who may accept risks here'
  const rule = `rule \`${finding.rule}\``
  const parts = [`<details><summary>${summary}</summary>`, safeFence(lines.join('\n')), rule]
  return `${parts.join('\n\n')}\n\n</details>`
}
