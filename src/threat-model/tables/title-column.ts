import { isScopeRole, isThreatClass, isThreatRole } from '../draft/context.ts'
import { defendedColumn } from '../draft/numbered.ts'
import { titled } from '../identity.ts'
import type { Table } from '../outline/types.ts'
import { isLevel } from '../vocabulary/levels.ts'
import type { Field, Role } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isMark, mostly } from './cells.ts'
import { type Columns, columnOf, titleIn } from './columns.ts'
import {
  answersAdversaries,
  isAssessedPlace,
  isExposed,
  isRatedAsset,
  whatOrWho,
} from './columns-forms.ts'
import { hasClassRows, isWork } from './rows.ts'

/*
 * The column that names the threat of each row: by its header, by what the columns together say,
 * else, where the heading says that threats stand here, the first that is no id and answers
 * nothing. -1 where rows are something else.
 */

export function titleColumn(table: Table, columns: Columns, role: Role | null): number {
  const threat = columns.fields.findIndex(
    (field, column) => field === 'threat' && !mostly(table, column, isMark),
  )
  if (threat >= 0) return threat
  const defended = defendedColumn(table)
  if (defended >= 0) return defended
  const named = titleIn(table)
  const described = named >= 0 ? named : columnOf(columns, 'description')
  const answers = columnOf(columns, ...answersOrRates)
  if (described >= 0 && answers >= 0 && isThreatRole(role)) return described
  if (answers >= 0 && attempt.test(columns.header[0] ?? '')) return 0
  if (isExposed(columns) || isAssessedPlace(columns)) return 0
  if (isRatedAsset(columns)) return columnOf(columns, 'asset')
  if (answersAdversaries(columns)) return whatOrWho(table, columns)
  if (hasClassRows(table, columns) && isThreatRole(role)) return answers === 1 ? 0 : -1
  if (columns.fields[0] === 'category' && mostly(table, 0, isThreatClass)) return -1
  const listed = isThreatRole(role) || isScopeRole(role)
  if (role === 'protected') return promised(columns, answers >= 0 ? described : -1)
  if (!listed || columnOf(columns, 'answers') >= 0) return -1
  if (goods.test(columns.header[0] ?? '')) return -1
  // "Limitation", "Gap": the name of what remains where no other column names it.
  const gap = columns.fields.findIndex((field) => field !== 'id')
  if (columns.fields[gap] === 'residual' && isWork(table, columns, gap)) return -1
  if (columns.fields[gap] === 'residual' || isAcceptedRisk(columns, gap)) return gap
  const [first, second] = columns.fields
  if (first === 'id' && second === 'category' && !mostly(table, 1, isThreatClass)) return 1
  if (namesAttacksByKind(table, columns) && isThreatRole(role)) return 0
  if (described >= 0 && columnOf(columns, 'adversary') >= 0 && isThreatRole(role))
    return whatOrWho(table, columns)
  const open = firstOpen(columns)
  return open >= 0 || answers < 0 || !isThreatRole(role) ? open : firstNamed(table, columns)
}

/** The first column of no known field; "Likely?" asks of the row, and names nothing. */
function firstOpen({ fields, header }: Columns): number {
  const isOpen = (field: Field | null) => field === null || field === 'description'
  const telling = fields.findIndex((field, at) => isOpen(field) && !asks.test(header[at] ?? ''))
  return telling >= 0 ? telling : fields.findIndex(isOpen)
}

/** One word or two, with a question mark; bounded, as any header may be long. */
const asks = /^\W{0,4}[^\s?]{1,60}(?: [^\s?]{1,60})?\?\W{0,4}$/

/** "| Category | Where |" over "Forged coins" and "Worn ropes": the kinds are the threats. */
function namesAttacksByKind(table: Table, { fields }: Columns): boolean {
  if (fields[0] !== 'category' || mostly(table, 0, isThreatClass)) return false
  return mostly(table, 0, soundsLikeAttack)
}

/** "T1: Forged coins" in the column of ids names the threat that another column tells of. */
export function withNamedIds(table: Table, columns: Columns): Columns {
  const { fields } = columns
  const [id, threat] = [fields.indexOf('id'), fields.indexOf('threat')]
  if (id < 0 || threat < 0 || !mostly(table, id, isNamedId)) return columns
  return { ...columns, fields: fields.with(threat, 'description').with(id, 'threat') }
}

function isNamedId(text: string): boolean {
  const { writtenId, title } = titled(text)
  return writtenId !== null && /\p{L}{3}/u.test(title)
}

/** "| Harm | Mitigation |" among threats: the first column that neither answers nor rates. */
function firstNamed(table: Table, { fields }: Columns): number {
  const first = fields.findIndex((field) => field !== 'id')
  const field = fields[first] ?? null
  const isName = field !== null && namesToo.has(field) && !mostly(table, first, isThreatClass)
  return isName && !mostly(table, first, isLevel) ? first : -1
}

const namesToo: ReadonlySet<Field> = new Set(['impact', 'category', 'recommended', 'code'])

const answersOrRates: Field[] = ['mitigation', 'recommended', 'planned', 'severity', 'likelihood']

function promised({ header }: Columns, described: number): number {
  const named = header.slice(0, 2).findIndex((text) => promises.test(text))
  return named >= 0 ? named : described
}

/** "Accepted risk" at the beginning names the risk; elsewhere it says that one is accepted. */
function isAcceptedRisk({ fields, header }: Columns, at: number): boolean {
  return fields[at] === 'acceptance' && /\b(?:risks?|gaps?)\b/i.test(header[at] ?? '')
}

/** Headers of what is not promised, or granted: "Correct times" names nothing that goes wrong. */
const goods =
  /^\W*(?:(?:non-?)?propert(?:y|ies)|permissions?|entitlements?|privileges?|urls?|domains?)\W*$/i

/** Headers of what somebody tries. */
export const attempt =
  /^\W*(?:attacker|adversary)(?:['’]s)? (?:capability|action|goal|attempt|move)s?\W*$/i

/** Headers of the names of what is promised. */
const promises = /^\W*(?:security )?(?:guarantee|property|protection|promise|claim|attack|threat)/i
