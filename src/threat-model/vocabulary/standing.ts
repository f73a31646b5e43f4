import type { Status } from '../model.ts'
import { remembering } from '../remember.ts'
import { anyOf, pattern } from './pattern.ts'

/*
 * Headings that name threats and say in the same words how all of them stand:
 *
 *   Partially mitigated threats        Threats to be addressed        Risks we accept
 *   Threats left to the operator       Open risks                     Attacks this design prevents
 *
 * Whole headings only, as `plainHeading` gives them: a heading with more words in it is read by its
 * nouns (vocabulary.ts), and says nothing of a status.
 */

const threats =
  '(?:(?:security |known |residual |identified )?(?:threats?|risks?|attacks?' +
  '|vulnerabilities|exposures|bugs|exploits|cves)|abuse cases|(?:attack|threat) (?:vectors' +
  '|scenarios)|security issues)'
const link =
  '(?: (?:that|which|they|we|are|is|have|has|been|now|already|the team|the project|our))*'
const done =
  '(?:mitigated|addressed|covered|defended|protected|handled|prevented|resolved|answered|countered)'
const does =
  '(?:mitigate|address|prevent|handle|defend against|protect against|cover' +
  '|counter|stop|defeat|block)s?'
const whom = '(?: to (?:(?:the|our|an?) |others?\\b|\\w+s\\b).{0,40})'

const standings: readonly (readonly [Status, readonly RegExp[]])[] = [
  [
    'planned',
    [
      pattern('', `^${threats}${link}(?: still| yet)? to be (?:${done}|fixed)(?: .{0,30})?$`),
      pattern('', `^${threats}${link} (?:plan|intend|want)s? to (?:${does}|fix)(?: .{0,30})?$`),
      pattern(
        '',
        `^${threats} with (?:planned|pending|future) (?:mitigations?|controls?|fix(?:es)?)$`,
      ),
      pattern('', `^${threats} whose \\w+ (?:is|are) (?:still )?(?:planned|pending)$`),
    ],
  ],
  [
    'partial',
    [
      pattern('', `^(?:only )?(?:partially|partly|mostly) ${done}(?: against)?(?: ${threats})?$`),
      pattern('', `^${threats}${link}(?: only)? (?:partially|partly) (?:${done}|${does})$`),
      pattern('', `^${threats}${link} ${done} (?:only )?(?:in part|partially|partly)$`),
      /^(?:partial|limited|incomplete) (?:protections?|mitigations?|defen[cs]es?)(?: against)?$/,
      /^(?:partial|(?:weakly|partially) (?:protected|defended)(?: against)?)$/,
      /^(?:protected|defended|covered|mitigated) (?:conditionally|partially|partly|weakly)$/,
      /^(?:detected|detectable|detection)(?:,? but not prevented| only)$/,
    ],
  ],
  [
    'transferred',
    [
      pattern('', `^(?:transferred|delegated|outsourced)(?: ${threats})?${whom}?$`),
      pattern(
        '',
        `^${threats}${link} (?:transfer(?:red)?|delegated?|left|leave|outsourced?)${whom}$`,
      ),
      pattern('', `^${threats}${link} (?:the )?[\\w-]{3,20}'s? responsibility$`),
      pattern('', `^${threats}${link} the responsibility of .{3,40}$`),
    ],
  ],
  [
    'accepted',
    [
      pattern('', `^${threats}${link}(?: \\w+ly)? accept(?:ed|s)?$`),
      pattern('', `^${threats}${link} live with$`),
      /^(?:\w+ly )?accepted(?: (?:limitations|limits|exposures|residuals))?$/,
    ],
  ],
  [
    'out-of-scope',
    [
      pattern(
        '',
        `^${threats}${link} (?:do not|don't|not) (?:consider|model|look at|examine)(?:ed)?$`,
      ),
      pattern('', `^(?:${threats}|vectors) (?:that|which) (?:do not|don't) apply(?: .{2,40})?$`),
      pattern(
        '',
        `^${threats}${link} (?:beyond|outside)(?: of)? (?:the |our |this )?(?:scope|model)$`,
      ),
      // Of "outside the threat model" a plain heading keeps "outside the".
      pattern(
        '',
        '^(?:\\w+ly )?(?:beyond|outside|not (?:in|within|part of))(?: of)?(?: (?:the|our|this))?',
        '(?: scope| (?:security )?model)?(?: entirely)?$',
      ),
    ],
  ],
  [
    'unmitigated',
    [
      pattern('', `^(?:still )?(?:open|outstanding|unanswered) ${threats}$`),
      pattern('', `^${threats}(?: that| which)? (?:still|will|would) (?:work|succeed)s?$`),
    ],
  ],
  [
    'mitigated',
    [
      pattern('', `^${threats}${link} ${done}(?: today| now| already| by design)?$`),
      pattern(
        '',
        `^(?:in[- ]scope )?${threats}(?: that| which| what)? (?:we|(?:this|the|our) \\w+)` +
          `(?: already)? ${does}$`,
      ),
      pattern('', `^(?:already )?${done} ${threats}$`),
      /^(?:closed|resolved|fixed) (?:threats|risks)$/,
      /^(?:(?:fully|strongly|well) )(?:protected|defended|mitigated)(?: against)?$/,
      /^(?:protected|defended|mitigated) (?:fully|strongly|well)$/,
    ],
  ],
]

/** How all threats below a heading stand; null for headings that do not say. */
export function standingOfHeading(plain: string): Status | null {
  return remembered(plain)
}

const remembered = remembering((plain): Status | null => {
  if (plain.length > longest || !isAnyStanding(plain)) return null
  return standings.find(([, forms]) => forms.some((form) => form.test(plain)))?.[0] ?? null
})

const isAnyStanding = anyOf(standings.flatMap(([, forms]) => forms))

const longest = 80
