import { remembering } from '../remember.ts'
import { lastSentence } from './clauses.ts'
import { introSentences } from './intro-sentences.ts'
import { anyOf, pattern } from './pattern.ts'
import { countsFlaws } from './policies.ts'
import { standingOfHeading } from './standing.ts'
import { type Role, roleOf } from './vocabulary.ts'

/*
 * Sentences that introduce a list: "We consider the following attacker models:", "Primary assets
 * include:", "The proxy does not defend against:". A heading names its part with a noun; a sentence
 * does it with a verb, so it needs its own patterns.
 */

/** Nouns count in a short introduction, or in one that says "the following". */
const nouns: readonly [RegExp, Role][] = [
  [
    pattern(
      '',
      String.raw`\b(?:adversar(?:y|ies)|attackers?|threat actors?`,
      String.raw`|attacker (?:models?|profiles?))\b`,
      '(?! (?:goals?|objectives?|aims|capabilit|motiv)|-[a-z])',
    ),
    'adversaries',
  ],
  [/\bassets\b|\basset is$/, 'assets'],
  [/\bassum(?:e|es|ed|ptions?)\b|\btrust(?:s|ed)? that\b/, 'assumptions'],
  [/\btrust boundar(?:y|ies)\b/, 'boundaries'],
  [/\b(?:mitigations?|controls|countermeasures|safeguards|mitigated by)\b/, 'mitigations'],
  [
    /\b(?:threats|risks|threat scenarios|attack scenarios|failure modes|vulnerabilities)\b/,
    'threats',
  ],
  [/\b(?:attacks|attack vectors|(?:avenues|lines|routes|vectors) (?:of|for) attack)\b/, 'attacks'],
]

/** "Gaps identified above:" what follows repeats what the document has told. */
export function saysAgain(intro: string): boolean {
  return again.test(intro)
}

const again = pattern(
  'i',
  String.raw`\b(?:identified|listed|described|discussed|noted|documented|mentioned)`,
  String.raw` (?:above|earlier)\b|\b(?:every|each|all) (?:row|entry|item|entries|items)s? below\b`,
  String.raw`.*\b(?:carried|collected|repeated|consolidated|gathered)\b`,
  String.raw`|^\W*(?:[\d.]+\s+)?consolidated\b`,
)

/** "It models threats for two modes of operation:" goes on with the modes. */
const ofParts = pattern(
  '',
  String.raw`\b(?:threats|risks|attacks)\b.* (?:in|for|of|across|on) (?:(?:the|these|its|our) )?`,
  String.raw`(?:two|three|four|five|six|seven|eight|\d) (?!.*\b(?:threats|risks|attacks))`,
)

/** "Do not claim:" tells the reader what not to say. */
const asksOfReader =
  /^(?:please )?(?:do not|don't|never|avoid) (?:claim|say|write|promise|describe|call)/

/** "These are left open:**": a colon, and behind it signs at most. */
export function endsInColon(text: string): boolean {
  return /[::]\W*$/.test(text.slice(-mostSigns))
}

/** "If the clerk's key is stolen:" goes on with what happens then. */
export const ifHarmed = pattern(
  'i',
  '^(?:if|once|when) [^:]{3,160}\\b(?:compromised|stolen|leaked|hacked|breached|turned|malicious',
  String.raw`|hostile|seized|infected|hijacked)\b[^:]{0,80}:\W*$`,
)

/** A colon, or "The thief is able to …" */
export function opensList(text: string): boolean {
  return /(?:[::]|\.\.\.|…)\W*$/.test(text.slice(-mostSigns))
}

const mostSigns = 40

/** What an introduction announces, or null. Only its last sentence counts. */
export function roleOfIntro(text: string): Role | null {
  return rememberedIntro(text)
}

const rememberedIntro = remembering((text): Role | null => {
  if (countsFlaws(text)) return 'threats'
  const plain = lastSentence(text.slice(-introLength))
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[*\s:.:]+$/, '')
    .replace(/ \([^()]{1,120}\)$/, '')
    // "Beyond attackers, we think of:" goes on with something else.
    .replace(/^(?:beyond|besides|apart from|aside from|in addition to)\b[^,]{1,80},\s*/, '')
  if (asks.test(plain)) return 'other'
  // "An attacker on the wire can:", "If the key leaks:" introduce what happens, not who or what.
  if (/^(?:if|when|once|suppose)\b|\b(?:can|cannot|can't|could|may)$/.test(plain)) return null
  if (/\b(?:attackers?|adversar(?:y|ies)) (?:who|that|which)$/.test(plain)) return null
  // "A threat can be unmitigated (U), mitigated (M) or accepted (A)" explains the words.
  if (/\b(?:can|may) be (?:un)?mitigated\b.{0,200}\bor\b/.test(plain)) return null
  if (/^(?:even with|despite|in spite of|notwithstanding)\b/.test(plain)) return null
  if (/\b(?:because|since|as|so that|reasons?|namely)$/.test(plain)) return null
  if (mustNot.test(plain)) return null
  if (ofParts.test(plain) || asksOfReader.test(plain) || suits.test(plain)) return 'other'
  if (rating.test(plain)) return 'other'
  if (answers.test(plain)) return 'mitigations'
  if (accepting.test(plain)) return 'accepted'
  if (leavesOut.test(plain)) return 'out-of-scope'
  if (aboutDocument.test(plain)) return null
  // "Attacks mitigated:" promises, whatever the heading above.
  if (standingOfHeading(plain) === 'mitigated') return 'protected'
  const heading = roleOf(plain)
  if (heading !== null) return heading
  const said = saidIn(plain)
  if (said !== null) return said
  const announces = /\b(?:following|below|as follows|these|consider|include[sd]?|are)\b/.test(plain)
  const words = plain.split(' ').length
  if (words > (announces ? announcingWords : shortWords) || /\b(?:not|no|can|cannot)\b/.test(plain))
    return null
  return nouns.find(([pattern]) => pattern.test(plain))?.[1] ?? null
})

function saidIn(plain: string): Role | null {
  if (!isAnySentence(plain)) return null
  return introSentences.find(([sentence]) => sentence.test(plain))?.[1] ?? null
}

const isAnySentence = anyOf(introSentences.map(([sentence]) => sentence))

/** "These must not be solved in one place only:" asks for something, and denies nothing. */
const mustNot =
  /\b(?:must|should|shall) not be (?:solved|handled|addressed|treated|fixed|resolved)\b/

/** "Suitable for:", "Not recommended for:" go on with uses. */
const suits = /^(?:(?:is|it is|not|un) ?)*(?:suitable|recommended|suited|appropriate|intended) for$/

/** "Threats are ranked by four measures:" goes on with the measures. */
const rating = pattern(
  '',
  String.raw`\b(?:threats?|risks?|attacks?|vulnerabilit(?:y|ies)|issues|findings|each)\b.{0,30}`,
  String.raw`\b(?:prioriti[sz]ed|ranked|rated|scored|weighed|assessed|evaluated|measured|judged`,
  '|classified|categori[sz]ed|sorted|grouped)',
  ' (?:by|on|using|with|along|across|against|according to|based on|in terms of)\\b',
)

/**
 * "The following must hold:" asks, "Operators are responsible for:" lists duties, and "Later work
 * should examine:" what is to be done.
 */
const asks = pattern(
  '',
  String.raw`^(?!.*\b(?:attackers?|adversar\w+|threats?|risks?|attacks?)\b).*\bshould`,
  ' (?:also )?(?:examine|explore|evaluate|study|investigate|provide|use|follow|verify|test',
  '|check|review|add|adopt|implement|support|ensure)$|',
  String.raw`\bmust (?:always |never )?(?:hold|be (?:true|kept|upheld|maintained|preserved))$`,
  // "Each entry must include:" goes on with what has to be written down.
  String.raw`|\b(?:must|should|shall|has to|have to) (?:also |always |at least )?`,
  '(?:include|contain|state|record|list|specify|document)$',
  // "How to report vulnerabilities:" goes on with the way to do it.
  '|^(?:how|where) to (?:report|disclose|submit|send)\\b',
  String.raw`|\b(?:is|are|remains?) (?:\w+ )?responsible for$`,
  String.raw`|\b(?:they|these|those|it|each|all of (?:them|these))`,
  ' (?:must|should|shall)(?: all)? be$',
)

/** "It mitigates these through:" names no threats but what is done about them. */
const answers = pattern(
  '',
  String.raw`\b(?:mitigat|prevent|address|handl|counter|reduc|defend)\w*(?: against)?`,
  ' (?:these|this|those|them|it|the (?:above|following))(?: \\w+){0,2}',
  ' (?:through|by|with|via|using)(?: an? .{3,60})?$',
  String.raw`|\b(?:mitigat|prevent|address|handl|counter|reduc|lower)\w* .{1,60}?`,
  ' (?:by|through|with|using)',
  String.raw`(?: \w+)? (?:the following|these)(?: \w+){0,2}$`,
  // "To keep thieves out, follow these rules:" asks the reader.
  '|^(?:in order )?to (?:mitigate|prevent|reduce|minimi[sz]e|avoid|address|counter|limit',
  String.raw`|protect|defend|stay safe|secure|harden)\b.{0,140}?,\s(?:please )?(?:follow|use`,
  String.raw`|apply|implement|adopt|consider|take|do|we|you|users|operators|administrators)\b`,
)

/** "This document models threats across:" says where, and not which. */
const aboutDocument = pattern(
  '',
  String.raw`^(?:this|the) (?:(?:threat |security )?model|document|file|page|report)\b`,
  String.raw`(?!.*\b(?:following|below|these|include[sd]?)\b)(?=.*\b(?:in|across|for|of|to|by)$)`,
)

/**
 * "The model does not assume protection against:" draws a line, whoever stands behind it, and so
 * does "The attacker is not assumed to:" above what it would have to do.
 */
const leavesOut = pattern(
  '',
  String.raw`\b(?:model|document|page|analysis) (?:\w+ )?(?:does|do)(?: not|n't) (?:\w+ )?`,
  String.raw`(?:assume|cover|consider|include|model)\b`,
  String.raw`|^(?:(?:an?|the|such) )?(?:\w+ )?(?:attackers?|adversar(?:y|ies)) (?:is|are)`,
  String.raw`(?: not|n't) (?:assumed|considered|presumed|expected)\b.{0,40}$`,
  // "We are explicitly not covering:"
  String.raw`|\b(?:we|i|analysis|document|model|review)\b[^.;:]{0,30}`,
  String.raw`\bnot (?:covering|considering|modell?ing)$`,
)

const accepting = /\baccepts? (?:the )?(?:following|these) (?:\w+ )?(?:risks?|threats?|limits?)\b/

const shortWords = 6
const announcingWords = 14
const introLength = 240
