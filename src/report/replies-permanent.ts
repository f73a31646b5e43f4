import type { ReviewedModel } from '../coverage/reviewed-model.ts'
import { normal } from '../diff/normal.ts'
import type { Decision } from '../policy/decisions-types.ts'
import type { Evidence } from '../policy/rule.ts'
import type { CommentFacts } from '../pull-request/facts.ts'
import { safeCode, safeFence, visible } from '../shared/markdown.ts'
import type { Threat } from '../threat-model/model.ts'
import { read } from '../threat-model/read.ts'
import { isFaithful } from './replies-commit.ts'
import { changeText, type Edit, edited } from './replies-patch.ts'
import type { FileText } from './reply.ts'

/*
 * An acceptance in a comment lasts as long as its pull request; the record that stays is the model:
 * "Status: accepted until 2027-06-30 by @ann because …". Where it goes depends on the shape of the
 * document, so the likely places (a cell of a table, a line) are tried, the edited text is read
 * again, and the first that reads as this threat accepted, with nothing else changed, is offered as
 * a patch. If none does, the words alone are offered.
 */

const reasonMax = 300

/** Empty when there is nothing to write: no date, or the threat is not in the head's model. */
export function permanentText(
  decision: Decision,
  evidence: Evidence,
  threadLines: CommentFacts['threadLines'] = null,
): string {
  if (!isLasting(decision)) return ''
  const found = threatOf(decision, evidence.models)
  if (found === null) return ''
  const words = acceptedWords(decision)
  const edit = placeFor(found, words, decision)
  const where = `${safeCode(found.model.path)} line ${found.threat.span.start.line}`
  const lead = `To keep it beyond this pull request, write it into the threat model (${where}):`
  const change = edit ? changeText(edit, threadLines) : safeFence(`Status: ${words}`)
  const head = '<details><summary>Keep it in the threat model</summary>'
  return `${head}\n\n${lead}\n\n${change}\n</details>`
}

/** Where an acceptance stands in the models that came from a comment and is written down now. */
export function writtenText({ act, by, state, until }: Decision, evidence: Evidence): string {
  if (act !== 'accept' || state !== 'settled' || until === null) return ''
  const model = evidence.models.find(({ after }) =>
    after?.threats.some(
      ({ acceptance }) => acceptance?.until === until && acceptance.owner?.includes(by),
    ),
  )
  return model ? `It stands in ${safeCode(model.path)} now, until ${until}.` : ''
}

/** The models with these decisions in them, each in its place; those without one are left out. */
export function permanentFiles(decisions: readonly Decision[], evidence: Evidence): FileText[] {
  const files = new Map<string, string>()
  let { models } = evidence
  for (const decision of decisions.filter(isLasting)) {
    const found = threatOf(decision, models)
    const edit = found && placeFor(found, acceptedWords(decision), decision)
    if (!edit || !isFaithful(edited(edit))) continue
    const text = edited(edit)
    files.set(edit.path, text)
    models = models.map((model) => (model === found.model ? rewritten(model, text) : model))
  }
  return [...files].map(([path, text]) => ({ path, text }))
}

function rewritten(model: ReviewedModel, text: string): ReviewedModel {
  const { model: after } = read(text, { path: model.path })
  return { ...model, head: { state: 'present', text }, after }
}

function isLasting({ act, state, until }: Decision): boolean {
  return act === 'accept' && state === 'holds' && until !== null
}

interface Found {
  model: ReviewedModel
  threat: Threat
  text: string
}

function threatOf(decision: Decision, models: readonly ReviewedModel[]): Found | null {
  const wanted = normal(decision.bound.title)
  for (const model of models) {
    if (model.head.state !== 'present' || wanted === '') continue
    const called = (model.after?.threats ?? []).filter((threat) => normal(threat.title) === wanted)
    const [threat] = called
    if (threat && called.length === 1) return { model, threat, text: model.head.text }
  }
  return null
}

function acceptedWords({ until, by, reason }: Decision): string {
  const because = visible(reason).replaceAll('|', '/').slice(0, reasonMax).replace(/[.!]$/, '')
  return `accepted until ${until} by @${by} because ${because}`
}

function placeFor(found: Found, words: string, decision: Decision): Edit | null {
  return candidates(found, words).find((edit) => readsWell(edit, found, decision)) ?? null
}

/** The likely places: the threat's own status, then a new line in one of the usual forms. */
function candidates({ model, threat, text }: Found, words: string): Edit[] {
  const lines = text.replace(/\n$/, '').split('\n')
  const first = threat.span.start.line - 1
  const end = Math.min(threat.span.end.line, lines.length)
  const path = model.path
  const own = lines.slice(first, end).findIndex((line) => statusLine.test(line))
  const replaced = lines[first + own]?.replace(statusLine, `$1${words}`)
  const indent = `${/^ */.exec(lines[first] ?? '')?.[0] ?? ''}  `
  const at = end
  const forms = [
    [`- **Status:** ${words}`],
    ['', `**Status:** ${words}`],
    [`${indent}Status: ${words}`],
  ]
  const row = statusCell(lines, first, words)
  return [
    ...(row === null ? [] : [{ path, text, at: first, removes: 1, lines: [row] }]),
    ...(own >= 0 && replaced !== undefined
      ? [{ path, text, at: first + own, removes: 1, lines: [replaced] }]
      : []),
    ...forms.map((form) => ({ path, text, at, removes: 0, lines: form })),
  ]
}

/** The row of a table with another word in the column whose heading says "status", or null. */
function statusCell(lines: readonly string[], row: number, words: string): string | null {
  const line = lines[row]
  if (line === undefined || !line.includes('|')) return null
  const top = Math.max(0, row - tableRowsMax)
  const rule = lines.slice(top, row).findLastIndex((each) => /^[\s|:-]+$/.test(each))
  const heads = cellsOf(lines[top + rule - 1] ?? '')
  const column = heads.findIndex((head) => /status/i.test(head))
  const cells = cellsOf(line)
  if (rule < 1 || column < 0 || cells.length !== heads.length) return null
  return cells.map((cell, i) => (i === column ? ` ${words} ` : cell)).join('|')
}

/** Rows between a table's heading and a threat in it. */
const tableRowsMax = 500

/** With the empty pieces outside the outer bars; an escaped bar is no border. */
function cellsOf(line: string): string[] {
  return line.split(/(?<!\\)\|/)
}

const statusLine = /^( *(?:[-*+] +)?(?:\*\*|__)?status(?::(?:\*\*|__)?|(?:\*\*|__)?:) *).*$/i

function readsWell(edit: Edit, found: Found, decision: Decision): boolean {
  const { model } = read(edited(edit), { path: edit.path })
  const before = found.model.after
  const threat = model.threats.find((one) => normal(one.title) === normal(found.threat.title))
  return (
    before !== null &&
    model.threats.length === before.threats.length &&
    model.mitigations.length === before.mitigations.length &&
    threat?.status === 'accepted' &&
    threat.acceptance?.until === decision.until
  )
}
