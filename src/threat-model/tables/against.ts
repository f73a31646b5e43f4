import { isThreatRole } from '../draft/context.ts'
import type { Table } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Field, Role } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import { isId } from './cells.ts'
import { type Columns, rates } from './columns.ts'
import { numberedAnswers } from './numbered-answers.ts'

/*
 * What speaks against the rows of a table being the list of threats, though a column or the heading
 * says so:
 *
 *   none     | Asset | T-1 | T-2 | T-3 |      which of them touch what
 *            | Permission | Reason |          in a part that told of threats far above
 *            | Class | T-1.R.1 - A lock |      answers to threats told elsewhere
 *   beside   | Way | Extra care |             among threats without a word of harm
 *            | Surface ID | Attack vectors |  what has a number is a place
 *            | Surface | Example threats |    what is told of in general
 *            | Threat | STRIDE | OWASP |      which class is told elsewhere of which threat
 *
 * Rows "beside" stand where no other list of threats does.
 */

export type Against = 'none' | 'beside'

interface Place {
  title: number
  role: Role | null
  /** True below the very heading that names the part. */
  isOwn: boolean
}

export function speaksAgainst(table: Table, columns: Columns, place: Place): Against | null {
  if (crossesIds(columns) || numberedAnswers(table, columns).length > 0) return 'none'
  const { title, role, isOwn } = place
  const isHarmless = isThreatRole(role) && namesNoAttack(table, columns, title)
  if (isHarmless && !isOwn && !columns.fields.some(isSaid)) return 'none'
  const isGeneral = exemplary.test(columns.header[title] ?? '')
  const isBeside = isHarmless || isGeneral || numbersPlaces(columns) || mapsOnly(columns, title)
  return isBeside ? 'beside' : null
}

function isSaid(field: Field | null): boolean {
  return field !== null && (rates.has(field) || field === 'description')
}

function crossesIds({ header }: Columns): boolean {
  return header.filter((text) => isId(text.trim())).length >= fewestIds
}

const fewestIds = 3

const exemplary = /^\W*(?:example|sample|typical) (?:threats|attacks|risks)\W*$/i

/** Nothing but classes and references beside the names. */
function mapsOnly({ fields }: Columns, title: number): boolean {
  const others = fields.filter((_, column) => column !== title)
  const classes = others.filter((field) => field === 'category')
  return classes.length >= 2 && others.every((field) => field !== null && maps.has(field))
}

const maps: ReadonlySet<Field> = new Set<Field>(['category', 'id', 'note', 'code'])

/** Hardly a word of harm. */
function namesNoAttack({ rows }: Table, { fields }: Columns, title: number): boolean {
  const texts = rows.map(({ cells }) => cells[title]?.phrase.text ?? '')
  if (fields[title] !== null || texts.some(soundsLikeAttack)) return false
  const told = rows.filter(({ cells }) => cells.some(({ phrase }) => soundsLikeAttack(phrase.text)))
  return told.length * 2 < rows.length
}

function numbersPlaces({ header }: Columns): boolean {
  return header.some((text) => placeNumber.test(text))
}

const placeNumber = pattern(
  'i',
  String.raw`^\W*(?:surface|component|boundary|asset|flow|data flow|endpoint|interface`,
  String.raw`|entry point|service)s? (?:id|#|no\.?|number)\W*$`,
)
