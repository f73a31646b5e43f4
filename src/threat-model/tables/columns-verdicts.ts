import type { Table } from '../outline/types.ts'
import { asksIfMet, asksIfOpen, saysYesOrNo } from '../status/asked.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Field } from '../vocabulary/vocabulary.ts'
import { mostly } from './cells.ts'

/*
 * Columns that say how the threats stand, whatever they are called:
 *
 *   | Threat       | Control      | Today               | Exploitable? |
 *   | Worn ropes   | Inspection   | Partially mitigated | Yes          |
 */

/** A column of nothing but verdicts is the status, where no other is. */
export function statedByCells(fields: (Field | null)[], table: Table): (Field | null)[] {
  if (fields.includes('status')) return fields
  const at = fields.findIndex(
    (field, column) => column > 0 && mayStand.has(field) && areVerdicts(table, column, field),
  )
  return at < 0 ? fields : fields.with(at, 'status')
}

/** "In place?", "Exploitable?" over yes and no. */
export function asksYesOrNo(table: Table, header: string, column: number): boolean {
  return (asksIfMet(header) || asksIfOpen(header)) && mostly(table, column, saysYesOrNo)
}

const mayStand: ReadonlySet<Field | null> = new Set<Field | null>([
  null,
  'mitigation',
  'description',
  'note',
  'code',
  'impact',
])

function areVerdicts(table: Table, column: number, field: Field | null): boolean {
  if (table.rows.length < fewestVerdicts) return false
  // "Security impact" over "Fail-secure" tells what a failure leads to.
  if (field === 'impact') return mostly(table, column, saysHowItFails)
  // "Mitigated: a chain" is an answer, and "Mitigated" alone is none.
  return mostly(table, column, field === 'mitigation' ? isVerdictAlone : isVerdict)
}

function isVerdictAlone(text: string): boolean {
  return isVerdict(text) && !/[:;,—–]|\s-\s/.test(text)
}

const fewestVerdicts = 2

function saysHowItFails(text: string): boolean {
  return fails.test(text)
}

const fails = /^\W*fail(?:s|ed)?[- ](?:secure|safe|closed?|open)\W*$/i

/** A verdict in few words, and no name of a control. */
function isVerdict(text: string): boolean {
  return saysHowItFails(text) || (text.length <= longestVerdict && verdict.test(text))
}

const longestVerdict = 60

const verdict = pattern(
  'iu',
  String.raw`^[^\p{L}]*(?:(?:fully|partially|partly|mostly|largely|not|already|now) |un|risk )?`,
  '(?:mitigated|addressed|accepted|defended|protected|prevented|resolved|fixed|handled|covered',
  '|implemented|remediated|transferred|deferred|planned|closed|open|partial|neutrali[sz]ed',
  '|blocked|rejected|reverts|reverted|denied|refused|stopped',
  String.raw`|out[- ]of[- ]scope)(?!\p{L}|[- ]\p{Lu}| (?:by|through|with|to|port|source)\b)`,
)
