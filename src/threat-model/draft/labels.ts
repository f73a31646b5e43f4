import { endsBoldSentence, fold, type Phrase } from '../outline/phrase.ts'
import { allOf, rememberingBy } from '../remember.ts'
import { saysNothing } from '../status/prose.ts'
import { answersScope, asksForScope } from '../status/scope.ts'
import { statusInWords } from '../status/status.ts'
import { isLevel } from '../vocabulary/levels.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, fieldOf, plainLabel } from '../vocabulary/vocabulary.ts'
import { saysOnlyHow } from './verdicts.ts'

/*
 * The label a line begins with, and the words after it:
 *
 *   **Impact:** v    **Impact**: v    **Impact.** v    *Impact:* v    Impact: v    **Impact**
 *
 * Plain words are a label only when they are a known one; bold words with a colon always are.
 */

export interface Label {
  label: string
  field: Field | null
  value: Phrase
}

const labelLength = 48

/** The label a line begins with, or null. Unknown labels count only when bold and with a colon. */
export function labelOf(line: Phrase): Label | null {
  const read = labelIn(line)
  if (read === null) return null
  const lead = read.lead ?? ''
  const value = { ...line, text: read.value, lead, afterLead: read.value.slice(lead.length) }
  return { label: read.label, field: read.field, value }
}

/** "RISK-4: a lost key" has an id before its name, and is no label. */
const startsWithId = /^[A-Z]{2,12}[-_]\d{1,4}\s*[::]/
/** "**Threat:** coins are copied. **Mitigation:** each is weighed." has two labels in one line. */
export function labelsFrom(first: Label): Label[] {
  if (first.field !== 'threat') return [first]
  const { text } = first.value
  const found = [...text.matchAll(further)]
  if (found.length === 0) return [first]
  const phrase = (from: number, to: number | undefined): Phrase => {
    const words = fold(text.slice(from, to))
    return { ...first.value, text: words, lead: '', afterLead: words }
  }
  const rest = found.map((match, at): Label => {
    const label = match[1] ?? match[2] ?? ''
    const value = phrase(match.index + match[0].length, found[at + 1]?.index)
    return { label, field: fieldOf(label), value }
  })
  return [{ ...first, value: phrase(0, found[0]?.index) }, ...rest]
}

const further = pattern(
  'g',
  String.raw`(?<=[.;!?)]\s)(?:(Mitigations?|Controls?|Countermeasures?|Defen[cs]es?|Residual`,
  '|Residual risks?|Status|Impact|Severity|Likelihood):|(Known (?:gap|limitation)s?)[:,])',
  String.raw`\s+(?=\S)`,
)

/** The same as words alone. */
interface LabelWords extends Pick<Label, 'label' | 'field'> {
  value: string
  /** Bold words at the start of the value. */
  lead?: string
}

const labelIn = rememberingBy(
  ({ text, lead, afterLead }: Phrase) => (lead === '' ? text : allOf([lead, afterLead])),
  (line): Readonly<LabelWords> | null => {
    if (startsWithId.test(line.text)) return null
    return line.lead === '' ? plainLabelOf(line) : markedLabelOf(line)
  },
)

const sign = /^(?:\s|\p{Extended_Pictographic}|\u{fe0f})+(?=\p{L})/u

/** "**Mitigation** 🟢: a lock", "**Mitigation** 🤝 + 📋: …": the signs say how it stands. */
const signsBehind = pattern(
  'u',
  String.raw`^\s?(\p{Extended_Pictographic}\u{fe0f}?(?:[\s+,/&]{0,3}\p{Extended_Pictographic}`,
  String.raw`\u{fe0f}?){0,3})\s?[::]\s*`,
)

function signedLabelOf(line: Phrase, label: string): LabelWords | null {
  const signs = signsBehind.exec(line.afterLead)
  const field = signs === null ? null : fieldOf(label)
  if (signs === null || field === null) return null
  return { label, field, value: fold(`${signs[1]} ${line.afterLead.slice(signs[0].length)}`) }
}

function markedLabelOf(line: Phrase): LabelWords | null {
  const words = line.lead.replace(sign, '')
  if (words.length > labelLength * 2 || endsBoldSentence(words)) return null
  const signed = signedLabelOf(line, words)
  if (signed !== null) return signed
  const numbered = numberedLabel.exec(words)
  if (numbered !== null) return numberedLabelOf(line, numbered)
  const inside = /^(.{1,48}?)\s*[::]\s*(.*)$/.exec(words)
  if (inside !== null && inside[2] !== '') {
    const field = fieldOf(inside[1] ?? '')
    if (field === null) return null
    return { label: inside[1] ?? '', field, value: fold(`${inside[2]} ${line.afterLead}`) }
  }
  // "**Status.** **Open**": two runs of bold words are one to who reads.
  const dotted = /^([^.]{2,40})\.\s+(\S.*)$/.exec(words)
  const named = dotted === null ? null : fieldOf(dotted[1] ?? '')
  if (dotted !== null && named !== null)
    return { label: dotted[1] ?? '', field: named, value: fold(`${dotted[2]} ${line.afterLead}`) }
  const label = words.replace(/[\s:.:—–-]+$/, '')
  const after = /^\s*([::—–-]|\.\s)?\s*/.exec(line.afterLead)
  const colon = /[::]$/.test(words) || after?.[1] === ':' || after?.[1] === ':'
  const field = fieldOfLabel(
    label,
    after?.[0] === undefined ? '' : line.afterLead.slice(after[0].length),
  )
  const marked =
    colon || /[.—–-]$/.test(words) || after?.[1] !== undefined || standsApart(line.afterLead)
  if (field === null && !(colon && label.length <= labelLength)) return null
  if (field !== null && !marked) return null
  return { label, field, value: fold(line.afterLead.slice(after?.[0].length ?? 0)) }
}

/** "**Threat T-AN-1 (Tampering):** …" labels a threat with its id and its class. */
const numberedLabel = pattern(
  '',
  String.raw`^(?:[Tt]hreat|THREAT|[Aa]ttack|[Rr]isk)\s+([A-Z]{1,8}(?:-[A-Z0-9]{1,8}){1,3}`,
  String.raw`|[A-Z]{1,4}\d{1,3})(\s*\([^()]{1,60}\))?\s*[::.—–-]*$`,
)

function numberedLabelOf({ afterLead }: Phrase, [, id, bracket]: RegExpExecArray): LabelWords {
  const told = afterLead.replace(/^[\s::.—–-]+/, '')
  const lead = bracket === undefined ? undefined : `${id}${bracket}`
  const value = fold(`${lead ?? id}: ${told}`)
  const read: LabelWords = { label: 'Threat', field: 'threat', value }
  return lead === undefined ? read : { ...read, lead }
}

/** "**Impact** The roster is lost": the words begin anew. */
function standsApart(after: string): boolean {
  return after === '' || /^\s?(?:\p{Lu}|\d|N\/A)/u.test(after)
}

function plainLabelOf(line: Phrase): LabelWords | null {
  const match = /^([\p{L}][^::]{0,40}?)\s*[::]\s*(.*)$/u.exec(line.text)
  if (match === null) return null
  const field = fieldOfLabel(match[1] ?? '', match[2] ?? '')
  if (field === null) return null
  return { label: match[1] ?? '', field, value: fold(match[2] ?? '') }
}

/** "Risk: High" is a level, "Risk: Mitigated" a verdict, "Risk: somebody reads it" a threat. */
function fieldOfLabel(label: string, value: string): Field | null {
  const plain = plainLabel(label)
  if (asksForScope(label) && answersScope(value)) return 'status'
  if (plain === 'risk' && isLevel(value)) return 'severity'
  if (plain === 'risk') return !saysNothing(value) && saysOnlyHow(value) ? 'status' : 'threat'
  return mayBeStatus(label) && saysStatus(value) ? 'status' : fieldOf(label)
}

/** "Decision: accept risk" says how a threat stands, "Decision: use a queue" does not. */
export function mayBeStatus(label: string): boolean {
  return verdicts.test(plainLabel(label))
}

const verdicts = pattern(
  '',
  '^(?:results?|outcome|today|now|(?:risk |our |final )?(?:decision|assessment|conclusion|verdict)',
  '|(?:current|present) (?:state|situation|posture)|(?:security )?posture|evaluation',
  '|(?:risk )?(?:treatment|response|handling|strategy|resolution))$',
)

/** A verdict alone, or an acceptance with its reasons. */
export function saysStatus(value: string): boolean {
  if (/^\W*accept(?:ed|s)?\b/i.test(value)) return true
  return (
    !saysNothing(value) &&
    value.split(' ').length <= longestVerdict &&
    statusInWords(value) !== null
  )
}

const longestVerdict = 5
