import type { Phrase } from '../outline/phrase.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { explicit, type StatusReading } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { attackWords, soundsLikeAttack } from '../vocabulary/words.ts'
import { nameOf } from './names.ts'

/*
 * What the words of a scope list say beside its heading: that it takes a worry away, that an entry
 * only opens a list of its own, and that its entries are the duty of others.
 */

export const endsInNot = /\b(?:not|\w+n['’]t)\W*$/

interface Titled {
  role: Role
  title: string
}

/** True for a list that takes a worry away or names properties, and no threats. */
export function tellsOther(list: List, under: Titled): boolean {
  return isReassurance(list, under) || namesProperties(list, under) || describes(list, under)
}

/** "This project is: for teaching, offline" and "Defended by construction: no allocation". */
function describes({ intro, entries }: List, { role, title }: Titled): boolean {
  const isBuilt = role === 'protected' && /\bby (?:construction|default)\b/i.test(title)
  if (!isBuilt && !whatItIs.test(intro?.text ?? '')) return false
  return !entries.some(({ head }) => soundsLikeAttack(isBuilt ? nameOf(head) : head.text))
}

const whatItIs =
  /^(?:it|this|the) (?:(?:project|model|document|tool|system|product) )?(?:is|was)\s*[::]?$/i

/** "**Isolation of guests.**", "**Trustworthy keys**" guarantee, and name no harm to be met. */
function namesProperties({ entries }: List, { role, title }: Titled): boolean {
  if (role !== 'protected' || protection.test(title) || entries.length < fewestProperties)
    return false
  const harms = entries.filter(({ head: { lead } }) => attackWords(lead) > 0 || denies.test(lead))
  return entries.every(({ head }) => head.lead !== '') && harms.length * 5 <= entries.length
}

const fewestProperties = 4
/** Says that something does not happen. */
export const denies = /\b(?:not|never|no|cannot|nobody|\w+n['’]t)\b/i

export const protection = pattern(
  'i',
  'protect|defend|mitigat|prevent|stop|against|address|defeat|resist|block|counter|thwart',
  '|withstand|deter|encrypt|hid(?:e|den)|conceal|anonymi',
  '|schütz|protege|beskytt|skydda|bescherm|chroni|защищ|захищ|守れ|保護し|防[护護]',
)

/**
 * "It does not: protect a lost key" names what is open; "It does not: delete files, phone home"
 * takes a worry away.
 */
function isReassurance(list: List, { title }: { title: string }): boolean {
  if (!endsInNot.test(title)) return false
  const promises = list.entries.filter(
    ({ head }) => promise.test(head.text) || protects.test(head.text),
  )
  return promises.length * 2 < list.entries.length
}

const promise = pattern(
  'i',
  '^(?:protect|defend|guard|prevent|stop|hide|mitigate|resist|detect|block|defeat|guarantee',
  '|handle|anonymi[sz]e|encrypt|remove|check|verify|validate|sanitize|cover|solve|address',
  String.raw`|ensure|scrub)\b`,
)

/** "Hiding who talks to whom" among what is not done is what may happen, and no feature. */
export const protects = pattern(
  'i',
  '^(?:(?:an?|any|the|full|strong|provid(?:e|ing)|offer(?:ing)?|giv(?:e|ing)) ){0,3}',
  '(?:protect|defend|guard|prevent|hid(?:e|ing)|conceal|mitigat|resist|defeat|guarantee|anonymi',
  String.raw`|shield|thwart|defen[cs]e|secrecy|confidentiality|isolation|deniability)\w*\b`,
)

/** "Forward secrecy", "Secrecy of the notes without a lid": what is not promised may be lost. */
function isUnpromised(text: string): boolean {
  return protects.test(text) || property.test(text)
}

const property = pattern(
  'i',
  String.raw`\b(?:secrecy|confidentiality|anonymity|deniability|unlinkability|non-repudiation`,
  String.raw`|untraceability|unobservability)\b|^(?:resistance|resilience) (?:to|against)\b`,
)

/**
 * A third of what is not protected (two thirds of what is ruled out) names harm: then the plain
 * words beside it do, too.
 */
export function speaksOfAttacks(list: List, role: Role): boolean {
  const isMeant = ({ head: { text } }: Entry) =>
    soundsLikeAttack(withoutBrackets(text)) || (role === 'out-of-scope' && isUnpromised(text))
  const attacks = list.entries.filter(isMeant)
  if (role === 'out-of-scope') return attacks.length * 3 >= list.entries.length * 2
  if (role === 'resolved') return attacks.length * 2 > list.entries.length
  return role === 'unprotected' && attacks.length * 3 >= list.entries.length
}

/** "Forged tokens (the signature is verified)": the brackets tell of the control. */
export function withoutBrackets(text: string): string {
  return text.replace(/\([^()]{3,300}\)/g, ' ')
}

/** "Well infrastructure" out of scope is what goes wrong there; what is no goal is a feature. */
export function isArea({ head }: Entry, { role, title }: { role: Role; title: string }): boolean {
  if (role !== 'out-of-scope' || /\bgoals?\b/i.test(title)) return false
  const name = head.lead === '' ? head.text : head.lead
  return name.split(' ').length <= longestArea && areas.test(name)
}

/** "No deletion of old pages", "Fence hardening" are no goals, and threaten nothing. */
export function isMissingFeature(
  text: string,
  { role, title }: { role: Role; title: string },
): boolean {
  if ((role === 'out-of-scope' || role === 'unprotected') && doesNot.test(text)) return true
  if (!/\bgoals?\b/i.test(title)) return false
  return measure.test(text) || /^no (?!.*\b(?:protect|defen|guarant|mitigat|prevent))/i.test(text)
}

/** "It does not create users" says what is not built, and not who is not kept out. */
const doesNot = pattern(
  'i',
  String.raw`^(?:it|this \w+|the \w+) does not (?:create|own|manage|replace|install|configure`,
  '|implement|include|support|build|generate|deploy|run|host|offer|maintain|aim',
  String.raw`|provide (?!protect|confid|integr|secur|anonym))\b`,
)

/** The name of something that is built, up to what explains it. */
const measure = pattern(
  'i',
  String.raw`^(?!no\b)[^.:(—]{3,60}\b(?:defen[cs]e|hardening|enforcement|attestation`,
  '|allow-?lists?|isolation|sandboxing|detection|integrations?|support|enforcement service)',
  String.raw`\s?(?:[.:;(—]|$)`,
)

/** "Closed" beside "Open": both list the same sort of thing. */
export function isBesideOpen({ title, parent }: Section): boolean {
  return parent !== null && roleOf(title) === 'resolved' && holdsOpen(parent)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const holdsOpen = rememberingOf(({ children }: Section) =>
  children.some(({ heading }) => open.test(heading.text)),
)

const open = /^\W*(?:still )?(?:open|unresolved|outstanding)(?: \w+)?\W*$/i

/** "**Integrity:** nobody changes a page unseen" is named by what is promised. */
export function withoutClass(phrase: Phrase): Phrase {
  const text = phrase.afterLead.replace(/^[\s:.:—–-]+/, '')
  if (classOf(phrase.lead) === null || text.split(' ').length < 4) return phrase
  return { ...phrase, text, lead: '', afterLead: text }
}

const longestArea = 6
const areas = /^(?!.* of ).*\b(?:threats|infrastructure|correctness|system)\W*$/i

/** "Defend against:" among what is no goal opens the list of it. */
export const heldOff = /^(?:defend|protect|guard)(?: \w+)? against\W*$/i

/** "Physical attacks, including:", "Keep users from leaks by:" over the attacks. */
export const listsMore =
  /\b(?:including|such as|like|namely|e\.g\.|by|via|through|from|against)\s*[::]\W*$/i

export function entriesBelow({ blocks }: Entry): Entry[] {
  return blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
}

/**
 * "Signatures would add authorship", "A real kiln remains a release gate", "The label must go on
 * saying so", "Fire drill" below "To be validated by hand" and, among assumptions, "The kiln is
 * trusted": what is to come, asked for or taken for granted is no risk that is left.
 */
export function isNoRisk(text: string, role: Role, heading: string): boolean {
  if (role !== 'residual' && role !== 'limitations') return false
  const [first = ''] = withoutBrackets(text).split(/[.;]\s/)
  if (toCome.test(first)) return true
  if (asksForWork.test(heading) && work.test(first)) return true
  return /\bassumptions?\b/i.test(heading) && granted.test(first)
}

const toCome = pattern(
  'i',
  String.raw`\b(?:would|could) (?:add|give|provide|close|raise|strengthen|improve|help)\b`,
  String.raw`|\bremains? (?:an? |the )?(?:\w+ ){0,2}(?:gates?|goals?)\b`,
  String.raw`|\b(?:must|should|shall) (?:continue|keep|remain|stay|go on)\b`,
)

/** "Residual risks / manual validation required", "Open risks and pending reviews" */
const asksForWork = pattern(
  'i',
  String.raw`\b(?:validation|verification|review|testing|test|check|audit|action|work)s?`,
  String.raw` (?:(?:is|are) )?(?:still )?(?:required|needed|pending|outstanding)\b`,
  String.raw`|\b(?:pending|required|outstanding) (?:manual )?(?:validation|verification|review`,
  String.raw`|testing|test|check|audit|action|work)s?\b`,
)

const work =
  /\b(?:reviews?|verification|validation|drills?|tests?|testing|audits?|assessments?|checks?)\b/i

const granted = pattern(
  'i',
  String.raw`\b(?:is|are) (?:fully |always )?(?:trusted|honest|assumed|correct|not compromised`,
  String.raw`|the (?:trust root|root of trust|trust anchor))\b`,
)

const parties = pattern(
  'i',
  String.raw`\b(?:waf|cdn|gateway|applications?|apps?|origin|operators?|users?|platform`,
  String.raw`|upstream|provider)\b|\b(?:kernel|os|browser|host|infrastructure|deployer`,
  String.raw`|admins?|shield|bot management)\b|アプリ`,
)

/** A list that names in brackets whose duty each entry is: "Rate limiting (API gateway)". */
export function handedOn(list: List): StatusReading | null {
  const named = list.entries.filter((entry) => {
    const bracket = /[(（]([^()（）]{2,60})[)）][.。]?$/.exec(entry.head.text)?.[1] ?? ''
    return parties.test(bracket) && !/\b(?:by|is|are|not|e\.g|handled)\b/i.test(bracket)
  })
  const isRule = named.length >= 3 && named.length * 5 >= list.entries.length * 3
  return isRule ? explicit('transferred', named[0]?.head.text ?? '') : null
}

/** "It does not cover:" under "Scope of this threat model" leaves out. */
export function drawsLine({ heading }: Section, intro: string): boolean {
  return /\bscope\b.{0,80}\bmodel\b/i.test(heading.text) && /\bnot cover\W*$/i.test(intro)
}

export const saysOutside = /\bout[- ]of[- ]scope\b|\bare outside (?:of )?(?:this|the|our)\b/i

/** The subjects of a sentence that rules out three things or more, half of them attacks. */
export function namesOutside(text: string): string[] {
  const subject = /^(.{10,500}?)\s+(?:are|remain) (?:explicitly )?(?:out|outside) of?\b/i
  const listed = subject.exec(text)?.[1] ?? outside.exec(text)?.[1]
  if (listed === undefined || /[.;::]\s/.test(listed)) return []
  const names = listed.split(/,\s+(?:and\s+|or\s+)?/)
  if (names.length < 3 || names.some((name) => name.split(' ').length > 10)) return []
  return names.filter(soundsLikeAttack).length * 2 >= names.length ? names : []
}

const outside = /^(.{10,500}?)\s+(?:are|remain) (?:explicitly )?outside (?:this|the|our)\b/i

/** "The post room: letters that are opened" is named before the colon. */
const explained = /^([^::.]{5,80}):\s+\S/
/** "A host should not be able to read the key" says what could happen. */
const mustNot = /\b(?:should|must|shall|can)(?: ?not|n['’]t) be able to\b/i

/** "Gate, lock or hinge bypasses": what is wrong with a control, however many it names. */
const flaws = /\b(?:flaws|defects|bugs|weaknesses|bypass(?:es)?|vulnerabilities|failures?)\b/i

/** Half of the bold names, or most of the texts, name harm. */
export function listsAttacks({ entries }: List): boolean {
  const isNamed = entries.every(({ head }) => head.lead !== '')
  const attacks = entries.filter(({ head }) =>
    isNamed
      ? soundsLikeAttack(head.lead)
      : flaws.test(head.text) ||
        soundsLikeAttack(explained.exec(head.text)?.[1] ?? head.text) ||
        mustNot.test(head.text),
  )
  return isNamed ? attacks.length * 2 >= entries.length : attacks.length * 2 > entries.length
}
