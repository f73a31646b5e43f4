import { verdictInAnswer } from '../status/answer-words.ts'
import { saysLacking } from '../status/lacking.ts'
import {
  saysHowFar,
  saysNothing,
  sentencesOf,
  statusInBody,
  verdictOf,
  verdictWords,
} from '../status/prose.ts'
import { statusOfResidual } from '../status/residual.ts'
import { explicit, type StatusReading, statusInWords } from '../status/status.ts'
import { takenBack } from '../status/verdict-leads.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { controlWords, isAdvice } from '../vocabulary/words.ts'
import { type Fields, textOf, textOfValue, valuesOf } from './fields.ts'
import { ofHalfAnswer } from './strength.ts'

/*
 * How a threat stands by the words of its answer: verdicts in the place of a control, answers that
 * take back a part, and what the column or label itself promises.
 */

/** "Nonces. Residual: a second use within a minute, accepted because …" in one cell. */
export function ofInlineResidual(fields: Fields, answered: boolean): StatusReading | null {
  const text = textOf(fields, 'mitigation') ?? ''
  const both = /^(.*?)\bresidual ?\/ ?accepted(?: risks?)?\s*[.::]/i.exec(text)
  if (both !== null) return explicit(/\w/.test(both[1] ?? '') ? 'partial' : 'accepted', text)
  const words = /\bresidual(?: risks?)?\s*[::]\s*(.{3,})$/i.exec(text)?.[1]
  if (words === undefined) return null
  if (/\baccepted\b/i.test(words)) return explicit('accepted', words)
  return statusOfResidual(words, answered)
}

/** "Phase 4: certificates for callers" names when something is to be done. */
const dated =
  /^\W*(?:phase|milestone|stage|release|sprint) \d[\d.]*\s*[::]|^\W*(?:future|later)\s*[::]/i

/** "Mitigation: none", "Mitigation: accepted, because …" are verdicts in the place of a control. */
export function ofMitigationText(fields: Fields): StatusReading | null {
  const text = textOfMitigations(fields)
  if (text === '') return null
  const mark = valuesOf(fields, 'mitigation').find(({ lines }) => saysHowFar(lines[0]?.text ?? ''))
  if (mark !== undefined) return statusInWords(mark.lines[0]?.text ?? '')
  const said = isOneAnswer(fields) ? verdictInAnswer(text) : null
  if (said !== null) return said
  if (
    /^\W*(?:todo|tbd|pendientes?|pendente|geplant|planifiée?|à faire)\b/i.test(text) ||
    dated.test(text)
  )
    return explicit('planned', text)
  if (saysNothing(text) || areAllLacking(fields, text)) return explicit('unmitigated', text)
  if (onlyPlanned.test(text)) return explicit('planned', text)
  if (/^\W*(?:impossible|not possible)\s*[::—–-]\s*\S/i.test(text))
    return explicit('mitigated', text)
  if (theirs.test(text)) return explicit('transferred', text)
  const verdict = verdictOf(text) ?? (verdictWords.test(text) ? statusInWords(text) : null)
  if (verdict !== null) return verdict
  const half = ofHalfAnswer(text)
  if (half !== null) return half
  const first = sentencesOf(text)[0] ?? ''
  const stated = statusInBody(first)
  return stated?.status === 'unmitigated' || speaksOfThis.test(first) ? stated : null
}

/** "A second lock (planned)" */
const onlyPlanned = pattern(
  'i',
  String.raw`^[^.;,]{3,80}(?:\((?:planned|future|futur[oae]|geplant|prévu|todo|roadmap|deferred`,
  String.raw`|not yet|later)\)|planned)\W*$`,
)

/** In a list of controls each has its own verdict. */
function isOneAnswer(fields: Fields): boolean {
  const answers = valuesOf(fields, 'mitigation').filter((value) => textOfValue(value) !== '')
  return answers.length === 1 && answers.every(({ entries }) => entries.length <= 1)
}

/** "No lock": what is missing, alone or in each bullet of several. */
function areAllLacking(fields: Fields, text: string): boolean {
  const bullets = valuesOf(fields, 'mitigation').flatMap(({ entries }) => entries)
  return saysLacking(text) && bullets.every(({ head }) => saysLacking(head.text))
}

/** Each sentence of what is done, a bullet or a line at a time. */
function answersIn(fields: Fields): string[] {
  return valuesOf(fields, 'mitigation').flatMap(({ lines, entries }) => [
    ...sentencesOf(lines.map(({ text }) => text).join(' ')),
    ...entries.flatMap(({ head, rest }) => sentencesOf(`${head.text} ${rest}`)),
  ])
}

/** "A lock in each door. It does not protect against a ladder.": the answer takes back a part. */
export function ofParts(fields: Fields): StatusReading | null {
  const parts = answersIn(fields)
  const [first = ''] = parts
  if (parts.length < 2 || saysNothing(first) || saysLacking(first)) return null
  if (verdictOf(first) !== null || verdictWords.test(first)) return null
  const said = parts.map((part) => statusInBody(part)?.status ?? null)
  const half = parts.find((part, at) => said[at] === 'partial' || (at > 0 && canStill.test(part)))
  if (half !== undefined) return explicit('partial', half)
  const taken = parts.find(
    (part, at) => said[at] === 'unmitigated' || said[at] === 'planned' || notDone.test(part),
  )
  const isAnswered = parts.some(
    (part, at) => said[at] === 'mitigated' || (said[at] === null && namesControl(part)),
  )
  return taken === undefined || !isAnswered ? null : explicit('partial', taken)
}

/** "A second lock is not implemented": what one sentence of several leaves undone. */
const notDone =
  /\bnot (?:currently |yet )?implemented\b|\b(?:does|do) not currently (?:implement|enforce)\b/i

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

/**
 * "Stopped by" over a column or a text says that what stands in it does stop it; a part of it,
 * among what remains.
 */
export function ofHeader(fields: Fields, heading: StatusReading | null): StatusReading | null {
  const value = valuesOf(fields, 'mitigation').find(
    ({ label }) => stops.test(label) || done.test(label) || later.test(label),
  )
  const text = value === undefined ? '' : textOfValue(value)
  if (value === undefined || saysNothing(text)) return null
  if (later.test(value.label)) return explicit('planned', text)
  if (toCome.test(text) || ofMitigationText(fields) !== null) return null
  if (heading?.status === 'out-of-scope') return null
  const isLeft = heading?.status === 'accepted' || heading?.status === 'unmitigated'
  return explicit(takenBack(text) ?? (isLeft ? 'partial' : 'mitigated'), text)
}

const toCome =
  /^\W*(?:(?:\w+ ){0,2}(?:should|must|could|would|might|may|will)|planned|partly|partial\w*)\b/i

/** "Mitigations (implemented)", "Enforced controls" */
const done = pattern(
  'i',
  String.raw`\((?:fully |already )?(?:implemented|in place|done|enforced|shipped)\)\W*$`,
  String.raw`|^\W*(?:fully |already )?(?:implemented|enforced) (?:mitigation|control|defen[cs]e`,
  String.raw`|protection|safeguard|countermeasure)s?\b`,
)

/** "Mitigations (future)" */
const later =
  /\((?:future|planned|todo|proposed|roadmap|not (?:yet )?implemented)\b[^()]{0,20}\)\W*$/i

const stops =
  /^\W*(?:stopped|mitigated|blocked|prevented|defeated|caught|countered|defended) by\W*$/i

/** "The median is used. A source can still lie." */
const canStill = /^(?!.*\b(?:operators?|users?|admin\w*|you)\b)\W*[^.;]{3,60}\bcan still\b/i

function namesControl(part: string): boolean {
  return !isAdvice(part) && controlWords(part) > 0
}
