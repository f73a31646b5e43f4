import { pattern } from './pattern.ts'
import type { Role } from './vocabulary.ts'

/**
 * What a sentence above a list says of the part it opens; the first that fits counts. The colon at
 * its end is cut.
 */
export const introSentences: readonly [RegExp, Role][] = [
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
