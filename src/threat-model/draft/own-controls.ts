import type { Span } from '../../shared/span.ts'
import type { Mitigation, Tie } from '../model.ts'
import { fold, type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Entry } from '../outline/types.ts'
import { isWish } from '../status/prose.ts'
import { statusInWords } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { isAnswer } from '../vocabulary/vocabulary.ts'
import { attackWords, isAdvice, soundsLikeControl } from '../vocabulary/words.ts'
import { type Control, controlsOf, mentionsOf } from './controls.ts'
import { controlsInAnswer, controlsInBody, controlsInClauses } from './controls-in-text.ts'
import type { MitigationMention } from './draft.ts'
import { type Fields, type FieldValue, textOf, textOfValue, valuesOf } from './fields.ts'
import { labelOf } from './labels.ts'
import { pieces } from './pieces.ts'
import { labelsMissing, saysIfFlaw } from './status-field.ts'
import type { ThreatParts } from './threat.ts'

/*
 * The controls of one threat: those of its fields, else what its bullets and sentences say is done.
 */

/** Mitigation, recommendation and plan fields, as controls tied by their label or row. */
export function ownMitigations(fields: Fields, tie: Tie): MitigationMention[] {
  const own = mitigationFields.flatMap(({ field, status }) =>
    valuesOf(fields, field).flatMap((value) => mentionsOf(controlsNamed(value, status), tie)),
  )
  const all = [...own, ...mentionsOf(stillMissing(fields), tie)]
  return all.length > 0 ? all : mentionsOf(behindLevel(fields), tie)
}

/** "| Existing control | Missing control |": what is missing by name is still to come. */
export function stillMissing(fields: Fields): Control[] {
  const missing = valuesOf(fields, 'residual').filter(
    (value) => labelsMissing(value.label) && !/^\s*[—–-]+\s*\(/.test(textOfValue(value)),
  )
  return missing.flatMap((value) =>
    controlsNamed(value, 'planned').map((control) => ({ ...control, status: 'planned' as const })),
  )
}

/** "Missing mitigations: no second lock" names none, "A second lock" one to come. */
export function controlsNamed(value: FieldValue, status: Mitigation['status']): Control[] {
  const controls = controlsOf(value, status)
  if (!labelsMissing(value.label)) return controls
  return controls.filter(({ text }) => !saysAbsence.test(text))
}

const saysAbsence = pattern(
  'i',
  String.raw`^\W*(?:no|nothing|nobody|none|lacks?|missing|absent)\b|\b(?:is|are|does|do) not\b`,
  String.raw`|\bwith no\b`,
)

/** "Medium (a lock, a second key)" below "Residual risk (with mitigations)". */
function behindLevel(fields: Fields): Control[] {
  return valuesOf(fields, 'residual').flatMap((value) => {
    const words = levelWith.exec(textOfValue(value))?.[1]
    if (words === undefined || !withControls.test(value.label)) return []
    return controlsOf(
      { ...value, lines: [plainPhrase(words, value.span)], entries: [] },
      'unstated',
    )
  })
}

const levelWith =
  /^\W*(?:very )?(?:critical|high|medium|moderate|low|negligible)\W+\(([^()]{3,200})\)\W*$/i
const withControls =
  /\b(?:with|after|given|under|post)\b.{0,20}\b(?:mitigat\w*|controls?|defen[cs]es?)/i

const mitigationFields = [
  { field: 'mitigation', status: 'unstated' },
  { field: 'recommended', status: 'unstated' },
  { field: 'planned', status: 'planned' },
] as const satisfies {
  field: 'mitigation' | 'recommended' | 'planned'
  status: Mitigation['status']
}[]

/** Controls that no label names: bullets that sound like controls, or facts in the text. */
export function unlabelled(parts: ThreatParts, body: string): MitigationMention[] {
  if (parts.fields.values.some(({ field }) => isAnswer(field))) return []
  if (saysIfFlaw(parts.fields)) return []
  const noted = notedControls(parts)
  if (noted.length > 0) return mentionsOf(noted, parts.tie)
  const listed = controlsOf(bulletsOf(parts), 'unstated')
  if (listed.length > 0) return mentionsOf(listed, 'label')
  return mentionsOf(toldOf(parts, body), 'label')
}

/** "| Threat | Status | Notes |": the notes on what is met, or half met, tell how. */
function notedControls({ fields, tie, span }: ThreatParts): Control[] {
  const status = statusInWords(textOf(fields, 'status') ?? '')?.status ?? ''
  if (tie !== 'row' || !answeredInNotes.has(status)) return []
  const notes = valuesOf(fields, 'note').map(textOfValue).join(' ')
  const found = controlsInBody(notes, span)
  return found.length > 0 ? found : controlsInAnswer(notes, span)
}

const answeredInNotes: ReadonlySet<string> = new Set(['mitigated', 'partial'])

function bulletsOf(parts: ThreatParts): FieldValue {
  const { fields, span } = parts
  const lists = fields.loose.flatMap((block) =>
    block.type === 'list' && !denied.test(block.intro?.text ?? '') ? [block.entries] : [],
  )
  const plain = lists.map((entries) =>
    entries.filter((entry) => labelOf(entry.head)?.field == null),
  )
  const controls = plain.filter((entries) => {
    if (stands(parts, met) || isBesideAnswers(parts, entries)) return true
    const alike = entries.filter((entry) => soundsLikeControl(entry.head.text))
    return alike.length * 2 > entries.length
  })
  return { field: 'mitigation', label: '', lines: [], entries: controls.flat(), span }
}

/** "It plays the part of a lock, but does not:" above bullets of what a lock does. */
const denied =
  /\b(?:do(?:es)? not|doesn['’]t|don['’]t|cannot|can['’]t|will not|never)(?: \w+){0,2}\s?[:：]\W*$/i

function toldOf(parts: ThreatParts, body: string): Control[] {
  const { fields, span } = parts
  const value: FieldValue = { field: 'mitigation', label: '', lines: [], entries: [], span }
  const answered = controlsOf({ ...value, lines: afterVerdict(fields, span) }, 'unstated')
  const told = [...answered, ...inSentence(body, value, mitigatedBy)].filter(
    ({ text }) => !isWish(text) && !/\b(?:residual|remain\w*)\b/i.test(text),
  )
  const named = told.length > 0 ? told : inSentence(body, value, namedInText)
  if (named.length > 0) return named
  const rest = withoutSteps(body, fields)
  if (stands(parts, leftOpen)) return controlsInClauses(rest, span)
  const found = controlsInBody(rest, span, isBesideTold(parts))
  if (found.length === 0 && (isToldHow(parts) || isBesideTold(parts)))
    return controlsInAnswer(body, span)
  return found
}

/** The text of what is met tells how, unless a label says that it describes the attack. */
function isToldHow(parts: ThreatParts): boolean {
  const describes = parts.fields.values.some(({ field }) => field === 'description')
  return stands(parts, met) && !describes
}

/** What the heading or the title says of the threat. */
function stands({ heading, verdict }: ThreatParts, statuses: ReadonlySet<string>): boolean {
  return [heading, verdict].some((reading) => statuses.has(reading?.status ?? ''))
}

const met: ReadonlySet<string> = new Set(['mitigated'])
const leftOpen: ReadonlySet<string> = new Set(['unmitigated', 'accepted', 'out-of-scope'])

/** What an attacker does answers nothing, though a step "detects" or "verifies". */
function withoutSteps(body: string, { values }: Fields): string {
  const isTold = values.some(({ label }) => needs.test(label))
  const steps = values.filter(
    ({ field, label }) =>
      /\b(?:attack|exploit\w*|abuse)\b/i.test(label) || (isTold && field === 'description'),
  )
  return steps.reduce((text, value) => text.replace(fold(textOfValue(value)), ''), body)
}

/** What an attack needs is told beside what it does. */
const needs =
  /^\W*(?:pre-?conditions?|prerequisites?|pre-?requisites|requirements? of the attack)\W*$/i

/** "Yes — a proxy hides the address" says how, after the verdict. */
function afterVerdict(fields: Fields, span: Span): Phrase[] {
  const words = verdictFirst.exec(textOf(fields, 'status') ?? '')?.[1]
  return words === undefined ? [] : [plainPhrase(words, span)]
}

/** "… Mitigated by a lock, a chain, and a dog." names the controls. */
function inSentence(body: string, value: FieldValue, naming: RegExp): Control[] {
  const words = naming.exec(body)?.[1]
  if (words === undefined) return []
  // "Keep names, hours and prices apart" is one order for several things.
  const isOrder = isAdvice(words) && pieces(words).length === 1
  const parts = isOrder ? [words] : words.split(/,\s+(?![^()]{0,400}\))(?:and\s+)?/)
  const lines = parts.map((part) => plainPhrase(`• ${part}`, value.span))
  return controlsOf({ ...value, entries: [], lines }, 'unstated')
}

const mitigatedBy = pattern(
  'i',
  String.raw`(?:^|[.;!?]\s+|[(]|\b(?:is|are) )(?:fully )?(?:mitigated|defended|countered|contained`,
  String.raw`|blocked|prevented) (?:by|via|through|with) (?!default\b)`,
  String.raw`(.{3,400}?)(?:\.(?:\s|$)|\)|,? but\b|$)`,
)

/** "… stays on the disk. Mitigating factors: a lock, a seal." */
const namedInText = pattern(
  'i',
  String.raw`(?:^|[.;!?]\s+)(?:current |existing |partial )?(?:mitigations?|mitigating factors?`,
  String.raw`|controls?|countermeasures?|defen[cs]es?|safeguards?)(?: include| are)?:\s+`,
  String.raw`(.{3,400}?)(?:\.(?:\s|$)|$)`,
)

const verdictFirst =
  /^\W*(?:yes|partial|partially|partly|mostly|mitigated)\s*[—–:-]\s+(\S+(?:\s+\S+){3,})$/i

/** Below "Threats and mitigations", bullets under a threat answer it if few name one. */
function isBesideAnswers({ section, tie }: ThreatParts, entries: readonly Entry[]): boolean {
  if (tie !== 'label' || !/\b(?:mitigations|controls|defen[cs]es)\b/i.test(section.at(-1) ?? ''))
    return false
  return entries.filter(({ head }) => attackWords(head.text) > 0).length * 2 <= entries.length
}

function isBesideTold({ section, tie }: ThreatParts): boolean {
  return tie === 'label' && answered.test(section.at(-1) ?? '')
}

const answered = /\b(?:and|&|\/) (?:\w+ )?(?:mitigations|controls|defen[cs]es|countermeasures)\b/i
