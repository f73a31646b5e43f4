import { pattern } from './pattern.ts'
import { standingOfHeading } from './standing.ts'
import { type Role, roleOf } from './vocabulary.ts'

/*
 * Sentences that introduce a list: "We consider the following attacker models:", "Primary assets
 * include:", "The proxy does not defend against:". A heading names its part with a noun; a sentence
 * does it with a verb, so it needs its own patterns.
 */

const sentences: readonly [RegExp, Role][] = [
  // "The security claims require:" says when they hold.
  [
    pattern(
      '',
      String.raw`\b(?:claims?|guarantees?|properties|promises|model|analysis)\b.{0,40}`,
      String.raw`\b(?:requires?|depends? on|rel(?:y|ies) on|presupposes?|holds? only (?:if|when))$`,
    ),
    'assumptions',
  ],
  // "We do not assume:" above what an attacker would have to have.
  [
    /^(?:we|this model|the model) (?:\w+ )?(?:do|does) not (?:assume|consider|model)$/,
    'out-of-scope',
  ],
  // "The safe is built to protect:" names what is worth it.
  [
    /\b(?:built|designed|made|meant|intended|here|exists?) to (?:protect|guard|secure|keep safe)$/,
    'assets',
  ],
  // "Our decisions prioritize:" names what is wanted.
  [
    /\b(?:prioriti[sz]es?|focus(?:es)? on|emphasi[sz]es?|favou?rs?|aims? (?:at|for|to)|values?)$/,
    'other',
  ],
  [/\b(?:risks?|threats?|gaps?|issues)\b.{0,40}\bremains?\b/, 'residual'],
  // "Our goals do not include:" rules out.
  [
    /\b(?:objectives?|goals?|aims?|scope|threat model)\b.{0,20}\bdo(?:es)?(?: not|n't) include\b/,
    'out-of-scope',
  ],
  [
    pattern(
      '',
      String.raw`\b(?:does|do|is|are|will|can|could|did|must|should)(?: \w+)?(?: not|n't`,
      String.raw`|not)\b.{0,50}\b(?:pr`,
      'otect|defend|cover|prevent|mitigate|address|guarantee|claim|attempt|aim|try',
      '|provide|detect|include|stop|defeat|resist|block|counter|thwart|withstand|hide)',
    ),
    'unprotected',
  ],
  // "The diary does not:" speaks of the product, "the attacker does not:" of something else.
  [
    /^(?!.*\b(?:attackers?|adversar\w+|they|users?|you)\b).*\b(?:do|does|will)(?: not|n't)$/,
    'unprotected',
  ],
  [
    pattern(
      '',
      String.raw`\bout[- ]of[- ](?:the )?scope\b|\bnot (?:in scope|considered|covered)\b`,
      String.raw`|\boutside (?:of )?(?:this|the|our) (?:threat model|scope)\b|\bexclude[ds]?\b`,
    ),
    'out-of-scope',
  ],
  [
    pattern(
      '',
      String.raw`\b(?:protects?|defends?|guards?|guarantees?|is designed to`,
      String.raw` protect)\b.{0,30}\bagain`,
      String.raw`st\b.{0,40}$`,
    ),
    'protected',
  ],
  [
    pattern(
      '',
      String.raw`\b(?:provid\w+|offer\w*|giv\w+|has|have)\b.{0,30}\b(?:mitigations?|protections?`,
      String.raw`|defen[cs]es?) (?:against|from|for) (?:the )?(?:following|these)\b`,
      String.raw`|\b(?:mitigates|prevents|stops|defeats|resists|addresses|closes|blocks)`,
      ' (?:the )?(?:following',
      '|these)',
    ),
    'protected',
  ],
  [
    pattern(
      '',
      String.raw`\b(?:designed|built|made|meant|intended|aims) to (?:address|mitigate|prevent`,
      String.raw`|stop|resist|counter) (?:the )?(?:following|these)\b`,
    ),
    'protected',
  ],
  [
    /\bguarantees? the following\b|\bfollowing (?:security )?(?:guarantees|properties)\b/,
    'protected',
  ],
  [
    /\b(?:designed|meant|intended|built|aims) to (?:reduce|limit|lower|deter|slow down)$/,
    'protected',
  ],
  // "Attackers often exploit:" tells what they exploit.
  [
    /\b(?:attackers|adversaries)(?: \w+)? (?:exploit|abuse|leverage|target|look for|seek)$/,
    'threats',
  ],
  // "Still vulnerabilities, rated as usual:" goes on with what the project answers for.
  [
    pattern(
      '',
      '^(?:these |the following )?(?:(?:are|is|remain) )?(?:still|always|nonetheless)',
      '(?: (?:treated|handled|considered|counted)(?: as)?)?',
      String.raw` (?:security (?:bugs|issues|vulnerabilities|problems)|vulnerabilities)\b`,
    ),
    'threats',
  ],
  // "Attackers may attempt to:" opens what they do.
  [
    /^(?:(?:an?|the|such) )?(?:\w+ )?(?:attackers?|adversar(?:y|ies)) (?:may|might)(?: \w+){0,3}$/,
    'threats',
  ],
  [/\bin scope\b/, 'in-scope'],
  [
    pattern(
      '',
      String.raw`\b(?:ways|means|measures|steps|methods|options|how) (?:we )?(?:to|of|that|can)`,
      ' ?(?:limit|reduc|mitigat|prevent|avoid|address|handl|minimi[sz]|contain|counter',
      '|lower|lessen)',
    ),
    'mitigations',
  ],
  // "It consists of three systems:" names parts, under whatever heading.
  [
    pattern(
      '',
      String.raw`\b(?:systems|components|services|layers|parties|participants|principles|documents`,
      '|files|modules|roles|steps|phases|stages|terms|definitions|diagrams|questions)$',
    ),
    'other',
  ],
]

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
  [/\bassets\b/, 'assets'],
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

/** What an introduction announces, or null. Only its last sentence counts. */
export function roleOfIntro(text: string): Role | null {
  const last =
    text
      .slice(-introLength)
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? text
  const plain = last
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[*\s:.:]+$/, '')
    // "Beyond attackers, we think of:" goes on with something else.
    .replace(/^(?:beyond|besides|apart from|aside from|in addition to)\b[^,]{1,80},\s*/, '')
  // "An attacker on the wire can:", "If the key leaks:" introduce what happens, not who or what.
  if (/^(?:if|when|once|suppose)\b|\b(?:can|cannot|can't|could|may)$/.test(plain)) return null
  // "A threat can be unmitigated (U), mitigated (M) or accepted (A)" explains the words.
  if (/\b(?:can|may) be (?:un)?mitigated\b.{0,200}\bor\b/.test(plain)) return null
  if (/^(?:even with|despite|in spite of|notwithstanding)\b/.test(plain)) return null
  if (/\b(?:because|since|as|so that|reasons?|namely)$/.test(plain)) return null
  if (ofParts.test(plain) || asksOfReader.test(plain)) return 'other'
  if (asks.test(plain)) return 'other'
  if (answers.test(plain)) return 'mitigations'
  if (accepting.test(plain)) return 'accepted'
  if (leavesOut.test(plain)) return 'out-of-scope'
  if (aboutDocument.test(plain)) return null
  // "Attacks mitigated:" promises, whatever the heading above.
  if (standingOfHeading(plain) === 'mitigated') return 'protected'
  const heading = roleOf(plain)
  if (heading !== null) return heading
  const said = sentences.find(([pattern]) => pattern.test(plain))?.[1]
  if (said !== undefined) return said
  const announces = /\b(?:following|below|as follows|these|consider|include[sd]?|are)\b/.test(plain)
  const words = plain.split(' ').length
  if (words > (announces ? announcingWords : shortWords) || /\b(?:not|no|can|cannot)\b/.test(plain))
    return null
  return nouns.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

/** "The following must hold:" asks, and "Operators are responsible for:" lists duties. */
const asks = pattern(
  '',
  String.raw`\bmust (?:always |never )?(?:hold|be (?:true|kept|upheld|maintained|preserved))$`,
  String.raw`|\b(?:is|are|remains?) (?:\w+ )?responsible for$`,
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
)

/** "This document models threats across:" says where, and not which. */
const aboutDocument = pattern(
  '',
  String.raw`^(?:this|the) (?:document|file|page|report|model)\b`,
  String.raw`(?!.*\b(?:following|below|these|include[sd]?)\b)(?=.*\b(?:in|across|for|of|to|by)$)`,
)

/** "The model does not assume protection against:" draws a line, whoever stands behind it. */
const leavesOut = pattern(
  '',
  String.raw`\b(?:model|document|page|analysis) (?:\w+ )?(?:does|do)(?: not|n't) (?:\w+ )?`,
  String.raw`(?:assume|cover|consider|include|model)\b`,
)

const accepting = /\baccepts? (?:the )?(?:following|these) (?:\w+ )?(?:risks?|threats?|limits?)\b/

const shortWords = 6
const announcingWords = 14
const introLength = 240
