import { withoutOrdinal } from '../identity.ts'
import type { Block, Entry } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { pattern, withoutEnd } from '../vocabulary/pattern.ts'
import { bareName } from './adversaries.ts'

/*
 * Whether a heading or the line above a list says that somebody can do what follows, and who:
 *
 *   What a hostile guest can do        a hostile guest, can
 *   The thief cannot:                  thief, cannot
 *   They may:                          whoever the section is about, can
 */

export interface Power {
  /** Empty when the words name none ("Cannot:"). */
  adversary: string
  can: boolean
  /** The reader is told to reckon with it, whoever it is. */
  isWarned?: true
}

/** "| Can do | Cannot do |": what stands in the cells are the threats, and not what heads them. */
export function isPowersTable(block: Block): boolean {
  if (block.type !== 'table') return false
  const said = block.header.flatMap(({ phrase }) => powerOf(phrase.text) ?? [])
  return said.some(({ can }) => can) && said.some(({ can }) => !can)
}

/** What somebody who looks on does. */
export const spying = '(?:see|learn|observe|infer|deduce|derive|find out|record|collect|know|read)'

const forms: readonly RegExp[] = [
  pattern(
    'i',
    "^(?:what|things) (?:(?:an?|the|this|that) )?(.{2,100}?) (can(?:not|'t| not)?",
    String.raw`|could|may|might|is able to|are able to|is unable to)\b(?: still| also)?`,
    String.raw`(?: \w+){0,3}`,
    '(?: (?:with|via|through|from|on) [^,:]{2,60})?$',
  ),
  pattern(
    'i',
    "^(?:(?:an?|the) )?(.{2,110}?) (can(?:not|'t| not)?|could|may|is able to|is unable to",
    "|will be able to|(?:should|must|will|is|are)(?: not|n't) be able to|(?:is|are) not able to",
    ')(?: still| also| however)?(?: do| achieve| perform| attempt| (?:try|attempt|want) to',
    '| cause (?:\\S+ ){1,4}to',
    `| ${spying}(?:(?:,| and| or|, and|, or) ${spying}){0,3})?`,
    '(?: (?:one or more|any|some) (?:of )?)?(?: ?the following(?: actions| things)?)?$',
  ),
  /^(?:(?:an?|the) )?(.{2,110}?) (with the (?:ability|power) to|capable of)$/i,
  /^(?:(?:an?|the) )?(.{2,110}?) ((?:is|are) (?:assumed|presumed) to(?: be able to)?)$/i,
  /^if ()(?:they|an? [^,:]{2,40}) can [^,:]{2,60}$/i,
  /^()(?:they |it |he |she |who |what (?:they|it) )?(can(?:not|'t| not)?)(?: do| achieve)?$/i,
  /^()(?:they |it |he |she )?((?:should|must|will)(?: not|n't) be able to)$/i,
  // "We assume an adversary who:" opens what he may and may not do.
  /^(?:(?:an?|the) )?(.{0,100}?\b(?:attackers?|adversar(?:y|ies))) (who|that|which)$/i,
]

export const powerOf = remembering((text): Readonly<Power> | null => {
  const plain = withoutOrdinal(text).replace(/[’]/g, "'").replace(linkWord, '')
  const words = withoutEnd(plain, /[\s:.:]/).replace(remark, '')
  const warned = warning.exec(text.replace(/\([^()]{1,80}\)\s*/, ''))
  if (warned !== null) return { adversary: warned[1] ?? '', can: true, isWarned: true }
  if (words.length > 140) return null
  for (const form of forms) {
    const match = form.exec(words)
    if (match === null) continue
    const name = bareName(match[1] ?? '')
    // "It may:" means whoever the section is about.
    const adversary = pronoun.test(name) ? '' : name
    return { adversary, can: !/not|n't|unable/i.test(match[2] ?? '') }
  }
  return null
})

/** "You should assume that users of the house, or of the yard, can": the first of them. */
const warning = pattern(
  'i',
  '^(?:you|one|we|users|readers|operators) (?:should|must|have to) (?:assume|expect)(?: that)?',
  ' ([^,]{2,80})(?:,.{2,160})? (?:will be able to|can|could|may)[:: ]*$',
)

/** Whoever the section is about. */
const pronoun =
  /^(?:it|they|he|she|who|(?:this|these|such an?|same)(?: (?:attacker|adversary|actor)s?)?)$/i

/** "…, no matter what": how firmly it is said. */
const remark = /,\s+(?:no matter|even|whatever|regardless|under any|in any|at all)\b[^,::]{0,50}$/i

/** Words that tie a sentence to the one before. */
const linkWord = pattern(
  'i',
  '^(?:it is assumed that|(?:[\\w.-]+ ){1,3}assumes?(?: that)?|assume(?: that)?',
  '|namely|also|however|furthermore|in particular|therefore|in addition|so|thus|then),? ',
)

/** Words for somebody who is up to no good. */
export const hostile = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar\w+|malicious|compromis\w+|hostile|intruder|thief`,
  '|eavesdropper|mitm|insider|hacker|actor|rogue|workload|malware|seizure|evil',
  String.raw`|untrusted|opponent|enemy|unauthori[sz]ed|third[- ]part(?:y|ies)|observer|snoop)\b`,
)

/** "Cannot open the safe" below "a thief who:" says so of itself. */
export function ownPower({ head }: Entry, power: Power): Power {
  return denied.test(head.text) ? { ...power, can: false } : power
}

const denied = /^\W*(?:cannot|can(?: not|['’]t)|(?:does|do|may|is|are|has) not)\b/i
