import type { Table } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Columns whose names mean one thing alone and another beside their neighbours:
 *
 *   | Attacker | Action | Mitigation |            what the attacker does, and no advice
 *   | Attempt | What stops it |                  the threat, where something answers it
 *   | Boundary | Scenario | Treatment |           the threat, where something answers it
 *   | Class | Exposure | Control |                the threat, where it names attacks
 *   | Class | Scenario | Implementation |         the answer, where nothing else is one
 *   | Capability | The mill's response |         likewise
 *   | Threat | Protected | Method |              likewise
 *   | Source | Target | Protocol |               where data comes from and goes to: no attacker
 *   | Threat | Mitigation | Enforced by |         what shows the answer, and no second one
 */

type Columns = readonly (Field | null)[]

export function meantBeside(fields: Columns, table: Table): (Field | null)[] {
  const header = table.header.map(({ phrase }) => plainLabel(phrase.text))
  const apart = fields.includes('threat') ? fields : withoutFlow(fields, header)
  const answered = shownBy(
    withMethod(withAnswer(withResponse(apart, table), header, table), header),
    header,
  )
  if (answered.includes('threat')) return answered
  const does = deedIn(answered, header, table)
  // Beside who it is, the form of the table tells which of the two names the threat.
  if (does >= 0) return answered.with(does, 'description')
  if (answered.slice(0, 2).includes('adversary')) return answered
  const named = [attemptIn, scenarioIn, exposureIn, numberedIn]
    .map((find) => find(answered, header, table))
    .find((column) => column >= 0)
  return named === undefined ? answered : answered.with(named, 'threat')
}

/** "Enforced by" beside "Mitigation". */
function shownBy(fields: (Field | null)[], header: readonly string[]): (Field | null)[] {
  const answers = fields.filter((field) => field === 'mitigation').length
  if (answers < 2) return fields
  return fields.map((field, at) =>
    field === 'mitigation' && shows.test(header[at] ?? '') ? 'code' : field,
  )
}

const shows = /^(?:enforced|verified|tested|proved|proven|checked|asserted) (?:by|in|at)$/

type Find = (fields: Columns, header: readonly string[], table: Table) => number

/** What somebody does stands right behind who it is, and before what answers it. */
const deedIn: Find = (fields, header) => {
  const who = fields.indexOf('adversary')
  const does = header.findIndex((name, at) => at > who && deed.test(name))
  return who >= 0 && does >= 0 && isAnswered(fields.toSpliced(does, 1)) ? does : -1
}

const deed =
  /^(?:actions?|what (?:they|he|she|it) (?:do(?:es)?|tr(?:y|ies)|wants?)|moves?|attempts?)$/

/** "| Attempt | What stops it |": what is tried comes first. */
const attemptIn: Find = (fields, header) => {
  const first = fields.findIndex((field) => field !== 'id')
  const isTried = fields[first] === null && attempt.test(header[first] ?? '')
  return isTried && isAnswered(fields) ? first : -1
}

const attempt = pattern(
  '',
  '^(?:attempt(?:ed)?s?|tricks?|try|tries|attempted [a-z]+)$',
  '|^what (?:somebody|someone|an? [a-z]+|they|it|he|she) (?:might |could |may )?tr(?:y|ies)$',
)

const scenarioIn: Find = (fields, header) => {
  const told = header.indexOf('scenario')
  return fields[told] === 'description' && isAnswered(fields) ? told : -1
}

/** "T-01", "T-02" before what is told and rated: each row is a threat by its number. */
const numberedIn: Find = (fields, _, { rows }) => {
  const [id, told] = [fields.indexOf('id'), fields.indexOf('description')]
  if (id < 0 || told <= id || !fields.some((field) => field !== null && rating.has(field)))
    return -1
  const numbers = rows.map(({ cells }) => cells[id]?.phrase.text ?? '')
  return numbers.length >= fewestNumbered && numbers.every((text) => ofThreat.test(text))
    ? told
    : -1
}

const fewestNumbered = 2
const ofThreat = /^\W{0,4}(?:t|th|thr|threat)[-_. ]?\d{1,4}\W{0,4}$/i
const rating: ReadonlySet<Field> = new Set<Field>([
  'severity',
  'impact',
  'likelihood',
  'mitigation',
])

const exposureIn: Find = (fields, header, { rows }) => {
  const told = header.findIndex((name) => /^exposures?$/.test(name))
  if (told < 0 || !isAnswered(fields)) return -1
  const names = rows.map(({ cells }) => cells[told]?.phrase.text ?? '')
  const attacks = names.filter((name) => soundsLikeAttack(name) && name.split(' ').length <= 8)
  return attacks.length * 2 > names.length ? told : -1
}

/** From here to there: nobody attacks, and nothing is attacked. */
function withoutFlow(fields: Columns, header: readonly string[]): Columns {
  const from = header.findIndex((name) => /^(?:source|from|origin)$/.test(name))
  const to = header.findIndex((name) => /^(?:target|destination|dest|sink|to)$/.test(name))
  if (from < 0 || to !== from + 1) return fields
  return fields.map((field, at) => (at === from || at === to ? null : field))
}

/** "The mill's response" behind what somebody does, where no other column answers. */
function withResponse(fields: Columns, { header }: Table): (Field | null)[] {
  const at = header.findIndex(({ phrase }) => responds.test(phrase.text))
  if (at <= 0 || isAnswered(fields) || fields.includes('adversary')) return [...fields]
  return fields[at] === null ? fields.with(at, 'mitigation') : [...fields]
}

const responds = /^\W*(?:the )?[\w.-]+(?:['’]s|s['’]) (?:responses?|answers?|reactions?)\W*$/i

/** "Implementation" over texts, where no other column answers. */
function withAnswer(fields: (Field | null)[], header: readonly string[], { rows }: Table) {
  const at = header.indexOf('implementation')
  const tells = (field: Field | null, column: number) =>
    field === 'threat' || field === 'description' || deed.test(header[column] ?? '')
  const isTold = fields.some(tells)
  const others = fields.filter((_, column) => !deed.test(header[column] ?? ''))
  if (at < 0 || !isTold || isAnswered(others)) return fields
  const texts = rows.map(({ cells }) => cells[at]?.phrase ?? { text: '', codes: [] })
  const told = texts.filter(({ text, codes }) => codes.length === 0 && text.split(' ').length >= 3)
  return told.length * 2 > texts.length ? fields.with(at, 'mitigation') : fields
}

/** "| Threat | Protected | Method |": how it is kept out, where no other column answers. */
function withMethod(fields: (Field | null)[], header: readonly string[]): (Field | null)[] {
  const at = header.findIndex((name) =>
    /^(?:\w+ )?(?:methods?|mechanisms?|approach(?:es)?)$/.test(name),
  )
  const isJudged = fields.includes('threat') && fields.includes('status')
  return at > 0 && fields[at] === null && isJudged && !isAnswered(fields)
    ? fields.with(at, 'mitigation')
    : fields
}

function isAnswered(fields: Columns): boolean {
  return fields.some((field) => field === 'mitigation' || field === 'recommended')
}

/** "| Vector | … | Threats |": ids behind a named vector are those of the threats it serves. */
export function servedBy(fields: (Field | null)[], header: readonly string[]): (Field | null)[] {
  const named = fields.indexOf('threat')
  return fields.map((field, column) => {
    const isCited = field === 'id' && named >= 0 && column > named
    return isCited && /^\W*threats\W*$/i.test(header[column] ?? '') ? 'answers' : field
  })
}
