import type { Change } from '../diff/change.ts'
import { findingId } from '../policy/fingerprint.ts'
import { findRule } from '../policy/rules.ts'
import type { Finding } from '../policy/verdict.ts'
import { commentCharsMax, summaryBytesMax } from '../shared/github-limits.ts'
import { safeCode, safeFence, safeText, visible } from '../shared/markdown.ts'
import { utf8Length } from '../shared/utf8.ts'
import type { CheckAction } from './action.ts'
import { annotationsMax, annotationsOf } from './annotations.ts'
import { type Block, fitBlocks, joinBlocks } from './blocks.ts'
import { findingBlocks } from './findings-markdown.ts'
import { decisionLines } from './replies-status.ts'
import type { ModelReport, Report } from './report.ts'
import {
  bar,
  changeNames,
  changeSign,
  isOpen,
  kindNames,
  modeNote,
  ratioText,
  verdictMark,
} from './words.ts'

/*
 * The summary of the check run: the verdict in one line, what changed, how coverage moved, what was
 * found file by file, which code belongs to what, and what was not looked at. Parts with nothing to
 * say are left out. Everything that comes from the pull request passes through shared/markdown.
 */

/** The marker of whoever publishes it needs room, too. */
const markerRoom = 500
const titleMax = 120
const sentenceMax = 600

/** How much of it. */
export interface SummaryExtent {
  bytesMax: number
  /** Rows of a table or list. */
  rowsMax: number
  /** Whether the check's details lead to a page of ours, which has more room. */
  hasPage: boolean
}

/** A comment is read, not looked up: further findings are left to the check run. */
const commentFindingsMax = 20

/** Room that is kept for what is not known. */
const limitsBytesMax = 8_000
/** As much as a check run takes. */
const checkExtent = { bytesMax: summaryBytesMax - markerRoom, rowsMax: 100, hasPage: false }
/** Room for the sentence about what is not shown. */
const leftBytesMax = 200

export function summaryMarkdown(report: Report, given: Partial<SummaryExtent> = {}): string {
  const { bytesMax, rowsMax, hasPage } = { ...checkExtent, ...given }
  const blocks = [
    ...report.models.map((model) => changesBlock(model, rowsMax)),
    coverageBlock(report),
    ...findingBlocks(report, report.findings),
    decisionsBlock(report),
    codeBlock(report, rowsMax),
    suggestionsBlock(report),
  ]
  // However much there is of the rest: what is not known has to be said.
  const limits = joinBlocks([limitsBlock(report)], limitsBytesMax)
  const head = joinBlocks([headline(report)], limitsBytesMax)
  const said = utf8Length(head) + utf8Length(limits) + leftBytesMax
  const rest = fitBlocks(blocks, bytesMax - said)
  return [head, leftText(rest.left, hasPage), rest.text, limits]
    .filter((s) => s !== '')
    .join('\n\n')
}

/** Said at the top, where whoever reads no further learns that there is more. */
function leftText(left: number, hasPage: boolean): string {
  if (left === 0) return ''
  const where = ' The details of this check lead to a page with room for them.'
  const entries = left === 1 ? 'entry is' : 'entries are'
  return `*${left} ${entries} not shown here.${hasPage ? where : ''}*`
}

/**
 * The comment in the conversation, or null when nobody has to do anything. It repeats what must be
 * done and leaves the rest to the check.
 */
export function summaryComment(report: Report): string | null {
  const open = report.findings.filter((finding) => isOpen(finding) && finding.level !== 'notice')
  const doubts = report.verdict === 'cannot-tell' && report.mode === 'enforce'
  if (open.length === 0 && !doubts) return null
  const left = open.length - commentFindingsMax
  const blocks = [
    headline(report),
    ...findingBlocks(report, open.slice(0, commentFindingsMax)),
    { head: left > 0 ? `… and ${left} more; the check “Threat model” lists them.` : '', rows: [] },
    ...(doubts ? [limitsBlock(report)] : []),
    acceptBlock(report, open),
    introBlock(report),
  ]
  return joinBlocks(blocks, commentCharsMax - markerRoom)
}

/** The buttons of the check run. */
export function checkActions(report: Report): CheckAction[] {
  const open = report.findings.filter((finding) => isOpen(finding) && finding.level !== 'notice')
  const actions: CheckAction[] = [
    { label: 'Check again', description: 'Look at this pull request again', identifier: 'recheck' },
  ]
  if (open.length > 0) {
    const description = 'Say in a comment what each finding means'
    actions.push({ label: 'Explain', description, identifier: 'explain' })
  }
  if (open.some(isAcceptable)) {
    const description = 'Say in a comment how to accept findings'
    actions.push({ label: 'How to accept', description, identifier: 'accept' })
  }
  return actions
}

function isAcceptable(finding: Finding): boolean {
  return findRule(finding.rule)?.acceptable === true
}

function headline(report: Report): Block {
  const note = modeNote(report)
  const head = `${verdictMark(report)} **${safeText(report.title, 255)}**`
  return { head: note === '' ? head : `${head}  \n*${note}*`, rows: [] }
}

function changesBlock(model: ModelReport, rowsMax: number): Block {
  const name = safeCode(model.path)
  switch (model.state) {
    case 'unchanged':
      return { head: '', rows: [] }
    case 'form-only':
      return { head: `${name}: only its form changes, nothing in its meaning.`, rows: [] }
    case 'added':
      return { head: `${name} is new: ${model.threats} threats.`, rows: [] }
    case 'deleted':
      return { head: `${name} is deleted.`, rows: [] }
    case 'unreadable':
      return { head: `${name} could not be compared.`, rows: [] }
    case 'changed':
      return changesTable(model, rowsMax)
  }
}

function changesTable(model: ModelReport, rowsMax: number): Block {
  const rows = model.changes.slice(0, rowsMax).map(changeRow)
  const left = model.changes.length - rows.length
  const from = model.previousPath ? ` (before: ${safeCode(model.previousPath)})` : ''
  const title = `### What changes in ${safeCode(model.path)}${from}`
  const table = '| | | Element | What | Line |\n|---|---|---|---|---|'
  return { head: `${title}\n\n${table}`, rows, left }
}

function changeRow(change: Change): string {
  const line = change.afterSpan?.start.line ?? change.beforeSpan?.start.line ?? ''
  const gone = change.afterSpan === null ? ' (before)' : ''
  const cells = [
    changeSign(change),
    kindNames[change.element],
    safeText(change.title, titleMax),
    whatChanged(change),
    `${line}${gone}`,
  ]
  return `| ${cells.join(' | ')} |`
}

const partMax = 80

function whatChanged(change: Change): string {
  const name = changeNames[change.kind]
  switch (change.kind) {
    case 'renamed':
      return `${name}, before: ${safeText(change.previousTitle ?? '', partMax)}`
    case 'split':
    case 'merged':
      return `${name}: ${safeText(change.others.join(' · '), partMax)}`
    case 'status-changed':
    case 'severity-changed':
    case 'link-changed': {
      const was = safeText(change.before ?? '–', partMax)
      return `${change.field ?? name}: ${was} → ${safeText(change.after ?? '–', partMax)}`
    }
    case 'reworded': {
      if (change.phrases === null) return name
      const { before, after } = change.phrases
      return `“${safeText(before, partMax)}” → “${safeText(after, partMax)}”`
    }
    default:
      return name
  }
}

function coverageBlock(report: Report): Block {
  const rows = report.models.filter(hasThreats).map((model) => {
    const { coverageBefore: before, coverageAfter: after } = model
    const moved = before.answered !== after.answered || before.inScope !== after.inScope
    const was = moved && model.state !== 'added' ? `${ratioText(before)} → ` : ''
    const name = report.models.length > 1 ? ` in ${safeCode(model.path)}` : ''
    return `- \`${bar(after)}\` ${was}**${ratioText(after)}** threats have an answer${name}`
  })
  const { patchCoverage } = report
  if (patchCoverage.inScope > 0) {
    const text = `**${ratioText(patchCoverage)}** that this pull request adds or touches`
    rows.push(`- \`${bar(patchCoverage)}\` ${text}`)
  }
  return rows.length === 0 ? { head: '', rows } : { head: '### Coverage', rows: ['', ...rows] }
}

/** What cannot be read, or is gone, is no model of zero threats. */
function hasThreats(model: ModelReport): boolean {
  if (model.state === 'unreadable' || model.state === 'deleted') return false
  return model.coverageAfter.inScope > 0 || model.coverageBefore.inScope > 0
}

/** The audit trail: every decision, those that do not hold too. */
function decisionsBlock(report: Report): Block {
  const rows = decisionLines(report.decisions.list).map((line) => `- ${line}`)
  return rows.length === 0 ? { head: '', rows } : { head: '### Decisions', rows: ['', ...rows] }
}

function codeBlock(report: Report, rowsMax: number): Block {
  const rows = report.affected.slice(0, rowsMax).flatMap((asset) =>
    asset.files.slice(0, rowsMax).map((file) => {
      const open = `${asset.unanswered.length} of ${asset.threats.length} threats open`
      const because = safeText(file.link.because, sentenceMax)
      return `- ${safeCode(file.path)} → ${safeText(asset.title, titleMax)}: ${open} (${because})`
    }),
  )
  const left = report.affected.reduce((sum, asset) => sum + asset.files.length, 0) - rows.length
  return rows.length === 0
    ? { head: '', rows }
    : { head: '### Code of the model', rows: ['', ...rows], left }
}

/** Lines to copy into the policy; nothing else rests on them. */
function suggestionsBlock(report: Report): Block {
  if (report.suggestions.length === 0) return { head: '', rows: [] }
  const rows = report.suggestions.map(({ element, pattern }) => {
    return `- ${safeCode(pattern)} may be part of ${safeText(element.title, titleMax)}`
  })
  const quoted = (text: string) => JSON.stringify(visible(text))
  const map = report.suggestions.map(
    ({ element, pattern }) => `  ${quoted(element.title)}: [${quoted(pattern)}]`,
  )
  const text = ['', ...rows, '', 'If so, say it in `.github/threat-model.yml`:', '']
  return {
    head: [
      '### Does this belong together?',
      ...text,
      safeFence(`code:\n${map.join('\n')}`, 'yaml'),
    ].join('\n'),
    rows: [],
  }
}

function limitsBlock(report: Report): Block {
  const rows = report.limits.map((limit) => `- ${safeText(limit, sentenceMax)}`)
  const left = annotationsOf(report).length - annotationsMax
  if (left > 0) rows.push(`- ${left} more findings have no annotation in the files.`)
  return rows.length === 0 ? { head: '', rows } : { head: '### Not known', rows: ['', ...rows] }
}

/** How a permitted person settles what is left, with an id to copy. */
function acceptBlock(report: Report, open: readonly Finding[]): Block {
  const first = open.find(isAcceptable)
  if (first === undefined) return { head: '', rows: [] }
  const who = report.mode === 'enforce' ? 'Whoever may' : 'Anyone who may'
  const text = `${who} accept risks here can settle a finding with a comment such as`
  return { head: `${text}\n\n${safeFence(acceptCommand(first))}`, rows: [] }
}

/** For whoever meets all this for the first time. */
function introBlock({ models }: Report): Block {
  const [only] = models.length === 1 ? models : []
  const lead = only
    ? `${safeCode(only.path)} holds the threat model of this repository:`
    : 'The threat model of this repository says'
  const text =
    `${lead} what attackers could do to it, and what stands against that. This check compares ` +
    'it with the change. `/threat-model help` lists what you can answer.'
  return { head: `<sub>${text}</sub>`, rows: [] }
}

/** The command that settles a finding for good, as long as what it is about stays the same. */
export function acceptCommand(finding: Finding): string {
  return `/threat-model accept ${findingId(finding)} because …`
}
