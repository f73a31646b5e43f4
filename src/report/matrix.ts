import type { Answer } from '../coverage/answer.ts'
import { type Breakdown, breakdownOf, type Part } from '../coverage/breakdown.ts'
import { type Matrix, matrixOf, secondLevel } from '../coverage/matrix.ts'
import { safeText } from '../shared/markdown.ts'
import type { ThreatModel } from '../threat-model/model.ts'
import { bar, ratioText } from './words.ts'

/*
 * "Who can get what": the section that sums a threat model up, as Markdown for the document. Wide
 * tables are unreadable, so whoever can do everything is named once above the table, and a table
 * with too many columns is written as a list by adversary.
 */

const columnsMax = 10
const rowsMax = 300
const titleMax = 120

const signs: Record<Answer, string> = { unanswered: '●', answered: '○', 'out-of-scope': '–' }

/** Without a heading of its own; headings inside are of level 3. `today` is an ISO date. */
export function summaryMatrixMarkdown(model: ThreatModel, today: string): string {
  const breakdown = breakdownOf(model, today)
  const parts = [
    `**${ratioText(breakdown.all)}** threats have an answer.`,
    ...matrixParts(matrixOf(model, today)),
    ...secondParts(secondLevel(model, today)),
    ...breakdownParts(breakdown),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function secondParts(matrix: Matrix | null): string[] {
  if (matrix === null) return []
  return ['### Against the mitigations themselves', ...matrixParts(matrix)]
}

function matrixParts(matrix: Matrix): string[] {
  const universal = matrix.universal.map(
    ({ adversary, answer }) => `- ${safeText(adversary.title, titleMax)} ${signs[answer]}`,
  )
  const nobody = matrix.nobody.map(
    ({ title, answer }) => `- ${safeText(title, titleMax)} ${signs[answer]}`,
  )
  const pairs = matrix.adversaries.length > 0 ? pairsPart(matrix) : ''
  const isUsed = universal.length + nobody.length > 0 || pairs !== ''
  return [
    universal.length > 0 ? `Can carry out every attack:\n\n${rowsOf(universal)}` : '',
    pairs,
    nobody.length > 0 ? `Without a named adversary:\n\n${rowsOf(nobody)}` : '',
    isUsed ? '● no answer · ○ answered · – out of scope · blank: not stated' : '',
  ]
}

function pairsPart(matrix: Matrix): string {
  return matrix.adversaries.length > columnsMax ? pairsList(matrix) : pairsTable(matrix)
}

function pairsTable({ attacks, adversaries, cell }: Matrix): string {
  const head = ['Who can get what', ...adversaries.map(({ title }) => safeText(title, titleMax))]
  const rows = attacks.flatMap((attack) => {
    const answers = adversaries.map((adversary) => cell(attack.id, adversary.id))
    if (answers.every((answer) => answer === null)) return []
    const cells = answers.map((answer) => (answer === null ? '' : signs[answer]))
    return [`| ${[safeText(attack.title, titleMax), ...cells].join(' | ')} |`]
  })
  const line = `|---|${':-:|'.repeat(adversaries.length)}`
  return [`| ${head.join(' | ')} |`, line, rowsOf(rows)].join('\n')
}

function pairsList({ attacks, adversaries, cell }: Matrix): string {
  const rows = adversaries.map((adversary) => {
    const found = attacks.flatMap((attack) => {
      const answer = cell(attack.id, adversary.id)
      return answer === null ? [] : [`${safeText(attack.title, titleMax)} ${signs[answer]}`]
    })
    return `- **${safeText(adversary.title, titleMax)}**: ${found.slice(0, rowsMax).join('; ')}`
  })
  return rowsOf(rows)
}

function rowsOf(rows: readonly string[]): string {
  const left = rows.length - rowsMax
  const shown = rows.slice(0, rowsMax).join('\n')
  return left > 0 ? `${shown}\n\n… and ${left} more` : shown
}

function breakdownParts(breakdown: Breakdown): string[] {
  return [
    partsTable('Asset', breakdown.byAsset),
    partsTable('Category', breakdown.byCategory),
    partsTable('Adversary', breakdown.byAdversary),
  ]
}

function partsTable(name: string, parts: readonly Part[]): string {
  if (parts.length === 0) return ''
  const rows = parts.map(
    ({ title, ratio }) => `| ${safeText(title, titleMax)} | ${bar(ratio)} | ${ratioText(ratio)} |`,
  )
  return [`| ${name} | | answered |`, '|---|---|---|', rowsOf(rows)].join('\n')
}
