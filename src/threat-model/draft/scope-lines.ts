import type { Phrase } from '../outline/phrase.ts'
import { plainSentences } from '../vocabulary/clauses.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { namesAdversary, soundsLikeAttack } from '../vocabulary/words.ts'
import { isScopeRole } from './context.ts'
import { ruledIn } from './scope-sentences.ts'

/*
 * A line that says how all it names stands, as a heading over a list would:
 *
 *   **Out of scope:** a lost key; a flood; theft.
 *   The gate is met below. Out of scope: bribed guards, stolen maps, and rain.
 *   - **Not defended against:** a guard who opens the gate at night
 *   **Protects against:** forged tickets, copied keys, and replayed orders.
 *   We protect against stolen keys and forged tickets. We do not protect against a flood or theft.
 *
 * What is only ruled out without a word of harm is left out.
 */

export interface ScopeLine {
  role: Role
  /** The words that give the role. */
  title: string
  names: string[]
}

export function scopeLineOf(phrase: Phrase): ScopeLine | null {
  const { text } = phrase
  const line =
    runningList(text) ??
    labelled(phrase) ??
    ruledOut(text) ??
    remainingIn(text) ??
    deniedIn(text) ??
    ruledIn(sentencesIn(text))
  return line === null ? null : { ...line, names: line.names.map(uncounted) }
}

/** The same for a bullet, which has to begin with the label. */
export function scopeLabelOf(phrase: Phrase): ScopeLine | null {
  const role = roleOf(phrase.lead)
  const isLabel = /[::]$/.test(phrase.lead) || /^\s?[::]/.test(phrase.afterLead)
  if (!isLabel || role === null || !labels.has(role)) return null
  const found = runningList(phrase.text) ?? labelled(phrase)
  return found ?? { role, title: phrase.lead.replace(/[\s::]+$/, ''), names: [] }
}

const labels: ReadonlySet<Role> = new Set([
  'in-scope',
  'assumptions',
  'out-of-scope',
  'unprotected',
  'protected',
])

/** A sentence longer than this is no list. */
const runningLength = 1_500

/** "Out of scope: a lost key; a flood; theft." */
function runningList(text: string): ScopeLine | null {
  const [, title = '', listed = ''] =
    /^([^::]{3,60})[::]\s+(.{10,})$/.exec(text.slice(0, runningLength)) ?? []
  const role = roleOf(title)
  // Where a sentence begins behind it, the list has ended.
  const names = listed.replace(/[.)]\s+\p{Lu}.*$/u, '').split(/;\s+/)
  if (role === null || !isScopeRole(role) || names.length < 3) return null
  if (role === 'protected' && !isAgainst(role, title)) return null
  const short = names.filter((name) => isName(name.replace(/\s*\([^()]{0,300}\)/g, '')))
  return short.length * 2 > names.length ? { role, title, names } : null
}

/** "**Not defended against:** whoever holds the key": one thing, or short names. */
function labelled({ lead, afterLead }: Phrase): ScopeLine | null {
  const role = roleOf(lead)
  if (role === null || !(isDenied(role) || isAgainst(role, lead))) return null
  if (!/[::]$/.test(lead) && !/^\s?[::]/.test(afterLead)) return null
  const value = afterLead.replace(/^[\s::]+/, '')
  const names = namesOf(value.replace(/\.\s.*$/, ''))
  const isList = names.length >= 2 && areNames(names)
  const title = lead.replace(/[\s::]+$/, '')
  if (isList) return { role, title, names: hostileOf(names) }
  return { role, title, names: soundsLikeAttack(value) ? [value] : [] }
}

/** "Guarantees: …" names what is kept, "Protects against: …" what is kept out. */
function isAgainst(role: Role, title: string): boolean {
  return role === 'protected' && against.test(title)
}

function isDenied(role: Role): boolean {
  return role === 'out-of-scope' || role === 'unprotected'
}

const against = /\b(?:against|from)\W*$/i

function sentencesIn(text: string): string[] {
  return plainSentences(text.slice(0, runningLength))
}

function areNames(names: readonly string[]): boolean {
  return names.every(isName) && !names.some(goesOn)
}

/** Two and more of a list name harm, and two thirds of it. */
function mostNameHarm(names: readonly string[], hostile: readonly string[]): boolean {
  return hostile.length >= 2 && hostile.length * 3 >= names.length * 2
}

/** "…, or that listens for years" is no name of its own. */
function goesOn(name: string): boolean {
  return /^(?:that|which|who|where|when|because|so|but|in|on|by|with)\b/i.test(name)
}

/** "… Out of scope: bribed guards, stolen maps, and rain.": what names harm is ruled out. */
function ruledOut(text: string): ScopeLine | null {
  const match = outside.exec(text.slice(0, runningLength))
  const names = namesOf(match?.[2] ?? '').filter(isName)
  const hostile = hostileOf(names)
  return hostile.length === 0
    ? null
    : { role: 'out-of-scope', title: match?.[1] ?? '', names: hostile }
}

function namesOf(listed: string): string[] {
  return listed
    .replace(/\([^()]{0,200}\)/g, '')
    .replace(/\.$/, '')
    .split(/[,;]\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+(?=[^,;]*$)/)
    .filter((name) => name !== '')
}

/** Those that name harm; where most do, the plain words beside them, too. */
function hostileOf(names: readonly string[]): string[] {
  const hostile = names.filter((name) => soundsLikeAttack(name))
  return mostNameHarm(names, hostile) ? names.filter((name) => !namesAdversary(name)) : hostile
}

const outside = pattern(
  'i',
  String.raw`(?:^|[.!]\s+)((?:explicitly )?(?:out[- ]of[- ]scope|not (?:in scope|modell?ed`,
  String.raw`|considered|covered)))(?:\s*\([^()]{1,80}\))?\s*[::]\s+([^.::]{10,600})`,
)

/** "Residual risks include bribed guards, rain that comes in, and worn bolts." names three. */
function remainingIn(text: string): ScopeLine | null {
  for (const sentence of sentencesIn(text)) {
    const [, title = '', role = '', listed = ''] = remaining.exec(sentence) ?? []
    const names = namesOf(listed)
    const hostile = names.filter((name) => soundsLikeAttack(name))
    const isList = names.length >= 3 && areNames(names)
    if (isList && hostile.length * 3 >= names.length)
      return { role: roleOfRemainder(role), title, names }
  }
  return null
}

function roleOfRemainder(words: string): Role {
  if (/residual|remaining/i.test(words)) return 'residual'
  return /scope/i.test(words) ? 'out-of-scope' : 'limitations'
}

/** "(b) a fire": the letter only counts. */
function uncounted(name: string): string {
  return name.replace(/^(?:and |or )?\((?:[a-h]|[1-9]|i{1,3}|i?v)\)\s+/, '')
}

const remaining = pattern(
  'i',
  '^((?:the |our |known |main |other |some )*(residual|remaining',
  '|out[- ]of[- ]scope|limitations)',
  '(?:(?<=limitations)| (?:security )?(?:risks?|threats?|attacks?|exposures?))',
  '(?: (?:today|here|that remain))?)',
  String.raw` (?:still |also )?(?:include|are|comprise|cover)\s*[::]?\s+([^::;]{20,900}?)[.!]?$`,
)

/** "It does not defend against a broken wall, a bribed guard, or a flood." names three. */
export function deniedIn(text: string): ScopeLine | null {
  for (const sentence of sentencesIn(text)) {
    const kept = (noProtection.exec(sentence)?.[1] ?? '').slice(0, 600)
    const listed = (deniedBy(sentence) ?? notGiven.exec(sentence)?.[1] ?? '').slice(0, 600)
    const names = namesOf(kept === '' ? listed : kept)
    if (names.length < 2 || !areNames(names)) continue
    const hostile = names.filter((name) => soundsLikeAttack(name))
    // What there is no protection against is harm, in whatever words.
    const isHarm = kept !== '' && hostile.length > 0
    if (!isHarm && !mostNameHarm(names, hostile)) continue
    const role = /\b(?:model|analysis|document) do/i.test(sentence) ? 'out-of-scope' : 'unprotected'
    return { role, title: sentence.slice(0, 80), names }
  }
  return null
}

function deniedBy(sentence: string): string | undefined {
  const match = denial.exec(sentence)
  return match?.[1] ?? match?.[2]
}

const denial = pattern(
  'i',
  String.raw`\b(?:(?:do|does|will|can)(?: not|n['’]t)|cannot) (?:currently |attempt to |try to )?`,
  '(?:(?:defend|protect|guard)(?: (?:users?|you))? (?:against|from)|defend|guard)',
  String.raw` (?!(?:users?|you|against|from)\b)([^.::;]{10,600})`,
  String.raw`|\b(?:model|analysis|document) (?:does|do)(?: not|n['’]t) (?:include|cover|consider`,
  '|address|model) ([^.::;]{10,600})',
)

/** "We protect against stolen keys and forged tickets": as what is denied, where both are told. */
export function defendedIn(text: string): ScopeLine | null {
  if (deniedIn(text) === null) return null
  for (const sentence of sentencesIn(text)) {
    const names = namesOf((defence.exec(sentence)?.[1] ?? '').slice(0, 600))
    if (names.length < 2 || !areNames(names)) continue
    const hostile = names.filter((name) => soundsLikeAttack(name))
    if (!mostNameHarm(names, hostile)) continue
    return { role: 'protected', title: sentence.slice(0, 80), names }
  }
  return null
}

const defence = pattern(
  'i',
  String.raw`^(?!.*(?:\b(?:not|cannot|never)|n['’]t)\b)[^.::;]{1,60}?(?<!\bto )\b`,
  '(?:defends?|protects?|guards?)(?: (?:users?|you))? (?:against|from)',
  ' ([^.::;]{10,600})',
)

/** "It claims no protection against whoever holds the key, coercion, or floods." */
const noProtection = pattern(
  'i',
  String.raw`\b(?:(?:do|does|can)(?: not|n['’]t)|cannot) (?:claim|provide|offer|promise|guarantee)`,
  ' (?:any |full |complete )?(?:protection|defen[cs]e|safety) (?:against|from) ',
  '([^.::;]{10,600})',
)

const notGiven = pattern(
  'i',
  '^([^.::;]{10,600}?) (?:are|is) not (?:guaranteed|defended|protected|prevented|covered',
  String.raw`|addressed)\b`,
)

/** Longer than this is a sentence. */
const longestName = 10

function isName(text: string): boolean {
  return text.split(' ').length <= longestName
}
