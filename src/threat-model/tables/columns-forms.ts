import { plainPhrase } from '../outline/phrase.ts'
import type { Cell, Table } from '../outline/types.ts'
import { asksForScope } from '../status/scope.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, fieldOf } from '../vocabulary/vocabulary.ts'
import { isMark, isSentence, listsIds, mostly } from './cells.ts'
import { type Columns, columnOf, isAnswered } from './columns.ts'

/*
 * Tables of threats without a column for them: their columns together say what a row is.
 */

/** "| Adversary | Capability | Protected? |", "| Attacker | Control |": who names what is met. */
export function answersAdversaries(columns: Columns): boolean {
  const who = columns.fields.slice(0, 2).indexOf('adversary')
  // "Actors (from → to)" says between whom something is done.
  const named = who >= 0 && !/→|->|\bfrom\b.{0,20}\bto\b/i.test(columns.header[who] ?? '')
  const told = columnOf(columns, 'description') >= 0 || columnOf(columns, 'threat', 'asset') < 0
  const answered = columns.fields.some(
    (field, at) => field !== null && says.has(field) && !/scope/i.test(columns.header[at] ?? ''),
  )
  return named && told && answered
}

/** Who it is names what is answered, unless the same attacker stands in several rows. */
export function whatOrWho(table: Table, columns: Columns): number {
  const who = columnOf(columns, 'adversary')
  const told = columnOf(columns, 'description')
  // "Scenario", "Goal" say what is done; "Capability" describes who does it.
  if (
    /\b(?:scenario|goal|attack|action|threat|moves?$|attempts?$|what (?:they|it|he|she)\b)/i.test(
      columns.header[told] ?? '',
    )
  )
    return told
  const names = table.rows.map((row) => row.cells[who]?.phrase.text.toLowerCase() ?? '')
  return new Set(names).size < names.length ? told : who
}

const says: ReadonlySet<Field> = new Set(['status', 'mitigation', 'recommended', 'residual'])

/** "| Channel | Exposure | Defence |": the first cell names what is exposed, and how. */
export function isExposed({ fields, header }: Columns): boolean {
  const told = header.findIndex((text) =>
    /^\W*(?:exposures?|abuse|how it is abused)\W*$/i.test(text),
  )
  return told > 0 && fields[0] === null && fields[told] === 'description' && isAnswered(fields)
}

/** "| Surface | Control | Residual risk |": what is told of each place is one threat to it. */
export function isAssessedPlace({ fields, header }: Columns): boolean {
  const mayBePlace = fields[0] === null || fields[0] === 'asset' || fields[0] === 'description'
  if (!mayBePlace || !place.test(header[0] ?? '')) return false
  return fields.includes('mitigation') && fields.includes('residual') && !fields.includes('threat')
}

const place = pattern(
  'i',
  String.raw`^\W*(?:attack )?(?:surfaces?|components?|areas?|entry points?|endpoints?|channels?`,
  String.raw`|interfaces?|(?:trust )?boundar(?:y|ies)|zones?|layers?|(?:data )?flows?|inputs?)\W*$`,
)

/** "| Capability | Posture | Residual risk |" below the name of somebody hostile. */
export function isDeed({ fields, header }: Columns, heading: string): boolean {
  // "Action" is advice elsewhere.
  const isNamed = mayBeDeed.has(fields[0] ?? null)
  const isAnsweredToo = isAnswered(fields) || fields.includes('residual')
  return isNamed && isAnsweredToo && deed.test(header[0] ?? '') && hostile.test(heading)
}

const mayBeDeed: ReadonlySet<Field | null> = new Set<Field | null>([
  null,
  'threat',
  'description',
  'recommended',
])

/** "| Capability | In scope |" lists what somebody hostile can do, and nobody who does. */
export function asksOfPowers(header: readonly string[]): boolean {
  return header.some(asksForScope) && header.slice(0, 2).some((text) => power.test(text))
}

const power = pattern(
  'i',
  String.raw`^\W*(?:(?:attacker|adversary)(?:['’]s)? )?(?:capabilit(?:y|ies)|powers?`,
  String.raw`|abilit(?:y|ies))\W*$`,
)

const deed = pattern(
  'i',
  String.raw`^\W*(?:capabilit(?:y|ies)|actions?|attempts?|moves?|tactics?|powers?|lies?`,
  String.raw`|deviations?|(?:mis)?behaviou?rs?|(?:mis)?deeds?)\W*$`,
)

const hostile = pattern(
  'i',
  String.raw`\b(?:adversar\w+|attackers?|dishonest|malicious|hostile|byzantine|rogue|cheat\w*`,
  String.raw`|misbehaving|compromised|faulty)\b`,
)

/** What is protected, from whom and how likely: the asset names the threat. */
export function isRatedAsset(columns: Columns): boolean {
  return (
    columnOf(columns, 'asset') >= 0 &&
    columnOf(columns, 'adversary') >= 0 &&
    columnOf(columns, 'likelihood', 'impact', 'severity') >= 0
  )
}

/**
 * Where no column is a mitigation or a status, columns of unknown words say what is done: those
 * whose header speaks of a control, else all but what tells why, what would be and how it is shown.
 */
export function withAnswers(columns: Columns, table: Table): Columns {
  const threat = columnOf(columns, 'threat')
  if (threat < 0 || columnOf(columns, 'mitigation', 'recommended', 'planned', 'status') >= 0) {
    return columns
  }
  const may = (column: number) =>
    column > threat && ![isShort, listsIds, isMark].some((test) => mostly(table, column, test))
  const isRated = columnOf(columns, 'impact', 'likelihood', 'severity') >= 0
  const speaks = (text: string) => ownControl.test(text) || (!isRated && mechanism.test(text))
  const named = columns.header.map((text, column) => may(column) && speaks(text.trim()))
  const isNamed = named.includes(true)
  const fields = columns.fields.map((field, column) => {
    if (named[column] === true && isOpen.has(field)) return 'mitigation'
    if (field !== null || !may(column)) return field
    const header = columns.header[column] ?? ''
    if (wouldBe.test(header)) return 'impact'
    return isNamed || tellsWhy.test(header) || shows.test(header) ? field : 'mitigation'
  })
  const isAnswered = fields.includes('mitigation')
  return { ...columns, fields: isAnswered ? fields : gated(fields, columns.header, table) }
}

/** "| Threat | Impact | Gate |": texts in the last column that could answer do. */
function gated(fields: (Field | null)[], header: readonly string[], table: Table) {
  const at = header.findIndex(
    (text, column) => gate.test(text) && mostly(table, column, isSentence),
  )
  return at > 0 && fields[at] === null ? fields.with(at, 'mitigation') : fields
}

const gate = /^\W*(?:\w+ )?(?:gates?|checks?|barriers?|brakes?)\W*$/i

const isOpen: ReadonlySet<Field | null> = new Set<Field | null>([null, 'description'])

/** "Gateway control", "What we promise": what the project does, beside a threat. */
const ownControl = pattern(
  'i',
  String.raw`^(?:(?!access|version|source|remote|change|flow)[\w.-]+ controls?`,
  '|(?:how|what) we .{1,40}|our .{1,40}',
  String.raw`|(?:\w+ )?(?:approach|posture|policy|stance|behaviou?r))$`,
)

/** How an attack works where the row is rated, else how it is met. */
const mechanism = /^(?:\w+ )?mechanisms?$/i

/** "Without a guard", "If it happens": what would come of the threat. */
const wouldBe = /^\W*(?:without|if|when|absent)\b/i

/** "Why not" explains a verdict and answers nothing. */
const tellsWhy = pattern(
  'iu',
  String.raw`^[^\p{L}]*(?:why|por ?qu[eéê]|pourquoi|warum|perché|waarom|dlaczego|neden`,
  String.raw`|hvorfor|varför|proč|почему|чому|cu[aá]ndo|quando|quand|wann|когда)(?!\p{L})`,
  '|^(?:为什么|理由|原因|なぜ)',
)

/** How an answer is shown to hold, or where something stands. */
const shows = pattern(
  'i',
  String.raw`^\W*(?:(?:\w+ )?(?:gates?|checks?|proofs?|tests?|evidence)|see(?: also)?`,
  '|(?:\\w+ )?(?:owners?|verification|tasks?|tickets?|epics?|work items?)',
  '|(?:\\w+ )?(?:boundary|interface|area|layer|subsystem|phase|scope)|entry points?',
  '|(?:target|affected|impacted|vulnerable|exposed) [\\w ]+',
  '|(?:\\w+ )?(?:examples?|metrics?|inputs?)|(?:\\w+ )?examples? (?:in|of|for|from|at) .*',
  String.raw`|justification|rationale\b.*|reasons?\b.*|pourquoi\b.*|(?:[\w-]+ )+(?:types?`,
  '|difficulty|components?|surfaces?|thresholds?)|사유|증거|경로',
  String.raw`|(?:stride )?references?)\W*$`,
)

/** Single words are levels or names, not answers. */
function isShort(text: string): boolean {
  return /^[A-Za-z0-9./+-]{1,20}$/.test(text)
}

/**
 * A table with a threat a column, its rows for columns; any other as it is:
 *
 *   |            | Worn ropes | Lost tickets |
 *   | Impact     | High       | Low          |
 *   | Mitigation | Inspection | Names        |
 */
export function upright(table: Table): Table {
  const [corner, ...names] = table.header
  const labels = table.rows.map((row) => row.cells[0])
  if (corner === undefined || names.length < 2 || !isBlank(corner)) return table
  const known = labels.filter((cell) => cell !== undefined && fieldOf(cell.phrase.text) !== null)
  if (known.length < 2 || known.length * 2 <= labels.length) return table
  const threat = plainPhrase('Threat', corner.phrase.span)
  const header = [{ phrase: threat, lines: [threat] }, ...labels.flatMap((cell) => cell ?? [])]
  const rows = names.map((name, at) => {
    const cells = table.rows.flatMap((row) => row.cells[at + 1] ?? [])
    return { cells: [name, ...cells], span: name.phrase.span }
  })
  return { ...table, header, rows }
}

function isBlank({ phrase }: Cell): boolean {
  return /^\W*(?:field|attribute|aspect|property)?\W*$/i.test(phrase.text)
}
