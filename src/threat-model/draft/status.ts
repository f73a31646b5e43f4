import { idsIn } from '../identity.ts'
import { fold } from '../outline/phrase.ts'
import { allOf, rememberingBy } from '../remember.ts'
import { statusOfDuty } from '../status/duties.ts'
import {
  saysHowFar,
  saysLacking,
  saysNothing,
  sentencesOf,
  statusInBody,
  statusOfAcceptance,
  statusOfAnswers,
  verdictOf,
  verdictWords,
} from '../status/prose.ts'
import { statusOfResidual } from '../status/residual.ts'
import { asksForScope, statusOfScope } from '../status/scope.ts'
import {
  decide,
  explicit,
  type Legend,
  type StatusReading,
  statusInWords,
} from '../status/status.ts'
import { takenBack } from '../status/verdict-leads.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { controlWords, isAdvice } from '../vocabulary/words.ts'
import { type Fields, textOf, textOfValue, valuesOf } from './fields.ts'
import { statusOfMarks } from './marks.ts'
import { ofHalfAnswer, ofStrength } from './strength.ts'

/*
 * The status of one threat from its fields, its text and its surroundings, strongest evidence
 * first. What each piece of evidence says is read in status/status.ts and status/prose.ts; this
 * file only orders.
 */

export interface Evidence {
  fields: Fields
  body: string
  /** True when at least one control is tied to it. */
  answered: boolean
  legend: Legend
  heading: StatusReading | null
  verdict: StatusReading | null
}

export function statusOfFields(evidence: Evidence): StatusReading {
  return rememberedStatus(evidence)
}

const rememberedStatus = rememberingBy(textOfEvidence, weighed)

/** All that the status depends on, each at a place of its own. */
function textOfEvidence({ fields, body, answered, legend, heading, verdict }: Evidence): string {
  const said = [heading, verdict].flatMap((reading) =>
    reading === null ? ['', '', ''] : [reading.status, reading.basis, reading.evidence],
  )
  const signs = [String(legend.size), ...[...legend].flat()]
  const told = fields.values.flatMap((value) => [value.field ?? '', textOfValue(value)])
  return allOf([body, answered ? 'answered' : '', ...said, ...signs, ...told])
}

function weighed(evidence: Evidence): StatusReading {
  const { fields, body, answered, heading, verdict } = evidence
  const residual = textOf(fields, 'residual')
  const left = residual === null ? null : statusOfResidual(residual, answered)
  const marks = statusOfMarks(fields, evidence.legend)
  const stated = statusInBody(`${body} ${unknownTexts(fields)}`)
  return decide([
    ofWarningSign(evidence),
    ofStatusField(evidence),
    verdict,
    ofAcceptance(fields),
    marks?.status === 'mitigated' && left !== null ? left : marks,
    left?.basis === 'explicit' ? left : null,
    residual === null ? ofHeader(fields) : null,
    ofOpening(fields),
    ofNotes(fields),
    ofInlineResidual(fields, answered),
    isLeftOpen(heading) ? null : ofParts(fields),
    ofMitigationText(fields),
    heading?.basis !== 'explicit' || outranks(stated, heading) ? stated : null,
    heading?.status === 'unmitigated' ? ofPlan(fields) : null,
    isLeftOpen(heading) ? statusOfDuty(body) : null,
    heading?.basis === 'explicit' ? heading : null,
    ofPlan(fields),
    left,
    ofFacts(fields, residual),
    asksForMore(fields) && heading?.basis === 'implied' ? null : heading,
  ])
}

/** What is left and has something still to be done about it was not accepted. */
function asksForMore(fields: Fields): boolean {
  return (['recommended', 'planned'] as const).some((field) => {
    const text = textOf(fields, field)
    return text !== null && !saysNothing(text)
  })
}

/** Texts under labels of unknown words are part of the body. */
function unknownTexts(fields: Fields): string {
  return fields.values.flatMap((v) => (v.field === null ? [textOfValue(v)] : [])).join(' ')
}

/** Notes tell what they will; only those that begin with a verdict say how a threat stands. */
function ofNotes(fields: Fields): StatusReading | null {
  for (const { field, lines } of fields.values) {
    const text = lines[0]?.text ?? ''
    if (field !== 'note' && field !== 'recommended') continue
    if (met.test(text)) return explicit('mitigated', text)
    if (ruledOut.test(text)) return explicit('out-of-scope', text)
  }
  return null
}

const met = /^\W*(?:prevented|mitigated|countered|solved) (?:by|through|via|with|using)\b/i
const ruledOut = /^\W*(?:oos|out[- ]of[- ]scope)\b/i

/** "Application to the proxy: not applicable, because …" is a verdict under any label. */
function ofOpening(fields: Fields): StatusReading | null {
  // "N/A" in one column of several says so of one case, and not of the threat.
  const own = fields.values.filter(({ field }) => field === null)
  if (own.length > 1 && !own.every((value) => verdictOf(textOfValue(value)) !== null)) return null
  for (const value of fields.values) {
    if (value.field !== null && value.field !== 'description' && value.field !== 'planned') continue
    const text = textOfValue(value)
    const reading = verdictOf(text)
    if (reading !== null) return reading
  }
  return null
}

function ofStatusField({ fields, legend }: Evidence): StatusReading | null {
  const values = valuesOf(fields, 'status')
  const asked = values.find(({ label }) => asksForScope(label))
  const scope = asked === undefined ? null : statusOfScope(textOfValue(asked))
  const told = values.filter(({ label }) => !asksForScope(label))
  if (scope?.status === 'out-of-scope') return scope
  if (told.length === 0) return scope ?? ofStrength(fields)
  const text = fold(told.map(textOfValue).join(' '))
  // "Open" beside a plan says that something is to come.
  const plan = /^\W*open\W*$/i.test(text) ? ofPlan(fields) : null
  return plan ?? statusInWords(text, legend) ?? statusInBody(text)
}

/** "⚠️" beside "Not mitigated" warns of an open threat, and is no half of a control. */
function ofWarningSign({ fields, legend }: Evidence): StatusReading | null {
  const text = textOf(fields, 'status') ?? ''
  if (/\p{L}{3}/u.test(text) || statusInWords(text, legend)?.status !== 'partial') return null
  const answer = ofMitigationText(fields)
  return answer?.status === 'unmitigated' ? answer : null
}

function ofAcceptance(fields: Fields): StatusReading | null {
  const text = textOf(fields, 'acceptance')
  return text === null || saysNothing(text) ? null : statusOfAcceptance(text)
}

/** "Nonces. Residual: a second use within a minute, accepted because …" in one cell. */
function ofInlineResidual(fields: Fields, answered: boolean): StatusReading | null {
  const text = textOf(fields, 'mitigation') ?? ''
  const words = /\bresidual(?: risks?)?\s*[::]\s*(.{3,})$/i.exec(text)?.[1]
  if (words === undefined) return null
  if (/\baccepted\b/i.test(words)) return explicit('accepted', words)
  return statusOfResidual(words, answered)
}

/** "Phase 4: certificates for callers" names when something is to be done. */
const dated =
  /^\W*(?:phase|milestone|stage|release|sprint) \d[\d.]*\s*[::]|^\W*(?:future|later)\s*[::]/i

/** "Mitigation: none", "Mitigation: accepted, because …" are verdicts in the place of a control. */
function ofMitigationText(fields: Fields): StatusReading | null {
  const text = textOfMitigations(fields)
  if (text === '') return null
  const mark = valuesOf(fields, 'mitigation').find(({ lines }) => saysHowFar(lines[0]?.text ?? ''))
  if (mark !== undefined) return statusInWords(mark.lines[0]?.text ?? '')
  if (
    /^\W*(?:todo|tbd|pendientes?|pendente|geplant|planifiée?|à faire)\b/i.test(text) ||
    dated.test(text)
  )
    return explicit('planned', text)
  if (saysNothing(text) || saysLacking(text)) return explicit('unmitigated', text)
  if (/^[^.;,]{3,80}\((?:planned|future|todo|roadmap|deferred|not yet|later)\)\W*$/i.test(text))
    return explicit('planned', text)
  if (theirs.test(text)) return explicit('transferred', text)
  const verdict = verdictOf(text) ?? (verdictWords.test(text) ? statusInWords(text) : null)
  if (verdict !== null) return verdict
  const half = ofHalfAnswer(text)
  if (half !== null) return half
  const first = sentencesOf(text)[0] ?? ''
  const stated = statusInBody(first)
  return stated?.status === 'unmitigated' || speaksOfThis.test(first) ? stated : null
}

/** Each sentence of what is done, a bullet or a line at a time. */
function answersIn(fields: Fields): string[] {
  return valuesOf(fields, 'mitigation').flatMap(({ lines, entries }) => [
    ...sentencesOf(lines.map(({ text }) => text).join(' ')),
    ...entries.flatMap(({ head, rest }) => sentencesOf(`${head.text} ${rest}`)),
  ])
}

/** "A lock in each door. It does not protect against a ladder.": the answer takes back a part. */
function ofParts(fields: Fields): StatusReading | null {
  const parts = answersIn(fields)
  const [first = ''] = parts
  if (parts.length < 2 || saysNothing(first) || saysLacking(first)) return null
  if (verdictOf(first) !== null || verdictWords.test(first)) return null
  const said = parts.map((part) => statusInBody(part)?.status ?? null)
  const half = parts.find((_, at) => said[at] === 'partial')
  if (half !== undefined) return explicit('partial', half)
  const taken = parts.find((_, at) => said[at] === 'unmitigated')
  const isAnswered = parts.some(
    (part, at) => said[at] === 'mitigated' || (said[at] === null && namesControl(part)),
  )
  return taken === undefined || !isAnswered ? null : explicit('partial', taken)
}

/** "Key custody (operator responsibility)" is the whole answer. */
const theirs = pattern(
  'i',
  String.raw`^[^.;,]{3,80}\((?:the )?(?:operator|user|deployer|customer|platform|caller|host)s?`,
  String.raw`(?:['’]s?)?(?:['’]s)? (?:responsibility|duty|job)\)\W*$`,
)

/** "N/A" in one column of controls says nothing where another has some. */
function textOfMitigations(fields: Fields): string {
  const texts = valuesOf(fields, 'mitigation').map(textOfValue)
  const told = texts.filter((text) => !saysNothing(text) && !/^\W*n\/a\b/i.test(text))
  return (told.length > 0 ? told : texts).join(' ').trim()
}

/** The answer speaks of the threat, and not of a control. */
const speaksOfThis = pattern(
  'i',
  String.raw`^(?:this|it|we|(?:the|residual|this) (?:\w+ )?(?:risk|threat|attack)|risk accepted`,
  String.raw`|(?:only )?(?:partially|partly|fully|already) \w+ed|fixed|mitigated|prevented|nothing`,
  '|(?:a |the )?(?:fix|mitigation|protection)|out of scope|operators?|users?',
  String.raw`|deployers?)\b`,
)

/** "Stopped by" over a column says that what stands in it does stop it. */
function ofHeader(fields: Fields): StatusReading | null {
  const value = valuesOf(fields, 'mitigation').find(({ label }) => stops.test(label))
  const text = value === undefined ? '' : textOfValue(value)
  if (saysNothing(text) || toCome.test(text) || ofMitigationText(fields) !== null) return null
  return explicit(takenBack(text) ?? 'mitigated', text)
}

const toCome =
  /^\W*(?:(?:\w+ ){0,2}(?:should|must|could|would|might|may|will)|planned|partly|partial\w*)\b/i

const stops = /^\W*(?:stopped|blocked|prevented|defeated|caught|countered|defended) by\W*$/i

/** Below "what it protects against" a body may say "in part", below the opposite "accepted". */
function outranks(stated: StatusReading | null, heading: StatusReading): boolean {
  if (stated === null) return false
  if (heading.status === 'mitigated') return stated.status === 'partial'
  if (heading.status !== 'unmitigated') return false
  return notOurs.has(stated.status)
}

const notOurs: ReadonlySet<string> = new Set(['accepted', 'out-of-scope', 'transferred'])

function namesControl(part: string): boolean {
  return !isAdvice(part) && controlWords(part) > 0
}

function isLeftOpen(heading: StatusReading | null): boolean {
  if (heading?.basis !== 'explicit') return false
  return heading.status === 'unmitigated' || heading.status === 'accepted'
}

function ofPlan(fields: Fields): StatusReading | null {
  const plan = textOf(fields, 'planned')
  const done = textOf(fields, 'mitigation')
  if (plan === null || saysNothing(plan) || (done !== null && !saysNothing(done))) return null
  return explicit('planned', plan)
}

function ofFacts(fields: Fields, residual: string | null): StatusReading | null {
  const text = textOf(fields, 'mitigation')
  if (text === null) return null
  const answers = sentencesOf(text).filter((sentence) => idsIn(sentence).length === 0)
  return statusOfAnswers(answers, residual !== null && !saysNothing(residual))
}
