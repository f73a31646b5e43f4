import { idsIn } from '../identity.ts'
import { allOf, rememberingBy } from '../remember.ts'
import { verdictInSentences } from '../status/answer-words.ts'
import { statusOfDuty } from '../status/duties.ts'
import {
  saysNothing,
  sentencesOf,
  statusInBody,
  statusOfAcceptance,
  statusOfAnswers,
  verdictOf,
} from '../status/prose.ts'
import { isToCome, statusOfResidual } from '../status/residual.ts'
import { decide, explicit, type Legend, type StatusReading } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { ofHeader, ofInlineResidual, ofMitigationText, ofParts } from './answers.ts'
import { type Fields, type FieldValue, textOf, textOfValue, valuesOf } from './fields.ts'
import { ofLetters } from './letters.ts'
import { statusOfMarks } from './marks.ts'
import { ofSignedAnswer } from './signed-answers.ts'
import { ofMissing, ofPlan, ofRequired, ofStatusField, ofWarningSign } from './status-field.ts'
import { ofVerdictLabels } from './verdict-labels.ts'

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
  const told = fields.values.flatMap((value) => [
    `${value.field ?? ''} ${value.label}`,
    `${value.lines.length} ${value.entries.map(({ ticked }) => ticked ?? '-').join(' ')}`,
    textOfValue(value),
  ])
  return allOf([body, answered ? 'answered' : '', ...said, ...signs, ...told])
}

function weighed(evidence: Evidence): StatusReading {
  const { fields, body, answered, heading, verdict } = evidence
  const residual = textOf(fields, 'residual')
  const left = residual === null ? null : ofResidual(residual, answered, fields)
  const marks = statusOfMarks(fields, evidence.legend)
  const stated = halfIfAnswered(statusInBody(`${body} ${unknownTexts(fields)}`), answered)
  return decide([
    ofWarningSign(fields, evidence.legend),
    ofStatusField(fields, evidence.legend),
    verdict,
    ofAcceptance(fields),
    marks?.status === 'mitigated' && left !== null ? left : marks,
    left?.basis === 'explicit' ? left : null,
    ofVerdictLabels(fields),
    ofSignedAnswer(fields, evidence.legend),
    residual === null ? ofHeader(fields, heading) : null,
    ofOpening(fields),
    ofNotes(fields),
    ofOutcome(fields),
    ofInlineResidual(fields, answered),
    ofLetters(fields, evidence.legend),
    isLeftOpen(heading) ? null : ofParts(fields),
    ofOthersDuty(fields),
    ofMitigationText(fields),
    heading?.basis !== 'explicit' || outranks(stated, heading) ? stated : null,
    heading?.basis === 'explicit' || valuesOf(fields, 'mitigation').length > 0
      ? null
      : verdictInSentences(body),
    heading?.status === 'unmitigated' ? ofPlan(fields) : null,
    isLeftOpen(heading) ? statusOfDuty(body) : null,
    heading?.status === 'mitigated' && left?.status === 'partial' ? left : null,
    heading?.basis === 'explicit' ? heading : null,
    ofPlan(fields),
    ofRequired(fields, heading),
    left,
    ofMissing(fields, answered),
    ofFacts(fields, residual),
    asksForMore(fields) && heading?.basis === 'implied' ? null : heading,
  ])
}

/** What would be left of a threat when what is asked for is done says nothing of today. */
function ofResidual(text: string, answered: boolean, fields: Fields): StatusReading | null {
  const left = statusOfResidual(text, answered)
  return left?.basis === 'implied' && !answered && asksForMore(fields) ? null : left
}

/** What is left and has something still to be done about it was not accepted. */
function asksForMore(fields: Fields): boolean {
  return (['recommended', 'planned'] as const).some((field) => {
    const text = textOf(fields, field)
    return text !== null && !saysNothing(text)
  })
}

/** "Unmitigated: floods" beside what is done names what is left. */
function halfIfAnswered(stated: StatusReading | null, answered: boolean): StatusReading | null {
  if (stated === null || !answered) return stated
  const isRest = stated.status === 'unmitigated' && falls.test(stated.evidence)
  return isRest || rest.test(stated.evidence) ? explicit('partial', stated.evidence) : stated
}

/** "It does not stop a forger": what is done falls short of the whole. */
const falls = pattern(
  'i',
  String.raw`^\W*(?:it|this|that|these|they) (?:alone )?(?:do|does|can)(?: not|n['’]t|not)`,
  String.raw` (?:\w+ )?(?:stop|prevent|protect|cover|catch|block|defend|help)\b`,
)

const rest =
  /^\W*(?:(?:still |currently )?unmitigated|not (?:yet )?(?:mitigated|covered|addressed))\W{0,4}:/i

/** Texts under labels of unknown words are part of the body, and what is told of today. */
function unknownTexts(fields: Fields): string {
  const told = fields.values.filter(
    ({ field, label }) => field === null || (field === 'note' && ofToday.test(label)),
  )
  return told.map(textOfValue).join(' ')
}

const ofToday = /^\W*(?:current|present) (?:position|state|situation|posture)\W*$/i

/** "Outcome: the thief is unable to open it" */
function ofOutcome({ values }: Fields): StatusReading | null {
  const value = values.find(({ label }) => /^\W*(?:outcome|result|verdict)\W*$/i.test(label))
  const text = value === undefined ? '' : textOfValue(value)
  return outcome.test(text) ? explicit('mitigated', text) : null
}

const outcome = pattern(
  'i',
  String.raw`\battack (?:fails|failed|is (?:blocked|prevented|defeated))\b`,
  String.raw`|^\W*(?:blocked|prevented|rejected|defeated)\b|\b(?:is|are|remains?) unable to\b`,
)

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

/** "Your responsibility: a long passphrase" where the project itself does nothing. */
function ofOthersDuty({ values }: Fields): StatusReading | null {
  const duty = values.find((value) => namesDuty.test(value.label) && says(value))
  if (duty === undefined) return null
  const isMet = values.some(
    (value) => value !== duty && value.field === 'mitigation' && says(value),
  )
  return isMet ? null : explicit('transferred', textOfValue(duty))
}

function says(value: FieldValue): boolean {
  return !saysNothing(textOfValue(value))
}

const namesDuty = pattern(
  'i',
  String.raw`^\W*(?:your|(?:the )?(?:user|operator|customer|client|deployer|host|integrator`,
  "|caller|administrator|consumer|tenant)(?:['’]?s['’]?)?) ",
  String.raw`(?:responsibilit(?:y|ies)|dut(?:y|ies)|obligations?)\W*$`,
)

function ofAcceptance(fields: Fields): StatusReading | null {
  const text = textOf(fields, 'acceptance')
  return text === null || saysNothing(text) ? null : statusOfAcceptance(text)
}

/** Below "what it protects against" a body may say "in part", below the opposite "accepted". */
function outranks(stated: StatusReading | null, heading: StatusReading): boolean {
  if (stated === null) return false
  if (heading.status === 'mitigated') return stated.status === 'partial'
  if (heading.status === 'accepted') return stated.status === 'planned'
  if (heading.status === 'out-of-scope') return isHowFar(stated) && both.test(heading.evidence)
  if (heading.status !== 'unmitigated') return false
  if (stated.status === 'planned') return isToCome(stated.evidence)
  return notOurs.has(stated.status)
}

function isHowFar({ status }: StatusReading): boolean {
  return status !== 'unmitigated' && status !== 'transferred'
}

/** "Residual risks and out-of-scope threats" says of each entry that it is one of the two. */
const both = pattern(
  'i',
  String.raw`\b(?:residual|gaps|limitations|accepted)\b.{0,100}\bout[- ]of[- ]scope\b`,
  String.raw`|\bout[- ]of[- ]scope\b.{0,100}\b(?:residual|gaps|limitations|accepted)\b`,
)

const notOurs: ReadonlySet<string> = new Set(['accepted', 'out-of-scope', 'transferred'])

function isLeftOpen(heading: StatusReading | null): boolean {
  if (heading?.basis !== 'explicit') return false
  return heading.status === 'unmitigated' || heading.status === 'accepted'
}

function ofFacts(fields: Fields, residual: string | null): StatusReading | null {
  const text = textOf(fields, 'mitigation')
  if (text === null) return null
  const answers = sentencesOf(text).filter((sentence) => idsIn(sentence).length === 0)
  return statusOfAnswers(answers, residual !== null && !saysNothing(residual))
}
